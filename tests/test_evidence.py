"""Figures of real text do in training what the text itself would do."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, SHARED, needs_shared, script

from leadclass.corpus import Corpus
from leadclass.evidence import STEP, Evidence
from leadclass.labels import LABELS
from leadclass.recipe import Recipe
from leadclass.training import columns_of, measured

RECIPE = Recipe(min_pairs=3)


def test_figures_of_statements_make_the_model_that_the_statements_make(corpus: Corpus, tmp_path: Path) -> None:
    """A third of a small corpus plays the real text: with its figures alone the same logits come out."""
    part = columns_of(corpus[::40]).pure()
    thirds = len(part.texts) // 3
    part = part.take(at < 3 * thirds for at in range(len(part.texts)))
    own, real = part.take([True, True, False] * thirds), part.take([False, False, True] * thirds)
    maker = script("make_evidence")
    weight = np.full(len(real.texts), 2.0)
    found = maker.gathered(own, RECIPE, real.texts, real.labels, weight)
    found.save(tmp_path / "evidence.npz")
    asked = corpus.column("text")[5::300]
    with_figures = measured(own, RECIPE, asked, Evidence.load(tmp_path / "evidence.npz"))
    without = measured(own, RECIPE, asked)
    together = _together(maker, own, real, weight, asked)
    assert np.abs(_centred(with_figures) - _centred(together)).max() < 0.05
    assert np.abs(_centred(without) - _centred(together)).max() > 0.5


def _together(maker, own, real, weight, asked):  # type: ignore[no-untyped-def]
    """The logits of a model that saw the real statements themselves, over the same vocabulary."""
    vectors = maker.Vectors.load()
    own_words = maker.vocabulary(own.texts, RECIPE.min_pairs, vectors.words)
    table = maker.counted(real.texts, own_words)
    features = maker.Features(own.texts, RECIPE.min_pairs, vectors, RECIPE.prior, table)
    rows = maker.sp.vstack([features.rows(own.texts), features.rows(real.texts)])
    counted = np.concatenate([own.weights(RECIPE), weight])
    _, weights, intercept = features.regress(rows, [*own.labels, *real.labels], RECIPE.C, counted)
    return features.rows(asked) @ weights.T + intercept


def _centred(logits: np.ndarray) -> np.ndarray:
    return logits - logits.mean(axis=1, keepdims=True)


def test_the_table_is_sound() -> None:
    found = Evidence.load()
    assert list(found.ngrams) == sorted(set(found.ngrams))
    assert found.pull.shape == (len(found.ngrams), len(LABELS))
    assert np.abs(found.pull.sum(axis=1)).max() < STEP
    assert (found.documents > 0).all()
    assert found.documents.max() <= found.statements


def test_the_labels_and_the_table_speak_of_the_same_statements() -> None:
    with (ROOT / "data" / "real-labels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(row["label"] in LABELS for row in rows) == Evidence.load().statements
    with (ROOT / "data" / "real-sources.csv").open(encoding="utf-8", newline="") as file:
        assert {row["source"] for row in rows} <= {row["source"] for row in csv.DictReader(file)}


@needs_shared
def test_no_statement_that_we_measure_on_was_learned_from() -> None:
    maker = script("make_evidence")
    measured_on = maker.read_texts([SHARED / "dev-statements" / "statements.csv"])
    with (ROOT / "data" / "real-labels.csv").open(encoding="utf-8", newline="") as file:
        assert not {row["digest"] for row in csv.DictReader(file)} & set(measured_on)


def test_given_names_carry_no_weight(shipped) -> None:  # type: ignore[no-untyped-def]
    names = (ROOT / "data" / "names.txt").read_text(encoding="utf-8").split()
    assert [name for name in names if shipped.model.find(name) is not None] == []
    assert shipped.classify("Amina approved the invoice.")[1:4] == pytest.approx(
        shipped.classify("Dmitri approved the invoice.")[1:4]
    )
