"""The features of a model and the fit over them, with scikit-learn.

The features are TF-IDF values of words and word pairs. A bag of words knows nothing of a word that it never met, so the
fit gets word vectors as a prior: with X the TF-IDF matrix over a large vocabulary and Z a vector for each n-gram,
logistic regression is fitted on ``[X, XZ]`` and folded back into one weight an n-gram,

    w = w1 + Z w2,

which is the same decision function to the letter, so that no vector is needed to classify. What labelled real text
adds, in figures, is told in `leadclass.evidence`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from leadclass import tokens
from leadclass.corpus import data_folder
from leadclass.evidence import Evidence
from leadclass.labels import LABELS
from leadclass.vectors import Vectors

EXACT, ROUGH = 1e-8, 1e-5  # largest slope at which a fit may stop: of a model, and of one that is only measured
CONSTANT = 32.0  # the column that carries the intercept: so large that the penalty on its weight counts for nothing
SLIGHT = 1e-6  # how small the rows are that stand for real text: so small that the loss is straight along them


class Features:
    """A vocabulary, its IDF and its prior Z, shape (V, k): turns texts into rows and rows into weights."""

    def __init__(
        self,
        texts: Sequence[str],
        min_pairs: int,
        vectors: Vectors | None,
        prior: float,
        evidence: Evidence | None = None,
    ) -> None:
        self.ngrams = vocabulary(
            texts, min_pairs, (*(vectors.words if vectors else ()), *(evidence.ngrams if evidence else ()))
        )
        self._vectorizer = TfidfVectorizer(analyzer=tokens.ngrams, sublinear_tf=True, vocabulary=list(self.ngrams))
        self._vectorizer.fit(texts)
        if evidence:
            self._vectorizer.idf_ = self._shared_idf(evidence, len(texts))
        self.idf: NDArray[np.float64] = self._vectorizer.idf_
        self.prior = prior * vectors.rows(self.ngrams) if vectors else np.zeros((len(self.ngrams), 0))

    def rows(self, texts: Sequence[str]) -> Any:
        """The TF-IDF matrix X, sparse, shape (n, V)."""
        return self._vectorizer.transform(texts)

    def regress(  # noqa: PLR0913 - what a fit of this kind takes
        self,
        rows: Any,
        y: ArrayLike,
        C: float,  # noqa: N803
        sample_weight: ArrayLike | None = None,
        *,
        evidence: Evidence | None = None,
        tolerance: float = EXACT,
    ) -> tuple[NDArray[Any], NDArray[np.float64], NDArray[np.float64]]:
        """Fits ``[X, XZ]`` and folds back: classes, weights of shape (classes, V), intercepts.

        ``evidence`` says what real text adds, where ``y`` are labels.
        """
        columns, named = self._columns(rows, np.full(rows.shape[0], CONSTANT)), np.asarray(y)
        counted = np.ones(len(named)) if sample_weight is None else np.asarray(sample_weight, float)
        if evidence:
            columns = sp.vstack([columns, self._slight_rows(evidence)], format="csr")
            named = np.concatenate([named, LABELS])
            counted = np.concatenate([counted, np.full(len(LABELS), 1 / SLIGHT)])
        tolerance *= columns.shape[0] / counted.sum()  # scikit-learn's is a share of all weights
        regression = LogisticRegression(C=C, solver="newton-cg", tol=tolerance, max_iter=1000, fit_intercept=False).fit(
            columns, named, counted
        )
        own, inherited, intercept = np.split(regression.coef_, [len(self.ngrams), columns.shape[1] - 1], axis=1)
        weights, intercept = own + inherited @ self.prior.T, intercept[:, 0] * CONSTANT
        if len(regression.classes_) == 2:  # one row of log odds: half of them to each side
            weights, intercept = np.vstack([-weights, weights]) / 2, np.array([-intercept[0], intercept[0]]) / 2
        return regression.classes_, weights, intercept

    def _columns(self, rows: Any, constant: NDArray[np.float64]) -> Any:
        """``[X, XZ, 1]``, sparse."""
        return sp.hstack([rows, sp.csr_matrix(rows @ self.prior), constant[:, None]], format="csr")

    def _slight_rows(self, evidence: Evidence) -> Any:
        """A row a label that adds ``<pull, w>`` to the loss, and nothing else.

        A row x = -s * pull of its label, with weight 1 / s, adds (1 / s) * (log-sum-exp(xw) - xw of its label). For a
        slight s the first part of all three together is a constant, since their pulls sum to 0, and the second part
        is <pull, w>.
        """
        pull = np.zeros((len(LABELS), len(self.ngrams)))
        pull[:, evidence.rows(self.ngrams)] = evidence.pull.T
        return self._columns(sp.csr_matrix(-SLIGHT * pull), -SLIGHT * CONSTANT * evidence.base)

    def _shared_idf(self, evidence: Evidence, count: int) -> NDArray[np.float64]:
        """The smooth IDF over both our own statements and the real ones.

        As scikit-learn defines it, ``ln((1 + n) / (1 + df)) + 1``.
        """
        documents = (1 + count) / np.exp(self._vectorizer.idf_ - 1) - 1
        documents[evidence.rows(self.ngrams)] += evidence.documents
        return np.asarray(np.log((1 + count + evidence.statements) / (1 + documents)) + 1)


def vocabulary(texts: Iterable[str], min_pairs: int, extra: Iterable[str]) -> tuple[str, ...]:
    """Every word of ``texts``, the pairs that at least ``min_pairs`` of them have, and ``extra``, sorted.

    Given names are left out, so that no answer hangs on who is named.
    """
    counts = Counter(ngram for text in texts for ngram in set(tokens.ngrams(text)))
    frequent = {ngram for ngram, count in counts.items() if count >= min_pairs or " " not in ngram}
    return tuple(sorted(ngram for ngram in frequent.union(extra) if _names().isdisjoint(ngram.split(" "))))


@cache
def _names() -> frozenset[str]:
    """Given names that are no other word, from ``data/names.txt``."""
    return frozenset((data_folder() / "names.txt").read_text(encoding="utf-8").split())
