"""`Classifier` ties a model to its scorers: load, classify, explain, save."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from leadclass.decision import decide
from leadclass.explanation import Contribution, Explanation
from leadclass.labels import LABELS, Label, Tag, Tags
from leadclass.model import Model, ModelError
from leadclass.single import SingleScorer
from leadclass.texts import checked, iterator, strings

if TYPE_CHECKING:
    import os

    from leadclass.scoring import Scorer

FEW = 8  # statements: up to here one by one is faster than a batch (measured: 8 even, 6 faster, 12 slower)


class Classifier:
    """Tags statements with one model.

    >>> import leadclass
    >>> classifier = leadclass.Classifier.load()
    >>> classifier.classify("The invoice must be approved by Friday.").label
    'management'
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self._single = SingleScorer(model)

    @classmethod
    def load(cls, path: str | os.PathLike[str] | None = None) -> Classifier:
        """The classifier of a model file; without a path, of the one that ships with the package.

        Raises:
            leadclass.model.ModelError: the file is missing, damaged or of another format.
        """
        return cls(Model.load(path))

    def save(self, path: str | os.PathLike[str]) -> None:
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
        row = self._single.row(checked(text, "classify"))
        return decide(row, self._single, self.model.settings, neither=neither)

    def classify_many(self, texts: Iterable[str], *, neither: bool = True, n_jobs: int | None = None) -> Tags:
        """The tags of many statements, in their order.

        Args:
            texts: any iterable of strings, read as it is needed; not one bare string.
            neither: as for `classify`.
            n_jobs: how many processes share the work, as joblib counts them (-1 for all cores); by default one, unless
                a ``joblib.parallel_config`` says otherwise. Fewer than a million statements are left to one.

        Raises:
            TypeError: ``texts`` is one string, or holds something that is not a string.
            ValueError: ``n_jobs`` is no whole number, or 0.
        """
        statements = iterator(texts, "classify_many")
        few = strings(list(itertools.islice(statements, FEW + 1)), 0, "classify_many")
        _check_jobs(n_jobs)
        if len(few) <= FEW:
            return Tags.of(self.classify(text, neither=neither) for text in few)
        from leadclass import bulk  # noqa: PLC0415 - numpy comes only now

        return bulk.classify(self, itertools.chain(few, statements), neither=neither, n_jobs=n_jobs)

    def explain(self, text: str) -> Explanation:
        """Which words of a statement spoke for which label.

        Raises:
            TypeError: ``text`` is not a string.
        """
        row = self._single.row(checked(text, "explain"))
        tag = decide(row, self._single, self.model.settings, neither=True)
        weights = self.model.view("weights")
        found = [
            Contribution(
                self.model.ngram(feature),
                *(value * row.scale * weights[len(LABELS) * feature + label] for label in range(len(LABELS))),
            )
            for feature, value in zip(row.features, row.values, strict=True)
        ]
        return Explanation(
            text=text,
            tag=tag,
            contributions=tuple(sorted(found, key=attrgetter(tag.first_choice), reverse=True)),
            intercept=_by_label(self.model.view("intercept").tolist()),
            logits=_by_label(row.logits),
        )

    def explain_many(self, texts: Iterable[str]) -> Iterator[Explanation]:
        """The explanations of many statements, in their order, one at a time.

        Raises:
            TypeError: ``texts`` is one string, or holds something that is not a string.
        """
        return map(self.explain, iterator(texts, "explain_many"))

    def with_threshold(self, threshold: float) -> Classifier:
        """The same model, but what is less probable than ``threshold`` (0 to 1) becomes ``neither``.

        It takes the place of the threshold that the model file holds: 0 lets every first choice stand.

        Raises:
            leadclass.model.ModelError: the threshold does not lie between 0 and 1.
        """
        return Classifier(self.model.with_settings(threshold=float(threshold)))

    @cached_property
    def batches(self) -> Scorer:
        """The scorer for batches, made when a batch first comes: it needs numpy."""
        from leadclass.scoring import Scorer  # noqa: PLC0415 - see above

        return Scorer(self.model)

    def __reduce__(self) -> tuple[Any, ...]:
        """What travels to another process: the path of a file, which is then shared, or else its bytes."""
        model = self.model
        return _arrived, (model.fingerprint, model.path, None if model.path else model.data)


_HERE: dict[str, Classifier] = {}  # the last classifier that arrived in this process


def _arrived(fingerprint: str, path: str | None, data: bytes | None) -> Classifier:
    """The classifier that travelled; it is built once, however often it is sent."""
    if fingerprint not in _HERE:
        model = Model.load(path) if data is None else Model(data)
        if model.fingerprint != fingerprint:
            raise ModelError(f"{path} was replaced while it was in use; load the classifier again.")
        _HERE.clear()
        _HERE[fingerprint] = Classifier(model)
    return _HERE[fingerprint]


def _check_jobs(n_jobs: object) -> None:
    if n_jobs is not None and (not isinstance(n_jobs, int) or n_jobs == 0):
        raise ValueError(
            f"classify_many(): n_jobs must be a whole number other than 0, got {n_jobs!r}; -1 is all cores."
        )


def _by_label(values: Sequence[float]) -> dict[Label, float]:
    return dict(zip(LABELS, values, strict=True))
