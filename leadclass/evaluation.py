"""How right the model is on a labelled file: the figures that the model card and the README quote."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from leadclass.corpus import LABELS_IN_DATA
from leadclass.labels import LABELS, Label
from leadclass.notes.tables import long_fields

BINS = 10  # equally wide bins of confidence for the calibration error
COVERAGES = (0.5, 0.8)


class EvaluationError(ValueError):
    """A labelled file that cannot be evaluated; the message names the file, what is wrong and the cure."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """Labelled statements from outside: texts, labels, and the source of each, empty where the file names none."""

    texts: list[str]
    labels: list[str]
    sources: list[str]
    left_out: int


@dataclass(frozen=True, slots=True)
class Scores:
    """Precision, recall and F1 of one label, and how many statements truly have it."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What `measure` found.

    Attributes:
        count: statements measured.
        accuracy: share whose label is right.
        macro_f1: mean F1 over the three labels.
        balanced_accuracy: mean recall of leadership and management on statements that are one of the two, the answer
            forced to be one of the two; NaN where either of them does not occur.
        calibration_error: expected calibration error over `BINS` bins of confidence (Guo et al. 2017,
            https://arxiv.org/abs/1706.04599).
        coverage_accuracy: accuracy on the most confident of the statements, by the share of them.
        by_label: `Scores` of each label.
        confusion: int, shape (3, 3), true labels down, predicted labels across, in the order of `LABELS`.
    """

    count: int
    accuracy: float
    macro_f1: float
    balanced_accuracy: float
    calibration_error: float
    coverage_accuracy: dict[float, float]
    by_label: dict[Label, Scores]
    confusion: NDArray[np.int64]


def measure(
    labels: Sequence[str],
    predicted: NDArray[np.integer],
    probabilities: NDArray[np.float64],
    coverages: Sequence[float] = COVERAGES,
) -> Figures:
    """The figures of predictions.

    Args:
        labels: the true labels.
        predicted: the decided label of each statement, an index into `LABELS`, shape (n,).
        probabilities: shape (n, 3), in the order of `LABELS`.
        coverages: shares of the statements, the surest first, for which the accuracy is wanted.

    >>> found = measure(["leadership", "neither"], np.array([0, 2]), np.array([[0.8, 0.1, 0.1], [0.2, 0.2, 0.6]]))
    >>> found.accuracy, round(found.calibration_error, 2)
    (1.0, 0.3)
    """
    truth = np.array([LABELS.index(label) for label in labels], dtype=np.int64)
    right = predicted == truth
    confidence = probabilities.max(axis=1)
    confusion = np.zeros((len(LABELS), len(LABELS)), dtype=np.int64)
    np.add.at(confusion, (truth, predicted), 1)
    by_label = {label: _scores(confusion, at) for at, label in enumerate(LABELS)}
    return Figures(
        count=len(truth),
        accuracy=float(right.mean()),
        macro_f1=float(np.mean([scores.f1 for scores in by_label.values()])),
        balanced_accuracy=_balanced(truth, probabilities),
        calibration_error=_calibration_error(right, confidence),
        coverage_accuracy={share: _at_coverage(right, confidence, share) for share in coverages},
        by_label=by_label,
        confusion=confusion,
    )


def measure_by_source(
    found: Labelled, predicted: NDArray[np.integer], probabilities: NDArray[np.float64]
) -> dict[str, Figures]:
    """The figures of each source, in the order in which they first occur; nothing where the file names none."""
    if not any(found.sources):
        return {}
    labels, sources = np.array(found.labels), np.array(found.sources)
    parts = {source: sources == source for source in dict.fromkeys(found.sources)}
    return {source: measure(labels[at].tolist(), predicted[at], probabilities[at]) for source, at in parts.items()}


def read_labelled(path: str | Path) -> Labelled:
    """A csv with the columns ``text`` and ``label``, and ``source`` if there is one; ``mixed`` rows are left out.

    Raises:
        EvaluationError: the file is missing, lacks a column or has an unknown label.
    """
    rows = list(_rows(Path(path)))
    pure = [row for row in rows if row["label"] != "mixed"]
    if not pure:
        raise EvaluationError(f"{path}: there is no labelled statement in it; nothing can be measured.")
    return Labelled(
        texts=[row["text"] for row in pure],
        labels=[row["label"] for row in pure],
        sources=[row.get("source") or "" for row in pure],
        left_out=len(rows) - len(pure),
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with long_fields(), path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file, restval="")
            missing = {"text", "label"} - set(table.fieldnames or ())
            if missing:
                raise EvaluationError(
                    f"{path}: the columns text and label are needed, got {table.fieldnames}; rename or add "
                    f"{' and '.join(sorted(missing))}."
                )
            for row in table:
                if row["label"] not in LABELS_IN_DATA:
                    raise EvaluationError(
                        f"{path}, line {table.line_num}: label must be {', '.join(LABELS)} or mixed, got "
                        f"{row['label']!r}; see the codebook."
                    )
                yield row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise EvaluationError(f"{path}: {error}; name a readable csv file in UTF-8.") from error


def _scores(confusion: NDArray[np.int64], at: int) -> Scores:
    hit, said, true = int(confusion[at, at]), int(confusion[:, at].sum()), int(confusion[at].sum())
    return Scores(hit / max(1, said), hit / max(1, true), 2 * hit / max(1, said + true), true)


def _balanced(truth: NDArray[np.int64], probabilities: NDArray[np.float64]) -> float:
    forced = probabilities[:, :2].argmax(axis=1)
    if not all((truth == at).any() for at in (0, 1)):
        return float("nan")
    return float(np.mean([(forced[truth == at] == at).mean() for at in (0, 1)]))


def _calibration_error(right: NDArray[np.bool_], confidence: NDArray[np.float64]) -> float:
    part = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = (
        abs(float(right[part == at].mean() - confidence[part == at].mean())) * (part == at).mean() for at in set(part)
    )
    return float(sum(gaps))


def _at_coverage(right: NDArray[np.bool_], confidence: NDArray[np.float64], share: float) -> float:
    surest = np.argsort(-confidence, kind="stable")[: max(1, round(share * len(right)))]
    return float(right[surest].mean())
