"""A folder of pages: one for each file of notes, and the index that leads to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePath

from leadclass.report import target
from leadclass.report.made import is_ours
from leadclass.report.page import index, record_in, write_index, write_page
from leadclass.report.rollup import Rollup
from leadclass.report.tagged import Tagged

_LONGEST = 100  # characters of a name: file systems take 255 bytes


def check(folder: Path) -> None:
    """Refuse, before anything is classified, a folder that could not be filled.

    Raises:
        ValueError: there is no folder to make it in, nothing may be written, or it is somebody's web site.
    """
    page = folder / index.NAME
    if page.exists() and not is_ours(page):
        raise ValueError(f"{page}: it was not made by leadclass and would be replaced; name another folder.")
    target.check(page if folder.is_dir() else folder)


def names(files: Iterable[str]) -> dict[str, str]:
    """A safe name for the page of each file, no two alike, even where capitals do not count.

    >>> names(["team/Weekly notes.md", "team/weekly-notes.md"])
    {'team/Weekly notes.md': 'Weekly-notes.md.html', 'team/weekly-notes.md': 'weekly-notes.md-2.html'}
    """
    found = list(files)
    above = _above(found)
    taken = {index.NAME}
    given: dict[str, str] = {}
    for file in found:
        parts = PurePath(file).parts[above:] if file != "-" else ("standard input",)
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", "-".join(parts)).strip("-.")[-_LONGEST:].lstrip("-.") or "notes"
        given[file] = _free(stem, taken)
        taken.add(given[file].casefold())
    return given


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


def write_contents(rollup: Rollup, pages: Mapping[str, str], folder: Path) -> None:
    """Write the index, after the pages that it leads to."""
    folder.mkdir(exist_ok=True)
    page = folder / index.NAME
    with target.replacing(page) as beside, beside.open("w", encoding="utf-8", errors="replace", newline="") as file:
        write_index(rollup, pages, file)


def _above(files: Sequence[str]) -> int:
    """How many folders all files share: they say nothing in the name of a page."""
    folders = [PurePath(file).parts[:-1] for file in files if file != "-"]
    shared = 0
    for parts in zip(*folders, strict=False):
        if len(set(parts)) > 1:
            break
        shared += 1
    return shared


def _free(stem: str, taken: set[str]) -> str:
    name, number = f"{stem}.html", 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}.html"
    return name
