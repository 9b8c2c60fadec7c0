"""Who speaks: which labels before a colon, and which lines of name and time, are speakers. Nobody is ever guessed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from leadclass.notes import prefixes
from leadclass.notes.statement import Statement
from leadclass.notes.wordlist import listed

# What a phone or a tablet calls itself in a call ("Ana's iPhone", "T. Burke - RN"), a number that dialled in.
_device = re.compile(r"\+?[^\W_][^:?!<>\[\]{}\n]{0,60}")

_phone = re.compile(r"\+?\d[\d ()-]{6,20}\d")
_LONGEST = 6  # words in such a label
_RUN, _SHARE = 3, 0.75  # so many lines of a run, and so much of it, are spoken by known names


class Spoken(NamedTuple):
    """The head of a spoken line: who, when, the item before it, and where the colon stands."""

    name: str
    time: str | None
    item: str
    colon: int


class Speakers:
    """The speakers of one file, found by evidence from the whole of it.

    A name of several words is a speaker where it stands before a colon, unless its first word is a word that heads
    lines of notes (headwords.txt). A single word ("Ana:", "oli:") is one if it stands there twice, or behind a time, or
    is named among those present; else it may be any word ("Travel: ..."). A role ("Chair:") has to speak twice. Where
    all lines are known to be speech, as in captions, any label that returns is a speaker's. So is a single word's label
    in a run of lines that speakers' names open, nearly all of them.
    """

    def __init__(self, lines: Sequence[str], present: Iterable[str] = (), *, speech: bool = False) -> None:
        self._speech = speech
        heads = [prefixes.head(line) if ":" in line else None for line in lines]
        counts = Counter(head for head in heads if head)
        labelled = speech and 2 * counts.total() > len(lines)
        parsed = {head: spoken for head in counts if (spoken := _spoken(head, device=labelled and counts[head] > 1))}
        self._timed = {spelled(spoken.name) for spoken in parsed.values() if spoken.time}
        self._present = {spelled(name) for name in present}
        self._counts: Counter[str] = Counter()
        for head, spoken in parsed.items():
            self._counts[spelled(spoken.name)] += counts[head]
        known = {head: spoken for head, spoken in parsed.items() if self._speaks(spoken.name)}
        # By line: who speaks it. `transcript` is true where most lines are spoken, so that others go on with a turn.
        self.spoken_at = [known.get(head) if head else None for head in heads]
        if among := {head: parsed[head] for head in self._among(heads, parsed)}:
            known |= among
            self.spoken_at = [known.get(head) if head else None for head in heads]
        self.names = {spelled(spoken.name) for spoken in known.values()} | self._present
        said = sum(1 for each in self.spoken_at if each)
        self.transcript = said > 3 and said > 0.6 * sum(map(bool, lines))
        clocked = [at for at, head in enumerate(heads) if head is None and ":" in lines[at]]
        self.blocks = _blocks(lines, clocked)

    def _among(self, heads: Sequence[str | None], parsed: Mapping[str, Spoken]) -> Iterator[str]:
        """Labels of one word that nobody lists, in a run of lines that are all labelled, nearly all by speakers."""
        begin = 0
        for at, head in enumerate([*heads, None]):
            if head in parsed:
                continue
            run = range(begin, at)
            begin = at + 1
            known = sum(1 for each in run if self.spoken_at[each])
            if known >= _RUN and _SHARE * len(run) <= known < len(run):
                names = {each: parsed[each].name for line in run if (each := heads[line]) and not self.spoken_at[line]}
                yield from (each for each, name in names.items() if is_name(name) and not _role(spelled(name).split()))

    def _speaks(self, name: str) -> bool:
        key = spelled(name)
        count = self._counts[key]
        words = key.split()
        if name[0] == "@" or (self._speech and count > 1):
            return True
        if name.islower():
            return count > 1 and len(words) == 1 and not _heads_a_line(words)
        if _role(words):  # "Chair: Ana" says who chaired, perhaps twice; who speaks does so more often
            filed = not listed("furniture.txt").isdisjoint({key, f"~{key}"})
            return key in self._timed or count > (2 if filed else 1)
        sure = len(words) > 1 or count > 1 or key in self._timed or key in self._present
        return sure and not _heads_a_line(words)


def of_one_spelling(statements: list[Statement]) -> list[Statement]:
    """The statements with one spelling a speaker: "oli" and "Oli", "Remy" and "Rémy" are one."""
    counts = Counter(each.speaker for each in statements if each.speaker)
    best: dict[str, str] = {}
    # One with a capital, if there is any; of those the most frequent; of equally frequent ones, that with accents.
    for name in sorted(counts, key=lambda name: (name.islower(), -counts[name], name.isascii())):
        best.setdefault(spelled(name), name)
    if len(best) == len(counts):
        return statements
    other = {name: best[spelled(name)] for name in counts if best[spelled(name)] != name}
    return [each._replace(speaker=other[each.speaker]) if each.speaker in other else each for each in statements]


def spelled(name: str) -> str:
    """A name without case and accents, so that variants of its spelling meet.

    >>> spelled("Rémy") == spelled("remy")
    True
    """
    if not name.isascii():
        name = "".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark))
    return " ".join(name.casefold().replace("’", "'").split())


@lru_cache(4096)  # a name returns with every turn
def is_name(name: str) -> bool:
    """Whether a label can be somebody's name: it begins with a capital and not with a word that heads lines."""
    words = spelled(name).split()
    return not name[0].islower() and not _heads_a_line(words)


def _spoken(head: str, *, device: bool) -> Spoken | None:
    lead = prefixes.lead(head)
    who = head[lead.start :]
    if lead.time and who.startswith("From "):  # Zoom's chat: "From Ana to Everyone"
        who = who[5:].partition(" to ")[0].strip()
    found = prefixes.label(who)
    if not found and (
        (lead.time and _phone.fullmatch(who)) or (device and _device.fullmatch(who) and len(who.split()) <= _LONGEST)
    ):
        found = prefixes.Label(who.strip(), None)
    return Spoken(found.name, lead.time or found.time, lead.item, len(head)) if found else None


def _heads_a_line(words: list[str]) -> bool:
    """Labels such as "next steps" begin with a headword; names such as "grace due" may end with one."""
    first = words[0].rstrip(".")
    return not listed("headwords.txt").isdisjoint({first, first.removesuffix("s")}) or all(
        word.removesuffix("s") in listed("headwords.txt") or word in listed("headwords.txt") for word in words
    )


def _role(words: list[str]) -> bool:
    """ "Chair", "Speaker 1", "Project Manager"."""
    last = words[-2] if len(words) > 1 and len(words[-1]) < 3 else words[-1]
    return last in listed("roles.txt") and len(words) < 4


def _blocks(lines: Sequence[str], clocked: Iterable[int]) -> dict[int, prefixes.Label]:
    """The lines, by index, that open a speaker's block; none unless the file shows that they do."""
    found = dict(_headers(lines, clocked))
    if not found:
        return {}
    names = Counter(each.name for each in found.values())
    sure = any(each.spaced for each in found.values()) or any(count > 1 for count in names.values())
    return found if sure or (len(found) > 1 and all(" " in name for name in names)) else {}


def _headers(lines: Sequence[str], clocked: Iterable[int]) -> Iterator[tuple[int, prefixes.Label]]:
    for at in clocked:
        line = lines[at]
        if len(line) <= prefixes.FARTHEST:
            if time := prefixes.clock(line):
                if at and _name_above(lines, at):
                    yield at - 1, prefixes.Label(lines[at - 1], time, lines=2)
            elif (found := prefixes.header(line)) and is_name(found.name) and _followed(lines, at, found):
                yield at, found


def _followed(lines: Sequence[str], at: int, found: prefixes.Label) -> bool:
    """Whether words follow: a list of names and times is no transcript."""
    below = lines[at + 1] if at + 1 < len(lines) else ""
    if not below and found.spaced:
        below = lines[at + 2] if at + 2 < len(lines) else ""
    return bool(below) and not prefixes.header(below)


def _name_above(lines: Sequence[str], at: int) -> bool:
    above, below = lines[at - 1], lines[at + 1] if at + 1 < len(lines) else ""
    return bool(below) and bool(above) and prefixes.name_alone(above) and is_name(above) and not prefixes.clock(below)
