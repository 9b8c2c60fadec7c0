"""Counts what is in the corpus and how far its two readings agree, into ``datasheet.md``.

python data/make_datasheet.py
"""

import csv
from collections import Counter
from pathlib import Path

from blocks import fill, table

from leadclass import load_corpus
from leadclass.corpus import LABELS_IN_DATA, Corpus, load_ideas
from leadclass.labels import FACETS

FOLDER = Path(__file__).parent


def kappa(pairs: list[tuple[str, str]]) -> float:
    """Cohen's kappa: agreement beyond what the two readers' habits alone would give (Cohen 1960)."""
    observed = sum(one == two for one, two in pairs) / len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    chance = sum(first[label] * second[label] for label in first) / len(pairs) ** 2
    return (observed - chance) / (1 - chance)


def rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def readings() -> list[dict[str, str]]:
    return rows_of("readings.csv")


def counts(corpus: Corpus) -> list[str]:
    labels = Counter(corpus.column("label"))
    ideas = Counter(idea for idea in corpus.column("idea") if idea)
    rows = [["statements", f"{len(corpus):,}"], *([label, f"{count:,}"] for label, count in labels.most_common())]
    rows += [
        ["groups (families of statements)", f"{len(set(corpus.column('group'))):,}"],
        ["domains", f"{len(set(corpus.column('domain'))):,}"],
        ["kinds of neither", len({kind for kind in corpus.column("kind") if kind})],
        ["kinds of neither with 10 statements or more", sum(n >= 10 for n in kinds(corpus).values())],
        ["ideas of the essays", len(load_ideas(FOLDER))],
        ["fewest statements of one idea", min(ideas.values())],
        ["words a statement, mean", round(sum(len(text.split()) for text in corpus.column("text")) / len(corpus), 1)],
    ]
    return table(["", "count"], rows)


def kinds(corpus: Corpus) -> Counter[str]:
    return Counter(kind for kind in corpus.column("kind") if kind)


def agreement(rows: list[dict[str, str]]) -> list[str]:
    pairs = [(row["first"], row["second"]) for row in rows]
    faceted = [row for row in rows if row["first"] == row["second"] and row["first_facet"]]
    facets = [(row["first_facet"], row["second_facet"]) for row in faceted]
    why = Counter(row["why"] for row in rows if row["settled"] == "dropped")
    return [
        *agreed({"label": pairs, "facet, where the label agrees": facets}),
        "",
        *table(["dropped because", "statements"], [[reason, count] for reason, count in why.most_common()]),
    ]


def agreed(readings: dict[str, list[tuple[str, str]]]) -> list[str]:
    lines = [
        [name, f"{len(each):,}", f"{sum(a == b for a, b in each) / len(each):.1%}", f"{kappa(each):.3f}"]
        for name, each in readings.items()
    ]
    return table(["", "read twice", "agree", "Cohen's kappa"], lines)


def real_text() -> list[str]:
    labels = rows_of("real-labels.csv")
    kinds = {row["source"]: row["kind"] for row in rows_of("real-sources.csv")}
    large = Counter(row["source"] for row in labels).most_common(3)
    names = [name for name, _ in large] + sorted({kinds[row["source"]] for row in labels})
    counts = {name: Counter[str]() for name in names}
    for row in labels:
        counts[row["source"] if row["source"] in dict(large) else kinds[row["source"]]][row["label"]] += 1
    return table(["", *LABELS_IN_DATA], [[name, *(counts[name][label] for label in LABELS_IN_DATA)] for name in names])


def real_readings() -> list[str]:
    rows = [row for row in rows_of("real-readings.csv") if "no statement" not in (row["first"], row["second"])]
    labels = [(row["first"], row["second"]) for row in rows]
    same = [row for row in rows if row["first"] == row["second"] and row["first_facet"]]
    facets = [(row["first_facet"], row["second_facet"]) for row in same]
    return agreed({"label": labels, "facet, where the label agrees": facets})


def main() -> None:
    corpus = load_corpus(FOLDER)
    facets, registers = Counter(corpus.column("facet")), Counter(corpus.column("register"))
    page = FOLDER / "datasheet.md"
    fill(page, "counts", counts(corpus))
    fill(page, "facets", table(["facet", "label", "statements"], [[f, FACETS[f], facets[f]] for f in FACETS]))
    fill(page, "registers", table(["register", "statements"], [list(pair) for pair in registers.most_common()]))
    fill(page, "kinds", table(["kind", "statements"], [list(p) for p in kinds(corpus).most_common() if p[1] >= 10]))
    fill(page, "agreement", agreement(readings()))
    fill(page, "real text", real_text())
    fill(page, "real readings", real_readings())


if __name__ == "__main__":
    main()
