"""JSON: .jsonl, a record a line, and .json, as meeting recorders and corpora export it.

Where the turns stand differs (Fireflies ``sentences``, Fathom and Granola ``transcript``, Read.ai ``speaker_blocks``,
QMSum ``meeting_transcripts`` ...), but all are lists of objects with a text and mostly a speaker and a time. So the
lists are looked at, not the products: of all lists in a file, those at one place win that name speakers and hold the
longest texts. What else stands in the file (summaries, word lists, queries) is not what was said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from leadclass.notes import columns, records
from leadclass.notes.prose import read_markdown
from leadclass.notes.records import Record
from leadclass.notes.statement import NotesError, Statement

Fields = dict[str, Any]

_NAMES = ("display_name", "name", "full_name", "speaker_name", "label", "diarization_label", "username", "email", "id")
_INSTANTS = ("relative", "seconds", "start", "absolute", "value")
_WORDS = ("words", "elements", "tokens", "alternatives")
_WORD = ("punctuated_word", "text", "word", "value", "content", "transcript")
_PARENT = (*columns.SECTION, "title")
_NOTES = ("notes_markdown", "markdown", "notes_plain", "notes", "transcript", "text", "content", "body")


class Place(NamedTuple):
    """A list of objects and the way to it: the keys, without numbers, so that sister lists share one."""

    way: tuple[str, ...]
    items: list[Any]
    section: str | None


def read_jsonl(text: str, file: str) -> list[Statement]:
    """One JSON value a line: an object with a text, or a bare string. A record whose text is empty says nothing."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            record = _parsed(line, file, f"line {number}")
            if isinstance(record, str):
                record = {columns.TEXT[0]: record}
            if not isinstance(record, dict):
                wrong = f"line {number} is neither an object nor a string"
                raise NotesError(file, wrong, "put one JSON object on each line")
            found.append(_line_record(_keyed(record), file, number))
    return records.statements(found, file)


def read_json(text: str, file: str) -> list[Statement]:
    """One JSON value that holds the turns somewhere."""
    if not text.strip():
        return []
    value = _parsed(text, file, "it")
    found = _numbered(_best(list(_places(value))), _speakers(value))
    if not found and isinstance(value, dict):
        said = next((value[name] for name in _NOTES if isinstance(value.get(name), str) and value[name].strip()), None)
        if said is not None:  # a whole document in one field
            return [each._replace(line=1, offset=_offset(said, each)) for each in read_markdown(said, file)]
    if not found and value not in ([], {}, None, ""):
        raise NotesError(file, "it has no list of objects with a text", f"call the field {columns.TEXT[0]!r}")
    return records.statements(found, file)


def looks_like_lines(text: str) -> bool:
    """Whether JSON is one value a line."""
    first, _, rest = text.strip().partition("\n")
    try:
        return bool(rest.strip()) and isinstance(json.loads(first), dict | str)
    except (ValueError, RecursionError):
        return False


def _offset(text: str, statement: Statement) -> int:
    at = 0
    for _ in range(statement.line - 1):
        at = text.index("\n", at) + 1
    return at + statement.offset


def _parsed(text: str, file: str, what: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        cure = "put one JSON object on each line" if what != "it" else "export it again"
        raise NotesError(file, f"{what} is no JSON ({error})", cure) from error


def _keyed(record: Mapping[str, Any]) -> Fields:
    return {columns.key(name): each for name, each in record.items()}


def _line_record(record: Fields, file: str, number: int) -> Record:
    named = [record[name] for name in columns.TEXT if name in record]
    said = next((each for each in named if each not in (None, "")), "")
    if not named:
        said = _text(record)
        if said is None:
            raise NotesError(
                file, f"line {number} has no text among {list(record)}", f"call the field {columns.TEXT[0]!r}"
            )
    if not isinstance(said, str):
        wrong = f"line {number} has {type(said).__name__} where text is expected"
        raise NotesError(file, wrong, "give one string a record")
    return _record(record, said, number, {}, None)


def _places(value: Any) -> Iterator[Place]:
    """All lists of objects or strings below a value, in their order; no recursion, since nesting may be hostile."""
    # The title of a chapter, i.e. of one object among several, is a section; that of the whole file is none.
    todo: list[tuple[tuple[str, ...], Any, str | None]] = [((), value, None)]
    while todo:
        way, each, section = todo.pop()
        if isinstance(each, dict) and _holds_records(each):
            yield Place(way, list(each.values()), section)
        if isinstance(each, dict):
            todo += [((*way, str(name)), one, section) for name, one in reversed(each.items())]
        elif isinstance(each, list):
            yield Place(way, each, section)
            parts = [one for one in reversed(each) if isinstance(one, dict | list)]
            todo += [(way, one, (_section(one) if isinstance(one, dict) else None) or section) for one in parts]


def _holds_records(value: Mapping[str, Any]) -> bool:
    """Whether an object is a list of records by their ids."""
    records = [one for one in value.values() if isinstance(one, dict)]
    return len(records) == len(value) and sum(_text(one) is not None for one in records) > 1


def _section(record: Mapping[str, Any]) -> str | None:
    fields = _keyed(record)
    return next((fields[name] for name in _PARENT if isinstance(fields.get(name), str)), None)


def _best(places: list[Place]) -> list[Place]:
    """The lists at the one place where people speak: with speakers, with more than words, with most text."""
    scores: dict[tuple[str, ...], list[float]] = {}
    for place in places:
        texts = [(said, one) for one in place.items if (said := _text(one)) is not None]
        score = scores.setdefault(place.way, [0, 0, 0, 0])
        score[0] += len(texts)
        score[1] += sum(1 for _, one in texts if isinstance(one, dict) and _speaker(_keyed(one), {}))
        score[2] += sum(said.count(" ") + 1 for said, _ in texts)
        score[3] += sum(len(said) for said, _ in texts)
    best = max(scores, key=lambda way: _rank(scores[way], way), default=None)
    return [place for place in places if place.way == best and scores[place.way][0]]


def _rank(score: list[float], way: tuple[str, ...]) -> tuple[bool, bool, bool, float]:
    texts, spoken, words, letters = score
    said = not any(part.lower() in ("words", "elements", "tokens") for part in way)
    return texts > 0 and said, spoken > 0.5 * texts, words > 1.5 * texts, letters


def _numbered(places: list[Place], names: Mapping[Any, str]) -> list[Record]:
    """The records of all chosen lists, counted through."""
    found = []
    number = 0
    for place in places:
        for one in place.items:
            number += 1
            said = _text(one)
            if said:
                fields = _keyed(one) if isinstance(one, dict) else {}
                found.append(_record(fields, said, number, names, place.section))
    return found


def _record(fields: Fields, said: str, number: int, names: Mapping[Any, str], section: str | None) -> Record:
    time = _first(fields, columns.TIME, _INSTANTS) or _first_word_time(fields)
    return Record(number, said, _speaker(fields, names), time, _first(fields, columns.SECTION, ()) or section)


def _text(one: Any) -> str | None:
    """What a record says: a string under a name that we know, or its words put together."""
    if isinstance(one, str):
        return one
    if not isinstance(one, dict):
        return None
    fields = _keyed(one)
    for name in (*columns.TEXT, "words"):
        if isinstance(fields.get(name), str) and fields[name]:
            return str(fields[name])
    for name in _WORDS:
        words = fields.get(name)
        if isinstance(words, list) and words:
            said = [_word(each) for each in words]
            if any(said):
                joined = "".join(said) if name == "elements" else " ".join(filter(None, said))
                return " ".join(joined.split())
    return "" if any(name in fields for name in columns.TEXT) else None


def _word(one: Any) -> str:
    if isinstance(one, dict):
        return next((one[name] for name in _WORD if isinstance(one.get(name), str)), "")
    return one if isinstance(one, str) else ""


def _first_word_time(fields: Fields) -> str | None:
    words = fields.get("words") or fields.get("elements")
    if isinstance(words, list) and words and isinstance(words[0], dict):
        return _first(_keyed(words[0]), columns.TIME, _INSTANTS)
    return None


def _speaker(fields: Fields, names: Mapping[Any, str]) -> str | None:
    for name in columns.SPEAKER:
        found = fields.get(name)
        if isinstance(found, dict):
            found = _first(_keyed(found), _NAMES, ())
        if isinstance(found, str | int) and not isinstance(found, bool) and str(found).strip():
            return names.get(str(found), str(found).strip())
    found = fields.get("participant")
    return _first(_keyed(found), _NAMES, ()) if isinstance(found, dict) else None


def _speakers(value: Any) -> dict[Any, str]:
    """The names behind numbers, where a file lists its speakers apart."""
    listed = value.get("speakers") or value.get("participants") if isinstance(value, dict) else None
    names: dict[Any, str] = {}
    for each in listed if isinstance(listed, list) else []:
        if isinstance(each, dict) and "id" in each and isinstance(each.get("name"), str):
            names[str(each["id"])] = each["name"]
    return names


def _first(fields: Mapping[str, Any], names: tuple[str, ...], inner: tuple[str, ...]) -> str | None:
    for name in names:
        found = fields.get(name)
        if isinstance(found, dict) and inner:
            found = _first(found, inner, ())
        if isinstance(found, str | int | float) and not isinstance(found, bool) and str(found).strip():
            return str(found).strip()
    return None
