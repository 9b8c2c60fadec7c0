"""`Tagged`: a statement of somebody's notes with its tag and, where a report shows them, the words that spoke."""

from __future__ import annotations

from dataclasses import dataclass

from leadclass.labels import Tag
from leadclass.notes import Statement
from leadclass.report.words import Word


@dataclass(frozen=True, slots=True)
class Tagged:
    """A statement and its tag.

    Attributes:
        statement: what was said.
        tag: what it is.
        words: what spoke for and against the tag's first choice, strongest first; empty where nobody asked.
    """

    statement: Statement
    tag: Tag
    words: tuple[Word, ...] = ()

    @property
    def unsure(self) -> bool:
        """The label is no better than a toss: below 50% as it is shown, overruled, or resting on no known word."""
        return self.tag.reason is not None or round(self.tag.confidence, 2) < 0.5
