"""`Explanation`: why a statement got its tag, n-gram by n-gram."""

from __future__ import annotations

from typing import NamedTuple

from leadclass.labels import Label, Tag


class Contribution(NamedTuple):
    """What one n-gram of a statement adds to the logit of each label."""

    ngram: str
    leadership: float
    management: float
    neither: float

    def to(self, label: Label) -> float:
        """What it adds to the logit of ``label``."""
        return float(getattr(self, label))


class Explanation(NamedTuple):
    """Why a statement got its tag: for each label, intercept plus contributions is the logit.

    Attributes:
        text: the statement.
        tag: its tag.
        contributions: one for each known n-gram, the strongest for the tag's first choice at the head.
        intercept: what each label starts from.
        logits: the sums; their softmax is the three probabilities.
    """

    text: str
    tag: Tag
    contributions: tuple[Contribution, ...]
    intercept: dict[Label, float]
    logits: dict[Label, float]
