"""The mix: how many statements lead, manage or do neither, and how little a few of them prove."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from leadclass.labels import LABELS, Label
from leadclass.report.by import By
from leadclass.report.clock import shares

if TYPE_CHECKING:
    from leadclass.report.tagged import Tagged

TENTHS = tuple(f"{at * 10}-{at * 10 + 10}%" for at in range(10))

_Z = 1.959964  # of the standard normal: 95 of 100 intervals hold the share


@dataclass(frozen=True, slots=True)
class Mix:
    """How many statements of one file, speaker, section or tenth of the meeting have each label.

    Attributes:
        name: whose they are; empty for the statements without a speaker or a section.
        counts: statements by label, in the order of `LABELS`.
    """

    name: str
    counts: Mapping[Label, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def share(self, label: Label) -> float:
        """Between 0 and 1; 0 where there is no statement."""
        return self.counts[label] / self.total if self.total else 0.0

    def interval(self, label: Label) -> tuple[float, float]:
        """The Wilson score interval of the share, 95 %: shares that this many statements do not rule out.

        It speaks of chance alone; the model's own mistakes come on top. Wilson 1927, Journal of the American
        Statistical Association 22, 209-212; recommended for small counts by Brown, Cai and DasGupta 2001,
        https://doi.org/10.1214/ss/1009213286.

        >>> low, high = Mix("Ana", {"leadership": 8, "management": 10, "neither": 2}).interval("leadership")
        >>> f"8 of 20: {low:.0%} to {high:.0%}"
        '8 of 20: 22% to 61%'
        """
        n, share = self.total, self.share(label)
        if not n:
            return 0.0, 1.0
        centre = share + _Z**2 / (2 * n)
        reach = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
        low, high = ((centre + sign * reach) / (1 + _Z**2 / n) for sign in (-1, 1))
        return max(0.0, low), min(1.0, high)

    def percents(self, label: Label) -> tuple[int, int]:
        """The interval in whole per cent, as people read it."""
        low, high = self.interval(label)
        return round(low * 100), round(high * 100)


def mix_by(tagged: Iterable[Tagged], by: By) -> list[Mix]:
    """The mix of each file, speaker, section or tenth of the meeting.

    Files and sections come in their order, speakers with the most statements first and those without a name last, and
    tenths all ten. The tenths are those of each meeting, by the clock where every statement of it has a time, else by
    the order of the statements.
    """
    counts: dict[str, dict[Label, int]] = {name: _none() for name in (TENTHS if by == "time" else ())}
    for name, label in _tenths(tagged) if by == "time" else _named(tagged, by):
        counts.setdefault(name, _none())[label] += 1
    return _in_order([Mix(name, found) for name, found in counts.items()], by)


def added(parts: Iterable[Sequence[Mix]], by: By) -> list[Mix]:
    """The mixes of several files, those of one name added up."""
    counts: dict[str, dict[Label, int]] = {}
    for mix in (mix for part in parts for mix in part):
        held = counts.setdefault(mix.name, _none())
        for label, count in mix.counts.items():
            held[label] += count
    return _in_order([Mix(name, found) for name, found in counts.items()], by)


def total_mix(mixes: Iterable[Mix]) -> Mix:
    """All together."""
    found = list(mixes)
    return Mix("all", {label: sum(mix.counts[label] for mix in found) for label in LABELS})


_NAMES: dict[By, Callable[[Tagged], str]] = {
    "file": lambda each: each.statement.file,
    "speaker": lambda each: each.statement.speaker or "",
    "section": lambda each: each.statement.section or "",
}


def _named(tagged: Iterable[Tagged], by: By) -> Iterable[tuple[str, Label]]:
    name = _NAMES[by]
    return ((name(each), each.tag.label) for each in tagged)


def _tenths(tagged: Iterable[Tagged]) -> Iterable[tuple[str, Label]]:
    for _, group in groupby(tagged, key=_NAMES["file"]):
        meeting = list(group)
        for each, share in zip(meeting, shares([one.statement.time for one in meeting]), strict=True):
            yield TENTHS[min(9, int(share * 10))], each.tag.label


def _none() -> dict[Label, int]:
    return dict.fromkeys(LABELS, 0)


def _in_order(mixes: list[Mix], by: By) -> list[Mix]:
    return sorted(mixes, key=lambda mix: (not mix.name, -mix.total)) if by == "speaker" else mixes
