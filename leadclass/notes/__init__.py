"""Meeting notes in, statements out: `read_notes` and the values it gives.

=============  ============================================================
``statement``  `Statement`, and `NotesError` for a file that cannot be read
``source``     bytes to text, whatever the encoding and the line ends
``prefixes``   what stands before a statement: bullet, check box, time, speaker
``sentences``  where one sentence ends and the next begins
``markup``     Markdown taken off
``prose``      .txt and .md
``records``    .csv and .jsonl
=============  ============================================================
"""

from __future__ import annotations

import os
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
    ('data/notes/allotment-society.md', 9)
    """
    return [statement for file in note_files(path) for statement in statements_of(file)]


def note_files(path: str | Path) -> list[Path]:
    """The file itself, or the readable files below a folder, sorted; hidden ones are passed over.

    Raises:
        NotesError: there is no such path, a folder may not be looked into, or no file below it can be read.
    """
    found = Path(path)
    try:
        if not str(path) or not found.exists():
            raise NotesError(path or "''", "there is no such file or folder", "check the path")
        if not found.is_dir():
            return [found]
        files = sorted(_below(found))
    except OSError as error:
        where = error.filename or found
        raise NotesError(where, error.strerror or str(error), "check the path and its permissions") from error
    if not files:
        raise NotesError(found, f"the folder holds no {', '.join(READERS)} file", "name a folder with notes in it")
    return files


def statements_of(file: Path) -> list[Statement]:
    """The statements of one file."""
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise NotesError(file, f"no reader knows the ending {file.suffix!r}", f"save it as one of {', '.join(READERS)}")
    return list(reader(decoded(file_bytes(file), file), str(file)))


def from_stream(data: bytes) -> list[Statement]:
    """The statements of plain text that came on standard input."""
    return list(read_text(decoded(data, "standard input"), "-"))


def _below(folder: Path) -> Iterator[Path]:
    """Files with an ending that a reader knows, dead links too: whoever reads them will name them."""

    def fail(error: OSError) -> None:
        raise error

    for place, folders, names in os.walk(folder, onerror=fail):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (
            Path(place, name) for name in names if Path(name).suffix.lower() in READERS and not name.startswith(".")
        )
