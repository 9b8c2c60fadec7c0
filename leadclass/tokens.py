"""The one definition of a token and of an n-gram: training and scoring both read it here.

A text is folded first: lower case, typographic apostrophes made plain, every decimal digit made ``0``, so that "34" and
"71" are the same token while "7" (a quantity) and "2031" (a year) stay apart. A token is then

- a word: a run of letters and digits, joined by single apostrophes inside it ("don't" is one token; so is "I"), or
- one of the marks ``? ! % $ £ €``, which tell a question, an exclamation and money from the rest.

Everything else separates. An n-gram is a token or a pair of neighbouring tokens joined by a space. One-letter words
stay, since "I" and "we" matter here.
"""

import itertools
import re
from collections.abc import Iterator

WORD = r"[^\W_]+(?:'[^\W_]+)*"
MARKS = "?!%$"  # of ASCII
MARK = rf"[{MARKS}£€]"

_token = re.compile(f"{WORD}|{MARK}")
_digit = re.compile(r"\d")

# Typographic marks and what may stand for them without changing any token: a text that then is ASCII is quick work.
TYPOGRAPHY = {"’": "'", **dict.fromkeys("‘“”–—…•\u00a0", " ")}


def fold(text: str) -> str:
    """Lower case, plain apostrophes, digits as ``0``.

    >>> fold("Don’t ship v2 before 2031")
    "don't ship v0 before 0000"
    """
    return _digit.sub("0", text.lower().replace("’", "'"))


def tokens(text: str) -> list[str]:
    """The tokens of ``text`` in order.

    >>> tokens("I won't sign off £250k!")
    ['i', "won't", 'sign', 'off', '£', '000k', '!']
    """
    return _token.findall(fold(text))


def ngrams(text: str) -> list[str]:
    """Single tokens, then neighbouring pairs: the features that carry weights.

    >>> ngrams("Who decides?")
    ['who', 'decides', '?', 'who decides', 'decides ?']
    """
    words = tokens(text)
    return [*words, *_pairs(words)]


def _pairs(words: list[str]) -> Iterator[str]:
    return (f"{left} {right}" for left, right in itertools.pairwise(words))


def _plain(mark: str) -> str:
    """A character as it counts within a token, or a space where it separates."""
    folded = fold(mark)
    return folded if folded == "'" or _token.fullmatch(folded) else " "


# What each of the 128 ASCII characters becomes.
ASCII = "".join(_plain(chr(code)) for code in range(128))
