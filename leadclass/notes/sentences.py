"""Where one sentence ends and the next begins."""

from __future__ import annotations

import itertools
import re

from leadclass.notes.wordlist import listed

# A run of end marks with closing quotes or brackets, then space, then something that can open a sentence.
_end = re.compile(r"(?<![.?!…])[.?!…]+[\"'”’)\]]{0,4}(?=\s+[\"'“‘(\[]{0,4}[^\W_])")
_word = re.compile(r"[^\s(\[\"“‘]+$")
_after = re.compile(r"\s+[\"'“‘(\[]{0,4}(\S)")

# Abbreviations that may well close a sentence too: there the next word decides.
_EITHER = frozenset({"etc", "a.m", "p.m", "inc", "ltd", "corp", "jr", "sr", "u.s", "u.k", "al"})


def split(text: str) -> list[tuple[int, str]]:
    """The sentences of a text, each with the offset at which it begins.

    >>> split("Dr. Osei paid 3.5 million. Who approved it?")
    [(0, 'Dr. Osei paid 3.5 million.'), (27, 'Who approved it?')]
    """
    edges = [0, *(end.end() for end in _end.finditer(text) if _closes(text, end)), len(text)]
    pieces = [(left, text[left:right]) for left, right in itertools.pairwise(edges)]
    return [(at + len(piece) - len(piece.lstrip()), piece.strip()) for at, piece in pieces if piece.strip()]


def _closes(text: str, end: re.Match[str]) -> bool:
    following = _after.match(text, end.end())
    opens_low = following is not None and following[1].islower()
    if end[0].startswith(("?", "!")):
        return not (opens_low and end[0][-1] in "\"'”’)]")
    if end[0].startswith(("..", "…")):
        return not opens_low
    before = _word.search(text, max(0, end.start() - 40), end.start())
    word = before[0].lower() if before else ""
    if word in ("no", "nos"):
        return following is not None and not following[1].isdigit()
    if word in _EITHER:
        return following is not None and following[1].isupper()
    if word in listed("abbreviations.txt") or _initial(word):
        return False
    return not opens_low


def _initial(word: str) -> bool:
    """A single letter as in "J. Okoro", or letters and stops as in "d.o.b"; but "I" closes a sentence."""
    return word != "i" and re.fullmatch(r"[^\W\d_](?:\.[^\W\d_])*", word) is not None
