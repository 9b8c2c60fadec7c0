"""Which reader a file needs: by what it holds first, by its name where that leaves a choice."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from leadclass.notes.source import decoded, file_bytes
from leadclass.notes.speakers import of_one_spelling
from leadclass.notes.statement import NotesError, Statement

Reader = Callable[[str, str], list[Statement]]

# The room and the function of each reader; a room is entered when a file of its kind comes, for its patterns take time.
READERS = {
    ".txt": "prose.read_text",
    ".text": "prose.read_text",
    ".md": "prose.read_markdown",
    ".markdown": "prose.read_markdown",
    ".vtt": "captions.read_captions",
    ".srt": "captions.read_captions",
    ".csv": "tables.read_table",
    ".tsv": "tables.read_table",
    ".jsonl": "objects.read_jsonl",
    ".ndjson": "objects.read_jsonl",
    ".json": "objects.read_json",
    ".html": "page.read_page",
    ".htm": "page.read_page",
}
WORD = ".docx"
# The columns with which a table of leadclass's own results begins: none is read as notes.
RESULTS = ("file", "line", "section", "speaker", "time", "text", "label", "leadership", "management", "neither")
ENDINGS = (*READERS, WORD)

_LOOK = 4000  # characters: what a file is shows at its beginning
_cue = re.compile(r"^[ \t]*(?:\d+[ \t]*\n[ \t]*)?\d[\d:.,]{3,15}[ \t]*-->[ \t]*\d[\d:.,]{3,15}", re.MULTILINE)
_page = re.compile(
    r"\s*(?:<\?xml[^<>]{0,200}>\s*)?(?:<!--[^<>]{0,500}-->\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE
)
_ANY_TEXT = frozenset((".txt", ".text", ".md", ".markdown", ""))


def statements_of(file: Path) -> list[Statement]:
    """The statements of one file; a table of leadclass's own results has none, since they were tagged already."""
    return statements_in(file_bytes(file), str(file))


def from_stream(data: bytes) -> list[Statement]:
    """The statements of what came on standard input: text, or any format that shows what it is."""
    return statements_in(data, "-")


def statements_in(data: bytes, file: str) -> list[Statement]:
    """The statements of a file's bytes; its name tells the format where the content leaves a choice."""
    return of_one_spelling(_read(data, file))


def _read(data: bytes, name: str) -> list[Statement]:
    file = Path(name)
    ending = file.suffix.lower()
    if data.startswith(b"PK\x03\x04") and (ending == WORD or b"word/document.xml" in data):
        from leadclass.notes.word import read_word  # noqa: PLC0415 - see READERS

        return read_word(data, name)
    if ending == WORD:
        raise NotesError(file, "it is no Word file", "save it again as .docx or as text")
    if ending and ending not in READERS and not _holds_notes(data, file):
        raise NotesError(file, f"no reader knows the ending {ending!r}", f"save it as one of {', '.join(ENDINGS)}")
    text = decoded(data, "standard input" if name == "-" else file)
    if text.startswith(",".join(RESULTS)):
        return []
    return reader_for(text, ending if ending in READERS else "")(text, name)


def reader_for(text: str, ending: str = "") -> Reader:
    """The reader for a text.

    >>> reader_for("WEBVTT\\n\\n00:01.000 --> 00:02.000\\nHello.", ".txt").__name__
    'read_captions'
    """
    room, _, name = _reader_for(text, ending).partition(".")
    found: Reader = getattr(import_module(f"leadclass.notes.{room}"), name)
    return found


def _reader_for(text: str, ending: str) -> str:
    first = text[:_LOOK].lstrip("\ufeff \t\n")
    if ending in (".vtt", ".srt") or (ending in _ANY_TEXT and _is_captions(first)):
        return READERS[".vtt"]
    if ending in (".json", ".jsonl", ".ndjson") or (ending in _ANY_TEXT and _is_json(first, text)):
        return _reader_of_json(text, ending)
    if ending in _ANY_TEXT and _page.match(first):
        return READERS[".html"]
    return READERS.get(ending, READERS[".txt"])


def _is_captions(first: str) -> bool:
    cue = _cue.search(first)
    return first.startswith("WEBVTT") or (cue is not None and cue.start() == 0)


def _is_json(first: str, text: str) -> bool:
    end = text.rstrip()[-1:]
    return (first[:1] == "{" and end == "}" and first[1:].lstrip()[:1] in ('"', "}")) or (
        first[:1] == "[" and end == "]" and first[1:].lstrip()[:1] in ("{", '"', "]")
    )


def _reader_of_json(text: str, ending: str) -> str:
    """JSON lines are sometimes saved as .json, and one long value as .jsonl."""
    from leadclass.notes.objects import looks_like_lines  # noqa: PLC0415 - see READERS

    if ending == ".json":
        return READERS[".jsonl" if text.lstrip()[:1] == "{" and looks_like_lines(text) else ".json"]
    if text.lstrip()[:1] == "[" or (not looks_like_lines(text) and ending not in (".jsonl", ".ndjson")):
        return READERS[".json"]
    return READERS[".jsonl"]


def _holds_notes(data: bytes, file: Path) -> bool:
    """Whether a file of another ending ("call.transcript") shows by its beginning what it is."""
    return data[:6] == b"WEBVTT"
