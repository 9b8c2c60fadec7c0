"""Makes ``evidence.npz``: what labelled real text says of each n-gram (`leadclass.evidence` tells how it is used).

The real statements are not ours to ship. ``real-labels.csv`` has for each its source, its label and the first 16
hexadecimal digits of the SHA-256 of its text; ``real-sources.csv`` says what the sources are. Whoever has the texts
(csv files with a column ``text``) can make the table anew, and with it the model:

    python data/make_evidence.py TEXTS.csv ...
"""

import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Container
from dataclasses import replace
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from leadclass import load_corpus, tokens
from leadclass.evidence import Evidence
from leadclass.features import Features, vocabulary
from leadclass.labels import LABELS
from leadclass.recipe import Recipe
from leadclass.scoring import softmax
from leadclass.training import Columns, columns_of
from leadclass.vectors import Vectors

FOLDER = Path(__file__).parent
# Chosen on the tune half of the dev statements: what a real statement weighs beside a vivid one of our own. The three
# large sources have many statements alike; the small ones, a document each, weigh more.
LARGE, WEIGHT_LARGE, WEIGHT_SMALL = {"18f", "rust-minutes", "qmsum-product"}, 1.0, 3.0
RARE = {"word": 3, "pair": 6}  # what fewer real statements have than that, and our own corpus has not, is left out


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_texts(paths: list[Path]) -> dict[str, str]:
    """Every text by its digest."""
    found = {}
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            found.update((digest(row["text"]), row["text"]) for row in csv.DictReader(file))
    return found


def labelled(texts: dict[str, str]) -> tuple[list[str], list[str], list[bool]]:
    """The texts that are there, their labels, and whether they are of a large source."""
    with (FOLDER / "real-labels.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["label"] in LABELS]
    here = [row for row in rows if row["digest"] in texts]
    if len(here) < len(rows):
        print(f"{len(rows) - len(here)} of {len(rows)} labelled statements are not in these files", file=sys.stderr)
    return (
        [texts[row["digest"]] for row in here],
        [row["label"] for row in here],
        [row["source"] in LARGE for row in here],
    )


def balanced(labels: list[str], large: list[bool]) -> np.ndarray:
    """What each statement weighs: leadership together as much as management, so that the model leans to neither."""
    counts = Counter(zip(labels, large, strict=True))
    balance = {size: counts["management", size] / max(1, counts["leadership", size]) for size in (True, False)}
    return np.array(
        [
            (WEIGHT_LARGE if size else WEIGHT_SMALL) * (balance[size] if label == "leadership" else 1)
            for label, size in zip(labels, large, strict=True)
        ]
    )


def counted(real: list[str], own: Container[str]) -> Evidence:
    """How many real statements have each n-gram that is in our ``own`` vocabulary or frequent; without any pull."""
    counts = Counter(ngram for text in real for ngram in set(tokens.ngrams(text)))
    wanted = (ngram for ngram in counts if ngram in own or counts[ngram] >= RARE["pair" if " " in ngram else "word"])
    kept = vocabulary((), 1, wanted)
    documents = np.array([counts[ngram] for ngram in kept], np.int32)
    return Evidence(kept, documents, np.zeros((len(kept), 3)), np.zeros(3), len(real))


def gathered(columns: Columns, recipe: Recipe, real: list[str], labels: list[str], weight: np.ndarray) -> Evidence:
    """What the real statements add to a model of ``columns``: their gradient where both together are fitted best."""
    vectors = Vectors.load()
    own = frozenset(vocabulary(columns.texts, recipe.min_pairs, vectors.words))
    table = counted(real, own)
    features = Features(columns.texts, recipe.min_pairs, vectors, recipe.prior, table)
    rows = features.rows(real)
    both = sp.vstack([features.rows(columns.texts), rows])
    weights = np.concatenate([columns.weights(recipe), weight])
    classes, coefficients, intercept = features.regress(both, [*columns.labels, *labels], recipe.C, weights)
    chances = softmax(rows @ coefficients.T + intercept)
    surprise = weight[:, None] * (chances - (np.array(labels)[:, None] == classes))
    return replace(table, pull=(rows.T @ surprise)[table.rows(features.ngrams)], base=surprise.sum(axis=0))


def main() -> None:
    real, labels, large = labelled(read_texts([Path(name) for name in sys.argv[1:]]))
    columns, recipe = columns_of(load_corpus(FOLDER)).pure(), Recipe.load(FOLDER / "recipe.json")
    table = gathered(columns, recipe, real, labels, balanced(labels, large))
    table.save(FOLDER / "evidence.npz")
    print(f"{len(real):,} real statements, {len(table.ngrams):,} n-grams")


if __name__ == "__main__":
    main()
