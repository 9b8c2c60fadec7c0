"""How far a long run has come: one line on stderr, only where a person is looking at it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

PATIENCE = 1.0  # seconds that nobody minds
EVERY = 0.2  # seconds: faster than that nobody reads


class Progress:
    """Counts what is done of ``total`` bytes and tells the rate and the time left."""

    def __init__(self, total: int, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._total, self._clock = total, clock
        self._stream = sys.stderr if stream is None else stream
        self._begun, self._told, self._wide = clock(), 0.0, 0
        self._bytes, self._statements = 0.0, 0

    def add(self, size: float, statements: int) -> None:
        """So many bytes of notes are done, so many statements."""
        self._bytes += size
        self._statements += statements
        passed = self._clock() - self._begun
        if passed >= PATIENCE and passed - self._told >= EVERY and self._stream.isatty():
            self._told = passed
            self._write(self._line(passed))

    def clear(self) -> None:
        """Make room for another line."""
        if self._wide:
            self._write("")
            self._stream.write("\r")
            self._wide = 0

    def _line(self, passed: float) -> str:
        done = min(1.0, self._bytes / self._total) if self._total else 0.0
        left = f", {_duration(passed / done - passed)} left" if done else ""
        return f"{done:4.0%} of the notes, {self._statements / passed:,.0f} statements a second{left}"

    def _write(self, line: str) -> None:
        """Over the line before, with blanks behind: no control sequence but the return."""
        self._stream.write(f"\r{line:<{self._wide}}")
        self._stream.flush()
        self._wide = len(line)


def _duration(seconds: float) -> str:
    """
    >>> _duration(75.2), _duration(3725)
    ('1:16', '1:02:05')
    """
    whole = int(seconds + 0.999)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
