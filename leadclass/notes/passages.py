"""Passages become statements: what one person says without a break is split into sentences, each with its place."""

from __future__ import annotations

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


class Passages:
    """The statements of one file, as they are found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.section: str | None = None
        self.found: list[Statement] = []

    def add(self, text: str, line: int, offset: int, speaker: str | None = None, time: str | None = None) -> None:
        """A passage that stands in one line, letter for letter; its text begins and ends with no space."""
        found, file, section = self.found, self.file, self.section
        spaced = "  " in text or "\t" in text
        for begin, end in sentences.spans(text):
            said = text[begin:end]
            # Nearly every sentence begins with a capital and ends with a mark: what is none of those is looked at.
            if (said[-1] in _SURE and said[0].isupper() and end - begin > 3) or furniture.says_something(said):
                if spaced:
                    said = " ".join(said.split())
                found.append(Statement(said, file, line, section, speaker, time, offset + begin))

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
            if furniture.says_something(said):
                at = indent + begin
                seam = seams[bisect_right(starts, at) - 1]
                said = " ".join(said.split())
                place = seam.offset + at - seam.start
                self.found.append(
                    Statement(said, self.file, seam.line, self.section, speaker, seam.time or time, place)
                )


def _without_filling(text: str, seams: Seams) -> tuple[str, Seams]:
    """The text without `markup.FILL`, and a seam wherever something was taken out."""
    kept: list[str] = []
    moved: Seams = []
    at = length = 0
    edges = [seam.start for seam in seams] + [len(text)]
    for piece in text.split(markup.FILL):
        stop = at + len(piece)
        index = bisect_right(edges, at, 0, len(seams)) - 1
        if piece:
            moved += _within(seams, index, edges, at, stop, length)
            kept.append(piece)
            length += len(piece)
        at = stop + 1
    return "".join(kept), moved or seams[:1]


def _within(seams: Seams, index: int, edges: list[int], at: int, stop: int, length: int) -> Seams:
    """The seams of one piece, which stood at ``at`` to ``stop`` and now begins at ``length``."""
    found: Seams = []
    while index < len(seams) and edges[index] < stop:
        seam = seams[index]
        begin = max(at, seam.start)
        found.append(Seam(length + begin - at, seam.line, seam.offset + begin - seam.start, seam.time))
        index += 1
    return found
