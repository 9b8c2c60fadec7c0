"""Joins the stand-off annotation of the two essays with the essay files of a user who has them.

Their text is not ours to ship, so ``data/essays.csv`` names each sentence by the SHA-256 of its file and by the
characters at which it starts and ends.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from leadclass.corpus import Corpus, CorpusError, Record, data_folder, table


@dataclass(frozen=True, slots=True)
class Mark:
    """One sentence of an essay or its comments, by position.

    Attributes:
        essay: ``W`` (Witmer, *Manage Process - Lead People*) or ``D`` (Davis-Smith, *Understanding the Difference*).
        sha256: of the essay's file.
        start, end: offsets in characters of the file read as UTF-8.
        label, facet, idea: as in `leadclass.corpus.Record`.
    """

    essay: str
    sha256: str
    start: int
    end: int
    label: str
    facet: str
    idea: str


def load_marks(folder: str | Path | None = None) -> list[Mark]:
    """The annotation of ``essays.csv``: every sentence of both essays and their comments, in order."""
    path = Path(folder or data_folder()) / "essays.csv"
    rows = (row for _, row in table(path, Mark.__slots__))
    return [Mark(**{**row, "start": int(row["start"]), "end": int(row["end"])}) for row in rows]  # type: ignore[arg-type]


def read_essays(folder: str | Path) -> Corpus:
    """The essays' own sentences as labelled statements; all of one essay share a group.

    Args:
        folder: holds the two essays as text files, whatever their names; they are known by their SHA-256.

    Raises:
        CorpusError: the folder lacks one of the two, or holds it in another version.
    """
    place = Path(folder)
    if not place.is_dir():
        raise CorpusError(f"{place}: there is no such folder; name the one that holds the two essays as text files.")
    files = {hashlib.sha256(data).hexdigest(): data for data in (each.read_bytes() for each in _texts(place))}
    marks = load_marks()
    missing = sorted({mark.essay for mark in marks if mark.sha256 not in files})
    if missing:
        raise CorpusError(
            f"{place}: no file has the SHA-256 of essay {' and '.join(missing)}; the annotation fits the exact files "
            "named in data/essays.csv, byte for byte."
        )
    return Corpus([_record(number, mark, files[mark.sha256].decode("utf-8")) for number, mark in enumerate(marks, 1)])


def _texts(place: Path) -> list[Path]:
    return sorted(each for each in place.iterdir() if each.is_file() and each.suffix == ".txt")


def _record(number: int, mark: Mark, text: str) -> Record:
    return Record(
        id=f"{mark.essay}-{number:03}",
        text=text[mark.start : mark.end],
        label=mark.label,
        facet=mark.facet,
        kind="essay" if mark.label == "neither" else "",
        idea=mark.idea,
        domain="management and leadership",
        register="essay",
        style="vivid",
        group=f"essay-{mark.essay}",
    )
