"""The command as people type it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SHARED, needs_shared

import leadclass
import leadclass.notes
from leadclass.classifier import Classifier
from leadclass.cli import main
from leadclass.corpus import Corpus
from leadclass.evaluation import measure, read_labelled


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text("# Money\n- [9:00] Ana: The rent is due on Friday.\n", encoding="utf-8")
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


def test_an_oserror_at_one_path_stops_no_other(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    code, out, err = run(capsys, "n" * 5000, notes)
    assert code == 1
    assert "nnnn" in err
    assert "Nobody here feels heard." in out


def test_a_path_without_permission_stops_no_other(
    capsys: pytest.CaptureFixture[str], notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Raised by hand: root may look everywhere."""
    look = leadclass.notes.note_files

    def refuses(path: str) -> list[Path]:
        if path == "locked":
            raise PermissionError(13, "Permission denied", path)
        return look(path)

    monkeypatch.setattr("leadclass.cli.sources.note_files", refuses)
    code, out, err = run(capsys, "locked", notes)
    assert (code, err) == (1, "leadclass: [Errno 13] Permission denied: 'locked'\n")
    assert "Nobody here feels heard." in out


def test_a_file_that_is_named_twice_is_read_once(
    capsys: pytest.CaptureFixture[str], notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(notes)
    (notes.parent / "link.md").symlink_to(notes / "a.md")
    code, out, err = run(capsys, "a.md", notes, notes / ".." / "notes" / "b.txt", notes.parent / "link.md")
    assert (code, err) == (0, "")
    assert out.count("The rent is due on Friday.") == out.count("Nobody here feels heard.") == 1
    assert out.startswith("a.md\n")


def test_an_empty_path_is_not_the_current_folder(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    code, out, err = run(capsys, "", notes)
    assert code == 1
    assert "'': a path must not be empty; name a file" in err
    assert out.count("Nobody here feels heard.") == 1


def test_what_is_complained_of_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, tmp_path / "a\x1b[2J\u202eb.txt")
    assert code == 1
    assert "a [2J b.txt: " in err


@pytest.mark.parametrize("name", ["absent/out.csv", "folder.csv"])
def test_a_target_without_a_place_is_refused_before_anything_is_read(
    capsys: pytest.CaptureFixture[str], notes: Path, name: str
) -> None:
    (notes.parent / "folder.csv").mkdir()
    code, out, err = run(capsys, notes, "-o", notes.parent / name)
    assert (code, out) == (1, "")
    assert f"{notes.parent / name}: " in err


def test_another_ending_is_refused_before_anything_is_read(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    code, out, err = run(capsys, notes, "-o", "out.xlsx")
    assert (code, out) == (1, "")
    assert ".csv, .jsonl" in err


def test_explain_shows_sums(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "explain", "The rent is due on Friday.")
    assert code == 0
    table = out.strip().split("\n")[4:]
    columns = [[float(cell) for cell in line.split()[-3:]] for line in table if "%" not in line]
    *parts, total = columns
    assert [sum(column) for column in zip(*parts, strict=True)] == pytest.approx(total, abs=0.1)


LABELLED = """text,label,source
Pay the rent by Friday.,management,desk
Nobody here feels heard.,leadership,desk
The deadline moved to 7 June.,neither,desk
It rained.,neither,street
The broad beans are up.,mixed,street
"""

# Four statements; the third, which reads as management, is labelled neither.
EVALUATED = """
statements 4 (1 mixed left out)
accuracy 0.750
macro-F1 0.778
balanced accuracy, forced choice 1.000
label precision recall F1 statements
leadership 1.000 1.000 1.000 1
management 0.500 1.000 0.667 1
neither 1.000 0.500 0.667 2
true, down leadership management neither
leadership 1 0 0
management 0 1 0
neither 0 1 1
source statements accuracy macro-F1 balanced accuracy
desk 3 0.667 0.556 1.000
street 1 1.000 0.333 not measurable
"""


def test_evaluate_prints_every_figure(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Counts and rates by hand; what rests on the probabilities is compared with `measure`."""
    path = tmp_path / "labelled.csv"
    path.write_text(LABELLED, encoding="utf-8")
    code, out, _ = run(capsys, "evaluate", path)
    assert code == 0
    shown = [" ".join(line.split()) for line in out.replace(f"{'':12}precision", f"{'label':12}precision").split("\n")]
    found = read_labelled(path)
    tags = leadclass.classify_many(found.texts)
    figures = measure(found.labels, tags.labels, tags.probabilities)
    rest = [f"expected calibration error {figures.calibration_error:.3f}"] + [
        f"accuracy at {share:.0%} coverage {rate:.3f}" for share, rate in figures.coverage_accuracy.items()
    ]
    assert sorted(filter(None, shown)) == sorted([*EVALUATED.strip().split("\n"), *rest])


def test_evaluate_shows_no_sources_where_there_are_none(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "labelled.csv"
    path.write_text("text,label\nIt rained.,neither\n", encoding="utf-8")
    code, out, _ = run(capsys, "evaluate", path)
    assert code == 0
    assert "source" not in out
    assert "balanced accuracy, forced choice     not measurable" in out


def test_an_unusable_model_is_named(capsys: pytest.CaptureFixture[str], notes: Path, tmp_path: Path) -> None:
    code, _, err = run(capsys, notes, "--model", tmp_path / "absent.safetensors")
    assert code == 1
    assert "absent.safetensors is no usable leadclass model" in err


def test_training_needs_the_essays_it_is_told_to_use(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, "train", "--essays", tmp_path, "-o", tmp_path / "m.safetensors")
    assert code == 1
    assert "SHA-256" in err


def test_training_on_the_essays_needs_a_file_of_its_own(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leadclass.corpus.load_corpus", lambda: pytest.fail("nothing may be trained"))
    code, _, err = run(capsys, "train", "--essays", tmp_path)
    assert code == 1
    assert "--essays needs -o FILE" in err


def test_training_without_a_place_for_the_model_is_refused_at_once(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leadclass.corpus.load_corpus", lambda: pytest.fail("nothing may be trained"))
    code, _, err = run(capsys, "train", "-o", tmp_path / "absent" / "m.safetensors")
    assert code == 1
    assert f"there is no folder {tmp_path / 'absent'}; make it first" in err


def test_a_model_appears_whole_or_not_at_all(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shipped: Classifier
) -> None:
    def half(path: Path, data: bytes) -> None:
        with path.open("wb") as file:
            file.write(data[:9])
        raise OSError("no space left")

    monkeypatch.setattr("leadclass.corpus.load_corpus", list)
    monkeypatch.setattr("leadclass.training.train_corpus", lambda _: shipped)
    (tmp_path / "m.safetensors").write_bytes(b"what was there before")
    monkeypatch.setattr(Path, "write_bytes", half)
    code, _, err = run(capsys, "train", "-o", tmp_path / "m.safetensors")
    assert code == 1
    assert "no space left" in err
    assert (tmp_path / "m.safetensors").read_bytes() == b"what was there before"
    assert list(tmp_path.iterdir()) == [tmp_path / "m.safetensors"]


@needs_shared
def test_training_with_the_essays_adds_their_sentences(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = corpus[:: len(corpus) // 600]
    monkeypatch.setattr("leadclass.corpus.load_corpus", lambda: part)
    code, _, err = run(capsys, "train", "--essays", SHARED / "essays", "-o", tmp_path / "m.safetensors")
    assert code == 0
    assert f"training on {len(part) + 68:,} statements" in err
    assert run(capsys, "explain", "Pay the rent by Friday.", "--model", tmp_path / "m.safetensors")[0] == 0


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
