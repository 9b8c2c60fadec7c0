"""Whatever is handed in as statements, checked: strings they are, or a plain error says what came instead."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

_AT_ONCE = 64  # statements that are read before their length is looked at


def checked(text: object, verb: str) -> str:
    """The same text.

    Raises:
        TypeError: it is not a string; ``verb`` names who asks.
    """
    if isinstance(text, str):
        return text
    cure = "decode it first, as in text.decode('utf-8')" if isinstance(text, bytes) else "pass one statement as text"
    raise TypeError(f"{verb}() expects one statement as a str, got {_named(text)}; {cure}.")


def iterator(texts: object, verb: str) -> Iterator[Any]:
    """What goes through many statements; it is not yet known whether they are strings.

    Raises:
        TypeError: it is one bare string, or nothing to go through.
    """
    if isinstance(texts, str | bytes):
        raise TypeError(
            f"{verb}() expects an iterable of statements, got one bare {type(texts).__name__}; "
            f"pass a list, as in {verb}([text])."
        )
    if not isinstance(texts, Iterable):
        raise TypeError(f"{verb}() expects an iterable of statements, got {_named(texts)}; pass a list of str.")
    return iter(texts)


def strings(batch: list[Any], start: int, verb: str) -> list[str]:
    """The same statements, every one a string; ``start`` is the position of the first.

    Raises:
        TypeError: one of them is not.
    """
    if set(map(type, batch)) <= {str}:  # the common case, in one step
        return batch
    for at, text in enumerate(batch, start):
        if not isinstance(text, str):
            raise TypeError(
                f"{verb}() expects every statement to be a str, got {_named(text)} at position {at}; "
                "drop it or turn it into text first."
            )
    return batch


def batches(statements: Iterator[Any], size: int, characters: int, verb: str) -> Iterator[list[str]]:
    """Lists of ``size`` statements, or of fewer where they have ``characters`` before that.

    Raises:
        TypeError: a statement is not a string; those before it were given.
    """
    batch: list[str] = []
    start = length = 0
    while part := list(itertools.islice(statements, _AT_ONCE)):
        batch += strings(part, start, verb)
        start += len(part)
        length += sum(map(len, part))
        if len(batch) >= size or length >= characters:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def _named(value: object) -> str:
    return "None" if value is None else f"{type(value).__name__} ({str(value)[:40]!r})"
