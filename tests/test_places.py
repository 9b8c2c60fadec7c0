"""Every statement can be found again: at its line, record or paragraph, and offset, the source begins as it does."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from leadclass.notes import Statement, statements_of
from leadclass.notes.formats import statements_in
from leadclass.notes.source import decoded

GOLD = ROOT / "tests" / "gold"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def line_of(path: Path, statement: Statement) -> str:
    return decoded(path.read_bytes(), path).split("\n")[statement.line - 1]


SAID = ("text", "what was said")


def row_of(path: Path, statement: Statement) -> str:
    """The text of the row that begins in that line."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter="\t" if path.suffix == ".tsv" else ",")
        names = [name.lower() for name in next(rows)]
        columns = [at for at, name in enumerate(names) if name in SAID or name.startswith("what ")]
        last = rows.line_num
        for row in rows:
            if last + 1 == statement.line:
                return "\n".join(row[column] for column in columns)
            last = rows.line_num
    raise AssertionError(statement)


def record_of(path: Path, statement: Statement) -> str:
    value = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(value, list):
        return str(value[statement.line - 1]["text"])
    if "data" in value:
        return str(value["data"]["transcript"]["sentences"][statement.line - 1]["text"])
    said = value["transcript"]
    return str(
        said[statement.line - 1]["text"]
        if isinstance(said, list)
        else said["speaker_blocks"][statement.line - 1]["words"]
    )


def paragraph_of(path: Path, statement: Statement) -> str:
    with zipfile.ZipFile(path) as archive:
        tree = ET.fromstring(archive.read("word/document.xml"))
    paragraph = list(tree.iter(f"{W}p"))[statement.line - 1]
    for moved in paragraph.findall(f"{W}moveFrom"):
        paragraph.remove(moved)
    return "".join(
        "\n" if each.tag == f"{W}br" else each.text or ""
        for each in paragraph.iter()
        if each.tag in (f"{W}t", f"{W}br")
    )


WHERE: dict[str, Callable[[Path, Statement], str]] = {
    ".csv": row_of,
    ".tsv": row_of,
    ".json": record_of,
    ".jsonl": lambda path, statement: str(json.loads(line_of(path, statement))["text"]),
    ".docx": paragraph_of,
}
FILES = sorted(path for path in GOLD.iterdir() if path.with_name(f"{path.name}.expected").exists())


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_the_source_at_its_place_begins_with_the_statement(path: Path) -> None:
    find = WHERE.get(path.suffix, line_of)
    for each in statements_of(path):
        source = (
            unescape(find(path, each)[each.offset :])
            if path.suffix in (".html", ".vtt")
            else find(path, each)[each.offset :]
        )
        begin = re.sub(r"^[*_`\[<]+|\\(?=\W)", "", source) if path.suffix == ".md" else source
        word = each.text.split()[0]
        assert begin.startswith(word[:-1] if path.suffix == ".html" else word.strip("*_`")), (each, source[:60])


@given(
    st.lists(st.text(alphabet=st.sampled_from("abC.?! -*#|:>[]()`_\t1"), max_size=30), max_size=8),
    st.sampled_from((".txt", ".md")),
)
def test_no_statement_of_text_stands_where_it_is_not(lines: list[str], ending: str) -> None:
    """Whatever the marks: the place holds the statement's first letter."""
    text = "\n".join(lines)
    for each in statements_in(text.encode(), f"x{ending}"):
        if each.text[0].isalnum():
            assert text.split("\n")[each.line - 1][each.offset :].lstrip("*_`[").startswith(each.text[0])


MARKED = [
    # source, statements with line and offset
    ("- **We** pay. See [the plan](https://x.org/a) first.", [(1, 4, "We pay."), (1, 14, "See the plan first.")]),
    (
        "We pay &amp; go. Then we\nrest **a lot**. So be it.",
        [(1, 0, "We pay & go."), (1, 17, "Then we rest a lot."), (2, 16, "So be it.")],
    ),
    ("  * [ ] Ana Lee: `pip` it. Done so.", [(1, 18, "pip it."), (1, 27, "Done so.")]),
    ("| what | who |\n|---|---|\n|  order tea now. Or not. | Ana |", [(3, 3, "order tea now."), (3, 18, "Or not.")]),
]


@pytest.mark.parametrize(("source", "expected"), MARKED)
def test_marks_move_no_offset(source: str, expected: list[tuple[int, int, str]]) -> None:
    found = [(each.line, each.offset, each.text) for each in statements_in(source.encode(), "x.md")]
    assert found == expected
