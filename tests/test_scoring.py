"""Scoring is scikit-learn's pipeline, to 1e-9, for every string: many at a time in numpy, and one in plain Python."""

from __future__ import annotations

import itertools
import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path

import joblib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from leadclass import bulk, tokens
from leadclass.classifier import Classifier
from leadclass.corpus import Corpus
from leadclass.labels import Tags
from leadclass.model import Model, ModelError, Settings
from leadclass.scoring import CHUNK, CHUNK_CHARACTERS, Buffer, Scorer, softmax
from leadclass.single import SingleScorer, quick_tokens
from leadclass.table import Table
from leadclass.texts import batches

AWKWARD = [
    "",
    "   ",
    "\n\t",
    "İstanbul ΑΣ K",
    "e\u0301tude",
    "\ud800",
    "we\ud800trust",
    "a\0b",
    "\u2028we\u2029",
    "\x1c\x1d\x1e\x1f\x85\xa0we",
    "we we we",
    "²³ ٣ ३",
    "_we_",
    "we" * 5000,
    "'we' ''trust'' don't don''t 'tis rock'n'roll '",
    "budget'? $'s %'%",
    "“We” – trust… ‘it’ • don’t",
    "£20 or 20€?",
    "accountabilities responsibilities responsibilitie responsibilitiesx",
    "straightforwardness\0 misunderstandings",
    "plan " * 3000,
]
PIECES = [
    "we",
    "trust",
    "the budget",
    "don’t",
    "7 of 2031?",
    "'",
    "''",
    "_",
    "é",
    "İ",
    "\ud800",
    "\0",
    "\u2028",
    "£",
    "!",
]
# Typed by hand or typed by a machine: any text, and texts made of the pieces that have rules of their own.
TEXTS = st.lists(st.text() | st.lists(st.sampled_from(PIECES)).map("".join), min_size=1, max_size=8)


class Pipeline:
    """The shipped weights in scikit-learn's own vectorizer."""

    def __init__(self, model: Model) -> None:
        self.vectorizer = TfidfVectorizer(analyzer=tokens.ngrams, sublinear_tf=True, vocabulary=list(model.ngrams))
        self.vectorizer.idf_ = model.array("idf").astype(np.float64)
        self.weights, self.intercept = model.array("weights").astype(np.float64), model.array("intercept")

    def logits(self, texts: list[str]) -> np.ndarray:
        return self.vectorizer.transform(texts) @ self.weights + self.intercept


@pytest.fixture(scope="module")
def pipeline(shipped: Classifier) -> Pipeline:
    return Pipeline(shipped.model)


@pytest.fixture(scope="module")
def scorer(shipped: Classifier) -> Scorer:
    return Scorer(shipped.model)


@pytest.fixture(scope="module")
def single(shipped: Classifier) -> SingleScorer:
    return SingleScorer(shipped.model)


def logits(scorer: Scorer, texts: list[str]) -> np.ndarray:
    return scorer.logits(scorer.rows(Buffer.of(texts)))


def test_every_statement_of_the_corpus_scores_as_in_scikit_learn(
    corpus: Corpus, pipeline: Pipeline, scorer: Scorer
) -> None:
    texts = corpus.column("text")
    assert np.abs(logits(scorer, texts) - pipeline.logits(texts)).max() <= 1e-9


def test_awkward_strings_score_as_in_scikit_learn(pipeline: Pipeline, scorer: Scorer) -> None:
    assert np.abs(logits(scorer, AWKWARD) - pipeline.logits(AWKWARD)).max() <= 1e-9


@settings(max_examples=300, deadline=None)
@given(texts=TEXTS)
def test_any_strings_score_as_in_scikit_learn(pipeline: Pipeline, scorer: Scorer, texts: list[str]) -> None:
    assert np.abs(logits(scorer, texts) - pipeline.logits(texts)).max() <= 1e-9


@settings(max_examples=300, deadline=None)
@given(texts=TEXTS)
def test_one_statement_has_the_logits_of_the_batch(single: SingleScorer, scorer: Scorer, texts: list[str]) -> None:
    assert np.abs(np.array([single.row(text).logits for text in texts]) - logits(scorer, texts)).max() <= 1e-12


@given(text=st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_the_quick_way_to_tokens_gives_the_same_tokens(text: str) -> None:
    assert quick_tokens(text) == tokens.tokens(text)


def test_the_first_answers_of_a_process_are_those_that_it_gives_later(shipped: Classifier, corpus: Corpus) -> None:
    """At first n-grams are sought in the file, later in a dictionary."""
    texts = corpus.column("text")[:60]
    fresh = Classifier(shipped.model)
    early, late = [fresh.classify(text) for text in texts], [fresh.classify(text) for text in texts]
    assert early == late


@pytest.mark.parametrize("neither", [True, False])
def test_few_statements_and_many_get_the_same_answers(shipped: Classifier, corpus: Corpus, neither: bool) -> None:
    texts = [*AWKWARD, *corpus.column("text")[::97]]
    many = shipped.classify_many(texts, neither=neither)
    for text, tag in zip(texts, many, strict=True):
        one = shipped.classify(text, neither=neither)
        for chance in ("leadership", "management", "neither"):
            assert abs(getattr(one, chance) - getattr(tag, chance)) <= 1e-12
        assert one._replace(leadership=0, management=0, neither=0) == tag._replace(
            leadership=0, management=0, neither=0
        )


def batched(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    rest = iter(texts)
    while batch := list(itertools.islice(rest, size)):
        yield batch


def in_chunks(classifier: Classifier, texts: list[str], size: int) -> np.ndarray:
    parts = [bulk.classify(classifier, iter(part), neither=True, n_jobs=1) for part in batched(texts, size)]
    return np.vstack([part.chances for part in parts])


def test_answers_do_not_depend_on_chunks_or_order(shipped: Classifier, corpus: Corpus) -> None:
    texts = corpus.column("text")[:9000:7]
    together = in_chunks(shipped, texts, len(texts))
    for size in (1, 7, 256):
        assert (in_chunks(shipped, texts, size) == together).all()
    assert (in_chunks(shipped, texts[::-1], 300)[::-1] == together).all()


def test_processes_give_the_same_answers_to_the_last_bit(
    shipped: Classifier, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "LEAST", 2)
    texts = corpus.column("text") * 3
    alone, shared = shipped.classify_many(texts), shipped.classify_many(texts, n_jobs=2)
    for backend in ("threading", "multiprocessing"):
        with joblib.parallel_config(backend=backend, n_jobs=2):
            others = shipped.classify_many(texts)
        for name in Tags.COLUMNS:
            assert (getattr(alone, name) == getattr(shared, name)).all()
            assert (getattr(alone, name) == getattr(others, name)).all()


def test_a_classifier_is_built_once_in_another_process(shipped: Classifier) -> None:
    sent = pickle.dumps(shipped.with_threshold(0.7))
    assert pickle.loads(sent) is pickle.loads(sent)


def test_a_file_that_was_replaced_does_not_answer_for_the_old_one(shipped: Classifier, tmp_path: Path) -> None:
    shipped.save(tmp_path / "model")
    old = pickle.dumps(Classifier.load(tmp_path / "model"))
    shipped.with_threshold(0.9).save(tmp_path / "model")
    with pytest.raises(ModelError, match="was replaced"):
        pickle.loads(old)
    assert pickle.loads(pickle.dumps(Classifier.load(tmp_path / "model"))).model.settings.threshold == 0.9


def test_a_classifier_of_one_s_own_travels_to_other_processes(shipped: Classifier) -> None:
    mine = Classifier(shipped.model.with_settings(threshold=0.9))
    copy = pickle.loads(pickle.dumps(mine))
    assert copy.model.settings == mine.model.settings
    assert copy.classify("Pay the rent.") == mine.classify("Pay the rent.")


def test_statements_are_read_as_they_are_needed(shipped: Classifier) -> None:
    """A file of any length may be streamed through: what is wrong far behind is met only there."""
    asked = 0

    def source() -> Iterator[object]:
        nonlocal asked
        while asked < 5 * CHUNK:
            asked += 1
            yield "Pay the rent by Friday." if asked <= 2 * CHUNK else None

    with pytest.raises(TypeError, match=f"None at position {2 * CHUNK}"):
        shipped.classify_many(source())  # type: ignore[arg-type]
    assert asked <= 3 * CHUNK


def test_long_statements_make_short_batches() -> None:
    sizes = [len(part) for part in batches(iter(["x" * 1000] * 5000), CHUNK, CHUNK_CHARACTERS, "test")]
    assert sum(sizes) == 5000
    assert max(sizes) <= 640


def test_a_word_is_never_taken_for_another_with_the_same_beginning() -> None:
    """Up to 16 bytes a token is its own key; the longer ones are compared whole."""
    known = ["abcdefgh", "abcdefghijklmnop", "abcdefghijklmnopq", "abcdefghijklmnopq abcdefgh"]
    model = Model.of(
        known,
        Settings(0.0, 1.0, "", {}),
        idf=np.ones(4),
        weights=np.eye(4, 3),
        intercept=np.zeros(3),
        facet_weights=np.zeros((4, 13)),
        facet_intercept=np.zeros(13),
    )
    texts = [*known, "abcdefg", "abcdefghi", "abcdefghijklmno", "abcdefghijklmnopqr", "abcdefghijklmnopr", "a" * 17]
    single = SingleScorer(model)
    assert [single.row(text).features for text in texts] == [[0], [1], [2], [2, 0, 3], [], [], [], [], [], []]
    assert logits(Scorer(model), texts).tolist() == pytest.approx(np.array([single.row(text).logits for text in texts]))


@given(st.sets(st.integers(0, 2**64 - 1), max_size=50), st.lists(st.integers(0, 2**64 - 1), max_size=50))
def test_a_table_finds_what_it_holds_and_nothing_else(held: set[int], others: list[int]) -> None:
    keys = np.array(sorted(held), np.uint64)
    asked = np.array([*sorted(held), *others], np.uint64)
    table, double = Table(keys), Table(keys, keys[::-1].copy())
    place = {key: at for at, key in enumerate(sorted(held))}
    assert table.find(asked).tolist() == [place.get(key, -1) for key in asked.tolist()]
    assert double.find(keys, keys[::-1].copy()).tolist() == list(range(len(keys)))
    assert set(double.find(keys, keys ^ keys[::-1]).tolist()) <= {-1, *range(len(keys))}


def test_keys_that_differ_in_the_second_word_alone_are_different() -> None:
    table = Table(np.array([5], np.uint64), np.array([1], np.uint64))
    other = np.array([n for n in range(1001) if n != 1], np.uint64)
    assert set(table.find(np.full(1000, 5, np.uint64), other).tolist()) == {-1}


def test_all_ngrams_are_read_once_however_long_a_statement_is(shipped: Classifier) -> None:
    class Counting(SingleScorer):
        read = 0

        def _all(self):  # type: ignore[no-untyped-def]
            self.read += 1
            return super()._all()

    scorer = Counting(shipped.model)
    for _ in range(3):
        scorer.row(" ".join(f"word{at} plan{at} we trust" for at in range(2000)))
    assert scorer.read == 1


def test_softmax_of_huge_logits_is_finite() -> None:
    assert softmax(np.array([[1e300, 0.0, -1e300]])).tolist() == [[1.0, 0.0, 0.0]]
