"""Reads ``data/``: the labelled statements and the ideas of the essays that they grew from."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

from leadclass.labels import FACETS, LABELS

LABELS_IN_DATA = (*LABELS, "mixed")


class CorpusError(ValueError):
    """Corpus data that cannot be used; the message names the file, the line, what is wrong and the cure."""


@dataclass(frozen=True, slots=True)
class Record:
    """One labelled statement.

    Attributes:
        id: stable name of the statement.
        text: the statement.
        label: ``leadership``, ``management``, ``neither``, or ``mixed`` where it does both with equal force.
        facet: one of the 13 facets; empty for ``neither`` and ``mixed``.
        kind: what kind of ``neither`` it is; empty for the rest.
        idea: the idea of the essays that it expresses (``data/ideas.csv``); empty for ``neither``.
        domain: where it is said.
        register: how it is said: minutes, chat, handbook ...
        style: ``vivid`` or ``plain``; real notes are plain, and the recipe may give them more weight.
        group: statements of one family share it, and a split never parts a group.
    """

    id: str
    text: str
    label: str
    facet: str
    kind: str
    idea: str
    domain: str
    register: str
    style: str
    group: str


COLUMNS = tuple(Record.__slots__)


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea of one of the two essays or their comments, in our words."""

    id: str
    label: str
    facet: str
    where: str
    idea: str


class Corpus(Sequence[Record]):
    """Labelled statements in the order of their file.

    >>> import leadclass
    >>> corpus = leadclass.load_corpus()
    >>> corpus[0].label in ("leadership", "management", "neither", "mixed")
    True
    """

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = tuple(records)

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> Corpus: ...
    def __getitem__(self, at: int | slice) -> Record | Corpus:
        return Corpus(self._records[at]) if isinstance(at, slice) else self._records[at]

    def column(self, name: str) -> list[str]:
        """One field of every record."""
        return [getattr(record, name) for record in self._records]

    def __add__(self, other: Corpus) -> Corpus:
        return Corpus([*self._records, *other])


def data_folder() -> Path:
    """Where the corpus lies: inside the package when it was installed, beside it in a checkout."""
    package = Path(__file__).parent
    return next((each for each in (package / "data", package.parent / "data") if each.is_dir()), package / "data")


def load_corpus(folder: str | Path | None = None) -> Corpus:
    """The labelled statements of ``statements.csv``.

    Args:
        folder: where the file lies; by default the corpus that comes with leadclass.

    Raises:
        CorpusError: the file is missing, or a line has a label, facet or column that the codebook does not know.
    """
    path = Path(folder or data_folder()) / "statements.csv"
    return Corpus([_record(path, line, row) for line, row in table(path, COLUMNS)])


def load_ideas(folder: str | Path | None = None) -> dict[str, Idea]:
    """The ideas of ``ideas.csv`` by their id."""
    path = Path(folder or data_folder()) / "ideas.csv"
    return {row["id"]: Idea(**row) for _, row in table(path, Idea.__slots__)}


def table(path: Path, columns: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with exactly these columns, each with the number of its last line."""
    expected = list(columns)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            if rows.fieldnames != expected:
                raise CorpusError(
                    f"{path}: the columns must be {expected}, got {rows.fieldnames}; restore the heading."
                )
            for row in rows:
                if None in row or None in row.values():
                    raise CorpusError(
                        f"{path}, line {rows.line_num}: expected {len(expected)} fields; quote the commas."
                    )
                yield rows.line_num, row
    except OSError as error:
        raise CorpusError(f"{path}: {error.strerror}; name the folder that holds {path.name}.") from error


def _record(path: Path, line: int, row: dict[str, str]) -> Record:
    record = Record(**row)
    if record.label not in LABELS_IN_DATA:
        raise CorpusError(f"{path}, line {line}: label must be one of {LABELS_IN_DATA}, got {record.label!r}.")
    if FACETS.get(record.facet, "") != (record.label if record.facet else ""):
        raise CorpusError(f"{path}, line {line}: facet {record.facet!r} does not belong to {record.label!r}.")
    return record
