"""`Classifier` ties a model to its scorers: load, classify, explain, save."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from leadclass.decision import decide
from leadclass.explanation import Contribution, Explanation
from leadclass.labels import LABELS, Label, Tag, Tags
from leadclass.model import Model
from leadclass.single import SingleScorer

if TYPE_CHECKING:
    import os

    from leadclass.scoring import Scorer

FEW = 12  # statements: up to here one by one is faster than numpy (see tests/benchmarks)


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
        row = self._single.row(_checked(text, "classify"))
        return decide(row, self._single, self.model.settings, neither=neither)

    def classify_many(self, texts: Iterable[str], *, neither: bool = True, n_jobs: int | None = None) -> Tags:
        """The tags of many statements, in their order.

        Args:
            texts: any iterable of strings, read as it is needed; not one bare string.
            neither: as for `classify`.
            n_jobs: how many processes share the work, as joblib counts them (-1 for all cores); by default one, unless
                a ``joblib.parallel_config`` says otherwise. Fewer than 65,536 statements are left to one.

        Raises:
            TypeError: ``texts`` is one string, or holds something that is not a string.
        """
        statements = _iterator(texts)
        few = _strings(list(itertools.islice(statements, FEW + 1)), 0)
        if len(few) <= FEW:
            return Tags.of(self.classify(text, neither=neither) for text in few)
        from leadclass import bulk  # noqa: PLC0415 - numpy comes only now
        from leadclass.scoring import CHUNK  # noqa: PLC0415

        batches = _checked_batches(itertools.chain(few, statements), CHUNK)
        return bulk.classify(self, batches, neither=neither, n_jobs=n_jobs)

    def explain(self, text: str) -> Explanation:
        """Which words of a statement spoke for which label.

        Raises:
            TypeError: ``text`` is not a string.
        """
        row = self._single.row(_checked(text, "explain"))
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
        return map(self.explain, _iterator(texts))

    def with_threshold(self, threshold: float) -> Classifier:
        """The same model, but what is less probable than ``threshold`` (0 to 1) becomes ``neither``.

        It takes the place of the threshold that the model file holds: 0 lets every first choice stand.

        Raises:
            leadclass.model.ModelError: the threshold does not lie between 0 and 1.
        """
        return Classifier(self.model.with_settings(threshold=threshold))

    @cached_property
    def batches(self) -> Scorer:
        """The scorer for batches, made when a batch first comes: it needs numpy."""
        from leadclass.scoring import Scorer  # noqa: PLC0415 - see above

        return Scorer(self.model)

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process loads the same file once, however often it is sent there."""
        return (_of_file, (self.model.path,)) if self.model.path else (Classifier, (self.model,))


@lru_cache(maxsize=4)
def _of_file(path: str) -> Classifier:
    return Classifier(Model.load(path))


def _by_label(values: Sequence[float]) -> dict[Label, float]:
    return dict(zip(LABELS, values, strict=True))


def _checked(text: object, verb: str) -> str:
    if isinstance(text, str):
        return text
    cure = "decode it first, as in text.decode('utf-8')" if isinstance(text, bytes) else "pass one statement as text"
    raise TypeError(f"{verb}() expects one statement as a str, got {_named(text)}; {cure}.")


def _iterator(texts: object) -> Iterator[Any]:
    if isinstance(texts, str | bytes):
        raise TypeError(
            f"classify_many() expects an iterable of statements, got one bare {type(texts).__name__}; "
            "pass a list, as in classify_many([text]), or call classify(text)."
        )
    if not isinstance(texts, Iterable):
        raise TypeError(f"classify_many() expects an iterable of statements, got {_named(texts)}; pass a list of str.")
    return iter(texts)


def _checked_batches(statements: Iterator[Any], size: int) -> Iterator[list[str]]:
    start = 0
    while batch := list(itertools.islice(statements, size)):
        yield _strings(batch, start)
        start += len(batch)


def _strings(batch: list[Any], start: int) -> list[str]:
    """The same statements, every one a str; ``start`` is the position of the first."""
    if set(map(type, batch)) <= {str}:  # the common case, in one step
        return batch
    for at, text in enumerate(batch, start):
        if not isinstance(text, str):
            raise TypeError(
                f"classify_many() expects every statement to be a str, got {_named(text)} at position {at}; "
                "drop it or turn it into text first."
            )
    return batch


def _named(value: object) -> str:
    return "None" if value is None else f"{type(value).__name__} ({str(value)[:40]!r})"
