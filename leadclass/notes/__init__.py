"""Meeting notes in, statements out: `read_notes` and the values it gives.

===============  ==========================================================
``statement``    `Statement`, and `NotesError` for a file that cannot be read
``source``       bytes to text, whatever the encoding and the line ends
``formats``      which reader a file needs, by content and by name
``prose``        .txt and .md; the way of every text to its statements
``captions``     .vtt and .srt
``tables``       .csv and .tsv
``objects``      .json and .jsonl
``page``         .html
``word``         .docx
``prefixes``     what stands before a statement: bullet, box, time, label
``speakers``     which labels are speakers
``attendance``   lists of who was there
``furniture``    what is no statement
``headings``     lines that are headings by their wording
``titles``       lines that are headings by what stands around them
``wrapping``     lines that go on with the sentence above
``markup``       Markdown taken off
``columns``      which column or field says what
``cells``        tables that stand in a text
``records``      rows and objects become statements
``turns``        what one person says in several cues
``passages``     a passage becomes statements, each with its place
``sentences``    where one sentence ends and the next begins
``wordlist``     the word lists beside these files
===============  ==========================================================
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path

from leadclass.notes.formats import ENDINGS, READERS, from_stream, statements_of
from leadclass.notes.statement import NotesError, Statement

__all__ = ["ENDINGS", "READERS", "NotesError", "Statement", "from_stream", "note_files", "read_notes", "statements_of"]


def read_notes(path: str | Path) -> list[Statement]:
    """The statements of one file, of every file below a folder, or of all that match a pattern, each with its place.

    Args:
        path: a file, a folder that is searched for files with an ending that a reader knows, or a pattern such as
            ``notes/**/*.md``. Read are .txt, .md, .vtt, .srt, .docx, .csv, .tsv, .jsonl, .json and .html.

    Raises:
        NotesError: a file is missing, of an unknown kind or unreadable, or a table has no column of text.

    >>> notes = read_notes("data/notes")
    >>> notes[0].file, notes[0].line, notes[0].offset
    ('data/notes/allotment-society.md', 9, 8)
    """
    return [statement for file in note_files(path) for statement in statements_of(file)]


def note_files(path: str | Path) -> list[Path]:
    """The file itself, the readable files below a folder, or what a pattern matches, sorted; no hidden ones.

    Raises:
        NotesError: there is no such path, a folder may not be looked into, or no file below it can be read.
    """
    found = Path(path)
    try:
        if not str(path) or not found.exists():
            return _matching(path)
        if not found.is_dir():
            return [found]
        files = sorted(_below(found))
    except OSError as error:
        where = error.filename or found
        raise NotesError(where, error.strerror or str(error), "check the path and its permissions") from error
    if not files:
        raise NotesError(found, f"the folder holds no {', '.join(ENDINGS)} file", "name a folder with notes in it")
    return files


def _matching(path: str | Path) -> list[Path]:
    """The files that match a pattern which the shell left as it was; in a folder that it names, the readable ones."""
    if not glob.has_magic(str(path)):
        raise NotesError(path or "''", "there is no such file or folder", "check the path")
    matches = sorted(Path(name) for name in glob.iglob(str(path), recursive=True))  # noqa: PTH207 - also absolute ones
    files = [each for each in matches if each.is_file() and _is_readable(each.name)]
    if not files:
        wrong = f"there is no such file, nor does the pattern match any {', '.join(ENDINGS)} file"
        raise NotesError(path, wrong, "check the path")
    return files


def _is_readable(name: str) -> bool:
    return Path(name).suffix.lower() in ENDINGS and not name.startswith((".", "~$"))


def _below(folder: Path) -> Iterator[Path]:
    """Files with an ending that a reader knows, dead links too: whoever reads them will name them."""

    def fail(error: OSError) -> None:
        raise error

    for place, folders, names in os.walk(folder, onerror=fail):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in names if _is_readable(name))
