"""Notes become statements: nothing lost, nothing invented, everything with its place."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

import leadclass
from leadclass.notes import NotesError, prefixes, sentences
from leadclass.notes.prose import read_markdown, read_text
from leadclass.notes.source import decoded
from leadclass.notes.speakers import is_name

PREFIXES = [
    # comment, line, text, item, speaker, time
    ("bare", "We ship on Friday.", "We ship on Friday.", False, None, None),
    ("bullet", "- book the hall", "book the hall", True, None, None),
    ("number", "12. book the hall", "book the hall", True, None, None),
    ("open box", "- [ ] book the hall", "book the hall", True, None, None),
    ("ticked box", "* [x] book the hall", "book the hall", True, None, None),
    ("speaker", "Ana: book the hall", "book the hall", False, "Ana", None),
    ("full name", "Ana María O'Neill: book it", "book it", False, "Ana María O'Neill", None),
    ("initials", "TC: book it", "book it", False, "TC", None),
    ("bold speaker", "**Ana:** book it", "book it", False, "Ana", None),
    ("bold speaker, colon outside", "**Ana**: book it", "book it", False, "Ana", None),
    ("time and speaker", "[00:05:32] Ana: book it", "book it", False, "Ana", "00:05:32"),
    ("time in brackets after the name", "**Ana (00:07):** book it", "book it", False, "Ana", "00:07"),
    ("clock with am", "9:30 am - book it", "book it", False, None, "9:30 am"),
    ("a label is no speaker", "Action: book it", "Action: book it", False, None, None),
    ("labels in the plural neither", "Next Steps: book it", "Next Steps: book it", False, None, None),
    ("time and meeting is no speaker", "10:30 Meeting: book it", "Meeting: book it", False, None, "10:30"),
    ("a ratio is no speaker", "The odds are 3:1 against", "The odds are 3:1 against", False, None, None),
    ("a link is no speaker", "https://example.org is down", "https://example.org is down", False, None, None),
    ("a sentence before a colon is no speaker", "We agreed: no more", "We agreed: no more", False, None, None),
    ("small words are no speaker", "one more thing: tea", "one more thing: tea", False, None, None),
    ("letters in front of a stop are no bullet", "a. m. shift only", "a. m. shift only", False, None, None),
    ("a day of the month is no number", "12. May is the date", "12. May is the date", False, None, None),
    ("a clock in a sentence is no time", "10:30 is too early", "10:30 is too early", False, None, None),
    ("nor is the first of two", "9:00 to 10:00 is free", "9:00 to 10:00 is free", False, None, None),
    ("a span of time", "10:30 - 11:00 Ana: pay it", "pay it", False, "Ana", "10:30 - 11:00"),
    ("a numbered speaker", "Speaker 1: pay it", "pay it", False, "Speaker 1", None),
    ("a name with particles", "Ana de la Cruz: pay it", "pay it", False, "Ana de la Cruz", None),
    ("a name in another script", "李明: pay it", "pay it", False, "李明", None),
    ("a name with a role", "**Ana (PM):** pay it", "pay it", False, "Ana (PM)", None),
    ("a name in brackets", "[Ana]: pay it", "pay it", False, "Ana", None),
    ("a name that ends like a label", "Grace Due: pay it", "pay it", False, "Grace Due", None),
    ("a weekday is no speaker", "Monday: pay it", "Monday: pay it", False, None, None),
    ("a retro heading is no speaker", "What Went Well: the tea", "What Went Well: the tea", False, None, None),
    ("quoted reply", "> > Ana: book it", "book it", False, "Ana", None),
    ("a decimal is no number", "3.5 million was spent", "3.5 million was spent", False, None, None),
]


@pytest.mark.parametrize(
    ("line", "text", "item", "speaker", "time"), [case[1:] for case in PREFIXES], ids=[case[0] for case in PREFIXES]
)
def test_prefixes(line: str, text: str, item: bool, speaker: str | None, time: str | None) -> None:
    assert taken_off(line) == (text, item, speaker, time)


def taken_off(line: str) -> tuple[str, bool, str | None, str | None]:
    """What is left of a line, whether it is an item, and the name and time before it, whoever speaks in the file."""
    lead = prefixes.lead(line)
    at = prefixes.colon(line)
    label = prefixes.label(line[lead.start : at]) if at > 0 else None
    if not label or not is_name(label.name):
        return line[lead.start :], bool(lead.item), None, lead.time
    start, inner = prefixes.behind(line, at)
    return line[start:], bool(lead.item), label.name, lead.time or label.time or inner


SENTENCES = [
    ("two", "We met. We parted.", ["We met.", "We parted."]),
    ("marks of all kinds", "Really? Yes! Fine… So be it.", ["Really?", "Yes!", "Fine…", "So be it."]),
    ("titles", "Dr. Osei and Mrs. Li came. They left.", ["Dr. Osei and Mrs. Li came.", "They left."]),
    ("initials", "J. R. Moreno signed it.", ["J. R. Moreno signed it."]),
    ("I closes", "So did I. Then we ate.", ["So did I.", "Then we ate."]),
    ("decimals", "It cost 3.50 a piece. Cheap.", ["It cost 3.50 a piece.", "Cheap."]),
    ("latin", "Bring pens, e.g. blue ones, i.e. two.", ["Bring pens, e.g. blue ones, i.e. two."]),
    ("etc. in the middle", "Pens, tape etc. are here.", ["Pens, tape etc. are here."]),
    ("etc. at the end", "Pens, tape etc. Take some.", ["Pens, tape etc.", "Take some."]),
    ("afternoon", "We meet at 4 p.m. Bring tea.", ["We meet at 4 p.m.", "Bring tea."]),
    ("quotes", "“Who pays?” asked Ana. Nobody.", ["“Who pays?” asked Ana.", "Nobody."]),
    ("quote at the end", 'She said "no." We left.', ['She said "no."', "We left."]),
    ("links", "See www.example.org/a.b for it. Thanks.", ["See www.example.org/a.b for it.", "Thanks."]),
    ("versions", "We run v2.1.3 now. It works.", ["We run v2.1.3 now.", "It works."]),
    ("trailing dots", "Well ... we could try.", ["Well ... we could try."]),
    ("numbered", "No. 7 is free.", ["No. 7 is free."]),
    ("nothing", "   ", []),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in SENTENCES], ids=[case[0] for case in SENTENCES])
def test_sentences(text: str, expected: list[str]) -> None:
    assert [sentence for _, sentence in sentences.split(text)] == expected


@given(st.text(alphabet=st.sampled_from("aB.?! \"'()1\n,“”…")))
def test_splitting_loses_nothing_but_white_space_and_says_where(text: str) -> None:
    found = sentences.split(text)
    assert "".join("".join(sentence.split()) for _, sentence in found) == "".join(text.split())
    assert all(text[at : at + len(sentence)] == sentence for at, sentence in found)


MARKDOWN = """---
title: Minutes
---
# Board

Intro line one
goes on here. Second sentence.

## Money
- Ana Lee: pay the **rent** by [Friday](https://example.org/a_(b))
  - Bo Li: done
1. buy `chalk`

| who | what |
| --- | --- |
| Ana | order ten chairs |

```
code: is no statement
```
<!-- neither is
a comment -->
Agenda:
https://example.org
- **Link:** https://example.org/b
* * *
oli: small names count
oli: when they speak twice
"""


def test_markdown() -> None:
    found = [(each.line, each.section, each.speaker, each.text) for each in read_markdown(MARKDOWN, "x.md")]
    assert found == [
        (6, "Board", None, "Intro line one goes on here."),
        (7, "Board", None, "Second sentence."),
        (10, "Money", "Ana Lee", "pay the rent by Friday"),
        (11, "Money", "Bo Li", "done"),
        (12, "Money", None, "buy chalk"),
        (16, "Money", None, "order ten chairs"),
        (27, "Money", "oli", "small names count"),
        (28, "Money", "oli", "when they speak twice"),
    ]


def test_plain_text_joins_only_lines_that_go_on() -> None:
    text = "We agreed to meet\nevery second week.\nAna books it\nBo brings tea\n"
    assert [(each.line, each.text) for each in read_text(text, "x.txt")] == [
        (1, "We agreed to meet every second week."),
        (3, "Ana books it"),
        (4, "Bo brings tea"),
    ]


@given(st.text())
def test_no_text_makes_the_readers_fail(text: str) -> None:
    for read in (read_text, read_markdown):
        assert all(each.text.strip() for each in read(text, "x"))


PROSE = [
    # comment, reader, text, statements (None: all of the text)
    ("a fence in a list ends", read_markdown, "- ```\n  code\n  ```\n\nWe pay on Friday.", ["We pay on Friday."]),
    ("an open fence hides nothing", read_markdown, "```\nWe pay on Friday.", ["We pay on Friday."]),
    ("tildes in a fence do not close it", read_markdown, "```\na\n~~~\nb b\n```\nWe pay.", ["We pay."]),
    ("a shorter fence does not close it", read_markdown, "````\na a\n```\nb b\n````\nWe pay.", ["We pay."]),
    ("code in a quote", read_markdown, "> ```\n> a a\n> ```\nWe pay.", ["We pay."]),
    (
        "a ruler at the top is no front matter",
        read_markdown,
        "---\n\nWe pay.\n\n---\n\nYou go.",
        ["We pay.", "You go."],
    ),
    (
        "a comment in a code span",
        read_markdown,
        "Use `<!--` here.\n\nWe pay.\n\nUse `-->` there.",
        ["Use <!-- here.", "We pay.", "Use --> there."],
    ),
    (
        "marks across a wrap",
        read_markdown,
        "We **really\nmust** pay [the\nrent](https://x.org).",
        ["We really must pay the rent."],
    ),
    ("breaks and entities", read_markdown, "We pay<br>R&amp;D <b>now</b>.", ["We pay R&D now."]),
    ("an address behind a clause", read_markdown, "- Ana sends Bo the contract: https://x.org/d", None),
    (
        "who was there is no statement",
        read_markdown,
        "- Council members: Ana, Bo\n- Facilitator: TC\n- **Labels:** A-x",
        [],
    ),
    ("a link in brackets", read_markdown, "See [[the page](https://x.org/a)] first.", ["See the page first."]),
    ("an address behind a label", read_markdown, "- Link: https://x.org/d", []),
    (
        "a wrapped line that begins with a number",
        read_markdown,
        "We meet on June\n30. Then we ship.",
        ["We meet on June 30.", "Then we ship."],
    ),
    (
        "angle brackets are text in .txt",
        read_text,
        "Ana <ana@x.org> asked if a <b then.",
        ["Ana <ana@x.org> asked if a <b then."],
    ),
    ("underscores are text in .txt", read_text, "Look at _this_ and C:\\_temp.", ["Look at _this_ and C:\\_temp."]),
    (
        "a table without its heading",
        read_markdown,
        "| who | what it is |\n|---|---|\n| Ana | ten chairs |",
        ["ten chairs"],
    ),
]


@pytest.mark.parametrize(("read", "text", "expected"), [case[1:] for case in PROSE], ids=[case[0] for case in PROSE])
def test_prose(read: Callable, text: str, expected: list[str] | None) -> None:
    found = [each.text for each in read(text, "x")]
    if expected is None:
        assert " ".join(found).split() == text.replace("`", "").replace("- ", "").split()
    else:
        assert found == expected


def test_a_name_alone_opens_a_turn_until_the_next_blank_line() -> None:
    text = "Bo:\nWe pay it.\nYou too.\n\nNobody said this.\n\nBo: Fine.\n"
    found = [(each.speaker, each.text) for each in read_text(text, "x")]
    assert found == [("Bo", "We pay it."), ("Bo", "You too."), (None, "Nobody said this."), ("Bo", "Fine.")]


def test_one_word_before_a_colon_is_a_speaker_only_with_evidence() -> None:
    notes = "Present: Ana, Zoë\nAna: pay it\nOslo: two tickets\nTC: why\nTC: how\n[9:00] Li: go\n"
    assert {each.speaker for each in read_text(notes, "x")} == {"Ana", "TC", "Li", None}


@given(st.lists(st.text(alphabet="abc defg.", min_size=1), max_size=6))
def test_no_word_of_plain_text_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = " ".join(each.text for each in read_text(text, "x"))
    if all(re.search(r"[a-g]{2}", sentence) for line in lines for _, sentence in sentences.split(line) or [(0, "")]):
        assert sorted(found.split()) == sorted(text.split())


HOSTILE = [
    ("spaces in a heading", "# a" + " " * 100_000 + "b"),
    ("dashes and spaces", "- " * 100_000 + "x"),
    ("brackets", "[" * 100_000),
    ("open emphasis", "**a " * 50_000),
    ("open comments", "<!--" * 50_000),
    ("dots", "." * 100_000 + "x"),
    ("quotes", ">" * 100_000),
    ("one long paragraph", "We pay it on Friday and not before.\n" * 20_000),
    ("many small names", "oli: yes we do\nbo: no we do not\n" * 20_000),
    ("back quotes", "`" * 100_000),
    ("underscores", "_a " * 50_000),
    ("one long line", "We pay it on Friday and not before. " * 30_000),
    ("open links", "[a](" * 30_000),
    ("open fences", "```\n" * 3_001),
]


@pytest.mark.parametrize("text", [case[1] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_no_input_is_slow(text: str) -> None:
    """A megabyte takes a second or two; what is quadratic takes minutes on these."""
    start = time.perf_counter()
    for read in (read_text, read_markdown):
        list(read(text, "x"))
    assert time.perf_counter() - start < 10


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, end: str) -> None:
    assert decoded(f"Jörg: café{end}Zoë: “yes”".encode(encoding), "x") == "Jörg: café\nZoë: “yes”"


def test_one_bad_byte_does_not_spoil_a_file() -> None:
    text = "Don’t pay “yes” é. " * 20
    assert decoded(text.encode() + b"\xe2", "x") == text + "\ufffd"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


TABLES = [
    ("comma", "speaker,text\nAna,Pay it. Now!\n", [(2, "Ana", "Pay it."), (2, "Ana", "Now!")]),
    ("semicolon", "Text;Speaker\nPay it;Ana\n", [(2, "Ana", "Pay it")]),
    ("tab", "time\tcontent\n9:00\tPay it\n", [(2, None, "Pay it")]),
    ("one column of any name", "remarks\nPay it\n", [(2, None, "Pay it")]),
    ("quoted line breaks", 'text,name\n"Pay\nit",Ana\nGo,Bo\n', [(2, "Ana", "Pay it"), (4, "Bo", "Go")]),
    ("commas without quotes", "name,text\nAna,Pay tea, rent, and Bo\n", [(2, "Ana", "Pay tea, rent, and Bo")]),
    ("a spreadsheet's own first line", "\nsep=;\nname;text\nAna;Pay it\n", [(4, "Ana", "Pay it")]),
    ("an empty file", "", []),
    ("a bare link or number", "text\nhttps://x.org\n12\nPay it\n", [(4, None, "Pay it")]),
    (
        "a list in a cell",
        'text\n"We agreed.\n- buy chalk\n- buy tea"\n',
        [(2, None, "We agreed."), (2, None, "buy chalk"), (2, None, "buy tea")],
    ),
]


@pytest.mark.parametrize(("content", "expected"), [case[1:] for case in TABLES], ids=[case[0] for case in TABLES])
def test_tables(tmp_path: Path, content: str, expected: list[tuple[int, str | None, str]]) -> None:
    found = leadclass.read_notes(write(tmp_path, "x.csv", content))
    assert [(each.line, each.speaker, each.text) for each in found] == expected


def test_a_whole_transcript_in_one_cell(tmp_path: Path) -> None:
    found = leadclass.read_notes(write(tmp_path, "x.csv", "text\n" + "We pay. " * 40_000 + "\n"))
    assert len(found) == 40_000


def test_json_lines(tmp_path: Path) -> None:
    content = '{"speaker": "Ana", "start": 12.5, "text": "Pay it."}\n\n"Go on."\n'
    content += '{"sentence": "Stop.", "Speaker_Name": "Bo"}\n'
    found = leadclass.read_notes(write(tmp_path, "x.jsonl", content))
    assert [(each.line, each.speaker, each.time, each.text) for each in found] == [
        (1, "Ana", "12.5", "Pay it."),
        (3, None, None, "Go on."),
        (4, "Bo", None, "Stop."),
    ]


UNREADABLE = [
    ("a table without text", "x.csv", "a,b\n1,2\n", "column of text"),
    ("no JSON", "x.jsonl", "{", "line 1 is no JSON"),
    ("a number a line", "x.jsonl", "7\n", "neither an object nor a string"),
    ("a text that is a number", "x.jsonl", '{"text": 7}\n', "line 1 has int where text is expected"),
    ("two columns of text", "x.csv", "text,text\na,b\n", "more than one column 'text'"),
    ("too many fields", "x.csv", "text,name\na,b,c\n", "line 2 has 3 fields, the heading has 2"),
    ("an object without text", "x.jsonl", '{"a": 1}\n', "has no text"),
    ("a picture", "x.txt", b"\x89PNG\0\0\0", "NUL"),
    ("an unknown ending", "x.pdf", "text", "no reader knows"),
]


@pytest.mark.parametrize(
    ("name", "content", "said"), [case[1:] for case in UNREADABLE], ids=[case[0] for case in UNREADABLE]
)
def test_what_cannot_be_read_is_named_with_a_reason(tmp_path: Path, name: str, content: str | bytes, said: str) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(NotesError, match=said) as error:
        leadclass.read_notes(path)
    assert str(path) in str(error.value)


def test_a_missing_path_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(NotesError, match="no such file or folder"):
        leadclass.read_notes(tmp_path / "absent")
    with pytest.raises(NotesError, match="holds no"):
        leadclass.read_notes(tmp_path)


def test_a_folder_is_read_in_order_and_hidden_files_are_left_alone(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.txt", ".hidden.txt", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path, name, f"This is {name}")
    assert [Path(each.file).name for each in leadclass.read_notes(tmp_path)] == ["a.md", "b.txt", "c.txt"]


def test_the_sample_notes_can_be_read() -> None:
    found = leadclass.read_notes(ROOT / "data" / "notes")
    assert len({each.file for each in found}) == 4
    assert {"Ngozi", "Teresa", "Bram", "Hye-jin"} <= {each.speaker for each in found}
