"""The label and facet vocabulary, and the two values that answers are made of: `Tag` and `Tags`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, overload

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

FACET_NAMES = tuple(FACETS)
_OWNERS = list(FACETS.values())
# The facets of a label stand side by side.
FACETS_OF: dict[Label, slice] = {
    label: slice(_OWNERS.index(label), _OWNERS.index(label) + _OWNERS.count(label)) for label in LABELS[:2]
}

# Why a tag may read "neither" although no evidence spoke for it.
UNKNOWN = "no known word"
UNSURE = "below the threshold"


class Tag(NamedTuple):
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


class Tags(Sequence[Tag]):
    """Answers for many statements, kept in columns; a `Tag` is made when one is asked for.

    Attributes:
        chances: float64, shape (n, 2), the probabilities of leadership and management; ``neither`` has the rest.
        labels: int8, shape (n,), the decided label as an index into `LABELS`.
        facets: int8, shape (n,), an index into ``list(FACETS)``, or -1 where the label is ``neither``.
        mixed: bool, shape (n,).
        known: bool, shape (n,), false where no word of the statement is in the vocabulary.
    """

    COLUMNS = ("chances", "labels", "facets", "mixed", "known")

    def __init__(
        self,
        chances: NDArray[np.float64],
        labels: NDArray[np.int8],
        facets: NDArray[np.int8],
        mixed: NDArray[np.bool_],
        known: NDArray[np.bool_],
    ) -> None:
        self.chances, self.labels, self.facets, self.mixed, self.known = chances, labels, facets, mixed, known

    @classmethod
    def of(cls, tags: Iterable[Tag]) -> Tags:
        """Columns from single answers."""
        import numpy as np  # noqa: PLC0415 - this room opens without it

        found = list(tags)
        return cls(
            np.array([(tag.leadership, tag.management) for tag in found], np.float64).reshape(-1, 2),
            np.array([LABELS.index(tag.label) for tag in found], np.int8),
            np.array([-1 if tag.facet is None else FACET_NAMES.index(tag.facet) for tag in found], np.int8),
            np.array([tag.mixed for tag in found], np.bool_),
            np.array([tag.reason != UNKNOWN for tag in found], np.bool_),
        )

    @property
    def probabilities(self) -> NDArray[np.float64]:
        """float64, shape (n, 3), in the order of `LABELS`; rows sum to 1."""
        return with_rest(self.chances)

    def __len__(self) -> int:
        return len(self.labels)

    @overload
    def __getitem__(self, at: int) -> Tag: ...
    @overload
    def __getitem__(self, at: slice) -> Tags: ...
    def __getitem__(self, at: int | slice) -> Tag | Tags:
        if isinstance(at, slice):
            return Tags(*(getattr(self, name)[at] for name in self.COLUMNS))
        leadership, management = self.chances[at].tolist()
        facet = int(self.facets[at])
        return tagged(
            (leadership, management, rest(leadership, management)),
            label=LABELS[self.labels[at]],
            facet=None if facet < 0 else FACET_NAMES[facet],
            mixed=bool(self.mixed[at]),
            known=bool(self.known[at]),
        )

    def __iter__(self) -> Iterator[Tag]:
        return (self[at] for at in range(len(self)))

    def mix(self) -> dict[Label, int]:
        """How many statements have each label, in the order of `LABELS`."""
        counts = Counter(self.labels.tolist())
        return {label: counts[at] for at, label in enumerate(LABELS)}


def rest(leadership: float, management: float) -> float:
    """What is left for ``neither``; never below 0, and exactly 0 where the two share all."""
    left = 1 - leadership - management
    return left if left > _ROUNDING else 0.0


def with_rest(pair: NDArray[np.float64]) -> NDArray[np.float64]:
    """float64, shape (n, 3): two columns and what they leave for ``neither``, as `rest` has it."""
    import numpy as np  # noqa: PLC0415 - this room opens without it

    left = 1 - pair[:, 0] - pair[:, 1]
    return np.stack([pair[:, 0], pair[:, 1], np.where(left > _ROUNDING, left, 0)]).T


def tagged(chances: tuple[float, float, float], label: Label, facet: str | None, *, mixed: bool, known: bool) -> Tag:
    """A tag from what was decided; it works out the first choice, and why the label differs from it."""
    first = LABELS[chances.index(max(chances))]
    reason = UNKNOWN if not known else UNSURE if label != first else None
    return Tag(label, *chances, facet, mixed, first, reason)


_ROUNDING = 2.0**-50  # two probabilities that share all may add up to this much less than 1
