"""Bytes to text: encodings and line ends as editors, spreadsheets and meeting tools leave them."""

from __future__ import annotations

import codecs
from pathlib import Path

from leadclass.notes.statement import NotesError

MAX_BYTES = 256 * 2**20

# UTF-32 little-endian begins like UTF-16, so it is asked first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FEW = 0.01  # of the characters: so many bad bytes are damage in a UTF-8 file, more are another encoding


def file_bytes(file: Path) -> bytes:
    """What the file holds; a file that is missing, locked or huge raises `NotesError`."""
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise NotesError(file, f"it has {size >> 20} MiB, more than {MAX_BYTES >> 20}", "split it")
        return file.read_bytes()
    except OSError as error:
        raise NotesError(file, error.strerror or str(error), "check the path and its permissions") from error


def decoded(data: bytes, file: str | Path) -> str:
    r"""UTF-8 with or without a mark, UTF-16 and UTF-32 with one, else Windows-1252; every line ends in ``\n``.

    Raises:
        NotesError: the bytes are no text.

    >>> decoded("Müller:\r\nja".encode("cp1252"), "a.txt")
    'Müller:\nja'
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    text = data.decode(encoding, errors="replace") if encoding else _unmarked(data)
    if "\0" in text:
        raise NotesError(file, "it holds NUL characters, so it is no text", "export it as text first")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unmarked(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    beyond_ascii = sum(not mark.isascii() for mark in text)
    if damaged <= _FEW * len(text) and damaged < beyond_ascii / 2:
        return text
    return data.decode("cp1252", errors="replace")
