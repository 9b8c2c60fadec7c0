"""The times that stand before statements, as shares of the meeting: where in it each was said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_time = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?(?:[.,]\d{1,6})?\s*([ap])?\.?m?", re.IGNORECASE)
_plain_seconds = re.compile(r"\d{1,7}(?:\.\d{1,6})?$")


def shares(times: Sequence[str | None]) -> list[float]:
    """How far into the meeting each statement was said, from 0 to below 1.

    By the clock where every statement has a time and none goes back; else by the order of the statements.

    >>> shares(["9:00", "9:05", "9:30", "10:00"])
    [0.0, 0.08333333333333333, 0.5, 1.0]
    >>> shares(["9:00", None, "9:30", "10:00"])
    [0.0, 0.25, 0.5, 0.75]
    """
    seconds = _seconds(times)
    if not seconds or seconds[0] == seconds[-1] or any(later < earlier for earlier, later in pairwise(seconds)):
        return [at / len(times) for at in range(len(times))]
    return [(each - seconds[0]) / (seconds[-1] - seconds[0]) for each in seconds]


def _seconds(times: Sequence[str | None]) -> list[float]:
    """Seconds on one scale, or nothing where a time is missing or cannot be read.

    Two numbers are hours and minutes by themselves, minutes and seconds beside times of three: the share is the same.
    """
    found = [time and (_time.match(time) or _plain_seconds.match(time)) for time in times]
    if not all(found):
        return []
    long = any(match and match.re is _time and match[3] for match in found)
    return [_one(match, long) for match in found if match]


def _one(match: re.Match[str], long: bool) -> float:
    if match.re is _plain_seconds:
        return float(match[0])
    first, second = int(match[1]), int(match[2])
    if match[4]:
        first = first % 12 + 12 * (match[4].lower() == "p")
    if match[3] or match[4] or not long:
        return first * 3600 + second * 60 + int(match[3] or 0)
    return first * 60 + second
