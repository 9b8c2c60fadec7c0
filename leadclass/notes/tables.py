"""Tables: .csv and .tsv, a statement or a turn a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager

from leadclass.notes import columns, records
from leadclass.notes.records import Record
from leadclass.notes.statement import NotesError, Statement

# The first columns of leadclass's own results: read again, they would be tagged again.
_LONGEST_FIELD = 2**31 - 1  # the most that csv takes where a C long has 32 bits

_Rows = list[tuple[int, list[str]]]  # each with the line on which it begins


def read_table(text: str, file: str) -> list[Statement]:
    """A table; comma, semicolon, tab and bar are told apart. An empty file holds no statement."""
    blank = len(text) - len(text.lstrip("\n"))
    above = text[:blank].count("\n")
    body = text[blank:]
    mark = None
    if body[:4].lower() == "sep=":  # a line that spreadsheets write to name the delimiter
        mark = body[4:5].replace("\n", "") or None
        body, above = body.partition("\n")[2], above + 1
    if not body.strip():
        return []
    rows = _rows(body, mark or delimiter(body), above, file)
    heading, found, rest = _columns(rows, file)
    return records.statements([_record(number, row, heading, found, file) for number, row in rest], file)


def delimiter(body: str) -> str:
    """What parts the columns: whatever the first line holds most of, outside quotes."""
    first = body.partition("\n")[0]
    outside = "".join(first.split('"')[::2])
    return max(",;\t|", key=outside.count)


@contextmanager
def long_fields() -> Iterator[None]:
    """A whole transcript may stand in one field; csv's limit of 131,072 characters belongs to the whole process."""
    before = csv.field_size_limit(_LONGEST_FIELD)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _rows(body: str, mark: str, above: int, file: str) -> _Rows:
    rows: _Rows = []
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=mark)
    last = 0
    try:
        with long_fields():
            for row in reader:
                if row:
                    rows.append((above + last + 1, row))
                last = reader.line_num
    except csv.Error as error:
        raise NotesError(
            file, f"line {above + reader.line_num} is no CSV ({error})", "export the table again"
        ) from error
    return rows


def _columns(rows: _Rows, file: str) -> tuple[list[str], columns.Columns, _Rows]:
    """The heading, which columns hold what, and the rows below: by name, else by what stands in them."""
    first = [cell.strip() for cell in rows[0][1]]
    keys = [columns.key(name) for name in first]
    if found := columns.named(first):
        if keys.count(keys[found.text[0]]) > 1:
            wrong = f"it has more than one column {first[found.text[0]].lower()!r}"
            raise NotesError(file, wrong, "rename all but one")
        return first, found, rows[1:]
    headed = columns.is_heading(first)
    if len(first) == 1:
        return first, columns.Columns((0,), None, None, None), rows[1:] if headed else rows
    below = rows[1:] if headed else rows
    wordy = columns.wordy(first if headed else [], [row for _, row in below[:1000]])
    if wordy is None:
        raise NotesError(file, f"none of its columns {first} is a column of text", f"call one {columns.TEXT[0]!r}")
    return first, wordy, below


def _record(number: int, row: list[str], heading: list[str], found: columns.Columns, file: str) -> Record:
    """A row as a record; commas that nobody quoted are put back where they can only be the text's."""
    if len(row) > len(heading) and any(cell.strip() for cell in row[len(heading) :]):
        if found.text != (len(heading) - 1,):
            wrong = f"line {number} has {len(row)} fields, the heading has {len(heading)}"
            raise NotesError(file, wrong, "put quotes around fields that hold the delimiter")
        row = [*row[: found.text[0]], ",".join(row[found.text[0] :])]
    text = "\n".join(row[at] for at in found.text if at < len(row))
    return Record(number, text, *(_cell(row, at) for at in found[1:]))


def _cell(row: list[str], at: int | None) -> str | None:
    return (row[at].strip() or None) if at is not None and at < len(row) else None
