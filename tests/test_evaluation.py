"""Figures are what their names say, checked by hand and against scikit-learn."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, balanced_accuracy_score, f1_score, precision_recall_fscore_support

from leadclass.evaluation import EvaluationError, measure, measure_by_source, read_labelled
from leadclass.labels import LABELS


def test_figures_are_those_of_scikit_learn() -> None:
    random = np.random.default_rng(5)
    truth = random.integers(0, 3, 400)
    chances = random.dirichlet([1, 1, 1], 400)
    predicted = chances.argmax(axis=1)
    found = measure([LABELS[at] for at in truth], predicted, chances)
    assert found.accuracy == pytest.approx(accuracy_score(truth, predicted))
    assert found.macro_f1 == pytest.approx(f1_score(truth, predicted, average="macro"))
    two = truth < 2
    forced = chances[two][:, :2].argmax(axis=1)
    assert found.balanced_accuracy == pytest.approx(balanced_accuracy_score(truth[two], forced))
    precision, recall, f1, support = precision_recall_fscore_support(truth, predicted)
    for at, label in enumerate(LABELS):
        scores = found.by_label[label]
        expected = (precision[at], recall[at], f1[at], support[at])
        assert (scores.precision, scores.recall, scores.f1, scores.support) == pytest.approx(expected)


def test_calibration_error_and_coverage_by_hand() -> None:
    """Four answers at 0.9, three right; four at 0.5, two right: gaps 0.15 and 0 at equal weight."""
    chances = np.array([[0.9, 0.05, 0.05]] * 4 + [[0.5, 0.3, 0.2]] * 4)
    labels = ["leadership"] * 3 + ["neither"] + ["leadership"] * 2 + ["management"] * 2
    found = measure(labels, chances.argmax(axis=1), chances)
    assert found.calibration_error == pytest.approx(0.075)
    assert found.coverage_accuracy == {0.5: 0.75, 0.8: pytest.approx(5 / 6)}
    assert found.confusion.tolist() == [[5, 0, 0], [2, 0, 0], [1, 0, 0]]


@pytest.mark.parametrize("labels", [["leadership", "neither"], ["management"] * 2, ["neither"] * 2])
def test_one_side_alone_has_no_balanced_accuracy(labels: list[str]) -> None:
    found = measure(labels, np.array([0, 1]), np.full((2, 3), 1 / 3))
    assert math.isnan(found.balanced_accuracy)


def write(folder: Path, content: str) -> Path:
    path = folder / "labelled.csv"
    path.write_text(content, encoding="utf-8")
    return path


def test_mixed_statements_are_left_out_and_counted(tmp_path: Path) -> None:
    found = read_labelled(write(tmp_path, "label,text,half\nneither,a,x\nmixed,b,y\n"))
    assert (found.texts, found.labels, found.left_out) == (["a"], ["neither"], 1)


def test_each_source_has_its_own_figures(tmp_path: Path) -> None:
    rows = "a,leadership,x\nb,neither,y\nc,management,x\nd,mixed,x\ne,neither,\n"
    found = read_labelled(write(tmp_path, f"text,label,source\n{rows}"))
    parts = measure_by_source(found, np.array([0, 1, 1, 2]), np.eye(3)[[0, 1, 1, 2]])
    assert {name: (part.count, part.accuracy) for name, part in parts.items()} == {"x": (2, 1), "y": (1, 0), "": (1, 1)}
    assert parts["x"].balanced_accuracy == 1
    assert math.isnan(parts["y"].balanced_accuracy)


def test_without_a_source_there_are_no_figures_by_source(tmp_path: Path) -> None:
    found = read_labelled(write(tmp_path, "text,label\na,neither\n"))
    assert measure_by_source(found, np.array([2]), np.eye(3)[[2]]) == {}


@pytest.mark.parametrize("label", ["neither", "boss"])
def test_a_whole_transcript_may_stand_in_a_field(tmp_path: Path, label: str) -> None:
    """csv's own limit is 131,072 characters; it is put back, even where the file is refused."""
    before = csv.field_size_limit()
    path = write(tmp_path, f"text,label\n{'x' * 200_000},{label}\n")
    if label == "neither":
        assert len(read_labelled(path).texts[0]) == 200_000
    else:
        with pytest.raises(EvaluationError, match="line 2: label must be"):
            read_labelled(path)
    assert csv.field_size_limit() == before


WRONG = [
    ("no label column", "text,tag\na,b\n", "add label"),
    ("unknown label", "text,label\na,neither\nb,boss\n", "line 3: label must be"),
    ("nothing in it", "text,label\n", "no labelled statement"),
]


@pytest.mark.parametrize(("content", "said"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_an_unusable_file_is_named(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(EvaluationError, match=said):
        read_labelled(write(tmp_path, content))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="readable csv"):
        read_labelled(tmp_path / "absent.csv")
