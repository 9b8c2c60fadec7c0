"""From one statement to its logits, in plain Python: what `leadclass.scoring` computes, without its fixed cost.

A batch in numpy pays for its long arrays from about a dozen statements on; one statement is done here before numpy's
first calls have returned. The logits are those of a batch but for the last bits, since a batch adds in another order.

At first n-grams are sought in the file, which lies open but unread; once that has been done for `COLD` of them, it pays
to make a dictionary of all.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from operator import mul
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from leadclass.labels import FACETS
from leadclass.model import FACET_STEP
from leadclass.tokens import ASCII, MARKS, tokens

if TYPE_CHECKING:
    from leadclass.model import Model

COLD = 1000  # n-grams; seeking one takes some 5 microseconds, a dictionary of 40,000 some 30 milliseconds

# What is known of an n-gram: its feature, its IDF, and its IDF times its weight for each label.
Known = tuple[int, float, float, float, float]


class Row(NamedTuple):
    """The known n-grams of one statement.

    Attributes:
        features: which they are: rows of the model file.
        values: (1 + ln tf) * idf of each.
        scale: what makes the squares of the values sum to 1; 0 where there is none.
        logits: one a label, in the order of `leadclass.labels.LABELS`.
    """

    features: list[int]
    values: list[float]
    scale: float
    logits: list[float]


class SingleScorer:
    """Scores statements one by one with one model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._known: Callable[[str], Known | None] = self._seek
        self._sought: dict[str, Known | None] = {}
        self._intercept: Sequence[float] = model.view("intercept").tolist()
        self._facets = model.view("facet_weights").cast("B")
        self._facet_intercept: Sequence[float] = model.view("facet_intercept").tolist()
        self._facet_rows: dict[int, tuple[int, ...]] = {}

    def row(self, text: str) -> Row:
        """The n-grams of ``text`` that the model knows, weighed and summed."""
        words = quick_tokens(text)
        if self._known == self._seek and len(self._sought) + 2 * len(words) > COLD:
            self._known = self._all().get
        found = [known for known in map(self._known, words) if known]
        found += [known for known in map(self._known, map(" ".join, pairwise(words))) if known]
        features = [known[0] for known in found]
        if len(set(features)) < len(features):
            found = _damped(found)
            features = [known[0] for known in found]
        square = first = second = third = 0.0
        for _, value, one, two, three in found:
            square += value * value
            first += one
            second += two
            third += three
        scale = 1 / math.sqrt(square) if square > 0 else 0.0
        lead, manage, neither = self._intercept
        logits = [first * scale + lead, second * scale + manage, third * scale + neither]
        return Row(features, [known[1] for known in found], scale, logits)

    def facet_logits(self, row: Row, wanted: slice) -> Sequence[float]:
        """The wanted facets, a slice of `leadclass.labels.FACETS`."""
        bases = self._facet_intercept[wanted]
        if not row.features:
            return bases
        weights = [self._facet_row(feature)[wanted] for feature in row.features]
        step = FACET_STEP * row.scale
        sums = (sum(map(mul, row.values, column)) for column in zip(*weights, strict=True))
        return [total * step + base for total, base in zip(sums, bases, strict=True)]

    def _facet_row(self, feature: int) -> tuple[int, ...]:
        """The thirteen facet weights of a feature, unpacked once."""
        if feature not in self._facet_rows:
            self._facet_rows[feature] = _FACETS.unpack_from(self._facets, feature * _FACETS.size)
        return self._facet_rows[feature]

    def _seek(self, ngram: str) -> Known | None:
        """What is known of an n-gram while it is not yet worth while to read them all."""
        if ngram not in self._sought:
            self._sought[ngram] = self._read(ngram)
        return self._sought[ngram]

    def _read(self, ngram: str) -> Known | None:
        feature = self._model.find(ngram)
        if feature is None:
            return None
        idf, weights = self._model.view("idf")[feature], self._model.view("weights")
        first, second, third = (idf * weights[3 * feature + label] for label in range(3))
        return feature, idf, first, second, third

    def _all(self) -> dict[str, Known]:
        """What is known of every n-gram."""
        idf, weights = self._model.view("idf").tolist(), self._model.view("weights").tolist()
        weighed = (map(mul, idf, weights[label::3]) for label in range(3))
        return dict(zip(self._model.ngrams, zip(range(len(idf)), idf, *weighed, strict=True), strict=True))


def _damped(found: list[Known]) -> list[Known]:
    """Each n-gram once, its numbers times 1 + ln tf."""
    rows = []
    for known, count in Counter(found).items():
        factor = 1 + math.log(count)
        rows.append((known[0], known[1] * factor, known[2] * factor, known[3] * factor, known[4] * factor))
    return rows


def softmax(logits: Sequence[float]) -> list[float]:
    """Probabilities; the largest logit is taken off first, so that nothing overflows."""
    top = max(logits)
    powers = [math.exp(logit - top) for logit in logits]
    total = sum(powers)
    return [power / total for power in powers]


_FACETS = Struct(f"<{len(FACETS)}h")
_MARKS = [(mark, f" {mark} ") for mark in MARKS]


def quick_tokens(text: str) -> list[str]:
    """`leadclass.tokens.tokens`, by a quicker way for ASCII: one table, then space is all that separates.

    >>> quick_tokens("Who'd pay $20?")
    ["who'd", 'pay', '$', '00', '?']
    """
    if not text.isascii():
        return tokens(text)
    plain = text.translate(ASCII)
    for mark, apart in _MARKS:
        if mark in plain:
            plain = plain.replace(mark, apart)
    if "'" not in plain:
        return plain.split()
    if "''" in plain:  # the one case in which an apostrophe separates within a word
        return tokens(text)
    return [word for word in (each.strip("'") for each in plain.split()) if word]
