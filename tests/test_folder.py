"""A folder of pages: safe names, pages that are kept, nothing of others that is replaced."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from notes_tagged import HOSTILE, SAMPLES, everywhere, sample

from leadclass.classifier import Classifier
from leadclass.report import folder, output
from leadclass.report.made import is_ours
from leadclass.report.names import pages, short
from leadclass.report.output import WRITERS
from leadclass.report.rollup import Rollup

NAMES = [
    ("folders that all share go", ["/home/ana/notes/a.md", "/home/ana/notes/b.md"], ["a.md.html", "b.md.html"]),
    ("others stay", ["n/may/a.md", "n/june/a.md"], ["may-a.md.html", "june-a.md.html"]),
    ("one file", ["deep/in/a.md"], ["a.md.html"]),
    ("another ending is another page", ["a.md", "a.txt"], ["a.md.html", "a.txt.html"]),
    ("what looks alike is told apart", ["x/a b.md", "x/a-b.md"], ["a-b.md.html", "a-b.md-2.html"]),
    ("capitals are not enough", ["A.md", "a.md"], ["A.md.html", "a.md-2.html"]),
    ("the index keeps its name", ["index"], ["index-2.html"]),
    ("standard input", ["-", "a.md"], ["standard-input.html", "a.md.html"]),
    ("nothing hidden, nothing above", ["../.a.md", "../..b.md"], ["a.md.html", "b.md.html"]),
    ("another alphabet", ["протокол.md", "議事録.md"], ["протокол.md.html", "議事録.md.html"]),
]


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in NAMES], ids=[case[0] for case in NAMES])
def test_names_are_safe_and_unique(files: list[str], expected: list[str]) -> None:
    assert list(folder.pages(files).values()) == expected


def test_hostile_names_become_safe_ones() -> None:
    given = pages([case["text"] for case in HOSTILE], [])
    assert len({name.casefold() for name in given.values()}) == len(HOSTILE)
    assert all(re.fullmatch(r"\w[\w.-]{0,70}\.html", name) for name in given.values())


def test_short_names_stay_apart() -> None:
    files = ["a/b/c.md", "a/b/d/c.md", "a/e.md"]
    assert list(short(files).values()) == ["b/c.md", "b/d/c.md", "e.md"]


def test_a_page_is_kept_only_if_it_was_made_from_the_same(tmp_path: Path, shipped: Classifier) -> None:
    page, tagged = tmp_path / "a.html", sample(SAMPLES[0], shipped)
    assert folder.kept(page, "one") is None
    folder.write(tagged, page, "one")
    assert folder.kept(page, "one") == Rollup.of(tagged)
    assert folder.kept(page, "two") is None
    whole = page.read_text(encoding="utf-8")
    for damaged in ("", whole[:500], whole.replace('"rollup"', '"roll"'), whole.replace('"time":[', '"time":[[1],')):
        page.write_text(damaged, encoding="utf-8")
        assert folder.kept(page, "one") is None


def test_what_others_made_is_not_replaced(tmp_path: Path, shipped: Classifier) -> None:
    (tmp_path / "index.html").write_text("<h1>My site</h1>", encoding="utf-8")
    with pytest.raises(ValueError, match="was not made by leadclass"):
        folder.check(tmp_path)
    with pytest.raises(ValueError, match="was not made by leadclass"):
        folder.write(sample(SAMPLES[0], shipped), tmp_path / "index.html", "")
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "<h1>My site</h1>"


@pytest.mark.parametrize("ending", [ending for ending in WRITERS if ending != ".parquet"])
@pytest.mark.parametrize("text", [case["text"] for case in HOSTILE], ids=[case["what"] for case in HOSTILE])
def test_our_results_are_known_again(tmp_path: Path, shipped: Classifier, ending: str, text: str) -> None:
    output.write(everywhere(text, shipped), tmp_path / f"out{ending}")
    assert is_ours(tmp_path / f"out{ending}")


OTHERS = [
    ("tags.csv", "file,line,text\na.md,1,Pay it\n"),
    ("notes.jsonl", '{"file": "a.md", "line": 1, "text": "Pay it"}\n'),
    ("minutes.md", "# made by leadclass\nPay it.\n"),
    ("page.html", "<p>leadclass</p>"),
    ("empty.csv", ""),
]


@pytest.mark.parametrize(("name", "text"), OTHERS)
def test_notes_are_not_taken_for_results(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert not is_ours(tmp_path / name)
    assert not is_ours(tmp_path / "absent.csv")
