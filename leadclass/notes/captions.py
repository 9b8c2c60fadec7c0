"""Captions: .vtt and .srt, as Zoom, Teams, YouTube and the like write them."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from leadclass.notes import furniture, prefixes
from leadclass.notes.markup import FILL, unescaped
from leadclass.notes.passages import Seam
from leadclass.notes.speakers import Speakers, Spoken, is_name
from leadclass.notes.statement import Statement
from leadclass.notes.turns import Turns

_timing = re.compile(r"[ \t]*(\d[\d:.,]{3,15})[ \t]*-->[ \t]*\d[\d:.,]{3,15}")
_voice = re.compile(r"<v(?:\.[^\s<>]{0,100})?\s+([^<>\n]{1,200})>")
_tag = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|<[\d:.]{5,16}>|\{\\[^{}\n]{1,60}\}")
_again = re.compile(rf"(?<=[\s{FILL}])>{FILL}*>")
_change = re.compile(rf"(?:>{FILL}*>[>{FILL}]*|-(?=\s)|–(?=\s)|♪)\s*")
_SHARE = 0.8  # of the cues: so many begin with a line that is a name, and it is the speaker's


class Piece(NamedTuple):
    """A line of a cue, its tags overwritten with `FILL`."""

    text: str
    line: int
    offset: int
    time: str
    voice: str | None


def read_captions(text: str, file: str) -> list[Statement]:
    """Cues become turns; the time of a statement is that of the cue in which it begins."""
    pieces = list(_pieces(text))
    if "<c>" in text:
        pieces = _without_repeats(pieces)
    if ">>" in text or "&gt;" in text:
        pieces = [part for each in pieces for part in _cut(each)]
    spoken = Speakers([each.text.replace(FILL, "").strip() for each in pieces], speech=True).spoken_at
    named = _named_by_line(pieces)
    turns = Turns(file)
    speaker: str | None = None
    carried = _names_only_changes(spoken)
    for at, piece in enumerate(pieces):
        if at in named:
            speaker = piece.text.strip()
            continue
        same = at > 0 and pieces[at - 1].time == piece.time and pieces[at - 1].line + 1 >= piece.line
        speaker = _speaker(piece, spoken[at], speaker if named or carried or same else None)
        _add(turns, piece, spoken[at], speaker)
    return turns.close()


def _speaker(piece: Piece, spoken: Spoken | None, before: str | None) -> str | None:
    if piece.voice:
        return piece.voice
    if spoken or _change.match(piece.text):
        return spoken.name if spoken else None  # ">>" alone: somebody else, nobody knows who
    return before


def _add(turns: Turns, piece: Piece, spoken: Spoken | None, speaker: str | None) -> None:
    text, start = piece.text, 0
    if spoken and not piece.voice:
        at = text.find(":", len(spoken.item))
        while text[at + 1 : at + 2].isdigit():
            at = text.find(":", at + 1)
        start, _ = prefixes.behind(text, at)
    change = _change.match(text, start)
    if change:
        start = change.end()
    if start >= len(text):
        return
    said = text[start:]
    if said[0] in "[(" and turns.is_whole() and not furniture.says_something(said.replace(FILL, "")):
        return  # a noise between sentences
    if speaker is None and turns.goes_on(said) and not change:
        speaker = turns.speaker
    turns.add(said, [Seam(0, piece.line, piece.offset + start, piece.time)], speaker, new=bool(change))


def _pieces(text: str) -> Iterator[Piece]:
    """The lines of all cues; what stands between cues (NOTE, STYLE, REGION, numbers) is none."""
    strict = text.lstrip("\ufeff").startswith("WEBVTT")
    lines = text.split("\n")
    time: str | None = None
    voice: str | None = None
    for at, raw in enumerate(lines):
        line = raw.strip()
        if "-->" in line and (found := _timing.match(line)):
            time, voice = found[1], None
        elif not line:
            time = None if strict and not raw else time  # a line of one space is a line of the cue
        elif time is not None and not (line.isdigit() and at + 1 < len(lines) and "-->" in lines[at + 1]):
            for piece in _voices(raw, line, at + 1, time, voice):
                voice = piece.voice
                yield piece


def _voices(raw: str, line: str, number: int, time: str, voice: str | None) -> Iterator[Piece]:
    """A line cut where another voice begins."""
    indent = len(raw) - len(raw.lstrip())
    if "<" not in line and "&" not in line and "{" not in line:
        yield Piece(line, number, indent, time, voice)
        return
    at = 0
    for found in [*_voice.finditer(line), None]:
        filled = _filled(line[at : found.start() if found else len(line)])
        yield from _stripped(Piece(filled, number, indent + at, time, voice))
        if found:
            at, voice = found.end(), " ".join(found[1].split())


def _stripped(piece: Piece) -> Iterator[Piece]:
    lead = len(piece.text) - len(piece.text.lstrip(FILL + " "))
    if said := piece.text[lead:].rstrip(FILL + " "):
        yield piece._replace(text=said, offset=piece.offset + lead)


def _cut(piece: Piece) -> Iterator[Piece]:
    """A line cut where ">>" says that somebody else speaks."""
    cuts = [0, *(found.start() for found in _again.finditer(piece.text)), len(piece.text)]
    for begin, end in itertools.pairwise(cuts):
        yield from _stripped(piece._replace(text=piece.text[begin:end], offset=piece.offset + begin))


def _filled(line: str) -> str:
    return unescaped(_tag.sub(lambda found: FILL * len(found[0]), line))


def _without_repeats(pieces: list[Piece]) -> list[Piece]:
    """Rolling captions show each line again above the next one: only the first counts."""
    kept: list[Piece] = []
    for each in pieces:
        if not kept or kept[-1].text.replace(FILL, "") != each.text.replace(FILL, ""):
            kept.append(each)
    return kept


def _named_by_line(pieces: list[Piece]) -> frozenset[int]:
    """Cues whose first line is a name (older Teams exports): those lines, if nearly all cues begin so."""
    first = [at for at, each in enumerate(pieces) if not at or pieces[at - 1].time != each.time]
    found = [at for at in first if at + 1 < len(pieces) and pieces[at + 1].time == pieces[at].time]
    found = [at for at in found if prefixes.name_alone(pieces[at].text) and is_name(pieces[at].text)]
    repeated = any(count > 1 for count in Counter(pieces[at].text for at in found).values())
    return frozenset(found) if repeated and len(found) >= _SHARE * len(first) else frozenset()


def _names_only_changes(spoken: list[Spoken | None]) -> bool:
    """Whether the file names a speaker only where another begins, so that cues without a name go on with the last."""
    named = [each.name for each in spoken if each]
    repeats = any(left == right for left, right in itertools.pairwise(named))
    return len(named) > 2 and len(named) < len(spoken) and not repeats
