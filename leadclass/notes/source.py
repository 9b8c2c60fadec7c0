"""Bytes to text: encodings and line ends as editors, spreadsheets and meeting tools leave them."""

from __future__ import annotations

import codecs
from pathlib import Path

from leadclass.notes.statement import NotesError

MAX_BYTES = 256 * 2**20

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def file_bytes(file: Path) -> bytes:
    """What the file holds; a file that is missing, locked, huge or plainly no text raises `NotesError`."""
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise NotesError(file, f"it has {size >> 20} MiB, more than {MAX_BYTES >> 20}", "split it")
        data = file.read_bytes()
    except OSError as error:
        raise NotesError(file, error.strerror or str(error), "check the path and its permissions") from error
    if b"\0" in data[:4096] and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise NotesError(file, "it holds NUL bytes, so it is no text", "export it as text first")
    return data


def decoded(data: bytes) -> str:
    r"""UTF-8 with or without a mark, UTF-16 with one, else Windows-1252; every line ends in ``\n``.

    >>> decoded("Müller:\r\nja".encode("cp1252"))
    'Müller:\nja'
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
