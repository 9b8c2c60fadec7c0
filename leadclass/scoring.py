"""From statements to logits: TF-IDF and a linear model over a batch, in numpy alone.

For each statement, with tf the number of times an n-gram occurs in it::

    value(n-gram) = (1 + ln tf) * idf(n-gram), over the n-grams of the vocabulary
    row           = values / sqrt(sum of their squares)
    logits        = row @ weights + intercept

which is what scikit-learn's ``TfidfVectorizer(sublinear_tf=True)`` and ``LogisticRegression`` compute
(https://scikit-learn.org/stable/modules/feature_extraction.html#tfidf-term-weighting).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leadclass.model import Model
from leadclass.tokens import ngrams

CHUNK = 4096  # statements; a chunk of 15-word statements keeps its columns within a few megabytes


@dataclass(frozen=True, slots=True)
class Rows:
    """The known n-grams of a batch as a sparse matrix, one entry an n-gram and statement.

    Attributes:
        statement: int64, shape (m,), ascending: which statement an entry belongs to.
        feature: int64, shape (m,): which n-gram of the vocabulary it is.
        value: float64, shape (m,): its TF-IDF value; the squares of a statement sum to 1.
        size: how many statements the batch has.
    """

    statement: NDArray[np.int64]
    feature: NDArray[np.int64]
    value: NDArray[np.float64]
    size: int

    def dot(self, weights: NDArray[np.floating]) -> NDArray[np.float64]:
        """float64, shape (size, columns): each statement's row times ``weights`` of shape (V, columns)."""
        columns = (np.bincount(self.statement, self.value * column[self.feature], self.size) for column in weights.T)
        return np.stack(list(columns), axis=1)

    def known(self) -> NDArray[np.bool_]:
        """bool, shape (size,): the statements with at least one n-gram of the vocabulary."""
        return np.bincount(self.statement, minlength=self.size) > 0


class Scorer:
    """Scores statements with one model."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._index = {ngram: at for at, ngram in enumerate(model.ngrams)}
        self._idf = model.idf.astype(np.float64)
        self._weights = np.asfortranarray(model.weights, dtype=np.float64)
        self._facet_weights = np.asfortranarray(model.facet_weights, dtype=np.float64)

    def rows(self, texts: Sequence[str]) -> Rows:
        """The TF-IDF rows of ``texts``."""
        statement, feature = self._occurrences(texts)
        entry, count = np.unique(statement * len(self._idf) + feature, return_counts=True)
        statement, feature = np.divmod(entry, len(self._idf))
        value = (1 + np.log(count)) * self._idf[feature]
        length = np.sqrt(np.bincount(statement, value * value, len(texts)))
        return Rows(statement, feature, value / length[statement], len(texts))

    def logits(self, rows: Rows) -> NDArray[np.float64]:
        """float64, shape (n, 3), columns in the order of `LABELS`."""
        return rows.dot(self._weights) + self.model.intercept

    def facet_logits(self, rows: Rows) -> NDArray[np.float64]:
        """float64, shape (n, 13), columns in the order of `FACETS`."""
        return rows.dot(self._facet_weights) + self.model.facet_intercept

    def _occurrences(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Every known n-gram as it occurs: (statement, feature), both int64 of one length."""
        find = self._index.get
        found = [[at for ngram in ngrams(text) if (at := find(ngram)) is not None] for text in texts]
        sizes = np.fromiter(map(len, found), np.int64, len(found))
        features = np.fromiter((at for ids in found for at in ids), np.int64, int(sizes.sum()))
        return np.repeat(np.arange(len(found)), sizes), features


def softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities along the last axis; the largest logit is taken off first, so that nothing overflows."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def chunks(texts: Sequence[str], size: int = CHUNK) -> Iterator[Sequence[str]]:
    """``texts`` in slices of at most ``size``."""
    return (texts[start : start + size] for start in range(0, len(texts), size))
