"""Where results go: the ending of a name says which writer it is for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from leadclass.report import parquet, target
from leadclass.report.markdown import write_markdown
from leadclass.report.page import write_page
from leadclass.report.rows import write_csv, write_jsonl

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
        WRITERS[path.suffix.lower()](tagged, beside)


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


def _text(write: Callable[[Sequence[Tagged], TextIO], None], tagged: Sequence[Tagged], path: Path) -> None:
    # A file name that is no UTF-8 comes with lone surrogates, and so may a text from JSON: better a ? than no file.
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        write(tagged, file)


WRITERS: dict[str, Callable[[Sequence[Tagged], Path], None]] = {
    ".csv": partial(_text, write_csv),
    ".jsonl": partial(_text, write_jsonl),
    ".md": partial(_text, write_markdown),
    ".html": partial(_text, write_page),
    ".parquet": parquet.write_parquet,
}
