"""Every way to score gives the same answers: real lines, then strings made to go wrong.

For each: scikit-learn's pipeline with the shipped weights, ours in bulk, and for a tenth of them ours one by one.

    python tests/benchmarks/parity.py TEXTS ... [--real 1000000] [--adversarial 100000]

TEXTS are files or folders of real text; without any, the sources and documents of the Python packages installed here,
comments, docstrings and code, a line a statement. Results go to ``results/parity.json``.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from bench import machine, write
from sklearn.feature_extraction.text import TfidfVectorizer

from leadclass import Classifier, Tag, tokens
from leadclass.scoring import CHUNK, CHUNK_CHARACTERS, Buffer
from leadclass.texts import batches

ENDINGS = {".py", ".md", ".rst", ".txt", ".csv", ".json", ".html"}
PARTS = [
    "we",
    "trust",
    "Budget",
    "the",
    "plan",
    "don",
    "t",
    "İ",
    "ß",
    "K",
    "Σ",
    "é",
    "e\u0301",
    "७",
    "²",
    "Ⅷ",
    "ǅ",
    "ﬁ",
    "中",
    "🙂",
    "'",
    "’",
    "‘",
    "_",
    "-",
    ".",
    "?",
    "!",
    "%",
    "$",
    "£",
    "€",
    "\0",
    "\n",
    "\r",
    "\t",
    "\x1c",
    "\x85",
    "\u00a0",
    "\u200b",
    "\u2028",
    "\ud800",
    "\udfff",
    " ",
    " ",
    " ",
    "0",
    "19",
    "responsibilities",
    "accountability's",
    "x" * 17,
]


def real_lines(paths: list[Path]) -> Iterator[str]:
    files = (file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("*"))))
    for file in files:
        if file.suffix in ENDINGS and file.is_file():
            with file.open(encoding="utf-8", errors="surrogateescape", newline="\n") as lines:
                yield from (line for line in lines if len(line) > 20)


def adversarial(seed: int) -> Iterator[str]:
    source = random.Random(seed)
    while True:
        kind = source.random()
        if kind < 0.6:
            yield "".join(source.choices(PARTS, k=source.randint(0, 30)))
        elif kind < 0.9:
            yield "".join(chr(source.randrange(0x110000)) for _ in range(source.randint(0, 20)))
        else:
            yield source.choice(PARTS) * source.randint(0, 200)


def apart(one: Tag, two: Tag) -> float:
    """The largest difference of a probability; 1 where anything else differs."""
    if one[0] != two[0] or one[4:] != two[4:]:
        return 1.0
    return max(abs(left - right) for left, right in zip(one[1:4], two[1:4], strict=True))


def compared(classifier: Classifier, lines: Iterable[str]) -> dict[str, float]:
    model = classifier.model
    vectorizer = TfidfVectorizer(analyzer=tokens.ngrams, sublinear_tf=True, vocabulary=list(model.ngrams))
    vectorizer.idf_ = model.array("idf").astype(np.float64)
    weights, scorer = model.array("weights").astype(np.float64), classifier.batches
    count = other_labels = 0
    worst = between = 0.0
    for texts in batches(iter(lines), CHUNK, CHUNK_CHARACTERS, "parity"):
        theirs = vectorizer.transform(texts) @ weights + model.array("intercept")
        ours = scorer.logits(scorer.rows(Buffer.of(texts)))
        worst = max(worst, float(np.abs(theirs - ours).max()))
        other_labels += int((theirs.argmax(axis=1) != ours.argmax(axis=1)).sum())
        one_by_one = [classifier.classify(text) for text in texts[::10]]
        many = classifier.classify_many(texts)[::10]
        between = max(between, *(apart(one, two) for one, two in zip(one_by_one, many, strict=True)))
        count += len(texts)
    return {
        "strings": count,
        "largest difference of a logit": worst,
        "other labels": other_labels,
        "largest difference of a probability, one by one or in bulk (1: another label, facet or flag)": between,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare every way to score.")
    parser.add_argument(
        "texts", nargs="*", type=Path, default=[Path(sysconfig.get_path("purelib")), Path(sysconfig.get_path("stdlib"))]
    )
    parser.add_argument("--real", type=int, default=1_000_000)
    parser.add_argument("--adversarial", type=int, default=100_000)
    options = parser.parse_args()
    classifier = Classifier.load()
    write(
        "parity",
        {
            "machine": machine(),
            "real": compared(classifier, itertools.islice(real_lines(options.texts), options.real)),
            "adversarial": compared(classifier, itertools.islice(adversarial(0), options.adversarial)),
        },
    )


if __name__ == "__main__":
    main()
