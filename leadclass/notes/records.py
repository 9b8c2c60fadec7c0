"""Notes as records: .csv and .jsonl, a statement or a turn a record."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from leadclass.notes import sentences
from leadclass.notes.statement import NotesError, Statement

# The names under which people keep what was said, by whom and when: the first that is there is taken.
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


def read_csv(text: str, file: str) -> Iterator[Statement]:
    """A table with a heading row; comma, semicolon and tab are told apart."""
    dialect = _dialect(text)
    rows = csv.DictReader(io.StringIO(text, newline=""), dialect=dialect, restkey="", restval="")
    fields = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
    column = next((fields[name] for name in TEXT if name in fields), None)
    if column is None and len(fields) == 1:
        column = next(iter(fields.values()))
    if column is None:
        raise NotesError(file, f"none of its columns {list(fields)} is a column of text", f"call one {TEXT[0]!r}")
    try:
        last = rows.line_num
        for row in rows:
            named = {name: row.get(field) for name, field in fields.items()}
            yield from _statements(row.get(column), named, file, last + 1)
            last = rows.line_num
    except csv.Error as error:
        raise NotesError(file, f"line {rows.line_num} is no CSV ({error})", "export the table again") from error


def read_jsonl(text: str, file: str) -> Iterator[Statement]:
    """One JSON value a line: an object with a text, or a bare string."""
    for at, line in enumerate(text.split("\n"), 1):
        if line.strip():
            record = _parsed(line, file, at)
            said = record.get(next((name for name in TEXT if name in record), ""))
            if said is None:
                raise NotesError(file, f"line {at} has no text among {list(record)}", f"call the field {TEXT[0]!r}")
            yield from _statements(said, record, file, at)


def _parsed(line: str, file: str, at: int) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise NotesError(file, f"line {at} is no JSON ({error})", "put one JSON object on each line") from error
    if isinstance(value, str):
        return {TEXT[0]: value}
    if not isinstance(value, dict):
        raise NotesError(file, f"line {at} is neither an object nor a string", "put one JSON object on each line")
    return {str(name).strip().lower(): each for name, each in value.items()}


def _statements(said: object, record: Mapping[str, object], file: str, line: int) -> Iterator[Statement]:
    if not isinstance(said, str):
        return
    speaker, time, section = (_first(record, names) for names in (SPEAKER, TIME, SECTION))
    for _, sentence in sentences.split(" ".join(said.split())):
        yield Statement(sentence, file, line, section, speaker, time)


def _first(record: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    found = next((record[name] for name in names if record.get(name) not in (None, "")), None)
    return None if found is None else str(found).strip()


def _dialect(text: str) -> type[csv.Dialect]:
    heading = text.lstrip("\n").partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)

    class Found(csv.excel):
        pass

    Found.delimiter = delimiter
    return Found
