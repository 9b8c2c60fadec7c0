"""Where results go: the ending of a name says which writer it is for."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from leadclass import target
from leadclass.report import parquet

if TYPE_CHECKING:
    from leadclass.report.tagged import Tagged


def write(tagged: Sequence[Tagged], path: Path) -> None:
    """Write ``path`` by its ending, one of `WRITERS`; the file appears whole or not at all.

    Raises:
        ValueError: the ending is another, or the target cannot be written.
        OSError: the writing failed.
    """
    check(path)
    with target.replacing(path) as beside:
        _write(tagged, beside, path.suffix.lower())


def check(path: Path) -> None:
    """Refuse, before anything is classified, a path that `write` could not write.

    Raises:
        ValueError: the ending is another, the target cannot be written, or pyarrow is missing.
    """
    if path.suffix.lower() not in WRITERS:
        known = ", ".join(WRITERS)
        raise ValueError(
            f"{path}: results are written as {known} or, with a slash at the end, a folder of pages, "
            f"got {path.suffix!r}; rename it."
        )
    if path.suffix.lower() == ".parquet":
        parquet.check(path)
    target.check(path)


def _write(tagged: Sequence[Tagged], path: Path, ending: str) -> None:
    if ending == ".parquet":
        parquet.write_parquet(tagged, path)
        return
    room, _, name = WRITERS[ending].partition(".")
    # A file name that is no UTF-8 comes with lone surrogates, and so may a text from JSON: better a ? than no file.
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        getattr(import_module(f"leadclass.report.{room}"), name)(tagged, file)


# The room and the function of each writer; a room is entered when its ending is asked for.
WRITERS = {
    ".csv": "rows.write_csv",
    ".jsonl": "rows.write_jsonl",
    ".md": "markdown.write_markdown",
    ".html": "page.write_page",
    ".parquet": "parquet.write_parquet",
}
