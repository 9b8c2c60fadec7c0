"""Knowing our own results again, so that yesterday's report is not read as notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from leadclass.report.rows import COLUMNS

MARK = "<!-- made by leadclass -->"  # at the head of a Markdown report
GENERATOR = '<meta name="generator" content="leadclass">'  # in the head of a page
_HEAD = 8192  # bytes; every mark stands at the beginning
_value = r'(?:null|\d+|"(?:[^"\\]|\\.)*")'
_first_row = re.compile(
    r"\{" + ", ".join(f'"{name}": {_value}' for name in COLUMNS[: COLUMNS.index("text")]) + ', "text": '
)


def is_ours(file: Path) -> bool:
    """Whether ``file`` is a result that leadclass wrote; False where it cannot be looked into."""
    recognise = _MARKS.get(file.suffix.lower())
    try:
        if recognise is None or not file.is_file():
            return False
        with file.open("rb") as stream:
            return recognise(stream.read(_HEAD).decode("utf-8", errors="replace"))
    except OSError:
        return False


_MARKS: dict[str, Callable[[str], bool]] = {
    ".csv": lambda head: head.startswith(",".join(COLUMNS) + "\n"),
    ".jsonl": lambda head: bool(_first_row.match(head)),
    ".md": lambda head: head.startswith(MARK),
    ".html": lambda head: GENERATOR in head,
}
