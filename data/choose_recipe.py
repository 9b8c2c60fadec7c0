"""Chooses ``recipe.json``: calibration and rules, on real statements that nobody wrote for this project.

Groups held out of our own corpus say little about text from elsewhere: on them the model is right more often, so what
is calibrated on them is too sure of itself on real notes. The ``tune`` half of a file of labelled real statements
(columns text, label, half) sets the temperature, the offset and the threshold; nothing is chosen on its ``check`` half.
The rule for ``mixed`` comes from held-out groups of our own corpus, which has enough of such statements; without the
figures of real text, whose gradient was taken where all groups were known and would speak against those held out.

    python data/choose_recipe.py STATEMENTS.csv
"""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import real

from leadclass import load_corpus
from leadclass.calibration import Calibration, Rules
from leadclass.evidence import Evidence
from leadclass.recipe import Recipe
from leadclass.scoring import Buffer, Scorer, softmax
from leadclass.training import columns_of, fitted, held_out

FOLDER = Path(__file__).parent


def main() -> None:
    tune = [row for row in real.read(Path(sys.argv[1])) if row["half"] == "tune"]
    texts, labels = [row["text"] for row in tune], [row["label"] for row in tune]
    columns = columns_of(load_corpus(FOLDER))
    recipe = replace(Recipe.load(FOLDER / "recipe.json"), calibration=Calibration(), rules=Rules())
    evidence = Evidence.load(FOLDER / "evidence.npz")
    scorer = Scorer(fitted(columns, recipe, evidence).model)
    logits = scorer.logits(scorer.rows(Buffer.of(texts)))
    calibration = Calibration.fit(logits, labels)
    threshold = Rules.fit(softmax(calibration.apply(logits)), labels).threshold
    own = softmax(calibration.apply(held_out(columns, recipe)))
    mixed = Rules.fit(own, columns.labels).mixed
    rounded = Calibration(round(calibration.temperature, 3), tuple(np.round(calibration.offset, 3).tolist()))
    chosen = replace(recipe, calibration=rounded, rules=Rules(threshold, mixed))
    chosen.save(FOLDER / "recipe.json")
    print(chosen)


if __name__ == "__main__":
    main()
