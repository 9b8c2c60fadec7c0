"""What people see and open elsewhere: complete, readable and harmless."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import leadclass
from leadclass.notes import Statement
from leadclass.report import rows, terminal
from leadclass.report.tagged import Mix, Tagged, mix_by_file, total_mix


def tagged(*texts: str, file: str = "a.md", speaker: str | None = "Ana") -> list[Tagged]:
    return [
        Tagged(Statement(text, file, at, "Money", speaker, "9:00"), leadclass.classify(text))
        for at, text in enumerate(texts, 1)
    ]


FORMULAS = ["=1+1", "+cmd", "-2", "@sum", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("text", FORMULAS)
def test_no_spreadsheet_runs_a_cell(tmp_path: Path, text: str) -> None:
    rows.write(tagged(text, speaker=text), tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert row["text"] == row["speaker"] == f"'{text}"


def test_csv_and_jsonl_hold_the_same(tmp_path: Path) -> None:
    found = tagged("Pay the rent by Friday.", 'She said "no",\nand left.')
    rows.write(found, tmp_path / "out.csv")
    rows.write(found, tmp_path / "out.jsonl")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    records = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [tuple(each) for each in (*table, *records)] == [rows.COLUMNS] * 4
    for row, record, each in zip(table, records, found, strict=True):
        assert row["text"] == record["text"] == each.statement.text
        assert row["label"] == record["label"] == each.tag.label
        assert float(row["management"]) == record["management"] == round(each.tag.management, 4)
        assert (record["file"], record["line"], record["speaker"]) == ("a.md", each.statement.line, "Ana")


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("what was there before", encoding="utf-8")

    def breaks():
        yield from tagged("fine")
        raise RuntimeError("the machine stops")

    with pytest.raises(RuntimeError):
        rows.write(breaks(), target)
    assert target.read_text(encoding="utf-8") == "what was there before"
    assert list(tmp_path.iterdir()) == [target]


def test_the_terminal_gets_no_control_sequences() -> None:
    nasty = "red \x1b[31malert\x07 \u202eevil\x9b"
    lines = list(terminal.statements(tagged(nasty, file="a\x1b[2J.md", speaker="A\x1b"), terminal.Page()))
    assert not any(mark in "\n".join(lines).replace("\n", "") for mark in "\x1b\x07\u202e\x9b")


def test_every_word_of_a_long_statement_is_shown() -> None:
    text = " ".join(f"word{at}" for at in range(80))
    lines = list(terminal.statements(tagged(text), terminal.Page(width=60)))
    assert all(word in "\n".join(lines) for word in text.split())
    assert max(map(len, lines)) <= 60


def test_colour_never_stands_alone() -> None:
    coloured = "\n".join(terminal.statements(tagged("Pay the rent by Friday."), terminal.Page(colour=True)))
    assert "\x1b[" in coloured
    assert "management" in coloured


def test_mixes_add_up() -> None:
    found = [*tagged("Pay the rent by Friday.", "It rained."), *tagged("Nobody listens to us here.", file="b.md")]
    mixes = mix_by_file(found)
    assert [(mix.name, mix.total) for mix in mixes] == [("a.md", 2), ("b.md", 1)]
    assert total_mix(mixes).total == 3
    assert len(list(terminal.mixes(mixes, terminal.Page()))) == 4


def test_a_mix_of_nothing_has_no_shares() -> None:
    assert Mix("empty", {"leadership": 0, "management": 0, "neither": 0}).share("neither") == 0
