"""From labelled statements to a model; what is fitted, and how, stands in `leadclass.features`.

These two rooms are the only ones that import scikit-learn.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.model_selection import GroupKFold
from sklearn.utils.validation import check_is_fitted

from leadclass.calibration import Calibration, Rules
from leadclass.classifier import Classifier
from leadclass.corpus import LABELS_IN_DATA, Corpus
from leadclass.evidence import Evidence
from leadclass.features import EXACT, ROUGH, Features
from leadclass.labels import FACETS, LABELS
from leadclass.model import FACET_STEP, Model, Settings
from leadclass.recipe import Recipe
from leadclass.scoring import softmax
from leadclass.vectors import Vectors

FOLDS = 5
GRID = 2.0**-10  # weights are rounded to it, so that the last bits of a solver never show in the file
NEVER = -100.0  # the intercept of a facet that no training statement has


class StatementClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """TF-IDF plus multinomial logistic regression over texts, as a scikit-learn estimator.

    Args:
        C: inverse strength of the L2 penalty.
        min_pairs: a word pair becomes a feature if at least so many statements have it.
        vectors: word vectors used as a prior, or None for a plain bag of words.
        prior: what a vector weighs beside its word; 0 ignores the vectors.

    Attributes:
        classes_: the labels, sorted.
        ngrams_: the vocabulary, sorted.
        idf_: float64, shape (V,).
        coef_: float64, shape (classes, V), the folded weights; with two classes it still has two rows.
        intercept_: float64, shape (classes,).

    >>> texts = ["Book the room for Monday", "The room is cold", "Book it by noon", "Cold and wet"]
    >>> model = StatementClassifier().fit(texts, ["management", "neither", "management", "neither"])
    >>> model.predict(["Book a bus"]).tolist()
    ['management']
    """

    def __init__(
        self,
        C: float = 1.0,  # noqa: N803 - scikit-learn's name
        min_pairs: int = 3,
        vectors: Vectors | None = None,
        prior: float = 2.0,
    ) -> None:
        self.C = C
        self.min_pairs = min_pairs
        self.vectors = vectors
        self.prior = prior

    def fit(self, X: Sequence[str], y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:  # noqa: N803
        """Learn the vocabulary from ``X`` and the weights from ``X`` and ``y``."""
        texts = _texts(X)
        features = Features(texts, self.min_pairs, self.vectors, self.prior)
        self.classes_, self.coef_, self.intercept_ = features.regress(features.rows(texts), y, self.C, sample_weight)
        self.ngrams_, self.idf_, self._features = features.ngrams, features.idf, features
        return self

    def decision_function(self, X: Sequence[str]) -> NDArray[np.float64]:  # noqa: N803
        """float64, shape (n, classes), a logit a class; with two classes shape (n,), the log odds of the second."""
        logits = self._logits(X)
        return logits[:, 1] - logits[:, 0] if len(self.classes_) == 2 else logits

    def predict_proba(self, X: Sequence[str]) -> NDArray[np.float64]:  # noqa: N803
        """float64, shape (n, classes); rows sum to 1."""
        return softmax(self._logits(X))

    def predict(self, X: Sequence[str]) -> NDArray[Any]:  # noqa: N803
        """The most probable class of each text."""
        best = self._logits(X).argmax(axis=1)
        return np.asarray(self.classes_[best])

    def _logits(self, X: Sequence[str]) -> NDArray[np.float64]:  # noqa: N803
        check_is_fitted(self)
        return np.asarray(self._features.rows(_texts(X)) @ self.coef_.T + self.intercept_)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags


class Columns(NamedTuple):
    """Labelled statements, column by column, all of one length."""

    texts: list[str]
    labels: list[str]
    facets: list[str]
    groups: list[str]
    styles: list[str]

    def take(self, wanted: Iterable[bool | np.bool_]) -> Columns:
        """The rows where ``wanted`` is true."""
        at = np.flatnonzero(np.fromiter(wanted, dtype=bool))
        return Columns(*([column[each] for each in at] for column in self))

    def weights(self, recipe: Recipe) -> list[float]:
        """What each row weighs in the fit."""
        return [recipe.plain if style == "plain" else 1.0 for style in self.styles]

    def pure(self) -> Columns:
        """The rows that are not ``mixed``."""
        return self.take(label != "mixed" for label in self.labels)


def train(
    texts: Iterable[str],
    labels: Iterable[str],
    *,
    facets: Iterable[str] | None = None,
    groups: Iterable[str] | None = None,
) -> Classifier:
    """Train a classifier on labelled statements of your own.

    Args:
        texts: the statements.
        labels: ``leadership``, ``management`` or ``neither`` for each; each of the three must occur. Statements
            labelled ``mixed`` help to set the rule for `leadclass.Tag.mixed` and teach nothing else.
        facets: the facet of each leadership or management statement, empty where it is not known; without any, or
            with a single one throughout, facets are those of the shipped model.
        groups: statements of one family share a group, and calibration never parts one; by default each statement
            stands for itself. Each label must stand in two groups or more.

    Raises:
        ValueError: the columns differ in length, a label or facet is unknown, or a label is missing.

    >>> texts = [f"{verb} {thing}" for verb in ("approve", "praise", "eat") for thing in ("it", "them", "both", "all")]
    >>> labels = ["management"] * 4 + ["leadership"] * 4 + ["neither"] * 4
    >>> train(texts, labels).classify("approve this").label
    'management'
    """
    columns = _columns(texts, labels, facets, groups)
    plain = Recipe()
    logits = held_out(columns, plain)
    pure = np.array([label != "mixed" for label in columns.labels])
    calibration = Calibration.fit(logits[pure], columns.pure().labels)
    rules = Rules.fit(softmax(calibration.apply(logits)), columns.labels)
    return fitted(columns, Recipe(calibration=calibration, rules=rules))


def train_corpus(corpus: Corpus) -> Classifier:
    """The classifier of a corpus by the committed recipe: what ``leadclass train`` makes."""
    return fitted(columns_of(corpus), Recipe.load(), Evidence.load())


def columns_of(corpus: Corpus) -> Columns:
    """The columns that training reads."""
    return Columns(*(corpus.column(name) for name in ("text", "label", "facet", "group", "style")))


def fitted(columns: Columns, recipe: Recipe, evidence: Evidence | None = None) -> Classifier:
    """Label weights and facet weights over one vocabulary, by ``recipe`` and what ``evidence`` adds for the labels."""
    learned = columns.pure()
    features, classes, weights, intercept = _label_weights(learned, recipe, evidence)
    order = [classes.tolist().index(label) for label in LABELS]
    scaled = recipe.calibration.apply_weights(weights[order], intercept[order])
    facet_weights, facet_intercept = _facet_weights(features, learned, recipe)
    return Classifier(
        Model.of(
            features.ngrams,
            Settings(
                threshold=recipe.rules.threshold,
                mixed=recipe.rules.mixed,
                data=_digest(columns),
                figures={
                    "statements": len(columns.texts),
                    "groups": len(set(columns.groups)),
                    "real statements": evidence.statements if evidence else 0,
                },
            ),
            idf=features.idf,
            weights=_on_grid(scaled[0].T),
            intercept=_on_grid(scaled[1]),
            facet_weights=facet_weights.T,
            facet_intercept=_on_grid(facet_intercept),
        )
    )


def held_out(columns: Columns, recipe: Recipe, groups: Sequence[str] | None = None) -> NDArray[np.float64]:
    """float64, shape (n, 3): the logits of each statement from a model that saw nothing of its group.

    Statements labelled ``mixed`` are scored, never learned from. Other ``groups`` than those of the columns may be held
    out together.
    """
    logits = np.zeros((len(columns.texts), len(LABELS)))
    named = columns.groups if groups is None else groups
    folds = GroupKFold(min(FOLDS, len(set(named))), shuffle=True, random_state=0)
    for learn, test in folds.split(columns.texts, groups=named):
        learned = columns.take(np.isin(np.arange(len(logits)), learn))
        logits[test] = measured(learned, recipe, [columns.texts[at] for at in test])
    return logits


def measured(
    columns: Columns, recipe: Recipe, texts: Sequence[str], evidence: Evidence | None = None
) -> NDArray[np.float64]:
    """float64, shape (n, 3): the logits of ``texts`` from a model of ``columns`` that is only measured."""
    logits = np.zeros((len(texts), len(LABELS)))
    features, classes, weights, intercept = _label_weights(columns.pure(), recipe, evidence, ROUGH)
    logits[:, [LABELS.index(label) for label in classes]] = features.rows(texts) @ weights.T + intercept
    return logits


def _label_weights(
    learned: Columns, recipe: Recipe, evidence: Evidence | None, tolerance: float = EXACT
) -> tuple[Features, NDArray[Any], NDArray[np.float64], NDArray[np.float64]]:
    """The features of these statements and, over them, the labels that occur, their weights and intercepts."""
    features = Features(learned.texts, recipe.min_pairs, _vectors(), recipe.prior, evidence)
    rows, weights = features.rows(learned.texts), learned.weights(recipe)
    return features, *features.regress(rows, learned.labels, recipe.C, weights, evidence=evidence, tolerance=tolerance)


@cache
def _vectors() -> Vectors:
    return Vectors.load()


def _facet_weights(
    features: Features, learned: Columns, recipe: Recipe
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights of shape (13, V) and intercepts in the order of `FACETS`; facets never seen are never chosen."""
    known = learned.take(bool(facet) for facet in learned.facets)
    if len(set(known.facets)) < 2:
        return _shipped_facet_weights(features.ngrams)
    classes, weights, intercept = features.regress(
        features.rows(known.texts), known.facets, recipe.C, known.weights(recipe)
    )
    order = [list(FACETS).index(facet) for facet in classes]
    all_weights, all_intercepts = np.zeros((len(FACETS), weights.shape[1])), np.full(len(FACETS), NEVER)
    all_weights[order], all_intercepts[order] = weights, intercept
    return all_weights, all_intercepts


def _shipped_facet_weights(ngrams: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The shipped model's facet weights for the n-grams that it shares with ``ngrams``, 0 for the others."""
    shipped = Model.load()
    place = {ngram: at for at, ngram in enumerate(ngrams)}
    pairs = [(place[ngram], at) for at, ngram in enumerate(shipped.ngrams) if ngram in place]
    here, there = np.array(pairs).T
    weights = np.zeros((len(FACETS), len(ngrams)))
    weights[:, here] = shipped.array("facet_weights")[there].T * FACET_STEP
    return weights, shipped.array("facet_intercept")


def _columns(
    texts: Iterable[str], labels: Iterable[str], facets: Iterable[str] | None, groups: Iterable[str] | None
) -> Columns:
    said = _texts(texts)
    named = [str(label) for label in labels]
    columns = Columns(
        said,
        named,
        [facet or "" for facet in facets] if facets is not None else [""] * len(said),
        [str(group) for group in groups] if groups is not None else [str(at) for at in range(len(said))],
        ["vivid"] * len(said),
    )
    for name, column in columns._asdict().items():
        if len(column) != len(said):
            raise ValueError(f"train(): {name} must be as many as texts, {len(said)}, got {len(column)}; align them.")
    unknown = sorted(set(named) - set(LABELS_IN_DATA))
    if unknown or not set(LABELS) <= set(named):
        raise ValueError(
            f"train(): labels must be {', '.join(LABELS)} (and may be mixed), each of the three at least once, "
            f"got {sorted(set(named))}; rename or add statements."
        )
    if len(set(columns.groups)) < 2:
        raise ValueError(f"train(): groups must be two or more, got {sorted(set(columns.groups))}; leave them out.")
    for label, facet in zip(named, columns.facets, strict=True):
        if facet and FACETS.get(facet) != label:
            raise ValueError(f"train(): facet {facet!r} does not belong to label {label!r}; see the codebook.")
    for label in LABELS:
        if len({group for group, each in zip(columns.groups, named, strict=True) if each == label}) < 2:
            raise ValueError(
                f"train(): {label} must stand in two groups or more, since one is held out; add statements."
            )
    return columns


def _texts(texts: Iterable[str]) -> list[str]:
    if isinstance(texts, str) or not isinstance(texts, Iterable):
        raise ValueError(
            f"Iterable over raw text documents expected, {type(texts).__name__} object received; pass a list of texts."
        )
    found = list(texts)
    for text in found:
        if not isinstance(text, str):
            raise TypeError(f"Every text must be a str, got {type(text).__name__}; drop it or turn it into text first.")
    return found


def _on_grid(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.round(weights / GRID) * GRID + 0.0)


def _digest(columns: Columns) -> str:
    """SHA-256 of the statements and all that is said of them."""
    return hashlib.sha256(json.dumps(columns).encode()).hexdigest()
