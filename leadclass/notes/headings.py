"""Headings and rulers of running text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leadclass.notes.wordlist import listed

_bold = re.compile(r"(?:\d{1,2}[.)]\s+)?(?:\*\*|__)([^*_\n]{1,100})(?:\*\*|__)\s*:?")
_counted = re.compile(r"([^\W\d_][^\W\d_]{1,20}(?: item)?)\s+(\d{1,2})\b(?=[\s:.)–-])")
_RULE = frozenset("-*_=~+—– \t")
_ROW = frozenset("|:-+ \t")
_MEETINGS = ("minute", "meeting", "notes", "transcript", "agenda", "standup", "stand-up", "retro", "sync", "handover")
_SMALL = listed("small.txt")


def is_ruler(line: str) -> bool:
    """``---``, ``* * *``, ``===`` or the line under a table's heading; ``--`` begins a signature.

    >>> is_ruler("* * *"), is_ruler("|---|:--|"), is_ruler("- a -")
    (True, True, False)
    """
    if line[-1] not in "-*_=~+|:—–" or line[0] not in "-*_=~+|:—–":
        return False
    marks = set(line)
    return line == "--" or (len(line) > 2 and (marks <= _RULE or ("|" in marks and "-" in marks and marks <= _ROW)))


def underlines(line: str) -> bool:
    """Whether a line makes a heading of the single line above it.

    >>> underlines("====="), underlines("- -")
    (True, False)
    """
    return len(line) > 2 and line[0] in "=-~" and not line.strip(line[0])


def is_bold(line: str) -> bool:
    """Whether Markdown's line is nothing but a few bold words, as people write headings.

    >>> is_bold("**Next steps**"), is_bold("**We will pay.**")
    (True, False)
    """
    found = _bold.fullmatch(line)
    return found is not None and len(line.split()) <= 9 and found[1][-1] not in ".?!,"


def names_a_meeting(line: str) -> bool:
    """Whether a first line is the title of notes.

    >>> names_a_meeting("Team meeting, 3 June")
    True
    """
    low = line.lower()
    return len(line.split()) <= 14 and any(word in low for word in _MEETINGS)


def is_capitalised(line: str) -> bool:
    """Two to seven words, each with a capital but for the small ones: a heading's way to write.

    >>> is_capitalised("Matters Arising from the Minutes"), is_capitalised("Ana books it")
    (True, False)
    """
    words = line.split()
    return 2 <= len(words) <= 7 and words[0][0].isupper() and all(w[0].isupper() or w in _SMALL for w in words)


def counted(lines: Sequence[str]) -> frozenset[str]:
    """The words with which lines between blank ones are counted ("Item 1 Fees", then "Item 2 Roof"): headings.

    >>> sorted(counted(["Item 1 Fees", "", "They rise.", "", "Item 2 The roof", "", "Day 9 was wet"]))
    ['Item']
    """
    numbers: dict[str, set[int]] = {}
    for at, line in enumerate(lines):
        if not 5 < len(line) <= 80 or not (found := count(line)):
            continue
        if not any(lines[max(0, at - 1) : at]) and not any(lines[at + 1 : at + 2]):
            numbers.setdefault(found[0], set()).add(found[1])
    return frozenset(word for word, found in numbers.items() if any(number + 1 in found for number in found))


def count(line: str) -> tuple[str, int] | None:
    """The word and the number with which a line begins.

    >>> count("Item 3 - The roof")
    ('Item', 3)
    """
    found = _counted.match(line) if line[-1] not in ".?!," else None
    return (found[1], int(found[2])) if found else None


def is_deeper(below: str, above: str) -> bool:
    """Whether a number follows as a part of another.

    >>> is_deeper("2.1 Quotes", "2. Dredging"), is_deeper("3. Fees", "2. Dredging")
    (True, False)
    """
    first, second = (line.split(None, 1)[0].strip("().") for line in (above, below))
    return second.startswith(f"{first}.")
