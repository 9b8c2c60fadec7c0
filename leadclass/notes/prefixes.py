"""What stands before a statement: bullet, numbering, check box, time and speaker are taken off and kept apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from leadclass.notes.wordlist import listed

_quote = re.compile(r"(?:>\s?)+")
_bullet = re.compile(r"(?:[-*+•◦▪–—‣●]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+")
_box = re.compile(r"(?:\[[ xX✓]\]|[☐☑☒✓✔✗])\s+")
_time = re.compile(r"[\[(]?(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,3})?)?(?:\s?[ap]m)?)[\])]?\s*[-–:]?\s+", re.IGNORECASE)
_name = r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3}"
_speaker = re.compile(
    rf"(?:\*\*|__)?({_name})(?: ?\((\d{{1,2}}:\d{{2}}(?::\d{{2}})?)\))?(?::(?:\*\*|__)?|(?:\*\*|__):)\s+(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of notes, its prefixes taken off.

    Attributes:
        text: what is left.
        item: a bullet, number or check box stood before it, so it begins a statement of its own.
        speaker, time: as they were written, or None.
    """

    text: str
    item: bool = False
    speaker: str | None = None
    time: str | None = None


@cache
def headwords() -> frozenset[str]:
    """The words of headwords.txt."""
    return listed("headwords.txt")


def stripped(text: str, handles: frozenset[str] = frozenset()) -> Line:
    """A line without its prefixes.

    Args:
        text: one line.
        handles: names in lower case that are known to speak in this file (see `speaking`).

    >>> stripped("- [ ] [00:05:32] Alice: Who signs it?")
    Line(text='Who signs it?', item=True, speaker='Alice', time='00:05:32')
    >>> stripped("10:30 Meeting: budget").speaker is None
    True
    """
    line = Line(_quote.sub("", text.strip(), count=1) if text.lstrip().startswith(">") else text.strip())
    for pattern in (_bullet, _box):
        if found := pattern.match(line.text):
            line = replace(line, text=line.text[found.end() :], item=True)
    if found := _time.match(line.text):
        line = replace(line, text=line.text[found.end() :], time=found[1])
    if (found := _speaker.match(line.text)) and _speaks(found[1], handles):
        line = replace(line, text=line.text[found.end() :], speaker=found[1], time=line.time or found[2])
    return line


def speaking(text: str) -> frozenset[str]:
    """Names written small ("oli:") that stand before a colon on two lines or more, so that they are no chance."""
    names = [found[1] for line in text.split("\n") if (found := _speaker.match(line.strip()))]
    return frozenset(name for name in names if name.islower() and " " not in name and names.count(name) > 1)


def _speaks(name: str, handles: frozenset[str]) -> bool:
    words = name.split()
    if any({word.lower(), word.lower().rstrip("s.")} & headwords() for word in words):
        return False
    return name in handles or all(word[0].isupper() for word in words)
