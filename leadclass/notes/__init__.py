"""Meeting notes in, statements out: `read_notes` and the values it gives.

=============  ============================================================
``statement``  `Statement`, and `NotesError` for a file that cannot be read
``source``     bytes to text, whatever the encoding and the line ends
``prefixes``   what stands before a statement: bullet, check box, time, speaker
``sentences``  where one sentence ends and the next begins
``prose``      .txt and .md
``records``    .csv and .jsonl
=============  ============================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from leadclass.notes.prose import read_markdown, read_text
from leadclass.notes.records import read_csv, read_jsonl
from leadclass.notes.source import decoded, file_bytes
from leadclass.notes.statement import NotesError, Statement

__all__ = ["READERS", "NotesError", "Statement", "from_stream", "note_files", "read_notes", "statements_of"]

READERS: dict[str, Callable[[str, str], Iterator[Statement]]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".csv": read_csv,
    ".jsonl": read_jsonl,
}


def read_notes(path: str | Path) -> list[Statement]:
    """The statements of one file, or of every file below a folder, in order, each with its place.

    Args:
        path: a .txt, .md, .csv or .jsonl file, or a folder that is searched for them.

    Raises:
        NotesError: a file is missing, of an unknown kind or unreadable, or a table has no column of text.

    >>> notes = read_notes("data/notes")
    >>> notes[0].file, notes[0].line
    ('data/notes/allotment-society.md', 5)
    """
    return [statement for file in note_files(path) for statement in statements_of(file)]


def note_files(path: str | Path) -> list[Path]:
    """The file itself, or the readable files below a folder, sorted; hidden ones are passed over."""
    found = Path(path)
    if not found.exists():
        raise NotesError(found, "there is no such file or folder", "check the path")
    if not found.is_dir():
        return [found]
    below = (each for each in found.rglob("*") if each.suffix.lower() in READERS and each.is_file())
    files = sorted(each for each in below if not any(part.startswith(".") for part in each.relative_to(found).parts))
    if not files:
        raise NotesError(found, f"the folder holds no {', '.join(READERS)} file", "name a folder with notes in it")
    return files


def statements_of(file: Path) -> list[Statement]:
    """The statements of one file."""
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise NotesError(file, f"no reader knows the ending {file.suffix!r}", f"save it as one of {', '.join(READERS)}")
    return list(reader(decoded(file_bytes(file)), str(file)))


def from_stream(data: bytes) -> list[Statement]:
    """The statements of plain text that came on standard input."""
    return list(read_text(decoded(data), "-"))
