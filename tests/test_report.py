"""What people see and open elsewhere: complete, readable and harmless."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from notes_tagged import HOSTILE, SAMPLES, everywhere, sample

import leadclass
from leadclass.classifier import Classifier
from leadclass.labels import LABELS, Tag
from leadclass.notes import Statement
from leadclass.report import output, rows, terminal
from leadclass.report.markdown import escaped, write_markdown
from leadclass.report.mix import Mix, mix_by, total_mix
from leadclass.report.tagged import Tagged


def tagged(*texts: str, file: str = "a.md", speaker: str | None = "Ana") -> list[Tagged]:
    return [
        Tagged(Statement(text, file, at, "Money", speaker, "9:00"), leadclass.classify(text))
        for at, text in enumerate(texts, 1)
    ]


FORMULAS = ["=1+1", "+cmd", "-2", "@sum", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("text", FORMULAS)
def test_no_spreadsheet_runs_a_cell(tmp_path: Path, text: str) -> None:
    output.write(tagged(text, speaker=text), tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert row["text"] == row["speaker"] == f"'{text}"


def test_csv_and_jsonl_hold_the_same(tmp_path: Path) -> None:
    found = tagged("Pay the rent by Friday.", 'She said "no",\nand left.')
    output.write(found, tmp_path / "out.csv")
    output.write(found, tmp_path / "out.jsonl")
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
        output.write(breaks(), target)
    assert target.read_text(encoding="utf-8") == "what was there before"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl"])
def test_a_lone_surrogate_loses_no_row(tmp_path: Path, name: str) -> None:
    output.write(tagged("half a \ud83d face", "fine", file="caf\udce9.md"), tmp_path / name)
    written = (tmp_path / name).read_text(encoding="utf-8")
    assert "half a ? face" in written
    assert "caf?.md" in written
    assert "fine" in written


def test_a_new_file_has_the_mode_that_the_umask_gives(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        output.write(tagged("fine"), tmp_path / "out.csv")
    finally:
        os.umask(before)
    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o640


def test_a_file_that_is_replaced_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.touch()
    target.chmod(0o660)
    output.write(tagged("fine"), target)
    assert target.stat().st_mode & 0o777 == 0o660


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    link = tmp_path / "out.csv"
    link.symlink_to(tmp_path / "deep" / "real.csv")
    for _ in range(2):  # first it leads nowhere, then to a file
        output.write(tagged("fine"), link)
        assert link.is_symlink()
        assert "fine" in (tmp_path / "deep" / "real.csv").read_text(encoding="utf-8")
    assert len(list(tmp_path.rglob("*"))) == 3


NO_TARGET = [
    ("another ending", "out.xlsx", "written as .csv, .jsonl, .* got .[.]xlsx.; rename it"),
    ("no folder", "absent/out.csv", "there is no folder .*absent; make it first"),
    ("a folder", "folder.csv", "this is a folder; name a file"),
    ("a device", "null.csv", "no ordinary file; name a file"),
]


@pytest.mark.parametrize(("name", "said"), [case[1:] for case in NO_TARGET], ids=[case[0] for case in NO_TARGET])
def test_a_target_that_cannot_be_written_is_refused_early(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "null.csv").symlink_to(os.devnull)
    with pytest.raises(ValueError, match=said) as error:
        output.check(tmp_path / name)
    assert str(tmp_path / name) in str(error.value)


def test_a_closed_folder_is_refused_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anywhere
    with pytest.raises(ValueError, match="nothing may be written in"):
        output.check(tmp_path / "out.csv")


@pytest.mark.parametrize("mark", "\x1b\x9b\n\u061c\u200e\u2028\u2029\u202e\u2067")
def test_harmless_text_stays_on_its_line_and_in_its_direction(mark: str) -> None:
    assert terminal.harmless(f"a{mark}b") == "a b"


def test_the_terminal_gets_no_control_sequences() -> None:
    nasty = "red \x1b[31malert\x07 \u202eevil\x9b"
    lines = list(terminal.statements(tagged(nasty, file="a\x1b[2J.md", speaker="A\x1b"), terminal.Page()))
    assert not any(mark in "\n".join(lines).replace("\n", "") for mark in "\x1b\x07\u202e\x9b")


def test_every_word_of_a_long_statement_is_shown() -> None:
    text = " ".join(f"word{at}" for at in range(80))
    lines = list(terminal.statements(tagged(text), terminal.Page(width=60)))
    assert all(word in "\n".join(lines) for word in text.split())
    assert max(map(len, lines)) <= 60


@pytest.mark.parametrize("width", [60, 61, 62, 63])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    lines = list(terminal.statements(tagged("on " * 60), terminal.Page(width=width)))
    assert max(map(len, lines)) <= width


def test_a_word_of_5_mb_takes_seconds() -> None:
    """textwrap alone takes 15 seconds."""
    found = tagged("x" * 5_000_000)
    start = time.perf_counter()
    lines = list(terminal.statements(found, terminal.Page()))
    assert time.perf_counter() - start < 5
    assert sum(line.count("x") for line in lines) == 5_000_000
    assert max(map(len, lines)) <= 100


def test_the_percentage_is_that_of_the_label_beside_it() -> None:
    (sure,) = tagged("Pay the rent by Friday.")
    overruled = replace(sure, tag=Tag("neither", 0.31, 0.44, 0.25, None, False, "management", "below the threshold"))
    _, first, second, _ = terminal.statements([sure, overruled], terminal.Page())
    assert first == f"  management {sure.tag.management:4.0%}     1 Ana: Pay the rent by Friday."
    assert second == "  neither     25%?    1 Ana: Pay the rent by Friday."


def test_an_explanation_gives_the_reason_of_an_unsure_answer() -> None:
    tag = Tag("neither", 0.31, 0.44, 0.25, None, False, "management", "below the threshold")
    lines = list(terminal.explanation(leadclass.explain("Pay it.")._replace(tag=tag), terminal.Page()))
    assert lines[1] == "neither    25% (below the threshold; first choice management)"


def test_colour_never_stands_alone() -> None:
    coloured = "\n".join(terminal.statements(tagged("Pay the rent by Friday."), terminal.Page(colour=True)))
    assert "\x1b[" in coloured
    assert "management" in coloured


def test_mixes_add_up() -> None:
    found = [*tagged("Pay the rent by Friday.", "It rained."), *tagged("Nobody listens to us here.", file="b.md")]
    mixes = mix_by(found, "file")
    assert [(mix.name, mix.total) for mix in mixes] == [("a.md", 2), ("b.md", 1)]
    assert total_mix(mixes).total == 3
    assert len(list(terminal.mixes(mixes, terminal.Page()))) == 4


def test_a_mix_of_nothing_has_no_shares() -> None:
    assert Mix("empty", {"leadership": 0, "management": 0, "neither": 0}).share("neither") == 0


@pytest.mark.parametrize("width", [80, 100, 140])
def test_a_table_of_mixes_keeps_to_the_page(width: int) -> None:
    mixes = [Mix("n" * 200, {"leadership": 1234, "management": 45678, "neither": 0}), Mix("", dict.fromkeys(LABELS, 0))]
    lines = list(terminal.mixes(mixes, terminal.Page(width=width), "speaker"))
    assert max(map(len, lines)) <= width
    assert len({len(line) for line in lines}) == 1
    assert lines[2].startswith("(no speaker)")


def test_a_mix_shows_its_interval_and_where_there_is_room_its_count() -> None:
    mix = Mix("a.md", {"leadership": 8, "management": 12, "neither": 0})
    wide, narrow = ("\n".join(terminal.mixes([mix], terminal.Page(width=width))) for width in (100, 60))
    assert "8  40%  22-61%" in wide
    assert "40%  22-61%" in narrow
    assert "8  40%" not in narrow


# Markdown.


def markdown(found: list[Tagged]) -> str:
    file = io.StringIO()
    write_markdown(found, file)
    return file.getvalue()


@pytest.mark.parametrize("text", [case["text"] for case in HOSTILE], ids=[case["what"] for case in HOSTILE])
def test_markdown_shows_what_was_said_and_does_nothing_else(text: str, shipped: Classifier) -> None:
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", escaped(text))
    assert not re.search(r"[\\`*_\[\]<>|~&$#{}]|://|www\.", bare, re.IGNORECASE)
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped(text)) == terminal.harmless(text).strip()
    assert len(markdown(everywhere(text, shipped)).splitlines()) == len(markdown(everywhere("a", shipped)).splitlines())


def test_markdown_has_the_mix_and_every_statement_by_section(shipped: Classifier) -> None:
    found = [each for path in SAMPLES for each in sample(path, shipped)]
    report = markdown(found)
    assert report.count("\n- **") == len(found)
    for mix in (total_mix(mix_by(found, "file")), *mix_by(found, "speaker")):
        low, high = (round(end * 100) for end in mix.interval("leadership"))
        cell = f"{mix.counts['leadership']}, {mix.share('leadership'):.0%} ({low}-{high})"
        assert f"| {mix.name or '(no speaker)'} | {mix.total} | {cell} |" in report
    assert all(f"#### {escaped(each.statement.section)}\n" in report for each in found if each.statement.section)


# Parquet.


def test_parquet_holds_what_csv_holds_with_types(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="needs the extra: pip install 'leadclass[parquet]'")
    found = tagged("Pay the rent by Friday.", "half a \ud83d face", speaker=None)
    output.write(found, tmp_path / "out.parquet")
    output.write(found, tmp_path / "out.jsonl")
    table = pq.read_table(tmp_path / "out.parquet")
    assert table.column_names == list(rows.COLUMNS)
    assert [str(table.schema.field(name).type) for name in ("line", "text", "leadership", "mixed")] == [
        "int64",
        "string",
        "double",
        "bool",
    ]
    records = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert table.to_pylist() == records
    output.write([], tmp_path / "none.parquet")
    assert pq.read_table(tmp_path / "none.parquet").num_rows == 0


def test_a_missing_extra_names_the_line_that_installs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ValueError, match=r"pip install 'leadclass\[parquet\]'"):
        output.check(tmp_path / "out.parquet")


@pytest.mark.parametrize("ending", output.WRITERS)
def test_no_statement_is_no_failure(tmp_path: Path, ending: str) -> None:
    output.write([], tmp_path / f"out{ending}")
    assert (tmp_path / f"out{ending}").is_file()
