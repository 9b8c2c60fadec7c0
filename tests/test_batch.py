"""The command on many files: patterns, several results, folders of pages, resuming, and what it never does."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from leadclass.classifier import Classifier
from leadclass.cli import main
from leadclass.cli.progress import Progress
from leadclass.labels import LABELS
from leadclass.notes import read_notes
from leadclass.report import folder

TEXTS = {
    "a.md": "# Money\n- [9:00] Ana: The rent is due on Friday.\n- [9:05] Ben: It rained all day.\n",
    "b.txt": "Nobody here feels heard.\nIt rained all day.\n",
    "may/c.md": "The deadline moved to 7 June.\n",
}


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in TEXTS.items():
        path = tmp_path / "notes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Path("notes")


def rows(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def links() -> list[str]:
    return sorted(re.findall(r'<a href="([^"#]+)"', Path("report/index.html").read_text(encoding="utf-8")))


def stamps(folder: str) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in Path(folder).glob("*.html") if path.name != "index.html"}


# What is printed.


def test_statements_come_before_the_mix(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    _, out, err = run(capsys, notes)
    assert out.index("The rent is due") < out.index("statements")
    assert err == ""


@pytest.mark.parametrize("words", [["--by", "file"], ["-o", "out.csv"], ["-o", "report/"]])
def test_who_asks_for_the_mix_or_a_result_gets_the_mix_alone(
    capsys: pytest.CaptureFixture[str], notes: Path, words: list[str]
) -> None:
    code, out, _ = run(capsys, notes, *words)
    assert code == 0
    assert "The rent is due" not in out
    assert len(out.strip().split("\n")) == 5
    assert "The rent is due" in run(capsys, notes, *words, "-v")[1]


@pytest.mark.parametrize("words", [[], ["--by", "file"], ["-o", "out.csv"], ["-o", "report/"]])
def test_quiet_prints_nothing(capsys: pytest.CaptureFixture[str], notes: Path, words: list[str]) -> None:
    assert run(capsys, notes, "-q", *words) == (0, "", "")


BY = [
    ("file", ["notes/a.md", "notes/b.txt", "notes/may/c.md", "all"]),
    ("speaker", ["Ana", "Ben", "(no", "all"]),
    ("section", ["Money", "(no", "all"]),
    ("time", [f"{at}-{at + 10}%" for at in range(0, 100, 10)] + ["all"]),
]


@pytest.mark.parametrize(("by", "names"), BY)
def test_a_mix_by(capsys: pytest.CaptureFixture[str], notes: Path, by: str, names: list[str]) -> None:
    _, out, _ = run(capsys, notes, "--by", by)
    assert [line.split()[0] for line in out.strip().split("\n")] == [by, *names]


def test_verbose_names_each_file(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    _, _, err = run(capsys, notes, "-v")
    assert "leadclass: notes/a.md: 2 statements" in err


# Where results go.


def test_several_results_in_one_run_agree(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    names = ["out.csv", "out.jsonl", "out.md", "out.html", "report"]
    code, _, err = run(capsys, notes, *[word for name in names for word in ("-o", name)])
    assert code == 0
    assert "wrote out.csv; out.jsonl; out.md; out.html; report/index.html and 3 pages." in err
    texts = [row["text"] for row in rows("out.csv")]
    assert len(texts) == 5
    for name in names[:-1]:
        assert all(text in Path(name).read_text(encoding="utf-8") for text in texts)
    assert {path.name for path in Path("report").iterdir()} == {
        "index.html",
        "a.md.html",
        "b.txt.html",
        "may-c.md.html",
    }


def test_the_index_leads_to_every_page(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    run(capsys, notes, "-q", "-o", "report/")
    assert links() == ["a.md.html", "b.txt.html", "may-c.md.html"]
    run(capsys, notes / "b.txt", "-q", "-o", "report/")
    assert links() == ["b.txt.html"]


REFUSED = [
    ("two folders", ["-o", "one/", "-o", "two/"], "pages go to one folder"),
    ("a folder in none", ["-o", "absent/report/"], "there is no folder"),
    ("a file in the place of a folder", ["-o", "plain"], "this is a file"),
    ("an unknown ending", ["-o", "out.xlsx"], "with a slash at the end, a folder of pages"),
    ("to resume without a folder", ["--resume"], "add -o FOLDER/"),
    ("to resume a table", ["--resume", "-o", "report/", "-o", "out.csv"], "out.csv would lack it"),
    ("results in the place of notes", ["-o", "notes/a.md"], "notes/a.md: these are notes"),
]


@pytest.mark.parametrize(("words", "said"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_refused_before_anything_is_done(
    capsys: pytest.CaptureFixture[str], notes: Path, words: list[str], said: str
) -> None:
    Path("plain").touch()
    code, out, err = run(capsys, notes, *words)
    assert (code, out) == (1, "")
    assert said in err
    assert sorted(Path().iterdir()) == [notes, Path("plain")]
    assert (notes / "a.md").read_text(encoding="utf-8") == TEXTS["a.md"]


WRONG = [["--threshold", "60"], ["--threshold", "nan"], ["--threshold", "x"], ["--jobs", "0"], ["--jobs", "-1"]]


@pytest.mark.parametrize("words", [*WRONG, ["-q", "-v"], ["--by", "day"]])
def test_wrong_usage(capsys: pytest.CaptureFixture[str], notes: Path, words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(capsys, notes, *words)
    assert ended.value.code == 2


def test_results_of_yesterday_stay_where_nothing_could_be_read(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    run(capsys, notes, "-q", "-o", "out.csv")
    code, _, err = run(capsys, "absent.txt", "-q", "-o", "out.csv")
    assert code == 1
    assert "absent.txt" in err
    assert len(rows("out.csv")) == 5


def test_our_own_results_are_no_notes(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    """Results within the folder of notes, on a second and a third run."""
    results = [f"notes/{name}" for name in ("tags.csv", "tags.jsonl", "mix.md", "page.html", "report/")]
    for _ in range(3):
        words = [word for name in results for word in ("-o", name)]
        assert run(capsys, notes, "-q", *words) == (0, "", "")
        assert len(rows("notes/tags.csv")) == 5
    code, out, err = run(capsys, "notes/tags.csv", "notes/b.txt")
    assert code == 0
    assert "notes/tags.csv is a result of leadclass, not notes; passed over." in err
    assert "The rent is due" not in out


# What is read.


PATTERNS = [
    ("one folder", "notes/*.md", ["a.md"]),
    ("any folders", "notes/**/*.md", ["a.md", "c.md"]),
    ("one of some letters", "notes/[ab].*", ["a.md", "b.txt"]),
]


@pytest.mark.parametrize(("pattern", "names"), [case[1:] for case in PATTERNS], ids=[case[0] for case in PATTERNS])
def test_patterns(capsys: pytest.CaptureFixture[str], notes: Path, pattern: str, names: list[str]) -> None:
    assert run(capsys, pattern, "-q", "-o", "out.csv")[0] == 0
    assert list(dict.fromkeys(Path(row["file"]).name for row in rows("out.csv"))) == names


def test_a_name_with_brackets_is_a_name(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    (notes / "[draft].md").write_text("Pay it.\n", encoding="utf-8")
    assert "Pay it." in run(capsys, notes / "[draft].md")[1]


def test_a_pattern_that_fits_nothing_is_told(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    code, out, err = run(capsys, "notes/*.doc", "notes/b.txt")
    assert code == 1
    assert "notes/*.doc: " in err
    assert "Nobody here feels heard." in out


# Options.


@pytest.mark.parametrize("threshold", [0.0, 0.6, 0.9, 1.0])
def test_a_threshold_takes_the_place_of_the_model_s_own(
    capsys: pytest.CaptureFixture[str], notes: Path, shipped: Classifier, threshold: float
) -> None:
    run(capsys, notes, "-q", "-o", "out.csv", "--threshold", threshold)
    texts = [statement.text for statement in read_notes(notes)]
    probabilities = shipped.classify_many(texts).probabilities
    expected = [LABELS[row.argmax()] if row.max() >= threshold else "neither" for row in probabilities]
    assert [row["label"] for row in rows("out.csv")] == expected


def test_more_processes_give_the_same(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    one = run(capsys, notes, "-o", "one.csv", "-o", "first/", "-v")
    two = run(capsys, notes, "-o", "two.csv", "-o", "second/", "-v", "--jobs", 2)
    assert one[:2] == two[:2]
    assert Path("one.csv").read_bytes() == Path("two.csv").read_bytes()
    for page in Path("first").iterdir():
        assert page.read_bytes() == (Path("second") / page.name).read_bytes()


def test_more_processes_name_what_cannot_be_read(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    (notes / "d.jsonl").write_text("{", encoding="utf-8")
    code, out, err = run(capsys, notes, "--jobs", 2)
    assert code == 1
    assert "d.jsonl" in err
    assert "Nobody here feels heard." in out


# Resuming.


def test_resuming_makes_only_what_has_changed(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    run(capsys, notes, "-q", "-o", "report/")
    before = stamps("report")
    whole = run(capsys, notes, "--by", "speaker")[1]
    code, out, err = run(capsys, notes, "-o", "report/", "--resume", "--by", "speaker")
    assert (code, out) == (0, whole)
    assert "3 pages, 3 of them kept" in err
    assert stamps("report") == before
    (notes / "b.txt").write_text("Pay the invoice by Monday.\n", encoding="utf-8")
    _, _, err = run(capsys, notes, "-o", "report/", "--resume", "-v")
    assert "3 pages, 2 of them kept" in err
    assert "notes/a.md: 2 statements, page kept" in err
    assert {name for name, stamp in stamps("report").items() if stamp != before[name]} == {"b.txt.html"}
    assert "Pay the invoice" in Path("report/b.txt.html").read_text(encoding="utf-8")


def test_resuming_with_another_threshold_makes_all_again(capsys: pytest.CaptureFixture[str], notes: Path) -> None:
    run(capsys, notes, "-q", "-o", "report/")
    assert "and 3 pages." in run(capsys, notes, "-o", "report/", "--resume", "--threshold", "0.9")[2]
    assert "and 3 pages, 3 of them kept." in run(capsys, notes, "-o", "report/", "--resume", "--threshold", "0.9")[2]


def test_a_run_that_was_stopped_goes_on(
    capsys: pytest.CaptureFixture[str], notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = folder.write

    def stops(tagged: list, page: Path, made_from: str) -> None:  # type: ignore[type-arg]
        if page.name == "b.txt.html":
            raise KeyboardInterrupt
        made(tagged, page, made_from)

    with monkeypatch.context() as patch:
        patch.setattr("leadclass.report.folder.write", stops)
        assert run(capsys, notes, "-o", "report/")[0] == 130
    assert [path.name for path in Path("report").iterdir()] == ["a.md.html"]
    assert "3 pages, 1 of them kept" in run(capsys, notes, "-o", "report/", "--resume")[2]
    assert Path("report/index.html").is_file()


# Progress.


class Terminal(io.StringIO):
    def __init__(self, *, person: bool) -> None:
        super().__init__()
        self._person = person

    def isatty(self) -> bool:
        return self._person


def told(seconds: list[float], *, person: bool = True) -> str:
    """What is shown when a quarter of the notes is done at each of these seconds."""
    clock = iter([0.0, *seconds])
    stream = Terminal(person=person)
    progress = Progress(4000, stream, lambda: next(clock))
    for _ in seconds:
        progress.add(1000, 500)
    progress.clear()
    return stream.getvalue()


def test_progress_has_rate_and_time_left_and_leaves_no_trace() -> None:
    lines = told([0.5, 2.0]).split("\r")
    assert lines[1] == " 50% of the notes, 500 statements a second, 0:02 left"
    assert lines[2:] == [" " * len(lines[1]), ""]


def test_progress_waits_a_second_and_tells_nobody_but_a_person() -> None:
    assert told([0.1, 0.5, 0.9]) == ""
    assert told([5.0, 10.0, 15.0], person=False) == ""


def test_progress_is_not_told_too_often() -> None:
    assert told([2.0, 2.05, 2.1]).count("%") == 1
