"""What each part of the recipe is worth, and what more statements bring: ``recipes.json``, the datasheet.

Every model is measured on the ``tune`` half of the real statements, before calibration, by figures that need none: the
forced choice between leadership and management, and macro-F1 with the offset for ``neither`` that suits it best (else
the figure would say how many of each label the corpus has).

    python data/compare_recipes.py STATEMENTS.csv
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import real
from blocks import fill, table

from leadclass import load_corpus
from leadclass.calibration import Calibration, Rules
from leadclass.evaluation import measure
from leadclass.evidence import Evidence
from leadclass.recipe import Recipe
from leadclass.training import Columns, columns_of, measured

FOLDER = Path(__file__).parent
SHARES = (32, 16, 8, 4, 2, 1)  # one statement in so many


def variants() -> Iterator[tuple[str, Columns, Recipe, Evidence | None]]:
    """Every variant by its name."""
    columns = columns_of(load_corpus(FOLDER))
    plain = replace(Recipe.load(FOLDER / "recipe.json"), calibration=Calibration(), rules=Rules())
    evidence = Evidence.load(FOLDER / "evidence.npz")
    yield "as shipped", columns, plain, evidence
    yield "without labelled real text", columns, plain, None
    yield "without either", columns, replace(plain, prior=0.0), None
    yield (
        "without labelled real text, plain statements weighing no more than vivid ones",
        columns,
        replace(plain, plain=1.0),
        None,
    )
    for share in SHARES:
        part = every(columns, share)
        yield f"{len(part.texts):,} statements of our own alone", part, plain, None


def every(columns: Columns, share: int) -> Columns:
    """One group in so many, so that fewer statements are fewer subjects too."""
    kept = set(sorted(set(columns.groups))[::share])
    return columns.take(group in kept for group in columns.groups)


def figures(logits: np.ndarray, labels: list[str]) -> dict[str, float]:
    found = [measure(labels, shifted.argmax(axis=1), logits) for shifted in offsets(logits)]
    return {
        "balanced_accuracy": round(found[0].balanced_accuracy, 3),
        "macro_f1": round(max(each.macro_f1 for each in found), 3),
    }


def offsets(logits: np.ndarray) -> Iterator[np.ndarray]:
    for offset in np.arange(-2, 2.1, 0.1):
        yield logits + np.array([0, 0, offset])


def main() -> None:
    tune = [row for row in real.read(Path(sys.argv[1])) if row["half"] == "tune"]
    texts, labels = [row["text"] for row in tune], [row["label"] for row in tune]
    results = {}
    for name, columns, recipe, evidence in variants():
        results[name] = figures(measured(columns, recipe, texts, evidence), labels)
        print(name, results[name], flush=True)
    (FOLDER / "recipes.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    show(results)


def show(results: dict[str, dict[str, Any]]) -> None:
    rows = [[name, found["balanced_accuracy"], found["macro_f1"]] for name, found in results.items()]
    fill(FOLDER / "datasheet.md", "recipes", table(["", "balanced accuracy", "macro-F1"], rows))


if __name__ == "__main__":
    main()
