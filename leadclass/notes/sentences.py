"""Where one sentence ends and the next begins."""

from __future__ import annotations

import re

from leadclass.notes.wordlist import listed

_opening = re.compile(r"[^\w\n]{0,8}([^\W_][\w'’]*)")
_initials = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
_number = re.compile(r"(\d{1,2}|[a-z])(\.\)|[.)])\s")
_bullet = re.compile(r"[•⁃‣◦▪●]")
_head = re.compile(r"[•⁃‣◦▪●]?\s*(?:\d{1,3}|[A-Za-z])[.)]{1,2}")

ENDS = ".?!…"
_SPACED = tuple(f"{mark} " for mark in ENDS)  # ". . ." is an ellipsis
_VOWELS = frozenset("aeiouy")
_OPENERS = "\"'“‘«([*_"


def _classes() -> tuple[frozenset[str], ...]:
    """The abbreviations that never end a sentence, those that may, and those that do before a capital: always, or
    behind a number."""
    words = listed("abbreviations.txt")
    marked = {mark: frozenset(word[1:] for word in words if word[0] == mark) for mark in "?!+"}
    never = frozenset(word for word in words if word[0] not in marked)
    return never, marked["?"] | marked["+"], marked["!"], marked["+"]


_NEVER, _MAYBE, _CAPITAL, _MEASURE = _classes()
_HOURS = frozenset(("a.m", "p.m"))
_DAYS = listed("dates.txt")
_NOISES = listed("noises.txt")
_aside = re.compile(r"[\[(]([^\W\d_]+)[^\[\]()]{0,30}[\])]\s*")
_STARTERS = listed("starters.txt")
_ABBREVIATIONS = _NEVER | _MAYBE | _CAPITAL

# The last of a run of end marks, and what may follow. The first branch, without a group, is a sure end: three small
# letters that do not end an abbreviation, a mark, a space, a capital. The second has closing quotes and brackets, then
# space or, by a slip, at once a capital; `_closes` judges it. The pattern begins with a character class, so that the
# engine skips from mark to mark, and has no run in it that could be begun again and again.
_TAILS = "|".join(sorted({word[-3:].lower() for word in _ABBREVIATIONS if len(word) > 2 and word[-3:].isalpha()}))
_candidate = re.compile(
    rf"[.?!…](?:(?<=[a-z]{{3}}[.?!])(?<!(?:{_TAILS})\.) (?=[A-Z])"
    r"|([\"'”’»)\]]{0,4})(?:\s+(?=[^\s.?!…])|(?=[A-Z][a-z'])))"
)
# As written, so that the usual word is looked up without lowering it.
_WRITTEN = frozenset(form for word in _ABBREVIATIONS for form in (word, word.upper(), word.capitalize()))


def split(text: str) -> list[tuple[int, str]]:
    """The sentences of a text, each with the offset at which it begins.

    >>> split("Dr. Osei paid 3.5 million. Who approved it?")
    [(0, 'Dr. Osei paid 3.5 million.'), (27, 'Who approved it?')]
    """
    stripped = text.strip()
    if not stripped:
        return []
    indent = text.index(stripped[0])
    return [(indent + begin, stripped[begin:end]) for begin, end in spans(stripped)]


def spans(text: str) -> list[tuple[int, int]]:
    """Where each sentence of a stripped text begins and ends."""
    found = []
    begin = 0
    for end in _candidate.finditer(text):
        if end.lastindex is None:
            after = end.end()
            found.append((begin, after - 1))
            begin = after
        elif _closes(text, begin, end):
            found.append((begin, end.end(1)))
            begin = end.end()
    found.append((begin, len(text)))
    if text[0].isdigit() or text[1:2] in (".", ")") or text[0] in "•⁃‣◦▪●":
        return _items(text, found)
    return found


def _closes(text: str, begin: int, end: re.Match[str]) -> bool:
    """Whether a mark ends its sentence; the common case (a whole word, then a capital) is settled first."""
    at, after = end.start(), end.end()
    near = max(begin, at - 30)
    word = text[max(near, text.rfind(" ", near, at) + 1) : at] if text[at] == "." else ""
    if len(word) > 1 and word.isalpha() and text[after].isupper() and after > end.end(1) and word not in _WRITTEN:
        return True
    after = _behind_noise(text, after)
    if after == len(text) or _is_remark(text, after):
        return after == len(text)  # nothing but a noise follows
    return _settled(text, begin, end, after, word)


def _settled(text: str, begin: int, end: re.Match[str], after: int, word: str) -> bool:
    at = end.start()
    opening = _opening.match(text, after)
    following = opening[1] if opening else ""
    starter = following.lower().replace("’", "'") in _STARTERS
    low = following[:1].islower() and text[after] not in "-–—"
    if after == end.end(1):  # no space behind the mark
        return starter and following[0].isupper() and text[begin:at][-2:].isalpha() and "/" not in word
    if text[at] in "?!":
        return not (low and (end[1] or text[at] == "!"))
    if text[at] == "…" or (at > begin and text[at - 1] in ENDS) or (at > begin + 1 and text[at - 2 : at] in _SPACED):
        # In speech "Well... I don't know" goes on: the capital of "I" says nothing.
        return not low and not end[1].startswith("]") and at > begin and following.split("’")[0].split("'")[0] != "I"
    if word == "I" and not starter:  # "Albert I. Jones", but "so did I. Ana left"
        return not low and not text[max(begin, at - 30) : at - 2].rpartition(" ")[2].istitle()
    written = word.lstrip("\"'“‘«([*_")
    word = written if written in _MAYBE else written.lower()
    measure = word in _MEASURE or (len(word) == 1 and written == word)  # "4 Feb.", "16 h."
    if measure and text[max(begin, at - len(word) - 5) : at - len(word)].rstrip()[-1:].isdigit():
        return following[:1].isupper()
    return _stop(word, following, starter=starter, low=low, bare=not end[1])


def _behind_noise(text: str, at: int) -> int:
    """Where the words go on behind "[laughs]": they show whether a sentence begins there."""
    found = _aside.match(text, at) if text[at : at + 1] in ("[", "(") else None
    return found.end() if found and found[1].lower() in _NOISES else at


def _is_remark(text: str, at: int) -> bool:
    """Whether the rest is a name or a source in brackets, without an end mark: it belongs to the sentence before.

    "(Time: 15 minutes)" does not: it files something.
    """
    if text[at] != "(" or text[-1] != ")" or text[-2] in ENDS:
        return False
    return text.find("(", at + 1) < 0 and text.find(":", at) < 0


def _stop(word: str, following: str, *, starter: bool, low: bool, bare: bool) -> bool:
    """Whether a full stop behind ``word`` ends the sentence."""
    if word in ("no", "nos"):
        return not following[:1].isdigit() and (starter or not low)
    if word in _CAPITAL:
        zone = word in _HOURS and not starter and following.lower() in _DAYS  # "at 9 a.m. Pacific, on Monday"
        return following[:1].isupper() and not zone
    if word in _NEVER:
        return False
    if word in _MAYBE or (word != "i" and _initials.fullmatch(word)):
        return starter and following[:1].isupper()
    # Speech typed in haste begins with small letters; but a word without a vowel ("wk. and") was cut short.
    return not low or (starter and bare and word.isalpha() and not word.isupper() and not _VOWELS.isdisjoint(word))


def _items(text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A list that stands in one line ("1. one thing 2. another"): a new sentence at each number that counts on."""
    edges = _edges(text)
    if len(edges) > 1:
        begins = sorted({*edges, *(begin for begin, _ in found)})
        ends = [*begins[1:], len(text)]
        found = [(b, b + len(text[b:e].rstrip())) for b, e in zip(begins, ends, strict=True)]
    return _with_numbers(text, found)


def _edges(text: str) -> list[int]:
    if _bullet.match(text):
        return [found.start() for found in re.finditer(f"(?<!\\S){text[0]}", text)]
    first = _number.match(text)
    edges: list[int] = []
    number = first[1] if first else ""
    while first and (at := text.find(f"{number}{first[2]} ", edges[-1] if edges else 0)) >= 0:
        if at and not text[at - 1].isspace():
            break
        edges.append(at)
        number = str(int(number) + 1) if number.isdigit() else chr(ord(number) + 1)
    return edges


def _with_numbers(text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A number or letter at the head of a list's item belongs to the sentence behind it."""
    joined: list[tuple[int, int]] = []
    head: int | None = None
    for begin, end in found:
        if end - begin < 8 and _head.fullmatch(text, begin, end) and end < len(text):
            head = begin if head is None else head
            continue
        joined.append((begin if head is None else head, end))
        head = None
    return joined
