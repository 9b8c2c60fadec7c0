"""What each format promises beyond the gold files: told by content, read within bounds, never failing."""

from __future__ import annotations

import io
import json
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadclass.notes import NotesError, note_files, read_notes, statements_of
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


SHAPES = [
    # comment, name, content, (speaker, time, text)
    ("captions saved as text", "x.txt", CUES, [("Ana", "00:01.000", "We pay the rent.")]),
    ("captions under a name of their own", "x.transcript", CUES, [("Ana", "00:01.000", "We pay the rent.")]),
    ("JSON saved as text", "x.txt", '[{"speaker": "Bo", "text": "Go on."}]', [("Bo", None, "Go on.")]),
    ("JSON lines saved as .json", "x.json", '{"text": "Go."}\n{"text": "Stop."}', [(None, None, "Go."), (None, None, "Stop.")]),
    ("one JSON value saved as .jsonl", "x.jsonl", '[{"text": "Go."}, {"text": "Stop."}]', [(None, None, "Go."), (None, None, "Stop.")]),
    ("a page saved as text", "x.txt", "<!DOCTYPE html><html><body><p>We pay.</p></body></html>", [(None, None, "We pay.")]),
    ("a Word file without an ending", "x", docx("<w:p><w:r><w:t>We pay.</w:t></w:r></w:p>"), [(None, None, "We pay.")]),
    ("a bracket is no JSON", "x.txt", "[We pay the rent.]", [(None, None, "[We pay the rent.]")]),
    ("cues without a heading", "x.txt", "00:01.000 --> 00:02.000\nWe pay.\n", [(None, "00:01.000", "We pay.")]),
    (
        "a speaker who goes on without a name in her cue",
        "x.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nAna Lee: We pay\n\n00:02.000 --> 00:03.000\nwhat we owe.\n",
        [("Ana Lee", "00:01.000", "We pay what we owe.")],
    ),
    (
        "two voices in a cue, classes and entities",
        "x.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud Ana>R&amp;D pays.</v> <v Bo>No!</v>",
        [("Ana", "00:01.000", "R&D pays."), ("Bo", "00:01.000", "No!")],
    ),
    (
        "times and colours inside a cue",
        "x.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000 line:0\nWe <00:01.500><c.red>pay</c> now.",
        [(None, "00:01.000", "We pay now.")],
    ),
    (
        "captions without any mark are not run together",
        "x.srt",
        "1\n00:00:01,000 --> 00:00:02,000\nso we went there\n\n2\n00:00:02,000 --> 00:00:03,000\nand it rained\n",
        [(None, "00:00:01,000", "so we went there"), (None, "00:00:02,000", "and it rained")],
    ),
    (
        "a blank line inside an SRT cue",
        "x.srt",
        "1\n00:00:01,000 --> 00:00:02,000\nWe pay.\n\nYou go.\n\n2\n00:00:02,000 --> 00:00:03,000\nAll of you.\n",
        [(None, "00:00:01,000", "We pay."), (None, "00:00:01,000", "You go."), (None, "00:00:02,000", "All of you.")],
    ),
    (
        "names in a line of their own (older Teams)",
        "x.vtt",
        "WEBVTT\n\n0:0:0.0 --> 0:0:1.0\nAna Lee\nWe pay.\n\n0:0:1.0 --> 0:0:2.0\nBo Li\nGood.\n\n0:0:2.0 --> 0:0:3.0\nAna Lee\nNow.\n",
        [("Ana Lee", "0:0:0.0", "We pay."), ("Bo Li", "0:0:1.0", "Good."), ("Ana Lee", "0:0:2.0", "Now.")],
    ),
    (
        "word lists beside the turns",
        "x.json",
        json.dumps(
            {
                "text": "We pay now. Good.",
                "words": [{"text": "We", "speaker": "A"}],
                "utterances": [
                    {"speaker": "A", "start": 5, "text": "We pay now.", "words": [{"text": "We"}, {"text": "pay"}]},
                    {"speaker": "B", "start": 9, "text": "Good."},
                ],
            }
        ),
        [("A", "5", "We pay now."), ("B", "9", "Good.")],
    ),
    (
        "nothing but words",
        "x.json",
        json.dumps([{"participant": {"name": "Ana"}, "words": [{"text": "We", "start_timestamp": {"relative": 1.5}}, {"text": "pay."}]}]),
        [("Ana", "1.5", "We pay.")],
    ),
    (
        "speakers by number, named apart",
        "x.json",
        json.dumps({"speakers": [{"id": 0, "name": "Ana"}], "sentences": [{"speaker_id": 0, "text": "We pay."}]}),
        [("Ana", None, "We pay.")],
    ),
    (
        "several meetings in one file",
        "x.json",
        json.dumps([{"title": "One", "transcript": [{"speaker": "A", "text": "Go."}]}, {"title": "Two", "transcript": [{"speaker": "A", "text": "Stop."}]}]),
        [("A", None, "Go."), ("A", None, "Stop.")],
    ),
    ("turns of a summarising corpus", "x.json", '{"topic_list": [{"topic": "Money"}], "meeting_transcripts": [{"speaker": "PM", "content": "We pay ."}, {"speaker": "PM", "content": "{vocalsound}"}]}', [("PM", None, "We pay .")]),
    ("a record cut in mid-sentence", "x.json", '[{"speaker": "A", "start": 1, "text": "So we pay"}, {"speaker": "A", "start": 2, "text": "the rent."}]', [("A", "1", "So we pay the rent.")]),
    ("a table without a known heading", "x.csv", "Thema;Beitrag\nMiete;We pay the rent on Friday.\nTee;Who brings the tea?\n", [(None, None, "We pay the rent on Friday."), (None, None, "Who brings the tea?")]),
    ("a table of minutes", "x.csv", "No,Action,Owner,Due\n1,Write to all of the parents,Ana Lee,3 May\n2,Order tea for the open day,Bo,5 May\n", [(None, None, "Write to all of the parents"), (None, None, "Order tea for the open day")]),
    ("a table whose texts name the speaker", "x.csv", "text\nAna: We pay.\nAna: We go.\n", [("Ana", None, "We pay."), ("Ana", None, "We go.")]),
    ("our own results", "x.csv", "file,line,section,speaker,time,text,label,leadership,management,neither,facet,mixed\na.md,1,,,,We pay.,neither,0,0,1,,false\n", []),
    ("a nested table, pre and line breaks", "x.html", "<table><tr><td><pre>We pay.\nYou go.</pre></td></tr></table><p>One<br>Two is here.", [(None, None, "We pay."), (None, None, "You go."), (None, None, "One"), (None, None, "Two is here.")]),
    ("text around an unclosed comment", "x.html", "<p>We pay.</p><!-- <p>You go.</p>", [(None, None, "We pay."), (None, None, "You go.")]),
    ("speaker and time in elements of their own", "x.html", "<p><b>Ana Lee</b> <i>0:05</i></p><p>We pay.</p><p>We go.</p><p><b>Bo Li</b> <i>0:09</i></p><p>Good.</p>", [("Ana Lee", "0:05", "We pay."), ("Ana Lee", "0:05", "We go."), ("Bo Li", "0:09", "Good.")]),
    ("spellings of one name", "x.txt", "remy: We pay.\nRémy: We go.\nRemy: Now.\nremy: Yes.\n", [("Rémy", None, "We pay."), ("Rémy", None, "We go."), ("Rémy", None, "Now."), ("Rémy", None, "Yes.")]),
    ("names in code and settings are no evidence", "x.md", "---\nTravel: yes\n---\nTravel: two tickets are booked.\n\n```\nTravel: x\n```\n", [(None, None, "Travel: two tickets are booked.")]),
    ("chat lines of Zoom", "x.txt", "10:05:12 From Ana to Everyone:\n\tWe pay.\n10:06:00 From Bo Li to Everyone:\n\tGood.\n", [("Ana", "10:05:12", "We pay."), ("Bo Li", "10:06:00", "Good.")]),
    ("an agenda of names and times is no transcript", "x.txt", "Yoga 10:00\nPainting 10:10\nSinging 10:40\n", [(None, None, "Yoga 10:00"), (None, None, "Painting 10:10"), (None, None, "Singing 10:40")]),
    ("a list without bullets is not run together", "x.txt", "buy milk\ncall the plumber\nask Ana about keys\n", [(None, None, "buy milk"), (None, None, "call the plumber"), (None, None, "ask Ana about keys")]),
    ("a label of its own in a transcript", "x.txt", "Ana: We pay.\nBo: You go.\nAna: Now.\nBo: Good.\nSo it was.\nOslo: rain.\n", [("Ana", None, "We pay."), ("Bo", None, "You go."), ("Ana", None, "Now."), ("Bo", None, "Good."), ("Bo", None, "So it was."), (None, None, "Oslo: rain.")]),
    ("bare titles", "x.md", "- Announcements\n- Check-in\n- org/repo#12\n- [Flaky tests](https://x.org/1)\n- Order tea\n", [(None, None, "Order tea")]),
    ("a topic above its list", "x.md", "- Petty cash\n  - we have 20 left\n- Ask the bank\n  - by Friday\n", [(None, None, "we have 20 left"), (None, None, "Ask the bank"), (None, None, "by Friday")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "expected"), [case[1:] for case in SHAPES], ids=[case[0] for case in SHAPES])
def test_shapes(name: str, data: bytes | str, expected: list[tuple[str | None, str | None, str]]) -> None:
    assert said(data, name) == expected


ENCODED = [("x.vtt", CUES), ("x.csv", "speaker,text\nZoë,We “pay”.\n"), ("x.html", "<p>Zoë: We “pay”.</p>"), ("x.json", '[{"text": "We “pay”."}]')]


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


@pytest.mark.parametrize(("data", "name", "wrong"), [case[1:] for case in UNREADABLE], ids=[case[0] for case in UNREADABLE])
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, name: str, wrong: str) -> None:
    with pytest.raises(NotesError, match=wrong):
        statements_in(data, name)


def archive_of(document: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return file.getvalue()


ENTITIES = f'<!DOCTYPE x [<!ENTITY a "lol">]><w:document {W}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_word_file_with_entities_is_refused(encoding: str) -> None:
    with pytest.raises(NotesError, match="declares a document type|is not in UTF-8"):
        statements_in(archive_of(ENTITIES.encode(encoding)), "x.docx")


def test_a_word_file_that_swells_is_refused_before_it_is_unpacked() -> None:
    bomb = archive_of(b"<a>" + b" " * (65 * 2**20) + b"</a>")
    start = time.process_time()
    with pytest.raises(NotesError, match="more than 64"):
        statements_in(bomb, "x.docx")
    assert len(bomb) < 100_000
    assert time.process_time() - start < 1


def test_a_word_file_nested_without_end_does_not_fail() -> None:
    body = "<w:sdt><w:sdtContent>" * 5_000 + "<w:p><w:r><w:t>We pay.</w:t></w:r></w:p>" + "</w:sdtContent></w:sdt>" * 5_000
    assert said(docx(body), "x.docx") == [(None, None, "We pay.")]


def test_headings_of_word_are_told_by_style_in_any_language() -> None:
    styles = f'<w:styles {W}><w:style w:styleId="x1"><w:name w:val="heading 2"/></w:style><w:style w:styleId="x2"><w:name w:val="Mine"/><w:basedOn w:val="x1"/></w:style></w:styles>'
    body = '<w:p><w:pPr><w:pStyle w:val="x2"/></w:pPr><w:r><w:t>Money</w:t></w:r></w:p><w:p><w:r><w:t>We pay.</w:t></w:r></w:p>'
    (found,) = statements_in(docx(body, styles=styles), "x.docx")
    assert (found.section, found.text, found.line) == ("Money", "We pay.", 2)


def test_patterns_that_the_shell_left_alone(tmp_path: Path) -> None:
    for name in ("a.md", "b.txt", "sub/c.md", "sub/d.csv", "sub/.e.md", "sub/f.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text\nWe pay.\n", encoding="utf-8")
    assert [path.name for path in note_files(tmp_path / "**" / "*.md")] == ["a.md", "c.md"]
    assert [path.name for path in note_files(tmp_path / "sub" / "*")] == ["c.md", "d.csv"]
    with pytest.raises(NotesError, match="the pattern matches no"):
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
PIECES = ("Ana: ", "We pay. ", "\n", "\n\n", "- ", "# ", "|", "<p>", "</p>", "<v Bo>", "00:01.000 --> 00:02.000\n", "0:05", ",", '"', "{", "}", "[", "]", "&amp;", "**", "`", ":", "Name  0:05\n", "\t", "é", "\ufdd0", "text")


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(ENDINGS))
def test_no_text_makes_a_reader_fail(pieces: list[str], ending: str) -> None:
    try:
        found = statements_in("".join(pieces).encode(), f"x{ending}")
    except NotesError as error:
        assert str(error).endswith(".")
    else:
        assert all(each.text == " ".join(each.text.split()) != "" for each in found)


@settings(max_examples=100)
@given(st.binary(max_size=200), st.sampled_from(ENDINGS))
def test_no_bytes_make_a_reader_fail(data: bytes, ending: str) -> None:
    try:
        statements_in(data, f"x{ending}")
    except NotesError as error:
        assert "x" in str(error)


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
        try:
            statements_in(data, f"x{ending}")
        except NotesError:
            pass
        taken.append(time.process_time() - start)
    return taken[1] / max(taken[0], 0.01)
