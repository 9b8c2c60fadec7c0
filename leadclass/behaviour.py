"""What a classifier should do on chosen cases, capability by capability, whatever its average figures say.

Three kinds of case, after CheckList (Ribeiro et al. 2020, https://arxiv.org/abs/2005.04118):

- ``minimum``: a plain statement has its expected label;
- ``invariance``: a change that means nothing leaves the label as it was;
- ``direction``: a change that means something makes the expected label more probable.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from leadclass.classifier import Classifier
from leadclass.labels import Tag
from leadclass.notes import from_stream


@dataclass(frozen=True, slots=True)
class Case:
    """One row of a suite.

    Attributes:
        capability: what is tried, such as ``negation``.
        kind: ``minimum``, ``invariance`` or ``direction``.
        text: a statement.
        changed: the same statement, changed; empty for ``minimum``.
        expected: a label; empty for ``invariance``.
    """

    capability: str
    kind: str
    text: str
    changed: str
    expected: str

    @property
    def variant(self) -> str:
        """The changed statement; one with a prefix is read as a line of notes is, which takes the prefix off."""
        if self.capability != "prefixes":
            return self.changed
        return " ".join(statement.text for statement in from_stream(self.changed.encode()))


def load_cases(path: str | Path) -> list[Case]:
    """The cases of a csv file with the fields of `Case` as columns."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        return [Case(**row) for row in csv.DictReader(file)]


def failures(classifier: Classifier, cases: Sequence[Case]) -> list[Case]:
    """The cases in which the classifier does otherwise."""
    before = classifier.classify_many(case.text for case in cases)
    after = classifier.classify_many(case.variant for case in cases)
    return [case for case, one, two in zip(cases, before, after, strict=True) if not _holds(case, one, two)]


def _holds(case: Case, before: Tag, after: Tag) -> bool:
    if case.kind == "minimum":
        return before.label == case.expected
    if case.kind == "invariance":
        return before.label == after.label
    return float(getattr(after, case.expected)) > float(getattr(before, case.expected))
