"""The corpus is what the datasheet says: labelled by the codebook, varied, nobody else's words."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT, SHARED, needs_shared

from leadclass.corpus import Corpus, CorpusError, load_corpus, load_ideas
from leadclass.labels import FACETS, LABELS

_word = re.compile(r"[a-z0-9']+")


def words(text: str) -> list[str]:
    return _word.findall(text.lower().replace("’", "'"))


def grams(texts: Iterable[str], size: int = 7) -> set[str]:
    runs = (words(text) for text in texts)
    return {" ".join(run[at : at + size]) for run in runs for at in range(len(run) - size + 1)}


def test_there_are_enough_statements_of_every_label_facet_and_kind(corpus: Corpus) -> None:
    assert len(corpus) >= 2400
    labels, facets = Counter(corpus.column("label")), Counter(corpus.column("facet"))
    assert all(labels[label] >= 800 for label in LABELS)
    assert all(facets[facet] >= 60 for facet in FACETS)
    kinds = Counter(kind for kind in corpus.column("kind") if kind)
    assert sum(count >= 10 for count in kinds.values()) >= 40


def test_labels_facets_kinds_and_ideas_fit_together(corpus: Corpus) -> None:
    ideas = load_ideas()
    for record in corpus:
        assert bool(record.facet) == (record.label in ("leadership", "management")), record.id
        assert bool(record.kind) == (record.label == "neither"), record.id
        assert bool(record.idea) == (record.label != "neither"), record.id
        assert not record.idea or ideas[record.idea].label == record.label, record.id


def test_every_idea_of_the_essays_has_at_least_15_statements(corpus: Corpus) -> None:
    counts = Counter(corpus.column("idea"))
    assert {idea: counts[idea] for idea in load_ideas() if counts[idea] < 15} == {}


def test_ids_are_unique_and_every_field_is_clean(corpus: Corpus) -> None:
    assert len(set(corpus.column("id"))) == len(corpus)
    for record in corpus:
        assert record.style in ("vivid", "plain"), record.id
        for field in (record.text, record.domain, record.register, record.group):
            assert field == " ".join(field.split()), record.id
            assert field, record.id


def near_duplicates(texts: list[str], alike: float = 0.7) -> Iterator[tuple[int, int]]:
    """Pairs whose word sets overlap by ``alike`` (Jaccard). Two such sets share one of their rarest words."""
    sets = [frozenset(words(text)) for text in texts]
    common = Counter(word for each in sets for word in each)
    seen: dict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(sets):
        rarest = sorted(each, key=lambda word: (common[word], word))[: len(each) - int(alike * len(each) - 1e-9)]
        for other in {before for word in rarest for before in seen[word]}:
            if len(each & sets[other]) >= alike * len(each | sets[other]):
                yield other, at
        for word in rarest:
            seen[word].append(at)


def test_nothing_stands_twice_or_nearly_twice(corpus: Corpus) -> None:
    texts = corpus.column("text")
    assert [(texts[one], texts[two]) for one, two in near_duplicates(texts)] == []


def test_near_duplicates_are_found() -> None:
    texts = ["Ana books the small room", "The bus is late", "Ana books the small room today", "Nobody knows why"]
    assert list(near_duplicates(texts)) == [(0, 2)]


def test_opening_words_are_varied(corpus: Corpus) -> None:
    opening = Counter(words(text)[0] for text in corpus.column("text"))
    ordinary = {"the", "we", "i", "a", "it", "you"}
    assert {word: n for word, n in opening.items() if n > 0.03 * len(corpus) and word not in ordinary} == {}
    assert all(opening[word] <= 0.12 * len(corpus) for word in ordinary)
    assert len(opening) >= 0.1 * len(corpus)


def test_no_group_is_so_large_that_holding_it_out_would_matter(corpus: Corpus) -> None:
    assert max(Counter(corpus.column("group")).values()) <= 40


def test_every_statement_was_read_twice_and_both_readings_agree(corpus: Corpus) -> None:
    with (ROOT / "data" / "readings.csv").open(encoding="utf-8", newline="") as file:
        readings = {row["id"]: row for row in csv.DictReader(file)}
    for record in corpus:
        row = readings[record.id]
        assert row["first"] == row["second"] == row["settled"] == record.label, record.id
        if record.facet and row["first_facet"] == row["second_facet"]:
            assert record.facet == row["first_facet"], record.id
        elif record.facet:
            assert record.facet == row["third_facet"], record.id


@needs_shared
def test_no_seven_words_in_a_row_come_from_an_essay_or_a_real_statement(corpus: Corpus) -> None:
    essays = [path.read_text(encoding="utf-8") for path in sorted((SHARED / "essays").glob("*.txt"))]
    real = []
    for path in (SHARED / "dev-statements" / "statements.csv", SHARED / "real-text" / "sentences.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            real += [row["text"] for row in csv.DictReader(file)]
    theirs = grams([*essays, *real])
    assert len(theirs) > 100_000
    assert [record.text for record in corpus if grams([record.text]) & theirs] == []


@needs_shared
def test_no_statement_however_short_is_one_of_the_real_ones(corpus: Corpus) -> None:
    with (SHARED / "dev-statements" / "statements.csv").open(encoding="utf-8", newline="") as file:
        real = {" ".join(words(row["text"])) for row in csv.DictReader(file)}
    ours = {" ".join(words(text)): text for text in corpus.column("text")}
    assert [ours[text] for text in ours.keys() & real] == []


BAD_ROWS = [
    ("unknown label", "a,text,boss,,,,d,r,plain,g", "label must be one of"),
    ("facet of another label", "a,text,neither,plan,,,d,r,plain,g", "does not belong"),
    ("too few fields", "a,text,neither", "expected 10 fields"),
    ("too many fields", "a,text,neither,,,,d,r,plain,g,more", "expected 10 fields"),
]


@pytest.mark.parametrize(("row", "said"), [case[1:] for case in BAD_ROWS], ids=[case[0] for case in BAD_ROWS])
def test_a_bad_row_is_named_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    heading = "id,text,label,facet,kind,idea,domain,register,style,group"
    (tmp_path / "statements.csv").write_text(f"{heading}\n{row}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=said) as error:
        load_corpus(tmp_path)
    assert "line 2" in str(error.value)


def test_another_heading_or_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="name the folder"):
        load_corpus(tmp_path)
    (tmp_path / "statements.csv").write_text("text,label\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="columns must be"):
        load_corpus(tmp_path)
