"""Notes in every shape that people keep them in, segmented by hand: what comes out is what a careful reader finds.

Beside each file of tests/gold stands ``.expected``: a line a statement with speaker, time and section, by hand.
"""

from __future__ import annotations

import csv
import runpy
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT

from leadclass.notes import Statement, statements_of

GOLD = ROOT / "tests" / "gold"
FILES = sorted(path for path in GOLD.iterdir() if path.with_name(f"{path.name}.expected").exists())


def expected(path: Path) -> list[tuple[str, str, str, str]]:
    with path.with_name(f"{path.name}.expected").open(encoding="utf-8", newline="") as file:
        rows = csv.reader((line for line in file if not line.startswith("# ")), delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(speaker, time, section, text) for speaker, time, section, text in rows]


def found(path: Path) -> list[tuple[str, str, str, str]]:
    return [(each.speaker or "", each.time or "", each.section or "", each.text) for each in statements_of(path)]


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_each_file_as_read_by_hand(path: Path) -> None:
    """Statements, speakers, times and sections, all of them and in order."""
    assert found(path) == expected(path)


def test_recall_precision_and_speakers_over_all_files() -> None:
    hits = wanted = given = right = 0
    for path in FILES:
        hand, program = expected(path), found(path)
        texts = Counter(row[3] for row in hand) & Counter(row[3] for row in program)
        speakers = Counter((row[0], row[3]) for row in hand) & Counter((row[0], row[3]) for row in program)
        hits, right = hits + texts.total(), right + speakers.total()
        wanted, given = wanted + len(hand), given + len(program)
    assert len(FILES) >= 14
    assert hits / wanted >= 0.98
    assert hits / given >= 0.97
    assert right == hits


def test_nothing_forbidden_comes_out() -> None:
    lines = (GOLD / "forbidden.txt").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if not line.startswith("# ")]
    said: list[Statement] = [each for path in FILES for each in statements_of(path)]
    out = [(words, each.text) for words in rules for each in said if words in each.text]
    assert len(rules) > 40
    assert out == []


def test_the_word_file_is_made_from_its_source(tmp_path: Path) -> None:
    made = runpy.run_path(str(GOLD / "make_docx.py"))
    made["write"](tmp_path / "x.docx")
    assert (tmp_path / "x.docx").read_bytes() == (GOLD / "parish-council.docx").read_bytes()
