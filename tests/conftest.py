"""What several tests share."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

import leadclass
from leadclass.classifier import Classifier
from leadclass.corpus import Corpus

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"  # the essays and the real statements, for those who have them

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared: texts that are not ours to ship")


def script(name: str) -> ModuleType:
    """A script of ``data/``, as a module."""
    folder = str(ROOT / "data")
    sys.path.insert(0, folder)
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(folder)


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
