"""The command as people type it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SHARED, needs_shared

from leadclass.cli import main
from leadclass.corpus import Corpus


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text("# Money\n- Ana: The rent is due on Friday.\n", encoding="utf-8")
    (folder / "b.txt").write_text("Nobody here feels heard.\nIt rained all day.\n", encoding="utf-8")
    return folder


def test_a_folder_gives_a_table_and_the_mix_by_file(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    code, out, err = run(capsys, notes)
    assert (code, err) == (0, "")
    assert "Ana: The rent is due on Friday." in out
    last = out.strip().split("\n")[-3:]
    assert [line.split()[1] for line in last] == ["1", "2", "3"]


def test_rows_are_written_for_spreadsheets_and_programs(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    table, lines = notes.parent / "out.csv", notes.parent / "out.jsonl"
    assert run(capsys, notes, "-q", "-o", table) == (0, "", "")
    assert run(capsys, notes, "-q", "-o", lines) == (0, "", "")
    with table.open(encoding="utf-8", newline="") as file:
        assert [row["label"] for row in csv.DictReader(file)] == ["management", "leadership", "neither"]
    first = json.loads(lines.read_text(encoding="utf-8").split("\n")[0])
    assert (first["speaker"], first["line"], first["section"]) == ("Ana", 2, "Money")


def test_an_unreadable_file_is_named_and_stops_no_other(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    (notes / "c.jsonl").write_text("{", encoding="utf-8")
    code, out, err = run(capsys, notes, notes / "absent.txt")
    assert code == 1
    assert "c.jsonl" in err
    assert "absent.txt" in err
    assert "Nobody here feels heard." in out


def test_another_ending_is_refused_before_anything_is_read(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    code, out, err = run(capsys, notes, "-o", "out.xlsx")
    assert (code, out) == (1, "")
    assert ".csv or .jsonl" in err


def test_explain_shows_sums(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "explain", "The rent is due on Friday.")
    assert code == 0
    table = out.strip().split("\n")[4:]
    columns = [[float(cell) for cell in line.split()[-3:]] for line in table if "%" not in line]
    *parts, total = columns
    assert [sum(column) for column in zip(*parts, strict=True)] == pytest.approx(total, abs=0.1)


def test_evaluate_prints_every_figure(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "labelled.csv"
    path.write_text("text,label\nPay the rent by Friday.,management\nIt rained.,neither\n", encoding="utf-8")
    code, out, _ = run(capsys, "evaluate", path)
    assert code == 0
    for name in (
        "accuracy",
        "macro-F1",
        "balanced accuracy",
        "calibration error",
        "50% coverage",
        "80% coverage",
        "true, down",
    ):
        assert name in out


def test_an_unusable_model_is_named(capsys: pytest.CaptureFixture[str], notes: Path, tmp_path: Path) -> None:
    code, _, err = run(capsys, notes, "--model", tmp_path / "absent.npz")
    assert code == 1
    assert "absent.npz is no usable leadclass model" in err


def test_training_needs_the_essays_it_is_told_to_use(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, "train", "--essays", tmp_path, "-o", tmp_path / "m.npz")
    assert code == 1
    assert "SHA-256" in err


@needs_shared
def test_training_with_the_essays_adds_their_sentences(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = corpus[:: len(corpus) // 600]
    monkeypatch.setattr("leadclass.corpus.load_corpus", lambda: part)
    code, _, err = run(capsys, "train", "--essays", SHARED / "essays", "-o", tmp_path / "m.npz")
    assert code == 0
    assert f"training on {len(part) + 68:,} statements" in err
    assert run(capsys, "explain", "Pay the rent by Friday.", "--model", tmp_path / "m.npz")[0] == 0


def command(*words: object, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "leadclass", *map(str, words)], input=given, capture_output=True, text=True, check=False
    )


def test_standard_input() -> None:
    found = command("-", given="The rent is due on Friday.\nIt rained.\n")
    assert found.returncode == 0
    assert "The rent is due" in found.stdout


def test_a_closed_pipe_is_no_error(notes: Path) -> None:
    (notes / "long.txt").write_text("The rent is due on Friday.\n" * 20_000, encoding="utf-8")
    line = f"{sys.executable} -m leadclass {notes} | head -1"
    found = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert found.stderr == ""


def test_wrong_usage_is_2() -> None:
    assert command().returncode == 2
    assert command("notes", "--nonsense").returncode == 2


def test_version_and_help() -> None:
    assert command("--version").stdout.startswith("leadclass 0.")
    assert "examples:" in command("--help").stdout
