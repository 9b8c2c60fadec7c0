"""Which column or field of a table says what: one home for the names under which people keep speaker, time and text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from leadclass.notes.wordlist import listed

# The first that is there is taken.
TEXT = (
    "text",
    "statement",
    "sentence",
    "utterance",
    "raw_text",
    "content",
    "transcript",
    "transcription",
    "message",
    "caption",
    "said",
    "what_was_said",
    "quote",
    "quotation",
    "excerpt",
    "remark",
    "remarks",
    "comment",
    "comments",
    "note",
    "notes",
    "body",
)
SPEAKER = (
    "speaker",
    "speaker_name",
    "speakername",
    "display_name",
    "speaker_label",
    "name",
    "author",
    "from",
    "who",
    "person",
    "participant",
    "user",
    "username",
    "user_name",
    "speaker_id",
    "said_by",
)
TIME = (
    "time",
    "start",
    "start_time",
    "starttime",
    "start_timestamp",
    "begin_time",
    "timestamp",
    "time_stamp",
    "timecode",
    "begin",
    "offset",
    "ts",
    "date",
)
TITLES = frozenset(("item", "topic", "subject", "area", "theme", "category"))  # beside a cell that says more
SECTION = ("section", "topic", "heading", "agenda_item", "chapter")
FILING = listed("filing.txt") | frozenset(SPEAKER + TIME)
_TASKS = frozenset(("action", "action_item", "task", "tasks", "to_do", "todo", "due", "due_date", "deadline", "status"))
_WORDY = 3.0  # words a cell, on average, from which a column without a known name is one of text


_polite = re.compile(r"^(?:enter |please |your |full )+|\s*\([^()]{0,60}\)$", re.IGNORECASE)  # in a form's questions


class Columns(NamedTuple):
    """Which columns of a table hold the text (several in minutes), the speaker, the time and the section; or None."""

    text: tuple[int, ...]
    speaker: int | None
    time: int | None
    section: int | None


@lru_cache(4096)  # the same few names return with every record
def key(name: str) -> str:
    """The name of a field or column, so that "Speaker Name", "speakerName" and "speaker_name" are one.

    >>> key("Speaker Name") == key("speakerName") == key("speaker_name")
    True
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", _polite.sub("", name.strip()))
    return re.sub(r"[\s_\-/]+", "_", spaced).strip("_?:.*#()").lower()


def named(heading: Sequence[str]) -> Columns | None:
    """The columns by their heading; None where none is named as one of text."""
    keys = [key(name) for name in heading]
    text = _first(keys, TEXT)
    if text is None:
        return None
    return Columns((text,), *(_first(keys, names, text) for names in (SPEAKER, TIME, SECTION)))


def wordy(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns | None:
    """The columns by what stands in them: text is wherever several words stand, unless the heading files it."""
    keys = [key(name) for name in heading]
    found = []
    for at in range(max((len(row) for row in rows), default=0)):
        cells = [row[at] for row in rows if at < len(row) and row[at].strip()]
        known = keys[at] if at < len(keys) else ""
        if cells and known not in FILING and sum(len(cell.split()) for cell in cells) / len(cells) >= _WORDY:
            found.append(at)
    if not found:
        return None
    # In a table of tasks a name is whoever has to do them.
    names = SPEAKER[:3] if not _TASKS.isdisjoint(keys) else tuple(name for name in SPEAKER if name != "who")
    speaker = _first(keys, names)
    return Columns(tuple(found), speaker, _first(keys, TIME), _first(keys, SECTION))


def is_heading(row: Sequence[str]) -> bool:
    """Whether a first row names columns: a known name is among them, or all cells are short and no sentence."""
    keys = [key(cell) for cell in row]
    known = frozenset(TEXT + SPEAKER + TIME + SECTION) | FILING
    if any(each in known for each in keys):
        return True
    return all(len(cell.split()) <= 3 and cell[-1:] not in (".", "?", "!") for cell in row) and any(row)


def _first(keys: Sequence[str], names: Sequence[str], taken: int | None = None) -> int | None:
    found = next((name for name in names if name in keys and keys.index(name) != taken), None)
    return None if found is None else keys.index(found)
