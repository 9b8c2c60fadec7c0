"""Who was there: lists of people, which are no statements, and the names in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from leadclass.notes.wordlist import listed

_word = re.compile(r"[^\W\d_][\w'’-]*")
_aside = re.compile(r"\([^()]{0,60}\)")
_role = re.compile(r"\s[-–—(,:]|, |: ")
_between = re.compile(r",|;|/|&|\band\b|•")
_PEOPLE = listed("people.txt")


@lru_cache(4096)  # the same heads return through a whole transcript
def names_people(title: str) -> bool:
    """Whether a heading or lead-in stands above a list of who was there."""
    words = title.lower().strip(" :*_#-+•").split()
    return bool(words) and len(words) <= 5 and not _PEOPLE.isdisjoint(words)


def is_people(text: str) -> bool:
    """Whether a line below such a heading holds nothing but names, with roles perhaps.

    >>> is_people("Ana Lee (chair), Bo"), is_people("Ana came late because of the trains.")
    (True, False)
    """
    return lists_people(text) or (len(text) < 60 and lists_people(_role.split(text)[0]))


def lists_people(text: str) -> bool:
    """Whether a text holds nothing but names."""
    parts = _between.split(_aside.sub("", text))
    return all(_is_person(part.split()) for part in parts if part.strip()) and bool(text.strip())


def _is_person(words: list[str]) -> bool:
    return len(words) <= 4 and all(
        word[0].isupper() or not word[0].isalpha() or word in ("van", "von", "de", "der", "la", "di", "el", "bin")
        for word in words
    )


def present(lines: Sequence[str]) -> list[str]:
    """The names, word by word, of those whom notes list as present.

    >>> present(["Present: Ana, Bo", "Ana: pay it"])
    ['Ana', 'Bo']
    """
    found: list[str] = []
    below = False
    for line in lines:
        colon = line.find(":", 0, 60)
        if colon > 0 and names_people(line[:colon]):
            rest = line[colon + 1 :]
            found += _word.findall(rest)
            below = not rest.strip(" *_")
        elif line[:1] == "#":
            below = names_people(line)
        elif below and line:
            below = is_people(line.strip("-*+•_ "))
            found += _word.findall(line) if below else ()
    return found
