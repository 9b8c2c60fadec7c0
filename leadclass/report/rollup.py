"""`Rollup`: the mixes of some notes by file, speaker, section and time, without the statements themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leadclass.labels import LABELS
from leadclass.report.by import BY, By
from leadclass.report.mix import Mix, added, mix_by, total_mix

if TYPE_CHECKING:
    from leadclass.report.tagged import Tagged


@dataclass(frozen=True, slots=True)
class Rollup:
    """The mixes of one file or of many, by each of `BY`."""

    mixes: Mapping[By, Sequence[Mix]]

    @classmethod
    def of(cls, tagged: Sequence[Tagged]) -> Rollup:
        """What these statements add up to."""
        return cls({by: mix_by(tagged, by) for by in BY})

    @classmethod
    def joined(cls, parts: Iterable[Rollup]) -> Rollup:
        """Several added up: a speaker or section of the same name counts as one."""
        found = list(parts)
        return cls({by: added([part.mixes[by] for part in found], by) for by in BY})

    @property
    def total(self) -> Mix:
        return total_mix(self.mixes["file"])

    def record(self) -> dict[str, list[list[Any]]]:
        """As JSON can hold it; `from_record` reads it."""
        return {by: [[mix.name, *mix.counts.values()] for mix in mixes] for by, mixes in self.mixes.items()}

    @classmethod
    def from_record(cls, record: Mapping[str, list[list[Any]]]) -> Rollup:
        """What `record` gave."""
        return cls({by: [_mix(*row) for row in record[by]] for by in BY})


def _mix(name: str, *counts: int) -> Mix:
    return Mix(name, dict(zip(LABELS, counts, strict=True)))
