"""Turns logits of statements that the model has not seen into honest probabilities and sound rules.

A model is fitted to its own corpus and surer of itself than it should be on text from elsewhere. A temperature and an
offset for ``neither`` bring its probabilities in line with how often it is right: "bias-corrected temperature scaling"
(Alexandari et al. 2020, https://arxiv.org/abs/1901.06852, after Guo et al. 2017, https://arxiv.org/abs/1706.04599), but
without an offset between leadership and management: how much of each somebody's notes hold is what the user wants to
know, so the calibration must not bring an opinion along.
Both fold into the weights, so that classifying knows nothing of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from leadclass.evaluation import measure
from leadclass.labels import LABELS

# The direction from leadership and management, taken alike, to neither.
_NEITHER = np.array([-1.0, -1.0, 2.0]) / 3


@dataclass(frozen=True, slots=True)
class Calibration:
    """``logits * temperature + offset``, one offset a label in the order of `LABELS`.

    >>> Calibration(0.5, (0.1, 0.2, -0.3)).apply(np.array([[2.0, 0.0, -2.0]]))
    array([[ 1.1,  0.2, -1.3]])
    """

    temperature: float = 1.0
    offset: tuple[float, ...] = (0.0, 0.0, 0.0)

    def apply(self, logits: NDArray[np.float64]) -> NDArray[np.float64]:
        """The calibrated logits, of the same shape (n, 3)."""
        return np.asarray(logits * self.temperature + np.array(self.offset))

    def apply_weights(
        self, weights: NDArray[np.float64], intercept: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Weights and intercepts, rows in the order of `LABELS`, that give calibrated logits at once."""
        return weights * self.temperature, self.apply(intercept)

    @classmethod
    def fit(cls, logits: NDArray[np.float64], labels: Sequence[str]) -> Self:
        """The calibration of least log loss; offsets sum to 0. ``logits`` has shape (n, 3), held out."""
        from scipy.optimize import minimize  # noqa: PLC0415 - only fitting needs scipy

        truth = np.array([LABELS.index(label) for label in labels])

        def loss(point: NDArray[np.float64]) -> float:
            scaled = logits * np.exp(point[0]) + point[1] * _NEITHER
            chosen = scaled[np.arange(len(truth)), truth]
            return float((np.logaddexp.reduce(scaled, axis=1) - chosen).mean())

        temperature, offset = minimize(loss, np.zeros(2)).x
        return cls(float(np.exp(temperature)), tuple((offset * _NEITHER).tolist()))


@dataclass(frozen=True, slots=True)
class Rules:
    """Two lines drawn through calibrated probabilities.

    Attributes:
        threshold: a first choice less probable than this becomes ``neither``; 0 switches it off.
        mixed: a statement is mixed where leadership and management are both at least this probable.
    """

    threshold: float = 0.0
    mixed: float = 0.35

    @classmethod
    def fit(cls, probabilities: NDArray[np.float64], labels: Sequence[str]) -> Self:
        """The lines of best F1 on held-out probabilities, shape (n, 3).

        The threshold is the one of best macro-F1 over the three labels, the smallest where several tie; ``mixed`` the
        one of best F1 for telling the statements labelled ``mixed`` from the rest, where there are any.
        """
        named = np.array(labels)
        pure = named != "mixed"
        steps = np.arange(0.34, 0.60, 0.01).round(2)
        truth = named[pure].tolist()
        by_step = [_macro_f1(truth, probabilities[pure], step) for step in (0.0, *steps)]
        threshold = (0.0, *steps)[int(np.argmax(by_step))]
        if pure.all():
            return cls(float(threshold), cls().mixed)
        lines = np.arange(0.10, 0.50, 0.01).round(2)
        both = probabilities[:, :2].min(axis=1)
        return cls(float(threshold), float(lines[int(np.argmax([_f1(both >= line, ~pure) for line in lines]))]))


def _macro_f1(labels: list[str], probabilities: NDArray[np.float64], threshold: float) -> float:
    sure = probabilities.max(axis=1) >= threshold
    decided = np.where(sure, probabilities.argmax(axis=1), LABELS.index("neither"))
    return measure(labels, decided, probabilities).macro_f1


def _f1(predicted: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    return 2 * float((predicted & truth).sum()) / max(1, int(predicted.sum() + truth.sum()))
