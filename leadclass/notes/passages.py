"""Passages become statements: what one person says without a break is split into sentences, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from leadclass.notes import furniture, markup, sentences
from leadclass.notes.statement import Statement


class Seam(NamedTuple):
    """From `start` on, a passage's text stands in `line` from `offset` on, character by character."""

    start: int
    line: int
    offset: int
    time: str | None = None  # of the cue that begins here


Seams = list[Seam]

_SURE = frozenset(".?!")
_new = tuple.__new__  # what Statement(...) does after a call in Python, which takes as long again
_kept = re.compile(f"[^{markup.FILL}]+")


class Passages:
    """The statements of one file, as they are found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.section: str | None = None
        self.found: list[Statement] = []

    def add(self, text: str, line: int, offset: int, speaker: str | None = None, time: str | None = None) -> None:
        """A passage that stands in one line, letter for letter; its text begins and ends with no space."""
        file, section, add = self.file, self.section, self.found.append
        spaced = "  " in text or "\t" in text
        for begin, end in sentences.spans(text):
            said = text[begin:end]
            if _speaks(said):
                if spaced:
                    said = " ".join(said.split())
                add(_new(Statement, (said, file, line, section, speaker, time, offset + begin)))

    def add_joined(self, text: str, seams: Seams, speaker: str | None = None, time: str | None = None) -> None:
        """A passage from several places: lines of a paragraph, cues of a turn, a text between tags."""
        if markup.FILL in text:  # what was taken out of the middle
            text, seams = _without_filling(text, seams)
        stripped = text.strip()
        if not stripped:
            return
        indent = len(text) - len(text.lstrip())
        starts = [seam.start for seam in seams]
        for begin, end in sentences.spans(stripped):
            said = stripped[begin:end]
            if _speaks(said):
                at = indent + begin
                seam = seams[bisect_right(starts, at) - 1]
                said = " ".join(said.split())
                place = seam.offset + at - seam.start
                self.found.append(
                    Statement(said, self.file, seam.line, self.section, speaker, seam.time or time, place)
                )


def _speaks(said: str) -> bool:
    """Nearly every sentence begins with a capital and ends with a mark: what does not is looked at."""
    return (said[-1] in _SURE and said[0].isupper() and len(said) > 3) or furniture.says_something(said)


def _without_filling(text: str, seams: Seams) -> tuple[str, Seams]:
    """The text without `markup.FILL`, and a seam wherever something was taken out."""
    moved: Seams = []
    length = index = 0
    for piece in _kept.finditer(text):
        at, stop = piece.span()
        while index + 1 < len(seams) and seams[index + 1].start <= at:
            index += 1
        while index < len(seams) and seams[index].start < stop:
            start, line, offset, time = seams[index]
            begin = max(at, start)
            moved.append(Seam(length + begin - at, line, offset + begin - start, time))
            index += 1
        index = max(0, index - 1)
        length += stop - at
    return text.replace(markup.FILL, ""), moved or seams[:1]
