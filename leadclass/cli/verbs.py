"""The verbs beside tagging: explain, evaluate, train."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from leadclass import target
from leadclass.classifier import Classifier
from leadclass.cli import console
from leadclass.model import SHIPPED
from leadclass.report import terminal


def explain(options: argparse.Namespace) -> int:
    """Print which words of a statement spoke for which label."""
    console.show(terminal.explanation(Classifier.load(options.model).explain(" ".join(options.text)), console.page()))
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """Print how right the model is on a labelled file."""
    from leadclass import evaluation  # noqa: PLC0415 - it needs numpy, and explain does not

    found = evaluation.read_labelled(options.file)
    tags = Classifier.load(options.model).classify_many(found.texts)
    console.show(terminal.figures(evaluation.measure(found.labels, tags.labels, tags.probabilities), found.left_out))
    sources = evaluation.measure_by_source(found, tags.labels, tags.probabilities)
    if sources:
        console.show(["", *terminal.by_source(sources, console.page())])
    return 0


def train(options: argparse.Namespace) -> int:
    """Make a model file from the corpus."""
    from leadclass.corpus import load_corpus  # noqa: PLC0415

    if options.essays and not options.output:
        raise ValueError(
            "--essays needs -o FILE: without it the model that ships with the package would be replaced by one that "
            "is trained on the essays; name another file."
        )
    path = options.output or Path(SHIPPED)
    target.check(path)
    corpus = load_corpus()
    if options.essays:
        from leadclass.essays import read_essays  # noqa: PLC0415

        corpus = corpus + read_essays(options.essays)
    print(f"training on {len(corpus):,} statements ...", file=sys.stderr)
    from leadclass.training import train_corpus  # noqa: PLC0415 - scikit-learn comes only now

    trained = train_corpus(corpus)
    trained.save(path)
    print(f"wrote {path} ({path.stat().st_size / 1e6:.1f} MB)", file=sys.stderr)
    return 0
