"""Measures the shipped model on real statements and on held-out groups, for the model card and the README.

The file of real statements has the columns text, label, source and half (``tune`` or ``check``); calibration was chosen
on ``tune``, nothing was chosen on ``check``.

    python data/make_card.py STATEMENTS.csv
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import real
from blocks import fill, table
from sklearn.model_selection import GroupKFold

from leadclass import Classifier, load_corpus
from leadclass.behaviour import failures, load_cases
from leadclass.evaluation import Figures, measure
from leadclass.labels import FACETS, LABELS
from leadclass.recipe import Recipe
from leadclass.scoring import softmax
from leadclass.training import FOLDS, columns_of, fitted, held_out

FOLDER = Path(__file__).parent
RESULTS = FOLDER / "figures.json"
HALVES = {"tune": "tune half: what was chosen was chosen on it", "check": "check half: looked at last", "all": "both"}


TENTHS = [tenth / 10 for tenth in range(1, 11)]


def rounded(found: Figures) -> dict[str, Any]:
    curve = found.coverage_accuracy
    return {
        "statements": found.count,
        "accuracy": round(found.accuracy, 3),
        "macro_f1": round(found.macro_f1, 3),
        "balanced_accuracy": round(found.balanced_accuracy, 3),
        "calibration_error": round(found.calibration_error, 3),
        "accuracy_at_50": round(curve[0.5], 3),
        "accuracy_at_80": round(curve[0.8], 3),
        "accuracy_by_coverage": {f"{share:.0%}": round(accuracy, 3) for share, accuracy in curve.items()},
        "recall": {label: round(found.by_label[label].recall, 3) for label in LABELS},
        "precision": {label: round(found.by_label[label].precision, 3) for label in LABELS},
    }


def on_real(classifier: Classifier, path: Path) -> dict[str, Any]:
    """Figures of all, by half and by source."""
    rows = real.read(path)
    labels = np.array([row["label"] for row in rows])
    tags = classifier.classify_many(row["text"] for row in rows)
    parts: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        for part in ("all", row["half"], row["source"]):
            parts[part].append(at)
    return {
        part: rounded(measure(labels[at].tolist(), tags.labels[at], tags.probabilities[at], TENTHS))
        for part, at in parts.items()
    }


def on_held_out() -> dict[str, Any]:
    """Grouped cross-validation on our own corpus: labels, and each facet's recall for its label.

    Without the figures of real text: their gradient was taken where every group was known.
    """
    corpus, recipe = load_corpus(FOLDER), Recipe.load(FOLDER / "recipe.json")
    chances = softmax(recipe.calibration.apply(held_out(columns_of(corpus), recipe)))
    labels, facets = np.array(corpus.column("label")), np.array(corpus.column("facet"))
    best = chances.argmax(axis=1)
    right = np.array(LABELS)[best] == labels
    pure = labels != "mixed"
    figures = rounded(measure(labels[pure].tolist(), best[pure], chances[pure], TENTHS))
    both = chances[:, :2].min(axis=1) >= recipe.rules.mixed
    hits = int((both & ~pure).sum())
    return {
        **figures,
        "facet_recall": {facet: round(float(right[facets == facet].mean()), 3) for facet in FACETS},
        "mixed": {"precision": round(hits / max(1, int(both.sum())), 3), "recall": round(hits / int((~pure).sum()), 3)},
    }


def on_facets() -> dict[str, Any]:
    """The thirteen facets on a fifth of the groups, held out: how often the facet is right where the label is."""
    columns = columns_of(load_corpus(FOLDER))
    folds = GroupKFold(FOLDS, shuffle=True, random_state=0)
    learn, _ = next(folds.split(columns.texts, groups=columns.groups))
    chosen = np.isin(np.arange(len(columns.texts)), learn)
    classifier = fitted(columns.take(chosen), Recipe.load(FOLDER / "recipe.json"))
    asked = columns.take(~chosen)
    tags = classifier.classify_many(asked.texts)
    pairs = [
        (facet, tag.facet)
        for facet, label, tag in zip(asked.facets, asked.labels, tags, strict=True)
        if facet and tag.label == label
    ]
    by_facet = {facet: [found == facet for true, found in pairs if true == facet] for facet in FACETS}
    return {
        "statements": len(pairs),
        "accuracy": round(sum(true == found for true, found in pairs) / len(pairs), 3),
        "recall": {facet: round(sum(hits) / len(hits), 3) for facet, hits in by_facet.items()},
    }


def on_kinds() -> dict[str, float]:
    """Recall of ``neither`` by kind, each kind held out whole: what the model makes of a subject it never met."""
    corpus, recipe = load_corpus(FOLDER), Recipe.load(FOLDER / "recipe.json")
    kinds, groups = corpus.column("kind"), corpus.column("group")
    together = [kind or group for kind, group in zip(kinds, groups, strict=True)]
    logits = recipe.calibration.apply(held_out(columns_of(corpus), recipe, together))
    right = logits.argmax(axis=1) == LABELS.index("neither")
    of_kind = {kind: [at for at, each in enumerate(kinds) if each == kind] for kind in sorted(set(kinds) - {""})}
    return {kind: round(float(right[at].mean()), 3) for kind, at in of_kind.items() if len(at) >= 10}


def on_behaviour(classifier: Classifier) -> list[list[object]]:
    """Kind, capability, cases and failures of each cell of the behaviour suite."""
    cases = load_cases(FOLDER.parent / "tests" / "behaviour.csv")
    tried = Counter((case.kind, case.capability) for case in cases)
    wrong = Counter((case.kind, case.capability) for case in failures(classifier, cases))
    return [[*cell, count, wrong[cell]] for cell, count in sorted(tried.items())]


def rows(found: dict[str, Any], names: dict[str, str]) -> list[str]:
    keys = ("statements", "balanced_accuracy", "macro_f1", "accuracy", "calibration_error", "accuracy_at_80")
    heading = ["", "statements", "balanced accuracy", "macro-F1", "accuracy", "calibration error", "accuracy at 80 %"]
    lines = [
        [names[part], *(found[part][key] for key in keys), *(found[part]["recall"][label] for label in LABELS)]
        for part in names
    ]
    return table([*heading, *(f"recall of {label}" for label in LABELS)], lines)


def main() -> None:
    classifier = Classifier.load()
    results = {
        "data": classifier.model.settings.data,
        "real": on_real(classifier, Path(sys.argv[1])),
        "held_out": on_held_out(),
        "facets": on_facets(),
        "kinds": on_kinds(),
        "behaviour": on_behaviour(classifier),
    }
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    show_in_card(results)
    show_in_readme(results["real"])


def show_in_card(results: dict[str, Any]) -> None:
    card = FOLDER / "model-card.md"
    on_file, own = results["real"], results["held_out"]
    fill(card, "real", rows(on_file, HALVES))
    fill(card, "sources", rows(on_file, {part: part for part in on_file if part not in HALVES}))
    fill(card, "own", rows({"own": own}, {"own": "groups held out"}))
    found = results["facets"]
    facets = [[name, FACETS[name], recall, found["recall"][name]] for name, recall in own["facet_recall"].items()]
    facets.append(["all", "", "", found["accuracy"]])
    fill(
        card,
        "facets",
        table(["facet", "label", "recall of the label", "of the facet, where the label is right"], facets),
    )
    fill(card, "coverage", coverage(on_file))
    kinds = results["kinds"]
    shares = sorted(kinds.values())
    fill(
        card,
        "kinds",
        [
            f"Over {len(kinds)} kinds of ten statements or more the recall of neither is {np.mean(shares):.3f} on",
            f"average, {shares[len(shares) // 2]} in the middle. The ten hardest kinds:",
            "",
            *table(["kind", "recall"], sorted(kinds.items(), key=lambda pair: pair[1])[:10]),
        ],
    )
    fill(card, "mixed", table(["precision", "recall"], [list(own["mixed"].values())]))
    behaviour = [[*cell, f"{cell[-1] / cell[-2]:.0%}"] for cell in results["behaviour"]]
    fill(card, "behaviour", table(["kind", "capability", "cases", "failures", "failure rate"], behaviour))


def coverage(on_file: dict[str, Any]) -> list[str]:
    """The risk-coverage curve: how right the model is on its surest answers."""
    shares = list(on_file["check"]["accuracy_by_coverage"])
    lines = [[HALVES[half], *on_file[half]["accuracy_by_coverage"].values()] for half in ("tune", "check")]
    return table(["accuracy on the surest", *shares], lines)


def show_in_readme(on_file: dict[str, Any]) -> None:
    check = on_file["check"]
    by_source = (f"{part} {found['macro_f1']}" for part, found in on_file.items() if part not in HALVES)
    measures = [
        ["leadership or management, forced choice, balanced accuracy", check["balanced_accuracy"]],
        ["three labels, macro-F1", check["macro_f1"]],
        ["three labels, accuracy", check["accuracy"]],
        ["accuracy on the surest 80 %", check["accuracy_at_80"]],
        ["accuracy on the surest 50 %", check["accuracy_at_50"]],
        ["expected calibration error", check["calibration_error"]],
        ["recall of neither", check["recall"]["neither"]],
    ]
    lines = [
        f"On {check['statements']} real statements that nobody wrote for this project (the half on which nothing",
        "was chosen; [data/model-card.md](data/model-card.md) says where they are from and has all figures):",
        "",
        *table(["measure", "figure"], measures),
        "",
        f"It differs by kind of text. Macro-F1 by source, both halves: {', '.join(by_source)}.",
    ]
    fill(FOLDER.parent / "README.md", "figures", lines)


if __name__ == "__main__":
    main()
