"""What several tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

import leadclass
from leadclass.classifier import Classifier
from leadclass.corpus import Corpus

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"  # the essays and the real statements, for those who have them

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared: texts that are not ours to ship")


@pytest.fixture(scope="session")
def shipped() -> Classifier:
    return Classifier.load()


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return leadclass.load_corpus()


@pytest.fixture(scope="session")
def retrained(corpus: Corpus) -> Classifier:
    from leadclass.training import train_corpus  # noqa: PLC0415 - most runs of single tests need no scikit-learn

    return train_corpus(corpus)
