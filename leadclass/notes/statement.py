"""`Statement`: what was said, by whom, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of somebody's notes.

    Attributes:
        text: the statement, without bullet, check box, time or speaker.
        file: the file that it stands in, as it was named.
        line: the line on which it begins, counted from 1.
        section: the nearest heading above it, or None.
        speaker: who said it, where the notes say so, or None.
        time: the time that stands before it, as written, or None.
    """

    text: str
    file: str
    line: int
    section: str | None = None
    speaker: str | None = None
    time: str | None = None


class NotesError(ValueError):
    """A file that cannot be read as notes; the message names the file, what is wrong and what to do."""

    def __init__(self, file: str | Path, wrong: str, cure: str) -> None:
        super().__init__(f"{file}: {wrong}; {cure}.")
