"""A folder of pages: one for each file of notes, and the index that leads to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from leadclass import target
from leadclass.report import names
from leadclass.report.made import is_ours
from leadclass.report.page import index, record_in, write_index, write_page
from leadclass.report.rollup import Rollup

if TYPE_CHECKING:
    from leadclass.report.tagged import Tagged


def check(folder: Path) -> None:
    """Refuse, before anything is classified, a folder that could not be filled.

    Raises:
        ValueError: there is no folder to make it in, nothing may be written, it is a file or somebody's web site.
    """
    page = folder / index.NAME
    if page.exists() and not is_ours(page):
        raise ValueError(f"{page}: it was not made by leadclass and would be replaced; name another folder.")
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder}: a name without an ending is a folder of pages, and this is a file; name another.")
    target.check(page if folder.is_dir() else folder)


def pages(files: Iterable[str]) -> dict[str, str]:
    """The name of each file's page."""
    return names.pages(files, [index.NAME])


def kept(page: Path, made_from: str) -> Rollup | None:
    """The mixes of a page that was made from the same before, or None where it has to be made."""
    try:
        record = record_in(page.read_text(encoding="utf-8"))
        return Rollup.from_record(record["rollup"]) if record["made_from"] == made_from else None
    except (OSError, ValueError, TypeError, KeyError):  # there is none, or somebody changed it
        return None


def write(tagged: Sequence[Tagged], page: Path, made_from: str) -> None:
    """Write the page of one file, whole or not at all.

    Raises:
        ValueError: something that leadclass did not make has its name.
    """
    page.parent.mkdir(exist_ok=True)
    if page.exists() and not is_ours(page):
        raise ValueError(f"{page}: it was not made by leadclass and would be replaced; name another folder.")
    with target.replacing(page) as beside, beside.open("w", encoding="utf-8", errors="replace", newline="") as file:
        write_page(tagged, file, made_from, index.NAME)


def write_contents(rollup: Rollup, links: Mapping[str, str], folder: Path) -> None:
    """Write the index, after the pages that it leads to."""
    folder.mkdir(exist_ok=True)
    page = folder / index.NAME
    with target.replacing(page) as beside, beside.open("w", encoding="utf-8", errors="replace", newline="") as file:
        write_index(rollup, links, file)
