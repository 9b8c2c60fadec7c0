"""Records (rows of a table, objects of JSON) with text, speaker, time and section become statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from leadclass.notes import prefixes
from leadclass.notes.cells import SOFT, Line
from leadclass.notes.passages import Seam
from leadclass.notes.prose import read_lines
from leadclass.notes.statement import Statement
from leadclass.notes.turns import Turns


class Record(NamedTuple):
    """One record: its number or line in the file, and what it holds."""

    number: int
    text: str
    speaker: str | None = None
    time: str | None = None
    section: str | None = None


def statements(records: Sequence[Record], file: str) -> list[Statement]:
    """The statements of records; where none names its speaker, the texts may ("Ana: pay it")."""
    if not any(each.speaker for each in records):
        return _unattributed(records, file)
    turns = Turns(file)
    for each in records:
        if "\n" in each.text:
            turns.close()
            turns.out.found += _several_lines(each, file)
        elif said := each.text.strip():
            _add(turns, each, said)
    return turns.close()


def _add(turns: Turns, record: Record, said: str) -> None:
    """A record of the same speaker that goes on in mid-sentence joins the one before: recorders cut at pauses."""
    lead = prefixes.lead(said)
    start = lead.start if lead.start < len(said) and not lead.time else 0
    offset = start + record.text.index(said[0]) if record.text[0] != said[0] else start
    said = said[start:]
    goes_on = record.time is not None and turns.goes_on(said)
    seams = [Seam(0, record.number, offset, record.time)]
    turns.add(said, seams, record.speaker, record.section, new=not goes_on)


def _several_lines(record: Record, file: str) -> list[Statement]:
    """A text of several lines is read like a file, but the record's own speaker, time and section come first."""
    lines = list(_lines(record))
    found = read_lines(lines, file)
    return [
        each._replace(
            speaker=record.speaker or each.speaker,
            time=record.time or each.time,
            section=record.section or each.section,
        )
        for each in found
    ]


def _unattributed(records: Sequence[Record], file: str) -> list[Statement]:
    lines: list[Line] = []
    found: list[Statement] = []
    section: str | None = None
    for each in [*records, None]:
        if each is None or each.section != section:
            found += read_lines(lines, file, section)
            lines = []
        if each is not None:
            section = each.section
            lines += _lines(each)
    return found


def _lines(record: Record) -> list[Line]:
    lines: list[Line] = []
    offset = 0
    several = "\n" in record.text
    for text in record.text.split("\n"):
        lines.append(
            Line(
                text, (SOFT if lines else "") if several else "cell", [Seam(0, record.number, offset)], time=record.time
            )
        )
        offset += len(text) + 1
    return lines
