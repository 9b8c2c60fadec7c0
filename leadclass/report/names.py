"""The names of files, short for people to read and safe for pages to have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from leadclass.report.terminal import harmless

_LONGEST = 60  # characters of a page's name: file systems take 255 bytes, and a letter may have four


def short(files: Iterable[str]) -> dict[str, str]:
    """Each file without the folders that all of them share.

    >>> short(["/home/ana/notes/may/a.md", "/home/ana/notes/june/a.md"])
    {'/home/ana/notes/may/a.md': 'may/a.md', '/home/ana/notes/june/a.md': 'june/a.md'}
    """
    found = list(files)
    above = _shared_folders(found)
    return {file: "standard input" if file == "-" else "/".join(PurePath(file).parts[above:]) for file in found}


def pages(files: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """A safe name for the page of each file, no two alike, even where capitals do not count, and none of ``taken``.

    >>> pages(["team/Weekly notes.md", "team/weekly-notes.md"], [])
    {'team/Weekly notes.md': 'Weekly-notes.md.html', 'team/weekly-notes.md': 'weekly-notes.md-2.html'}
    """
    used = set(taken)
    given: dict[str, str] = {}
    for file, name in short(files).items():
        stem = re.sub(r"[^\w.-]+", "-", name).strip("-.")[-_LONGEST:].lstrip("-.") or "notes"
        given[file] = _free(stem, used)
        used.add(given[file].casefold())
    return given


def title(files: Iterable[str]) -> str:
    """What to call a report on these files."""
    found = list(short(files).values())
    return harmless(found[0]) if len(found) == 1 else f"{len(found):,} files of notes"


def _shared_folders(files: Iterable[str]) -> int:
    folders = [PurePath(file).parts[:-1] for file in files if file != "-"]
    shared = 0
    for parts in zip(*folders, strict=False):
        if len(set(parts)) > 1:
            break
        shared += 1
    return shared


def _free(stem: str, used: set[str]) -> str:
    name, number = f"{stem}.html", 1
    while name.casefold() in used:
        number += 1
        name = f"{stem}-{number}.html"
    return name
