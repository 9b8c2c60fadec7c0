"""Notes as records: .csv and .jsonl, a statement or a turn a record."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from leadclass.notes.prose import read_text
from leadclass.notes.statement import NotesError, Statement

# The names under which people keep what was said, by whom and when: the first that holds something is taken.
TEXT = (
    "text",
    "statement",
    "sentence",
    "utterance",
    "content",
    "transcript",
    "message",
    "comment",
    "note",
    "notes",
    "body",
)
SPEAKER = ("speaker", "speaker_name", "name", "author", "from", "who", "person")
TIME = ("time", "start", "start_time", "timestamp", "date")
SECTION = ("section", "topic", "heading", "agenda_item")

_LONGEST_FIELD = 2**31 - 1  # the most that csv takes where a C long has 32 bits


def read_csv(text: str, file: str) -> Iterator[Statement]:
    """A table with a heading row; comma, semicolon and tab are told apart. An empty file holds no statement."""
    blank = len(text) - len(text.lstrip("\n"))
    above = text[:blank].count("\n")
    body = text[blank:]
    if body.lower().startswith("sep="):  # a line that spreadsheets write to name the delimiter
        body, above = body.partition("\n")[2], above + 1
    if not body.strip():
        return
    rows = csv.reader(io.StringIO(body, newline=""), delimiter=max(",;\t", key=body.partition("\n")[0].count))
    try:
        with long_fields():
            heading = [name.strip().lower() for name in next(rows)]
            column = _text_column(heading, file)
            last = rows.line_num
            for row in rows:
                if row:
                    line = above + last + 1
                    yield from _statements(*_fields(heading, column, row, file, line), file, line)
                last = rows.line_num
    except csv.Error as error:
        raise NotesError(file, f"line {above + rows.line_num} is no CSV ({error})", "export the table again") from error


def read_jsonl(text: str, file: str) -> Iterator[Statement]:
    """One JSON value a line: an object with a text, or a bare string. A record whose text is empty says nothing."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            record = _parsed(line, file, number)
            named = [record[name] for name in TEXT if name in record]
            if not named:
                raise NotesError(file, f"line {number} has no text among {list(record)}", f"call the field {TEXT[0]!r}")
            said = next((each for each in named if each not in (None, "")), "")
            if not isinstance(said, str):
                wrong = f"line {number} has {type(said).__name__} where text is expected"
                raise NotesError(file, wrong, "give one string a record")
            yield from _statements(said, record, file, number)


@contextmanager
def long_fields() -> Iterator[None]:
    """A whole transcript may stand in one field; csv's limit of 131,072 characters belongs to the whole process."""
    before = csv.field_size_limit(_LONGEST_FIELD)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _text_column(heading: list[str], file: str) -> int:
    """Which column holds the text: the first of `TEXT`, or the only one."""
    doubled = sorted({name for name in heading if name in TEXT and heading.count(name) > 1})
    if doubled:
        raise NotesError(file, f"it has more than one column {doubled[0]!r}", "rename all but one")
    named = next((name for name in TEXT if name in heading), None)
    if named is None and len(heading) > 1:
        raise NotesError(file, f"none of its columns {heading} is a column of text", f"call one {TEXT[0]!r}")
    return heading.index(named) if named else 0


def _fields(heading: list[str], column: int, row: list[str], file: str, line: int) -> tuple[str, dict[str, str]]:
    """A row's text and its named fields; commas that nobody quoted are put back where they can only be the text's."""
    if len(row) > len(heading):
        if column != len(heading) - 1:
            wrong = f"line {line} has {len(row)} fields, the heading has {len(heading)}"
            raise NotesError(file, wrong, "put quotes around fields that hold the delimiter")
        row = [*row[:column], ",".join(row[column:])]
    return (row[column] if column < len(row) else ""), dict(zip(heading, row, strict=False))


def _parsed(line: str, file: str, number: int) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise NotesError(file, f"line {number} is no JSON ({error})", "put one JSON object on each line") from error
    if isinstance(value, str):
        return {TEXT[0]: value}
    if not isinstance(value, dict):
        raise NotesError(file, f"line {number} is neither an object nor a string", "put one JSON object on each line")
    return {str(name).strip().lower(): each for name, each in value.items()}


def _statements(said: str, record: Mapping[str, object], file: str, line: int) -> Iterator[Statement]:
    """What plain text would give, at the line of the record; the record's own speaker, time and section come first."""
    speaker, time, section = (_first(record, names) for names in (SPEAKER, TIME, SECTION))
    for each in read_text(said, file):
        yield replace(each, line=line, section=section, speaker=speaker or each.speaker, time=time or each.time)


def _first(record: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    found = (record[name] for name in names if isinstance(record.get(name), str | int | float))
    return next((text for text in (str(each).strip() for each in found) if text), None)
