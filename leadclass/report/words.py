"""The words of a statement that spoke for its label or against it, each with its place in the text."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from leadclass.tokens import MARK, WORD, fold

if TYPE_CHECKING:
    from leadclass.explanation import Explanation

SHOWN = 6  # of the strongest: what lies beyond adds little and makes a page of 20,000 statements heavy

_token = re.compile(f"{WORD}|{MARK}")


class Word(NamedTuple):
    """An n-gram where it first stands in a text: characters ``start`` to ``end``, and what it adds to the logit."""

    start: int
    end: int
    weight: float


def spoken(found: Explanation) -> tuple[Word, ...]:
    """The strongest n-grams for or against the first choice of the model.

    >>> import leadclass
    >>> text = "The budget is late."
    >>> first = spoken(leadclass.explain(text))[0]
    >>> text[first.start : first.end]
    'budget'
    """
    label = found.tag.first_choice
    strongest = heapq.nlargest(
        SHOWN, ((abs(weight := each.to(label)), weight, each.ngram) for each in found.contributions)
    )
    places = _places(found.text)
    return tuple(Word(*places[ngram], weight) for _, weight, ngram in strongest if ngram in places)


def _places(text: str) -> dict[str, tuple[int, int]]:
    """Where each n-gram first stands."""
    found = list(_tokens(text))
    places = {word: (start, end) for word, start, end in reversed(found)}
    pairs = [(f"{one[0]} {two[0]}", (one[1], two[2])) for one, two in pairwise(found)]
    return places | dict(reversed(pairs))


def _tokens(text: str) -> Iterator[tuple[str, int, int]]:
    folded = fold(text)
    if len(folded) == len(text):
        yield from ((match[0], *match.span()) for match in _token.finditer(folded))
    else:  # lower case may be longer: one letter, a capital I with a dot, becomes two
        widths = accumulate((len(fold(letter)) for letter in text), initial=0)
        place = {at: index for index, at in enumerate(widths)}
        for match in _token.finditer(folded):
            yield match[0], place.get(match.start(), 0), place.get(match.end(), len(text))
