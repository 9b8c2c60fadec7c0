"""The datasheet, the model card and the README say what the data and the model of this very checkout give."""

from __future__ import annotations

import json
from types import ModuleType

import pytest
from conftest import ROOT, script

from leadclass.classifier import Classifier
from leadclass.corpus import Corpus

DATA = ROOT / "data"


@pytest.fixture(scope="module")
def datasheet() -> ModuleType:
    return script("make_datasheet")


def test_the_datasheet_counts_this_corpus(datasheet: ModuleType, corpus: Corpus) -> None:
    page = (DATA / "datasheet.md").read_text(encoding="utf-8").splitlines()
    counted = [*datasheet.counts(corpus), *datasheet.agreement(datasheet.readings())]
    assert [line for line in counted if line not in page] == []


def test_kappa_by_hand(datasheet: ModuleType) -> None:
    """50 pairs, 35 agree: observed 0.7, by chance 0.5, so two fifths of what is beyond chance."""
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert datasheet.kappa(pairs) == pytest.approx(0.4)


def test_the_figures_are_of_the_shipped_model_and_stand_in_card_and_readme(shipped: Classifier) -> None:
    figures = json.loads((DATA / "figures.json").read_text(encoding="utf-8"))
    assert figures["data"] == shipped.model.settings.data
    check = figures["real"]["check"]
    readme, card = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "data/model-card.md"))
    assert f"balanced accuracy | {check['balanced_accuracy']} |" in readme
    assert f"macro-F1 | {check['macro_f1']} |" in readme
    for part in figures["real"].values():
        numbers = [part[name] for name in ("statements", "balanced_accuracy", "macro_f1", "accuracy")]
        assert " | ".join(map(str, numbers)) in card
