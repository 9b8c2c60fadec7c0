"""Scoring in numpy is scikit-learn's pipeline, to 1e-9, for every string."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from leadclass import tokens
from leadclass.classifier import Classifier
from leadclass.corpus import Corpus
from leadclass.scoring import Scorer, softmax

AWKWARD = [
    "",
    "   ",
    "\n\t",
    "İstanbul ΑΣ K",
    "e\u0301tude",
    "\ud800",
    "a\0b",
    "\u2028we\u2029",
    "we we we",
    "²³ ٣ ३",
    "_we_",
    "we" * 5000,
]


class Pipeline:
    """The shipped weights in scikit-learn's own vectorizer."""

    def __init__(self, classifier: Classifier) -> None:
        model = classifier.model
        self.vectorizer = TfidfVectorizer(analyzer=tokens.ngrams, sublinear_tf=True, vocabulary=list(model.ngrams))
        self.vectorizer.idf_ = model.idf.astype(np.float64)
        self.model = model

    def logits(self, texts: list[str]) -> np.ndarray:
        return self.vectorizer.transform(texts) @ self.model.weights.astype(np.float64) + self.model.intercept


@pytest.fixture(scope="module")
def pipeline(shipped: Classifier) -> Pipeline:
    return Pipeline(shipped)


@pytest.fixture(scope="module")
def scorer(shipped: Classifier) -> Scorer:
    return Scorer(shipped.model)


def test_every_statement_of_the_corpus_scores_as_in_scikit_learn(
    corpus: Corpus, pipeline: Pipeline, scorer: Scorer
) -> None:
    texts = corpus.column("text")
    assert np.abs(scorer.logits(scorer.rows(texts)) - pipeline.logits(texts)).max() <= 1e-9


def test_awkward_strings_score_as_in_scikit_learn(pipeline: Pipeline, scorer: Scorer) -> None:
    assert np.abs(scorer.logits(scorer.rows(AWKWARD)) - pipeline.logits(AWKWARD)).max() <= 1e-9


@settings(max_examples=300, deadline=None)
@given(
    texts=st.lists(st.text() | st.sampled_from(["we trust you", "the budget", "don’t WE", "7 of 2031?"]), max_size=8)
)
def test_any_strings_score_as_in_scikit_learn(pipeline: Pipeline, scorer: Scorer, texts: list[str]) -> None:
    if texts:
        assert np.abs(scorer.logits(scorer.rows(texts)) - pipeline.logits(texts)).max() <= 1e-9


def test_answers_do_not_depend_on_the_batch(shipped: Classifier, corpus: Corpus) -> None:
    texts = corpus.column("text")[:9000:7]
    together = shipped.classify_many(texts).probabilities
    alone = np.vstack([shipped.classify_many([text]).probabilities for text in texts])
    backwards = shipped.classify_many(texts[::-1]).probabilities[::-1]
    assert (together == alone).all()
    assert (together == backwards).all()


def test_softmax_of_huge_logits_is_finite() -> None:
    assert softmax(np.array([[1e300, 0.0, -1e300]])).tolist() == [[1.0, 0.0, 0.0]]
