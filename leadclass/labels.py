"""The label and facet vocabulary, and the two values that answers are made of: `Tag` and `Tags`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, overload

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Label = Literal["leadership", "management", "neither"]

LABELS: tuple[Label, ...] = ("leadership", "management", "neither")

FACETS: dict[str, Label] = {
    "purpose": "leadership",
    "values": "leadership",
    "example": "leadership",
    "challenge": "leadership",
    "enable": "leadership",
    "encourage": "leadership",
    "voice": "leadership",
    "process": "management",
    "plan": "management",
    "resource": "management",
    "assign": "management",
    "measure": "management",
    "control": "management",
}

# Why a tag may read "neither" although no evidence spoke for it.
UNKNOWN = "no known word"
UNSURE = "below the threshold"


@dataclass(frozen=True, slots=True)
class Tag:
    """What one statement is, and how sure the model is of it.

    Attributes:
        label: ``"leadership"``, ``"management"`` or ``"neither"``.
        leadership, management, neither: calibrated probabilities that sum to 1; with ``neither=False`` the third is 0.
        facet: one of the 13 facets of the codebook, or None where the label is ``neither``.
        mixed: leadership and management are both strong in the statement.
        first_choice: the model's own most probable label; it differs from ``label`` only where ``reason`` says why.
        reason: None, ``"below the threshold"`` or ``"no known word"``.
    """

    label: Label
    leadership: float
    management: float
    neither: float
    facet: str | None
    mixed: bool
    first_choice: Label
    reason: str | None = None

    @property
    def confidence(self) -> float:
        """The probability of the model's first choice, between 1/3 and 1."""
        return max(self.leadership, self.management, self.neither)

    def chance(self, label: Label) -> float:
        """The probability of ``label``."""
        return float(getattr(self, label))


@dataclass(frozen=True, slots=True, eq=False)
class Tags(Sequence[Tag]):
    """Answers for many statements, kept in columns; a `Tag` is made when one is asked for.

    Attributes:
        probabilities: float64, shape (n, 3), in the order of `LABELS`; rows sum to 1.
        labels: int8, shape (n,), the decided label as an index into `LABELS`.
        facets: int8, shape (n,), an index into ``list(FACETS)``, or -1 where the label is ``neither``.
        mixed: bool, shape (n,).
        known: bool, shape (n,), false where no word of the statement is in the vocabulary.
    """

    probabilities: NDArray[np.float64]
    labels: NDArray[np.int8]
    facets: NDArray[np.int8]
    mixed: NDArray[np.bool_]
    known: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.labels)

    @overload
    def __getitem__(self, at: int) -> Tag: ...
    @overload
    def __getitem__(self, at: slice) -> Tags: ...
    def __getitem__(self, at: int | slice) -> Tag | Tags:
        if isinstance(at, slice):
            return Tags(self.probabilities[at], self.labels[at], self.facets[at], self.mixed[at], self.known[at])
        leadership, management, neither = (float(p) for p in self.probabilities[at])
        label = LABELS[self.labels[at]]
        first = LABELS[int(self.probabilities[at].argmax())]
        facet = int(self.facets[at])
        return Tag(
            label=label,
            leadership=leadership,
            management=management,
            neither=neither,
            facet=None if facet < 0 else _FACET_NAMES[facet],
            mixed=bool(self.mixed[at]),
            first_choice=first,
            reason=_reason(bool(self.known[at]), label != first),
        )

    def __iter__(self) -> Iterator[Tag]:
        return (self[at] for at in range(len(self)))

    def mix(self) -> dict[Label, int]:
        """How many statements have each label, in the order of `LABELS`."""
        counts = Counter(self.labels.tolist())
        return {label: counts[at] for at, label in enumerate(LABELS)}


_FACET_NAMES = tuple(FACETS)


def _reason(known: bool, overruled: bool) -> str | None:
    if not known:
        return UNKNOWN
    return UNSURE if overruled else None
