"""`Classifier` ties a model to its scorer: load, classify, explain, save."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from leadclass.labels import FACETS, LABELS, Label, Tag, Tags
from leadclass.model import SHIPPED, Model
from leadclass.scoring import Rows, Scorer, chunks, softmax

NEITHER = LABELS.index("neither")
_FACET_LABEL = np.array([LABELS.index(label) for label in FACETS.values()])


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one n-gram of a statement adds to the logit of each label."""

    ngram: str
    leadership: float
    management: float
    neither: float

    def to(self, label: Label) -> float:
        """What it adds to the logit of ``label``."""
        return float(getattr(self, label))


@dataclass(frozen=True, slots=True)
class Explanation:
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


class Classifier:
    """Tags statements with one model.

    >>> import leadclass
    >>> classifier = leadclass.Classifier.load()
    >>> classifier.classify("The invoice must be approved by Friday.").label
    'management'
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self._scorer = Scorer(model)

    @classmethod
    def load(cls, path: str | Path = SHIPPED) -> Classifier:
        """The classifier of a model file; without a path, of the one that ships with the package.

        Raises:
            leadclass.model.ModelError: the file is missing, damaged or of another format.
        """
        return cls(Model.load(path))

    def save(self, path: str | Path) -> None:
        """Write the model file; the same model always gives the same bytes."""
        self.model.save(path)

    def classify(self, text: str, *, neither: bool = True) -> Tag:
        """The tag of one statement.

        Args:
            text: the statement; an empty one is ``neither``.
            neither: False forces the choice between leadership and management, and ``neither`` gets probability 0.

        Raises:
            TypeError: ``text`` is not a string.
        """
        return self.classify_many([_checked(text, "classify")], neither=neither)[0]

    def classify_many(self, texts: Iterable[str], *, neither: bool = True) -> Tags:
        """The tags of many statements, in their order.

        Args:
            texts: any iterable of strings; not one bare string.
            neither: as for `classify`.

        Raises:
            TypeError: ``texts`` is one string, or holds something that is not a string.
        """
        statements = _strings(texts)
        parts = [self._tags(chunk, neither) for chunk in chunks(statements)] or [self._tags([], neither)]
        return Tags(
            *(
                np.concatenate([getattr(part, name) for part in parts])
                for name in ("probabilities", "labels", "facets", "mixed", "known")
            )
        )

    def explain(self, text: str) -> Explanation:
        """Which words of a statement spoke for which label.

        Raises:
            TypeError: ``text`` is not a string.
        """
        return next(self.explain_many([_checked(text, "explain")]))

    def explain_many(self, texts: Iterable[str]) -> Iterator[Explanation]:
        """The explanations of many statements, in their order: a batch at a time, in half the time.

        Raises:
            TypeError: ``texts`` is one string, or holds something that is not a string.
        """
        return (found for chunk in chunks(_strings(texts)) for found in self._explanations(chunk))

    def with_threshold(self, threshold: float) -> Classifier:
        """The same model, but what is less probable than ``threshold`` (0 to 1) becomes ``neither``.

        It takes the place of the threshold that the model file holds: 0 lets every first choice stand.

        Raises:
            leadclass.model.ModelError: the threshold does not lie between 0 and 1.
        """
        return Classifier(replace(self.model, settings=replace(self.model.settings, threshold=threshold)))

    def _explanations(self, texts: Sequence[str]) -> Iterator[Explanation]:
        rows = self._scorer.rows(texts)
        tags = self._decide(rows, neither=True)
        logits = self._scorer.logits(rows)
        parts = (rows.value[:, None] * self.model.weights[rows.feature]).tolist()
        names = [self.model.ngrams[feature] for feature in rows.feature.tolist()]
        ends = np.searchsorted(rows.statement, np.arange(len(texts)), side="right").tolist()
        start = 0
        for text, tag, sums, end in zip(texts, tags, logits, ends, strict=True):
            found = [Contribution(names[at], *parts[at]) for at in range(start, end)]
            yield Explanation(
                text=text,
                tag=tag,
                contributions=tuple(sorted(found, key=attrgetter(tag.first_choice), reverse=True)),
                intercept=_by_label(self.model.intercept),
                logits=_by_label(sums),
            )
            start = end

    def _tags(self, texts: Sequence[str], neither: bool) -> Tags:
        return self._decide(self._scorer.rows(texts), neither)

    def _decide(self, rows: Rows, neither: bool) -> Tags:
        """Probabilities, then the decided label: unsure or unknown statements are ``neither``."""
        logits = self._scorer.logits(rows)
        known = rows.known()
        mixed = softmax(logits)[:, :2].min(axis=1, initial=1.0) >= self.model.settings.mixed
        if not neither:
            logits[:, NEITHER] = -np.inf
        probabilities = softmax(logits)
        labels = probabilities.argmax(axis=1)
        if neither:
            sure = probabilities.max(axis=1, initial=0.0) >= self.model.settings.threshold
            labels = np.where(known & sure, labels, NEITHER)
        return Tags(probabilities, labels.astype(np.int8), self._facets(rows, labels), mixed & known, known)

    def _facets(self, rows: Rows, labels: NDArray[np.integer]) -> NDArray[np.int8]:
        """The most probable facet of each statement's own label, or -1 for ``neither``."""
        allowed = labels[:, None] == _FACET_LABEL
        best = np.where(allowed, self._scorer.facet_logits(rows), -np.inf).argmax(axis=1)
        return np.where(labels == NEITHER, -1, best).astype(np.int8)


def _by_label(values: NDArray[np.float64]) -> dict[Label, float]:
    return {label: float(value) for label, value in zip(LABELS, values, strict=True)}


def _checked(text: object, verb: str) -> str:
    if isinstance(text, str):
        return text
    cure = "decode it first, as in text.decode('utf-8')" if isinstance(text, bytes) else "pass one statement as text"
    raise TypeError(f"{verb}() expects one statement as a str, got {_named(text)}; {cure}.")


def _strings(texts: object) -> list[str]:
    if isinstance(texts, str | bytes):
        raise TypeError(
            f"classify_many() expects an iterable of statements, got one bare {type(texts).__name__}; "
            "pass a list, as in classify_many([text]), or call classify(text)."
        )
    if not isinstance(texts, Iterable):
        raise TypeError(f"classify_many() expects an iterable of statements, got {_named(texts)}; pass a list of str.")
    statements = list(texts)
    for at, text in enumerate(statements):
        if not isinstance(text, str):
            raise TypeError(
                f"classify_many() expects every statement to be a str, got {_named(text)} at position {at}; "
                "drop it or turn it into text first."
            )
    return statements


def _named(value: object) -> str:
    return "None" if value is None else f"{type(value).__name__} ({str(value)[:40]!r})"
