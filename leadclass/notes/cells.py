"""Tables that stand in a text (.md, .html, .docx): which of their cells hold statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from leadclass.notes import attendance, columns, furniture
from leadclass.notes.passages import Seams
from leadclass.notes.sentences import ENDS

SOFT = "soft"  # the kind of a line that a line break parts from the one before it


PEOPLE = "people"  # a row that lists who was there: no statement, but evidence of names


class Line(NamedTuple):
    """A line that a reader took out of its format: its text, what it is, and where its parts stand."""

    text: str
    kind: str = ""  # "heading", "item", "cell", PEOPLE, SOFT, or "" for a paragraph
    seams: Seams = []  # noqa: RUF012 - never written to
    speaker: str | None = None
    time: str | None = None


Row = list[list[Line]]  # the lines of each cell


def said_in(heading: Sequence[str] | None, row: Sequence[str]) -> list[tuple[int, str | None, str | None]]:
    """Which cells of a row hold statements, with the speaker and the time that the row names.

    A cell of one word, a name, a number or a date says nothing; nor does a column that its heading files away.

    >>> said_in(["Task", "Owner"], ["order ten chairs", "Ana Lee"])
    [(0, None, None)]
    """
    found = columns.named(heading) if heading else None
    if found and (found.speaker is not None or found.time is not None):
        who, when = (
            row[at] if at is not None and at < len(row) and row[at] else None for at in (found.speaker, found.time)
        )
        return [(at, who, when) for at in found.text if at < len(row) and row[at]]
    keys = [columns.key(name) for name in heading] if heading else []
    said = [
        at
        for at, cell in enumerate(row)
        if " " in cell and not (at < len(keys) and keys[at] in columns.FILING) and not _files_away(cell)
    ]
    titles = [at for at in said if at < len(keys) and keys[at] in columns.TITLES and furniture.is_topic(row[at])]
    return [(at, None, None) for at in said if at not in titles or len(said) == len(titles)]


def lines_of(rows: Sequence[Row], *, headed: bool) -> Iterator[Line]:
    """The lines of a table's cells that hold statements; a table of one column only lays text out."""
    if max((len(row) for row in rows), default=0) < 2:
        for row in rows:
            for cell in row:
                yield from cell
        return
    texts = [[" ".join(line.text.strip() for line in cell) for cell in row] for row in rows]
    heading = texts[0] if headed or (len(texts) > 1 and columns.is_heading(texts[0])) else None
    for plain in texts:
        if len(plain) > 1 and attendance.names_people(plain[0]):
            yield Line(f"{plain[0].strip(' :')}: {', '.join(plain[1:])}", PEOPLE)
    for row, plain in zip(rows[heading is not None :], texts[heading is not None :], strict=True):
        for at, speaker, time in said_in(heading, plain):
            for line in row[at]:
                yield line._replace(kind=line.kind or "cell", speaker=speaker, time=time)


def _files_away(cell: str) -> bool:
    return not cell.endswith(tuple(ENDS)) and (
        furniture.is_date(cell) or (len(cell) < 60 and attendance.is_people(cell))
    )
