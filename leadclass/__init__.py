"""Tag any statement as leadership-oriented, management-oriented or neither.

>>> import leadclass
>>> leadclass.classify("Thank you, Amina: your patience with the trainees made this week possible.").label
'leadership'
>>> leadclass.classify("The revised budget goes to the finance committee on 3 May.").label
'management'
>>> tags = leadclass.classify_many(["Who owns the rollout plan?", "It rained all day."])
>>> [tag.label for tag in tags]
['management', 'neither']

What the labels mean stands in ``data/codebook.md``; how well they are told apart, in ``data/model-card.md``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from leadclass.labels import Tag, Tags

if TYPE_CHECKING:
    from leadclass.classifier import Classifier
    from leadclass.corpus import load_corpus
    from leadclass.explanation import Explanation
    from leadclass.notes import read_notes
    from leadclass.training import train

__version__ = "0.1.0"

__all__ = [
    "Classifier",
    "Tag",
    "Tags",
    "classify",
    "classify_many",
    "explain",
    "load_corpus",
    "read_notes",
    "train",
]

# Loaded when first asked for, so that importing leadclass stays free.
_ROOMS = {
    "Classifier": "leadclass.classifier",
    "load_corpus": "leadclass.corpus",
    "read_notes": "leadclass.notes",
    "train": "leadclass.training",
}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module 'leadclass' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - see _ROOMS

    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


@cache
def _shipped() -> Classifier:
    from leadclass.classifier import Classifier  # noqa: PLC0415 - see _ROOMS

    return Classifier.load()


def classify(text: str, *, neither: bool = True) -> Tag:
    """The tag of one statement, by the model that ships with the package.

    Args:
        text: the statement; an empty one is ``neither``.
        neither: False forces the choice between leadership and management.

    Raises:
        TypeError: ``text`` is not a string.

    >>> classify("What would you change if it were up to you?").label
    'leadership'
    """
    return _shipped().classify(text, neither=neither)


def classify_many(texts: Iterable[str], *, neither: bool = True, n_jobs: int | None = None) -> Tags:
    """The tags of many statements, in their order, by the model that ships with the package.

    Args:
        texts: any iterable of strings; not one bare string.
        neither: False forces the choice between leadership and management.
        n_jobs: how many processes share a large input; see `Classifier.classify_many`.

    Raises:
        TypeError: ``texts`` is one string, or holds something that is not a string.
        ValueError: ``n_jobs`` is no whole number, or 0.

    >>> classify_many(["The deadline moved to 7 June.", "Nobody here feels heard."]).mix()
    {'leadership': 1, 'management': 1, 'neither': 0}
    """
    return _shipped().classify_many(texts, neither=neither, n_jobs=n_jobs)


def explain(text: str) -> Explanation:
    """Which words of a statement spoke for which label; for each label, intercept plus contributions is the logit.

    Raises:
        TypeError: ``text`` is not a string.

    >>> explain("The deadline slipped by two weeks.").contributions[0].ngram
    'deadline'
    """
    return _shipped().explain(text)
