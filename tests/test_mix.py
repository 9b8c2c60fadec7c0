"""Mixes: right counts, honest intervals, tenths of the meeting."""

from __future__ import annotations

import pytest

from leadclass.labels import LABELS, Label, Tag
from leadclass.notes import Statement
from leadclass.report.by import BY
from leadclass.report.clock import shares
from leadclass.report.mix import TENTHS, Mix, added, mix_by
from leadclass.report.rollup import Rollup
from leadclass.report.tagged import Tagged


def tagged(label: Label, *, file: str = "a.md", speaker: str | None = None, time: str | None = None) -> Tagged:
    chances = {each: 0.8 if each == label else 0.1 for each in LABELS}
    return Tagged(Statement("x", file, 1, None, speaker, time), Tag(label, *chances.values(), None, False, label))


# Count, statements, and both ends by hand: (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n), z = 1.959964.
WILSON = [
    (0, 20, 0.0, 0.1611),
    (8, 20, 0.2188, 0.6134),
    (20, 20, 0.8389, 1.0),
    (1, 1, 0.2065, 1.0),
    (500, 1000, 0.4691, 0.5309),
    (0, 0, 0.0, 1.0),
]


@pytest.mark.parametrize(("count", "total", "low", "high"), WILSON)
def test_an_interval_is_that_of_wilson(count: int, total: int, low: float, high: float) -> None:
    mix = Mix("a", {"leadership": count, "management": total - count, "neither": 0})
    assert mix.interval("leadership") == pytest.approx((low, high), abs=5e-5)


def test_twenty_statements_prove_little_and_two_thousand_more() -> None:
    few, many = (Mix("a", {"leadership": n, "management": n, "neither": 0}).interval("leadership") for n in (10, 1000))
    assert few[1] - few[0] > 0.4
    assert many[1] - many[0] < 0.05


CLOCKS = [
    ("by the clock", ["9:00", "9:15", "10:00"], [0, 0.25, 1]),
    ("past noon", ["11:30 AM", "12:30 PM", "1:30 pm"], [0, 0.5, 1]),
    ("from minutes to hours", ["59:30", "1:00:00", "1:00:30"], [0, 0.5, 1]),
    ("with fractions", ["00:00:00.000", "00:00:05.000", "00:00:10.000"], [0, 0.5, 1]),
    ("plain seconds", ["0", "2.5", "5"], [0, 0.5, 1]),
    ("a span stands for its beginning", ["9:00-9:10", "9:30-9:40", "10:00-10:10"], [0, 0.5, 1]),
    ("one time is missing", ["9:00", None, "10:00"], [0, 1 / 3, 2 / 3]),
    ("one time is none", ["9:00", "after lunch", "10:00"], [0, 1 / 3, 2 / 3]),
    ("the clock goes back", ["9:00", "8:00", "10:00"], [0, 1 / 3, 2 / 3]),
    ("the clock stands", ["9:00", "9:00"], [0, 0.5]),
    ("nothing", [], []),
]


@pytest.mark.parametrize(("times", "expected"), [case[1:] for case in CLOCKS], ids=[case[0] for case in CLOCKS])
def test_where_in_the_meeting(times: list[str | None], expected: list[float]) -> None:
    assert shares(times) == pytest.approx(expected)


def test_tenths_are_those_of_each_meeting() -> None:
    short = [tagged("leadership", file="a.md"), tagged("management", file="a.md")]
    clocked = [tagged("neither", file="b.md", time=f"9:{minute:02}") for minute in (0, 54, 60 - 1)]
    mixes = mix_by([*short, *clocked], "time")
    assert tuple(mix.name for mix in mixes) == TENTHS
    assert [mix.total for mix in mixes] == [2, 0, 0, 0, 0, 1, 0, 0, 0, 2]


def test_who_says_most_comes_first_and_nobody_last() -> None:
    said = [tagged("neither")] * 3 + [tagged("neither", speaker="Ana")] + [tagged("leadership", speaker="Ben")] * 2
    assert [(mix.name, mix.total) for mix in mix_by(said, "speaker")] == [("Ben", 2), ("Ana", 1), ("", 3)]


def test_parts_add_up_to_the_whole() -> None:
    first = [tagged("leadership", file="a.md", speaker="Ana"), tagged("neither", file="a.md")]
    second = [tagged("management", file="b.md", speaker="Ana")] * 4
    whole, joined = Rollup.of([*first, *second]), Rollup.joined([Rollup.of(first), Rollup.of(second)])
    assert joined == whole
    assert whole.total.counts == {"leadership": 1, "management": 4, "neither": 1}
    assert all(sum(mix.total for mix in whole.mixes[by]) == 6 for by in BY)


def test_a_rollup_comes_back_from_its_record() -> None:
    rollup = Rollup.of([tagged("leadership", speaker="Ana"), tagged("neither", time="9:00")])
    assert Rollup.from_record(rollup.record()) == rollup


def test_nothing_adds_up_to_nothing() -> None:
    assert added([], "file") == []
    assert Rollup.of([]).total.total == 0
