"""What stands in notes and is no statement: filing lines, titles, boilerplate, dates, noises, addresses."""

from __future__ import annotations

import re

from leadclass.notes import attendance
from leadclass.notes.wordlist import listed

_url = re.compile(r"\b(?:https?://|www\.)\S+")
_letters = re.compile(r"[^\W\d_]{2}")
_word = re.compile(r"[^\W\d_][\w'’-]*")
_bracketed = re.compile(r"(?:[\[{(*]+([^\[\]{}()*]{0,60})[\]})*]+[\s.,]*)+")
_meridiem = re.compile(r"(?<=\d)\s?[ap]\.?m\b\.?", re.IGNORECASE)
_form = re.compile(r"\.{6}|_{5}")  # a line to be filled in: "Signed ........"
_page = re.compile(r"(?:page|slide)\s+\d+(?:\s*(?:of|/)\s*\d+)?", re.IGNORECASE)
_file = re.compile(
    r"[\w()%+-][\w.()%+-]{0,100}\.(?:docx?|xlsx?|pptx?|pdf|png|jpe?g|gif|csv|txt|md|html?|mp[34]|m4a|wav|mov|zip)"
    r"(?: \([^()]{1,40}\))?"
)
_initials = re.compile(r"[A-Z]{2,4}(?:(?:[,/& ]{1,3}| and )[A-Z]{2,4})*\.?")
_quoted = re.compile(r"[> ]{0,9}On .{5,120} wrote:")  # a mail program's line above the letter that it answers
_page_made = re.compile(r"created by [^.]{1,80}, last (?:modified|updated|edited)\b", re.IGNORECASE)
_reference = re.compile(r"[\w./-]*[\w.-]#\d+")
_greeting = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^.?!]{0,40}[,!]?"
    r"|(?:(?:best|kind|warm|many)(?: (?:regards|wishes|thanks))?|regards|cheers|sincerely|yours\b.{0,20}|thanks"
    r"|thank you)(?: again| and regards| in advance)?,",
    re.IGNORECASE,
)
_closing = re.compile(r"(?:best|kind|warm|many|regards|cheers|sincerely|yours|thanks|thank you)\b", re.IGNORECASE)

_LEAD_IN = 3  # "Link:" or "The relevant issue:" before a bare address is no statement; a longer clause is
_CLAUSE = 7  # words above a list: up to so many only announce it ("We agreed on the following:")
_POINTERS = frozenset(("see", "link", "source", "via", "here", "cf"))  # before a bare address
_FEW = 6  # words behind "Location:" that are still a name or a date
_SMALL = listed("small.txt")
_BEFORE = frozenset(("by", "on", "at", "from", "with", "to", "until"))  # "by Friday" is a date that somebody set
_DATE_WORDS = listed("dates.txt")


def _written(line: str) -> tuple[str, ...]:
    mark = line[: not line[0].isalpha()]
    return line, mark + line[len(mark) :].capitalize(), line.title()


def _rules() -> tuple[tuple[str, ...], tuple[str, ...], frozenset[str]]:
    """How boilerplate begins and ends, and the first eight letters of each beginning, as it may be written."""
    lines = listed("boilerplate.txt")
    begins = tuple(sorted(line for line in lines if line[0] != "~"))
    ends = tuple(sorted(line[1:] for line in lines if line[0] == "~"))
    return begins, ends, frozenset(form[:8] for line in begins for form in _written(line))


_BEGINS, _ENDS, _BEGIN_8 = _rules()


def is_boilerplate(line: str) -> bool:
    """Whether a program wrote the line.

    >>> is_boilerplate("Transcribed by https://otter.ai")
    True
    """
    if _form.search(line) or _page_made.match(line) or _quoted.fullmatch(line):
        return True
    low = line[:400].lower()
    return low.startswith(_BEGINS) or (len(line) < 80 and low.rstrip(".").endswith(_ENDS))


def may_be_boilerplate(line: str) -> bool:
    """A fast look: False for nearly every line."""
    return (
        line[:8] in _BEGIN_8
        or line.endswith(" wrote:")
        or "....." in line
        or "____" in line
        or (line[-1] in "nd.g" and line.endswith(("ion", "ion.", "meeting", "recording")))
    )


def files(head: str, rest: str) -> bool:
    """Whether ``head: rest`` only records who was there, or how something is filed.

    >>> files("Location", "Room 4"), files("Location", "The roof leaks, so we meet in Hall B.")
    (True, False)
    """
    key = head.strip(" *_#").lower()
    known = listed("furniture.txt")
    if key in known or (key.startswith("next meeting") and is_date(rest)):
        return True
    if key in ("action", "actions", "owner") and _initials.fullmatch(rest.strip()):
        return True
    return f"~{key}" in known and (len(rest.split()) <= _FEW or attendance.lists_people(rest)) and rest[-1:] not in "?!"


def is_title(text: str) -> bool:
    """A bare title is surely no statement: only words that head lines and small words, a reference, or a link's name.

    >>> is_title("Announcements or custom items"), is_title("Water the beans")
    (True, False)
    """
    if "#" in text and _reference.fullmatch(text.rsplit(maxsplit=1)[-1]):
        return len(text.split()) < 40
    known = listed("headwords.txt")
    words = text[:200].lower().strip(" \"'“”‘’:*_").split()
    if (
        not words
        or len(words) > 8
        or ": " in text
        or words[0].strip("(") in listed("telling.txt")
        or words[0] in _BEFORE
    ):
        return False
    content = (word.strip("()?,:;\"'“”") for word in words if word not in _SMALL)
    return all(word in known or word.removesuffix("s") in known or not _letters.search(word) for word in content)


def is_topic(text: str) -> bool:
    """Whether a short line that heads a list is a topic's name, and tells nobody to do anything.

    >>> is_topic("Petty cash"), is_topic("Discuss with the bank")
    (True, False)
    """
    words = text.strip(" *_:").split()
    return len(words) <= 4 and words[0][0].isupper() and words[0].lower() not in listed("telling.txt")


def is_greeting(line: str) -> bool:
    """A letter's first or last words: "Hi all," or "Kind regards,"."""
    return len(line) < 60 and len(line.split()) <= 5 and _greeting.fullmatch(line) is not None


def closes_a_letter(line: str) -> bool:
    """Whether the name of whoever wrote comes next."""
    return _closing.match(line) is not None


def is_date(text: str) -> bool:
    """A date or time alone.

    >>> is_date("Tuesday, 3 June 2025, 10:00 a.m."), is_date("June is here")
    (True, False)
    """
    first = text.split(None, 1)[0].strip(".,()[]").lower()
    if not first[:1].isdigit() and first not in _DATE_WORDS:
        return False
    words = re.split(r"[\s,./:–—•|-]+", _meridiem.sub("", text.lower()).strip(" .()[]"))
    return len(words) <= 14 and all(
        not word or word in _DATE_WORDS or word.rstrip("stndrh").isdigit() or word.isdigit() for word in words
    )


def says_something(text: str) -> bool:
    """Not a bare address, number, date, noise, page number or lead-in.

    >>> says_something("https://example.org/a"), says_something("The relevant issue:"), says_something("Pay it")
    (False, False, True)
    """
    if _letters.search(text) is None:
        return False
    rest = text
    if "://" in text or "www." in text:
        rest = _url.sub("", text).rstrip()
        if _letters.search(rest) is None or rest.lower().strip(" :") in _POINTERS:
            return False
    if rest[-1] == ":":
        return len(rest.split()) > (_LEAD_IN if rest != text else _CLAUSE)
    return not (_is_noise(rest) or is_date(rest) or _page.fullmatch(rest[:30]) or _file.fullmatch(rest))


def _is_noise(text: str) -> bool:
    if text[0] not in "[{(*":
        return False
    found = _bracketed.fullmatch(text) if len(text) < 200 else None
    if not found:
        return False
    if ":" in text and files(text.strip("[{(*")[: text.index(":") - 1], text[text.index(":") + 1 : -1]):
        return True
    words = _word.findall(text) or [""]
    noises = listed("noises.txt")
    sounds = words[0].lower() in noises or (len(words) <= 3 and words[-1].lower() in noises)  # "(a phone rings)"
    return text[0] in "{" or sounds or (text[0] == "[" and len(text.split()) <= 2)
