"""Word lists that a reader who does not program can check: one word a line, ``#`` begins a comment."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one of the lists beside this file."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
