"""The essays' own sentences: annotated in full, joined only with files that are exactly right."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from conftest import SHARED, needs_shared

from leadclass.corpus import CorpusError, load_ideas
from leadclass.essays import load_marks, read_essays
from leadclass.labels import FACETS


def test_marks_follow_the_codebook_and_do_not_overlap() -> None:
    ideas = load_ideas()
    marks = load_marks()
    for before, mark in itertools.pairwise(marks):
        assert mark.essay != before.essay or before.end < mark.start
    for mark in marks:
        assert mark.start < mark.end
        assert bool(mark.facet) == (mark.label in ("leadership", "management"))
        assert not mark.facet or FACETS[mark.facet] == mark.label
        assert (mark.label == "neither") == (not mark.idea)
        assert not mark.idea or ideas[mark.idea].label == mark.label


def test_every_idea_names_an_essay_that_is_annotated() -> None:
    assert {idea[0] for idea in load_ideas()} == {mark.essay for mark in load_marks()}


@needs_shared
def test_every_sentence_of_both_essays_and_their_comments_is_annotated() -> None:
    """Outside the marks there are headings, names, dates and the web page's own words: nothing that ends a sentence."""
    read = 0
    marks = load_marks()
    for essay, path in zip("WD", sorted((SHARED / "essays").glob("*.txt")), strict=True):
        text = path.read_text(encoding="utf-8")
        rest = list(text)
        for mark in (each for each in marks if each.essay == essay):
            assert re.match(r"[A-Z“]", text[mark.start]), text[mark.start : mark.end]
            assert text[mark.end - 1] in ".?!”:"
            rest[mark.start : mark.end] = " " * (mark.end - mark.start)
            read += 1
        lines = [line.strip() for line in "".join(rest).split("\n")]
        left = [line for line in lines if line.endswith((".", "?", "!")) and not line.startswith("You are commenting")]
        assert left in ([], ["1."])
    assert read == len(marks)


@needs_shared
def test_the_essays_become_statements() -> None:
    essays = read_essays(SHARED / "essays")
    assert len(essays) == len(load_marks())
    assert {"leadership", "management", "neither", "mixed"} == set(essays.column("label"))
    assert len(set(essays.column("group"))) == 2


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "essay.txt").write_text("Something else.", encoding="utf-8")
    with pytest.raises(CorpusError, match="no file has the SHA-256 of essay D and W"):
        read_essays(tmp_path)
    with pytest.raises(CorpusError, match="no such folder"):
        read_essays(tmp_path / "absent")
