"""A row a statement, for spreadsheets and programs: .csv and .jsonl."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from leadclass.notes.formats import RESULTS

if TYPE_CHECKING:
    from leadclass.report.tagged import Tagged


COLUMNS = (*RESULTS, "facet", "mixed", "first_choice", "reason")

Value = str | int | float | bool | None

# A cell that begins with one of these is run as a formula by spreadsheets; an apostrophe in front keeps it text
# (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(tagged: Iterable[Tagged], file: TextIO) -> None:
    """Comma-separated, a heading row, cells that no spreadsheet will run."""
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows([_cell(value) for value in row(each)] for each in tagged)


def write_jsonl(tagged: Iterable[Tagged], file: TextIO) -> None:
    """One JSON object a line."""
    for each in tagged:
        file.write(json.dumps(dict(zip(COLUMNS, row(each), strict=True)), ensure_ascii=False) + "\n")


def row(each: Tagged) -> tuple[Value, ...]:
    """The values of a statement, in the order of `COLUMNS`."""
    said, tag = each.statement, each.tag
    chances = (round(chance, 4) for chance in (tag.leadership, tag.management, tag.neither))
    place = (said.file, said.line, said.section, said.speaker, said.time, said.text)
    return (*place, tag.label, *chances, tag.facet, tag.mixed, tag.first_choice, tag.reason)


def _cell(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
