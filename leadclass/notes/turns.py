"""Turns: what one person says in several cues or records, joined before it is split into sentences."""

from __future__ import annotations

from leadclass.notes.markup import FILL
from leadclass.notes.passages import Passages, Seam, Seams
from leadclass.notes.sentences import ENDS
from leadclass.notes.statement import Statement

_ENDS = (".", "?", "!", "…", '."', '?"', '!"', ".”", "?”", "!”", ".)", "?)", "!)", ".'", ".’")


class Turns:
    """Gathers pieces of one speaker, and gives the statements of all turns."""

    def __init__(self, file: str) -> None:
        self.out = Passages(file)
        self.speaker: str | None = None
        self.pieces: list[tuple[str, Seams]] = []

    def add(self, text: str, seams: Seams, speaker: str | None, section: str | None = None, *, new: bool) -> None:
        """One more piece, which joins those before it unless it is `new` or another speaker's."""
        if new or speaker != self.speaker or section != self.out.section:
            self.close()
            self.speaker, self.out.section = speaker, section
        self.pieces.append((text, seams))

    def close(self) -> list[Statement]:
        """Ends the turn; the statements of all turns so far.

        Captions without any end mark hold no sentences to be found: there each piece stands for itself.
        """
        pieces, self.pieces = self.pieces, []
        if len(pieces) == 1 or not any(mark in text for text, _ in pieces for mark in ENDS):
            for text, seams in pieces:
                self._say(text, seams)
        elif pieces:
            self._say(*_joined(pieces))
        return self.out.found

    def goes_on(self, text: str) -> bool:
        """Whether a piece continues the sentence of the piece before it."""
        return bool(self.pieces) and text[:1].islower() and not self.pieces[-1][0].endswith(_ENDS)

    def is_whole(self) -> bool:
        """Whether the last piece ended a sentence, or there is none."""
        return not self.pieces or self.pieces[-1][0].endswith(_ENDS)

    def _say(self, text: str, seams: Seams) -> None:
        only = seams[0]
        if len(seams) == 1 and text == text.strip() != "" and "\n" not in text and FILL not in text:
            self.out.add(text, only.line, only.offset, self.speaker, only.time)
        else:
            self.out.add_joined(text, seams, self.speaker)


def _joined(pieces: list[tuple[str, Seams]]) -> tuple[str, Seams]:
    at = 0
    moved: Seams = []
    for text, seams in pieces:
        for start, line, offset, time in seams:
            moved.append(Seam(start + at, line, offset, time))
        at += len(text) + 1
    return " ".join(text for text, _ in pieces), moved
