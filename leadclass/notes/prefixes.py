"""What stands before a statement: bullet, numbering, check box, time and a label such as a speaker's name."""

from __future__ import annotations

import re
from typing import NamedTuple

# In full or cut short, so that "1. Marc orders it" is no date.
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|(?:Nov|Dec)(?:ember)?)\b"
)
CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,3})?)?(?:\s?[aApP]\.?[mM]\b\.?)?"
_DATE = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+)?"
_SPAN = rf"{CLOCK}(?:\s?(?:[-–]|-->)\s?{CLOCK})?"
# Without brackets a clock may begin a sentence ("10:30 is too early"), so a dash, a name or a capital has to follow.
_TIME = (
    rf"(?:[\[(]{_DATE}(?P<inside>{_SPAN})[\])]\s*[-–:]?\s*(?=\S)"
    rf"|{_DATE}(?P<bare>{_SPAN})(?:\s+[-–]\s+|\s+(?=[^\W\d_a-z]|[*_\"“])))?"
)
_lead = re.compile(
    r"(?:>\s?)*"
    r"(?P<item>(?:(?:[-*+•◦▪–—‣●⁃·]|\(?[a-z]\)|\([ivx]{1,4}\))\s+)?"
    rf"(?:\(?\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}[.)]\s+(?!{_MONTH})|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\s+(?=[A-Z\"“(]))?"
    r"(?:(?:\[[ xX✓/>?!~-]?\]|[☐☑☒✓✔✗✅❌])\s+)?)" + _TIME
)
_inner_time = re.compile(rf"[\[(]({CLOCK})[\])]\s*[-–:]?\s*(?=\S)")

_PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|ter|ten|bin|ibn|al|el|of|y|e)"
NAME = rf"@?[^\W\d_][\w.'’-]*(?: (?:{_PARTICLE}(?= )|[^\W\d_a-z][\w.'’-]*))*(?: \d{{1,2}}){{0,2}}"
_label = re.compile(
    rf"[*_\[]{{0,4}}(?:[\[(](?P<before>{CLOCK})[\])]\s*)?[*_\[]{{0,4}}"
    r"(?:(?<=\[\[)[^\[\]|]{1,60}\|)?"  # of a wiki's link the name that is shown
    rf"(?P<name>{NAME})(?P<guest> \((?!{CLOCK}\))[^()]{{1,40}}\))?"
    rf"[*_\]]{{0,4}}(?:\s?[-–—,|]?\s*[\[(]?(?P<after>{CLOCK})[\])]?)?[*_]{{0,4}}\s?"
)
_header = re.compile(
    rf"[*_]{{0,3}}(?:[\[(]?(?P<before>{CLOCK})[\])]?(?P<gap>\s*[-–—|]\s*|\s+))?[*_\[]{{0,3}}"
    rf"(?P<name>{NAME}(?:, {NAME})?)(?P<guest> \([^()\d]{{1,40}}\))?[*_\]]{{0,3}}"
    rf"(?:(?P<space>\s*[-–—,|@·]\s*|\s+)[\[(*_]{{0,2}}(?P<after>{CLOCK})[\])*_]{{0,2}})?:?[*_]{{0,3}}"
)
_clock_alone = re.compile(rf"[*_\[(]{{0,3}}{_DATE}({_SPAN})[\])*_]{{0,3}}")
_FIRST = frozenset(">-*+•◦▪–—‣●⁃·([☐☑☒✓✔✗✅❌0123456789")
FARTHEST = 90  # a label's colon stands no farther from the line's beginning


class Lead(NamedTuple):
    """What stands before a line's text.

    Attributes:
        item: the bullet, number or check box, so that the line begins a statement of its own; or "".
        time: as it was written, or None.
        start: where the text begins.
    """

    item: str
    time: str | None
    start: int


class Label(NamedTuple):
    """What may be a speaker's name, and the time beside it."""

    name: str
    time: str | None
    spaced: bool = False  # a tab or two spaces part them, as in exported transcripts
    lines: int = 1  # how many they take


_BARE = Lead("", None, 0)
_DASHES = {dash: Lead(dash, None, 2) for dash in ("- ", "* ", "+ ", "• ")}


def lead(line: str) -> Lead:
    """The prefixes of a stripped line, but for the speaker.

    >>> lead("- [ ] [00:05:32] Alice: Who signs it?")
    Lead(item='- [ ] ', time='00:05:32', start=17)
    """
    if line[:1] not in _FIRST and line[1:2] != ")":
        return _BARE
    if line[:2] in _DASHES and line[2:3].isalpha() and line[3:4] != ")":  # the usual bullet, and nothing behind it
        return _DASHES[line[:2]]
    found = _lead.match(line)
    if not found:
        return _BARE
    return Lead(found["item"], found["inside"] or found["bare"], found.end())


def colon(line: str) -> int:
    """Where the colon behind a label may stand, or -1: not inside a clock, a link or a ratio.

    >>> colon("10:30 Ana: pay it"), colon("https://example.org")
    (9, -1)
    """
    at = line.find(":", 0, FARTHEST)
    while at > 0 and line[at + 1 : at + 2].isdigit():
        at = line.find(":", at + 1, FARTHEST)
    return at if at > 0 and line[at + 1 : at + 2] in ("", " ", "*", "_", "\t", "\u00a0") else -1


def head(line: str) -> str | None:
    """What stands before the colon of a label, if there is one."""
    at = line.find(":", 0, FARTHEST)
    if at > 0 and line[at + 1 : at + 2] == " ":
        return line[:at]
    at = colon(line)
    return line[:at] if at > 0 else None


def label(head: str) -> Label | None:
    """The name in what stands between the prefixes and the colon, if it can be one.

    >>> label("**Sarah (00:00)")
    Label(name='Sarah', time='00:00', spaced=False, lines=1)
    """
    found = _label.fullmatch(head)
    return Label(found["name"] + (found["guest"] or ""), found["before"] or found["after"]) if found else None


def header(line: str) -> Label | None:
    """A line that holds nothing but a name and a time: the beginning of a speaker's block.

    >>> header("Ana Lee  0:05")
    Label(name='Ana Lee', time='0:05', spaced=True, lines=1)
    """
    found = _header.fullmatch(line) if len(line) <= FARTHEST else None
    if not found or not (found["before"] or found["after"]):
        return None
    gap = found["space"] or found["gap"] or ""
    return Label(
        found["name"] + (found["guest"] or ""), found["before"] or found["after"], len(gap) > 1 and gap.isspace()
    )


def clock(line: str) -> str | None:
    """The time that a line holds and nothing else."""
    found = _clock_alone.fullmatch(line) if len(line) <= FARTHEST else None
    return found[1] if found else None


def name_alone(line: str) -> bool:
    """Whether a line could be nothing but a name."""
    return len(line) <= FARTHEST and re.fullmatch(NAME, line) is not None


def behind(line: str, at: int) -> tuple[int, str | None]:
    """Where the text behind a label's colon begins, and the time that may stand there first."""
    if line[at + 1 : at + 2] == " " and line[at + 2 : at + 3].isalnum():
        return at + 2, None
    rest = line[at + 1 :]
    if rest[:1] in ("*", "_"):
        rest = rest.lstrip("*_")
    rest = rest.lstrip()
    start = len(line) - len(rest)
    found = _inner_time.match(rest) if rest[:1] in ("[", "(") else None
    return (start + found.end(), found[1]) if found else (start, None)
