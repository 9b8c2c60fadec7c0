"""The shipped model is what the command makes, and recognises every facet."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp
from conftest import SHARED, needs_shared
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_val_predict, cross_val_score
from sklearn.pipeline import make_pipeline

import leadclass
from leadclass.classifier import Classifier
from leadclass.corpus import Corpus
from leadclass.evaluation import measure, read_labelled
from leadclass.features import CONSTANT, Features
from leadclass.labels import FACETS, LABELS
from leadclass.recipe import Recipe
from leadclass.training import GRID, StatementClassifier, columns_of, held_out, train_corpus
from leadclass.vectors import Vectors


def test_the_shipped_model_is_what_the_command_makes(shipped: Classifier, retrained: Classifier) -> None:
    """To one step of the grid: other processors round the last bits of a sum otherwise."""
    assert retrained.model.ngrams == shipped.model.ngrams
    assert retrained.model.settings == shipped.model.settings
    assert (retrained.model.array("idf") == shipped.model.array("idf")).all()
    for name, step in (("weights", GRID), ("intercept", GRID), ("facet_weights", 1), ("facet_intercept", GRID)):
        ours, theirs = (each.model.array(name).astype(np.float64) for each in (retrained, shipped))
        assert np.abs(ours - theirs).max() <= 1.001 * step, name


def test_the_same_data_gives_the_same_bytes(corpus: Corpus, tmp_path: Path) -> None:
    for name in ("one", "two"):
        train_corpus(corpus[:: len(corpus) // 400]).save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_every_facet_is_recognised_on_groups_held_out(corpus: Corpus) -> None:
    recipe, corpus = Recipe.load(), corpus[::3]
    logits = recipe.calibration.apply(held_out(columns_of(corpus), recipe))
    right = np.array(LABELS)[logits.argmax(axis=1)] == np.array(corpus.column("label"))
    facets = np.array(corpus.column("facet"))
    recall = {facet: float(right[facets == facet].mean()) for facet in FACETS}
    assert {facet: share for facet, share in recall.items() if share < 0.5} == {}


TWO = (["plan it", "plan that", "thank you", "thank them"], ["m", "m", "l", "l"])


def test_the_constructor_only_stores_and_clones_are_equal() -> None:
    """scikit-learn's own checks skip estimators of texts, so its contract is checked here by hand."""
    model = StatementClassifier(C=2.5, min_pairs=1, prior=0.5)
    assert model.get_params() == {"C": 2.5, "min_pairs": 1, "prior": 0.5, "vectors": None}
    assert clone(model).get_params() == model.get_params()
    assert not [name for name in vars(model) if name.endswith("_")]


def test_an_estimator_that_is_not_fitted_says_so() -> None:
    with pytest.raises(NotFittedError):
        StatementClassifier().predict(["plan it"])


def test_a_fitted_estimator_survives_pickling_and_searches() -> None:
    model = StatementClassifier().fit(*TWO)
    again = pickle.loads(pickle.dumps(model))
    assert (again.predict_proba(TWO[0]) == model.predict_proba(TWO[0])).all()
    search = GridSearchCV(StatementClassifier(), {"C": [0.1, 1.0]}, cv=2).fit(*TWO)
    assert search.best_params_["C"] in (0.1, 1.0)


def test_folded_weights_are_the_augmented_fit_to_the_letter(corpus: Corpus) -> None:
    """w = w1 + Z w2: scoring with one weight an n-gram equals scoring [X, XZ]."""
    part = columns_of(corpus[::60]).pure()
    features = Features(part.texts, 3, Vectors.load(), 2.0)
    rows = features.rows(part.texts)
    _, weights, intercept = features.regress(rows, part.labels, 1.0)
    both = sp.hstack([rows, sp.csr_matrix(rows @ features.prior), np.full((rows.shape[0], 1), CONSTANT)], format="csr")
    solver = {"solver": "newton-cg", "tol": 1e-8, "max_iter": 1000}
    direct = LogisticRegression(C=1.0, fit_intercept=False, **solver).fit(both, part.labels)
    assert np.abs(rows @ weights.T + intercept - direct.decision_function(both)).max() < 1e-9
    usual = LogisticRegression(C=1.0, **solver).fit(both[:, :-1], part.labels)
    assert np.abs(direct.predict_proba(both) - usual.predict_proba(both[:, :-1])).max() < 0.001


def test_the_estimator_goes_into_pipelines_and_cross_validation(corpus: Corpus) -> None:
    part = columns_of(corpus[::30]).pure()
    found = cross_val_predict(
        make_pipeline(StatementClassifier()),
        part.texts,
        part.labels,
        groups=part.groups,
        cv=GroupKFold(3),
    )
    assert np.mean(found == np.array(part.labels)) > 0.5  # a third of it would be chance


@needs_shared
def test_the_shipped_model_is_right_on_statements_that_nobody_wrote_for_it(shipped: Classifier) -> None:
    """The bars that were set before there was a model."""
    real = read_labelled(SHARED / "dev-statements" / "statements.csv")
    tags = shipped.classify_many(real.texts)
    found = measure(real.labels, tags.labels, tags.probabilities)
    assert found.balanced_accuracy >= 0.70
    assert found.macro_f1 >= 0.52


def test_scorers_that_want_a_decision_function_work() -> None:
    scores = cross_val_score(StatementClassifier(), *TWO, scoring="roc_auc", cv=2)
    assert scores.tolist() == [1.0, 1.0]


def test_two_classes_give_probabilities_of_both() -> None:
    model = StatementClassifier().fit(*TWO)
    chances = model.predict_proba(["plan", "thank", "nothing known"])
    assert model.classes_.tolist() == ["l", "m"]
    assert np.allclose(chances.sum(axis=1), 1)
    assert chances[0, 1] > 0.5 > chances[1, 1]


def test_training_on_ones_own_statements_without_facets() -> None:
    texts = [
        f"{verb} the {thing}" for verb in ("schedule", "praise", "boil") for thing in ("crew", "egg", "band", "ox")
    ]
    labels = ["management"] * 4 + ["leadership"] * 4 + ["neither"] * 4
    found = leadclass.train(texts, labels).classify("schedule the choir")
    assert found.label == "management"
    assert FACETS[str(found.facet)] == "management"


WRONG = [
    ("columns of two lengths", (["a", "b"], ["neither"], {}), "labels must be as many as texts, 2, got 1"),
    ("an unknown label", (["a"], ["boss"], {}), "got .'boss'."),
    ("a label missing", (["a", "b"], ["neither", "leadership"], {}), "each of the three"),
    (
        "a facet of another label",
        (["a", "b", "c"], [*LABELS], {"facets": ["plan", "plan", ""]}),
        "'plan' does not belong to label 'leadership'",
    ),
    ("one group", (["a", "b", "c"], [*LABELS], {"groups": [1, 1, 1]}), "groups must be two or more"),
    ("nothing", (None, [*LABELS], {}), "NoneType object received"),
    ("one bare text", ("abc", ["neither"], {}), "pass a list"),
]


@pytest.mark.parametrize(("arguments", "said"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_unusable_training_data_is_refused(arguments: tuple, said: str) -> None:
    texts, labels, rest = arguments
    with pytest.raises(ValueError, match=said):
        leadclass.train(texts, labels, **rest)


def test_a_text_that_is_none_is_refused() -> None:
    with pytest.raises(TypeError, match="Every text must be a str, got NoneType"):
        leadclass.train([None, "b", "c"], [*LABELS])  # type: ignore[list-item]
