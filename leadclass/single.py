"""From one statement to its logits, in plain Python: what `leadclass.scoring` computes, without its fixed cost.

A batch in numpy pays for its long arrays from about a dozen statements on; one statement is done here before numpy's
first calls have returned. The logits are those of a batch but for the last bits, since a batch adds in another order.

At first n-grams are sought in the file, which lies open but unread; once that has been done for `COLD` of them, it pays
to make a dictionary of all and lists of the numbers.
"""

from __future__ import annotations

import math
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

COLD = 300  # n-grams; seeking one takes 5 microseconds, and the dictionary of 40,000 some ten milliseconds


class Row(NamedTuple):
    """The known n-grams of one statement.

    Attributes:
        features: which they are, ascending.
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
        self._sought: dict[str, int | None] = {}
        self._feature: Callable[[str], int | None] = self._seek
        self._idf: Sequence[float] = model.view("idf")
        self._weights: Sequence[float] = model.view("weights")
        self._intercept: Sequence[float] = model.view("intercept").tolist()
        self._facets = model.view("facet_weights").cast("B")
        self._facet_intercept: Sequence[float] = model.view("facet_intercept").tolist()

    def row(self, text: str) -> Row:
        """The n-grams of ``text`` that the model knows, weighed and summed."""
        words = quick_tokens(text)
        feature = self._feature
        counts: dict[int, int] = {}
        for ngram in (*words, *map(" ".join, pairwise(words))):
            each = feature(ngram)
            if each is not None:
                counts[each] = counts.get(each, 0) + 1
        return self._weighed(sorted(counts.items()))

    def facet_logits(self, row: Row, wanted: slice) -> Sequence[float]:
        """The wanted facets, a slice of `leadclass.labels.FACETS`."""
        unpack = _SPANS[wanted.stop - wanted.start].unpack_from
        weights = [unpack(self._facets, (feature * len(FACETS) + wanted.start) * 2) for feature in row.features]
        step = FACET_STEP * row.scale
        bases = self._facet_intercept[wanted]
        if not weights:
            return bases
        sums = (sum(map(mul, row.values, column)) for column in zip(*weights, strict=True))
        return [total * step + base for total, base in zip(sums, bases, strict=True)]

    def _weighed(self, counts: list[tuple[int, int]]) -> Row:
        idf, weights = self._idf, self._weights
        values = []
        square = first = second = third = 0.0
        for feature, count in counts:
            value = idf[feature]
            if count > 1:
                value *= 1 + math.log(count)
            values.append(value)
            at = 3 * feature
            square += value * value
            first += value * weights[at]
            second += value * weights[at + 1]
            third += value * weights[at + 2]
        scale = 1 / math.sqrt(square) if square > 0 else 0.0
        lead, manage, neither = self._intercept
        logits = [first * scale + lead, second * scale + manage, third * scale + neither]
        return Row([feature for feature, _ in counts], values, scale, logits)

    def _seek(self, ngram: str) -> int | None:
        """The feature of an n-gram while it is not yet worth while to read them all."""
        if ngram not in self._sought:
            if len(self._sought) == COLD:
                self._warm_up()
                return self._feature(ngram)
            self._sought[ngram] = self._model.find(ngram)
        return self._sought[ngram]

    def _warm_up(self) -> None:
        self._feature = dict(zip(self._model.ngrams, range(self._model.size), strict=True)).get
        self._idf, self._weights = (self._model.view(name).tolist() for name in ("idf", "weights"))


def softmax(logits: Sequence[float]) -> list[float]:
    """Probabilities; the largest logit is taken off first, so that nothing overflows."""
    top = max(logits)
    powers = [math.exp(logit - top) for logit in logits]
    total = sum(powers)
    return [power / total for power in powers]


_SPANS = {width: Struct(f"<{width}h") for width in range(len(FACETS) + 1)}
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
