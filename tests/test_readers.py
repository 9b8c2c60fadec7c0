"""What each format promises beyond the gold files: told by content, read within bounds, never failing."""

from __future__ import annotations

import contextlib
import io
import json
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from leadclass.notes import NotesError, Statement, note_files, read_notes, statements_of
from leadclass.notes.formats import statements_in

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CUES = "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v Ana>We pay\n\n00:02.000 --> 00:03.000\n<v Ana>the rent."


def docx(body: str, **parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return file.getvalue()


def said(data: bytes | str, name: str) -> list[tuple[str | None, str | None, str]]:
    found = statements_in(data.encode() if isinstance(data, str) else data, name)
    return [(each.speaker, each.time, each.text) for each in found]


# A line of shapes.jsonl is a case: the file's name, what it holds, and the speaker, time and text of each statement.
SHAPES = [json.loads(line) for line in (ROOT / "tests" / "shapes.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", SHAPES, ids=[case["case"] for case in SHAPES])
def test_shapes(case: dict[str, Any]) -> None:
    assert said(case["content"], case["file"]) == [tuple(each) for each in case["expected"]]


def test_a_name_above_a_list_is_its_section_and_no_speaker() -> None:
    (found,) = statements_in(b"Marta\n- finished the export\n", "x.txt")
    assert (found.section, found.speaker, found.text) == ("Marta", None, "finished the export")


def test_a_word_file_is_told_by_what_it_holds() -> None:
    assert said(docx("<w:p><w:r><w:t>We pay.</w:t></w:r></w:p>"), "x") == [(None, None, "We pay.")]


ENCODED = [
    ("x.vtt", CUES),
    ("x.csv", "speaker,text\nZoë,We “pay”.\n"),
    ("x.html", "<p>Zoë: We “pay”.</p>"),
    ("x.json", '[{"text": "We “pay”."}]'),
]


@pytest.mark.parametrize(("name", "content"), ENCODED)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_every_format_in_every_encoding(name: str, content: str, encoding: str, end: str) -> None:
    assert said(content.replace("\n", end).encode(encoding), name) == said(content, name) != []


UNREADABLE = [
    ("no zip", b"We pay.", "x.docx", "no Word file"),
    ("another archive", b"PK\x03\x04" + b"\0" * 40, "x.docx", "no Word file that can be read"),
    ("a cut archive", docx("<w:p/>")[:-30], "x.docx", "no Word file that can be read"),
    ("broken XML", docx("<w:p>"), "x.docx", "no Word file that can be read"),
    ("JSON without text", b'{"a": [1, 2]}', "x.json", "no list of objects with a text"),
    ("no JSON", b"{", "x.json", "it is no JSON"),
    ("deep JSON", b"[" * 200_000, "x.json", "it is no JSON"),
]


@pytest.mark.parametrize(
    ("data", "name", "wrong"), [case[1:] for case in UNREADABLE], ids=[case[0] for case in UNREADABLE]
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, name: str, wrong: str) -> None:
    with pytest.raises(NotesError, match=wrong):
        statements_in(data, name)


def archive_of(document: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return file.getvalue()


ENTITIES = (
    f'<!DOCTYPE x [<!ENTITY a "lol">]><w:document {W}><w:body>'
    "<w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_word_file_with_entities_is_refused(encoding: str) -> None:
    with pytest.raises(NotesError, match=r"declares a document type|is not in UTF-8"):
        statements_in(archive_of(ENTITIES.encode(encoding)), "x.docx")


def test_a_word_file_that_swells_is_refused_before_it_is_unpacked() -> None:
    bomb = archive_of(b"<a>" + b" " * (65 * 2**20) + b"</a>")
    start = time.process_time()
    with pytest.raises(NotesError, match="more than 64"):
        statements_in(bomb, "x.docx")
    assert len(bomb) < 100_000
    assert time.process_time() - start < 1


def test_a_word_file_nested_without_end_does_not_fail() -> None:
    body = (
        "<w:sdt><w:sdtContent>" * 5_000 + "<w:p><w:r><w:t>We pay.</w:t></w:r></w:p>" + "</w:sdtContent></w:sdt>" * 5_000
    )
    assert said(docx(body), "x.docx") == [(None, None, "We pay.")]


def test_headings_of_word_are_told_by_style_in_any_language() -> None:
    styles = (
        f'<w:styles {W}><w:style w:styleId="x1"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="x2"><w:name w:val="Mine"/><w:basedOn w:val="x1"/></w:style></w:styles>'
    )
    title = '<w:p><w:pPr><w:pStyle w:val="x2"/></w:pPr><w:r><w:t>Money</w:t></w:r></w:p>'
    body = f"{title}<w:p><w:r><w:t>We pay.</w:t></w:r></w:p>"
    (found,) = statements_in(docx(body, styles=styles), "x.docx")
    assert (found.section, found.text, found.line) == ("Money", "We pay.", 2)


def test_patterns_that_the_shell_left_alone(tmp_path: Path) -> None:
    for name in ("a.md", "b.txt", "sub/c.md", "sub/d.csv", "sub/.e.md", "sub/f.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text\nWe pay.\n", encoding="utf-8")
    assert [path.name for path in note_files(tmp_path / "**" / "*.md")] == ["a.md", "c.md"]
    assert [path.name for path in note_files(tmp_path / "sub" / "*")] == ["c.md", "d.csv"]
    with pytest.raises(NotesError, match="nor does the pattern match any"):
        note_files(tmp_path / "*.docx")


def test_a_name_with_brackets_is_a_file_before_it_is_a_pattern(tmp_path: Path) -> None:
    path = tmp_path / "notes [old].txt"
    path.write_text("We pay.", encoding="utf-8")
    assert [each.text for each in read_notes(path)] == ["We pay."]


def test_own_results_in_a_folder_are_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("We pay.", encoding="utf-8")
    rows = "file,line,section,speaker,time,text,label,leadership,management,neither,facet,mixed,first_choice,reason\n"
    (tmp_path / "tags.csv").write_text(f"{rows}a.txt,1,,,,We pay.,neither,0,0,1,,false,neither,\n", encoding="utf-8")
    assert [each.text for each in read_notes(tmp_path)] == ["We pay."]
    assert statements_of(tmp_path / "tags.csv") == []


ENDINGS = (".txt", ".md", ".vtt", ".srt", ".csv", ".tsv", ".jsonl", ".json", ".html", ".docx", "")
PIECES = (
    "Ana: ",
    "We pay. ",
    "\n",
    "\n\n",
    "- ",
    "# ",
    "|",
    "<p>",
    "</p>",
    "<v Bo>",
    "00:01.000 --> 00:02.000\n",
    "0:05",
    ",",
    '"',
    "{",
    "}",
    "[",
    "]",
    "&amp;",
    "**",
    "`",
    ":",
    "Name  0:05\n",
    "\t",
    "é",
    "\ufdd0",
    "text",
)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(ENDINGS))
def test_no_text_makes_a_reader_fail(pieces: list[str], ending: str) -> None:
    for each in read_or_refuse("".join(pieces).encode(), f"x{ending}"):
        assert each.text == " ".join(each.text.split()) != ""


def read_or_refuse(data: bytes, name: str) -> list[Statement]:
    """What is read; a refusal is a sentence of ours that names the file."""
    try:
        return statements_in(data, name)
    except NotesError as error:
        if not (str(error).startswith(name) and str(error).endswith(".")):
            raise
        return []


@settings(max_examples=100)
@given(st.binary(max_size=200), st.sampled_from(ENDINGS))
def test_no_bytes_make_a_reader_fail(data: bytes, ending: str) -> None:
    assert isinstance(read_or_refuse(data, f"x{ending}"), list)


WORDS = st.lists(st.sampled_from(("we", "pay", "tea", "soon", "friday")), min_size=2, max_size=8)
TEXTS = st.lists(st.builds(lambda words: " ".join(words).capitalize() + ".", WORDS), min_size=1, max_size=12)


def as_word(texts: list[str]) -> bytes:
    return docx("".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts))


def as_cues(texts: list[str]) -> bytes:
    return ("WEBVTT\n\n" + "\n\n".join(f"00:01.000 --> 00:02.000\n{text}" for text in texts)).encode()


WRITERS = {
    ".txt": lambda texts: "\n".join(texts).encode(),
    ".md": lambda texts: "\n\n".join(texts).encode(),
    ".vtt": as_cues,
    ".csv": lambda texts: ("text\n" + "\n".join(texts)).encode(),
    ".jsonl": lambda texts: "\n".join(json.dumps({"text": text}) for text in texts).encode(),
    ".json": lambda texts: json.dumps([{"speaker": "Ana", "text": text} for text in texts]).encode(),
    ".html": lambda texts: "".join(f"<p>{text}</p>" for text in texts).encode(),
    ".docx": as_word,
}


@settings(max_examples=60)
@given(TEXTS, st.sampled_from(sorted(WRITERS)))
def test_every_reader_gives_back_every_sentence_in_order(texts: list[str], ending: str) -> None:
    assert [each.text for each in statements_in(WRITERS[ending](texts), f"x{ending}")] == texts


UNITS = ["[", "a.", "**a ", "<", "|", "```a\n", "<!--", "Ana  0:05\n", "1. ", '"', "[a](", "We pay it. "]
UNITS += [
    "a >> ",
    "We pay. (",
    "We pay. [laughs] ",
    " %% ",
    "==a ",
    "Item 1 a\n\n",
    "[[a|",
    "a:: ",
    "+1 555 0000000: a\n",
    " ^a\n",
]


@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".vtt", ".csv"])
def test_twice_the_text_takes_about_twice_the_time(ending: str) -> None:
    """The best of three runs for each hostile text; what is quadratic has 4."""
    for unit in UNITS:
        ratio = min(_ratio(unit, ending) for _ in range(3))
        assert ratio < 3.2, (unit, ratio)


def _ratio(unit: str, ending: str) -> float:
    taken = []
    for size in (100_000, 200_000):
        text = unit * (size // len(unit))
        data = ('text\n"' + text.replace('"', '""') + '"' if ending == ".csv" else text).encode()
        start = time.process_time()
        with contextlib.suppress(NotesError):
            statements_in(data, f"x{ending}")
        taken.append(time.process_time() - start)
    return taken[1] / max(taken[0], 0.01)
