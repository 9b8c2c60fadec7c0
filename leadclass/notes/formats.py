"""Which reader a file needs: by what it holds first, by its name where that leaves a choice."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from leadclass.notes import tables
from leadclass.notes.captions import read_captions
from leadclass.notes.objects import looks_like_lines, read_json, read_jsonl
from leadclass.notes.page import read_page
from leadclass.notes.prose import read_markdown, read_text
from leadclass.notes.source import decoded, file_bytes
from leadclass.notes.speakers import of_one_spelling
from leadclass.notes.statement import NotesError, Statement
from leadclass.notes.word import is_word, read_word

Reader = Callable[[str, str], list[Statement]]

READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".vtt": read_captions,
    ".srt": read_captions,
    ".csv": tables.read_table,
    ".tsv": tables.read_table,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
    ".html": read_page,
    ".htm": read_page,
}
WORD = ".docx"
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
    if data.startswith(b"PK\x03\x04") and (ending == WORD or is_word(data)):
        return read_word(data, name)
    if ending == WORD:
        raise NotesError(file, "it is no Word file", "save it again as .docx or as text")
    if ending and ending not in READERS and not _holds_notes(data, file):
        raise NotesError(file, f"no reader knows the ending {ending!r}", f"save it as one of {', '.join(ENDINGS)}")
    text = decoded(data, "standard input" if name == "-" else file)
    if tables.is_result(text):
        return []
    return reader_for(text, ending if ending in READERS else "")(text, name)


def reader_for(text: str, ending: str = "") -> Reader:
    """The reader for a text.

    >>> reader_for("WEBVTT\\n\\n00:01.000 --> 00:02.000\\nHello.", ".txt").__name__
    'read_captions'
    """
    first = text[:_LOOK].lstrip("\ufeff \t\n")
    if ending in (".vtt", ".srt") or (ending in _ANY_TEXT and _is_captions(first)):
        return read_captions
    if ending in (".json", ".jsonl", ".ndjson") or (ending in _ANY_TEXT and _is_json(first, text)):
        return _reader_of_json(text, ending)
    if ending in _ANY_TEXT and _page.match(first):
        return read_page
    return READERS.get(ending, read_text)


def _is_captions(first: str) -> bool:
    cue = _cue.search(first)
    return first.startswith("WEBVTT") or (cue is not None and cue.start() == 0)


def _is_json(first: str, text: str) -> bool:
    end = text.rstrip()[-1:]
    return (first[:1] == "{" and end == "}" and first[1:].lstrip()[:1] in ('"', "}")) or (
        first[:1] == "[" and end == "]" and first[1:].lstrip()[:1] in ("{", '"', "]")
    )


def _reader_of_json(text: str, ending: str) -> Reader:
    """JSON lines are sometimes saved as .json, and one long value as .jsonl."""
    if ending == ".json":
        return read_jsonl if text.lstrip()[:1] == "{" and looks_like_lines(text) else read_json
    if text.lstrip()[:1] == "[" or (not looks_like_lines(text) and ending not in (".jsonl", ".ndjson")):
        return read_json
    return read_jsonl


def _holds_notes(data: bytes, file: Path) -> bool:
    """Whether a file of another ending ("call.transcript") shows by its beginning what it is."""
    return data[:6] == b"WEBVTT"
