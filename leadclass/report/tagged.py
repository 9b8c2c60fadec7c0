"""`Tagged`: a statement of somebody's notes with its tag, and the mix of many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leadclass.labels import LABELS, Label, Tag
from leadclass.notes import Statement


@dataclass(frozen=True, slots=True)
class Tagged:
    """A statement and its tag."""

    statement: Statement
    tag: Tag


@dataclass(frozen=True, slots=True)
class Mix:
    """How many statements of one file have each label."""

    name: str
    counts: dict[Label, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def share(self, label: Label) -> float:
        """Between 0 and 1; 0 where there is no statement."""
        return self.counts[label] / self.total if self.total else 0.0


def mix_by_file(tagged: Iterable[Tagged]) -> list[Mix]:
    """The mix of each file, in the order in which the files come."""
    counts: dict[str, dict[Label, int]] = {}
    for each in tagged:
        counts.setdefault(each.statement.file, dict.fromkeys(LABELS, 0))[each.tag.label] += 1
    return [Mix(name, found) for name, found in counts.items()]


def total_mix(mixes: Iterable[Mix]) -> Mix:
    """All files together."""
    found = list(mixes)
    return Mix("all", {label: sum(mix.counts[label] for mix in found) for label in LABELS})
