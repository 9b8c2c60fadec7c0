"""What stands before a statement: bullet, numbering, check box, time and speaker are taken off and kept apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, replace

from leadclass.notes.wordlist import listed

_quote = re.compile(r"(?:>\s?)+")
_month = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
_bullet = re.compile(r"(?:[-*+•◦▪–—‣●]|\(?[a-z]\))\s+")
_number = re.compile(rf"\(?(\d{{1,3}})[.)]\s+(?!{_month})")
_box = re.compile(r"(?:\[[ xX✓]\]|[☐☑☒✓✔✗])\s+")

_clock = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,3})?)?(?:\s?[ap]\.?m\.?)?"
_bracketed_time = re.compile(rf"[\[(]({_clock}(?:\s?[-–]\s?{_clock})?)[\])]\s*[-–:]?\s*(?=\S)", re.IGNORECASE)
# Without brackets a clock may begin a sentence ("10:30 is too early"), so a dash, a name or a capital has to follow.
_bare_time = re.compile(rf"({_clock}(?:\s?[-–]\s?{_clock})?)(?:\s+[-–]\s+|\s+(?=[^\W\d_a-z]|[*_\"“]))")

_particle = r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|ter|ten|bin|al|el)"
_name = rf"[^\W\d_][\w.'’-]*(?: (?:{_particle}|[^\W\d_a-z][\w.'’-]*|\d{{1,2}}))*"
_speaker = re.compile(
    rf"[*_\[]{{0,2}}({_name})[*_\]]{{0,2}}(?: ?\(([^()]{{1,40}})\))?[*_]{{0,2}}:[*_]{{0,2}}(?:\s+(?=\S)|$)"
)
_is_clock = re.compile(_clock)
_attendance = re.compile(
    r"\W*(?:present|in attendance|attend\w+|(?:\w+ )?members|observers|participants|apologies|facilitator|minutes)\W"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of notes, its prefixes taken off.

    Attributes:
        text: what is left.
        item: the bullet, number or check box that stood before it, so that it begins a statement of its own; or "".
        speaker, time: as they were written, or None.
    """

    text: str
    item: str = ""
    speaker: str | None = None
    time: str | None = None


def stripped(text: str, speakers: Container[str] | None = None) -> Line:
    """A line without its prefixes.

    Args:
        text: one line.
        speakers: who is known to speak in this file (see `speaking`); without it, every name before a colon.

    >>> stripped("- [ ] [00:05:32] Alice: Who signs it?")
    Line(text='Who signs it?', item='- [ ] ', speaker='Alice', time='00:05:32')
    >>> stripped("10:30 Meeting: budget").speaker is None
    True
    """
    rest = text.strip()
    if rest.startswith(">"):
        rest = _quote.sub("", rest, count=1)
    line = Line(rest)
    for pattern in (_bullet, _number, _box):
        if found := pattern.match(line.text):
            line = replace(line, text=line.text[found.end() :], item=line.item + found[0])
    if found := _bracketed_time.match(line.text) or _bare_time.match(line.text):
        line = replace(line, text=line.text[found.end() :], time=found[1])
    found = _speaker.match(line.text)
    if found and (_is_name(found[1]) if speakers is None else found[1] in speakers):
        line = _spoken(line, found)
    return line


def speaking(text: str) -> frozenset[str]:
    """Who speaks in these notes: never a guess from one line alone.

    A name of several words is a speaker wherever it stands before a colon. A single word ("Ana:", "oli:") is one if it
    does so twice, or behind a time, or is named among those present; else it may be any word ("Travel: ...").
    """
    counts: Counter[str] = Counter()
    timed, present = set(), set()
    for raw in text.split("\n"):
        line = stripped(raw, ())
        if found := _speaker.match(line.text):
            counts[found[1]] += 1
            if line.time:
                timed.add(found[1])
        if _attendance.match(line.text.lower()):
            present.update(re.findall(r"[^\W\d_][\w'’-]*", line.text))
    return frozenset(
        name
        for name, count in counts.items()
        if (_is_name(name) and (" " in name or count > 1 or name in timed or name in present))
        or (count > 1 and _is_handle(name))
    )


def _spoken(line: Line, found: re.Match[str]) -> Line:
    """The line without its speaker; a clock in brackets behind the name is the time, anything else part of the name."""
    name, beside = found[1], found[2]
    time = line.time
    if beside and _is_clock.fullmatch(beside):
        time = time or beside
    elif beside:
        name = f"{name} ({beside})"
    return replace(line, text=line.text[found.end() :], speaker=name, time=time)


def _is_name(label: str) -> bool:
    return not label[0].islower() and not _is_headword(label)


def _is_handle(label: str) -> bool:
    return label.islower() and " " not in label and not _is_headword(label)


def _is_headword(label: str) -> bool:
    """Labels such as "Next steps" begin with one; names such as "Grace Due" may end with one."""
    first = label.split(maxsplit=1)[0].lower().rstrip(".")
    return not listed("headwords.txt").isdisjoint({first, first.removesuffix("s")})
