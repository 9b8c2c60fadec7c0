"""A row a statement, for spreadsheets and programs: .csv and .jsonl."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO

from leadclass.report import target
from leadclass.report.tagged import Tagged

COLUMNS = (
    "file",
    "line",
    "section",
    "speaker",
    "time",
    "text",
    "label",
    "leadership",
    "management",
    "neither",
    "facet",
    "mixed",
    "first_choice",
    "reason",
)

# A cell that begins with one of these is run as a formula by spreadsheets; an apostrophe in front keeps it text
# (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(tagged: Iterable[Tagged], path: Path) -> None:
    """Write ``path`` by its ending, .csv or .jsonl; the file appears whole or not at all.

    Raises:
        ValueError: the ending is another, or the target cannot be written.
        OSError: the writing failed.
    """
    check(path)
    # A file name that is no UTF-8 comes with lone surrogates, and so may a text from JSON: better a ? than no file.
    with target.replacing(path) as beside, beside.open("w", encoding="utf-8", errors="replace", newline="") as file:
        WRITERS[path.suffix.lower()](tagged, file)


def check(path: Path) -> None:
    """Refuse, before anything is classified, a path that `write` could not write.

    Raises:
        ValueError: the ending is another, or the target cannot be written.
    """
    if path.suffix.lower() not in WRITERS:
        raise ValueError(f"{path}: results are written as {' or '.join(WRITERS)}, got {path.suffix!r}; rename it.")
    target.check(path)


def write_csv(tagged: Iterable[Tagged], file: TextIO) -> None:
    """Comma-separated, a heading row, cells that no spreadsheet will run."""
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows([_cell(value) for value in _row(each)] for each in tagged)


def write_jsonl(tagged: Iterable[Tagged], file: TextIO) -> None:
    """One JSON object a line."""
    for each in tagged:
        file.write(json.dumps(dict(zip(COLUMNS, _row(each), strict=True)), ensure_ascii=False) + "\n")


WRITERS: dict[str, Callable[[Iterable[Tagged], TextIO], None]] = {".csv": write_csv, ".jsonl": write_jsonl}


def _row(each: Tagged) -> tuple[str | int | float | bool | None, ...]:
    said, tag = each.statement, each.tag
    chances = (round(chance, 4) for chance in (tag.leadership, tag.management, tag.neither))
    place = (said.file, said.line, said.section, said.speaker, said.time, said.text)
    return (*place, tag.label, *chances, tag.facet, tag.mixed, tag.first_choice, tag.reason)


def _cell(value: str | int | float | bool | None) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
