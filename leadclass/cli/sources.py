"""The files of notes that paths, folders and patterns lead to, each once."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from leadclass.cli import console
from leadclass.cli.outputs import Outputs
from leadclass.notes import NotesError, Statement, from_stream, note_files, statements_of
from leadclass.report.made import is_ours


@dataclass(frozen=True, slots=True)
class Source:
    """A file of notes, or what came on standard input.

    Attributes:
        name: as it was named; ``-`` for standard input.
        piped: what came on standard input; None for a file.
    """

    name: str
    piped: bytes | None = None

    @property
    def size(self) -> int:
        """Bytes; 0 where nobody can tell."""
        try:
            return len(self.piped) if self.piped is not None else Path(self.name).stat().st_size
        except OSError:
            return 0

    def content(self) -> bytes:
        """The bytes themselves."""
        return self.piped if self.piped is not None else Path(self.name).read_bytes()

    def statements(self) -> list[Statement]:
        """What was said.

        Raises:
            NotesError: it cannot be read as notes.
        """
        return from_stream(self.piped) if self.piped is not None else statements_of(Path(self.name))


def found(paths: Iterable[str], outputs: Outputs, *, verbose: bool = False) -> tuple[list[Source], bool]:
    """The sources, and whether a path led nowhere: that is told and stops no other."""
    sources: dict[str, Source] = {}
    failed = False
    for path in paths:
        try:
            for file in _files(path):
                if not _is_result(file, outputs, tell=verbose or file == Path(path)):
                    sources.setdefault(str(file.resolve()), Source(str(file)))
            if path == "-":
                sources.setdefault(path, Source(path, sys.stdin.buffer.read()))
        except (NotesError, OSError) as error:
            console.complain(error)
            failed = True
    return list(sources.values()), failed


def _files(path: str) -> Iterator[Path]:
    if not path:  # Path("") is the current folder, and nobody who types "$UNSET" means that
        raise NotesError(repr(path), "a path must not be empty", "name a file, a folder, or - for standard input")
    if path != "-":
        yield from note_files(path)


def _is_result(file: Path, outputs: Outputs, *, tell: bool) -> bool:
    """A result of this run or of an earlier one; other notes in the place of a result would be lost."""
    ours = is_ours(file)
    if outputs.replaces(file) and not ours and file.exists():
        raise ValueError(f"{file}: these are notes, and the results would take their place; name another output.")
    if ours and tell:
        console.tell(f"{file} is a result of leadclass, not notes; passed over.")
    return ours
