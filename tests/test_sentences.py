"""Where sentences end: a case of our own for each of the 48 rules by which English splitters are commonly judged."""

from __future__ import annotations

import csv

import pytest
from conftest import ROOT

from leadclass.notes import sentences

with (ROOT / "tests" / "sentences.csv").open(encoding="utf-8", newline="") as file:
    CASES = [(row["rule"], row["text"], row["expected"]) for row in csv.DictReader(file)]

# What is got wrong on purpose, or for now: a rule that comes to hold makes this test fail until it leaves the list.
KNOWN_FAILURES = [
    "a clock that ends and one that does not",
    "no space between sentences",
]


def right(text: str, expected: str) -> bool:
    return [said for _, said in sentences.split(text)] == ([text] if expected == "=" else expected.split("|"))


def test_there_are_as_many_cases_as_rules() -> None:
    assert len({rule for rule, _, _ in CASES}) == len(CASES) == 48


def test_the_rules_that_fail_are_exactly_those_known() -> None:
    assert [rule for rule, text, expected in CASES if not right(text, expected)] == KNOWN_FAILURES
    assert len(KNOWN_FAILURES) <= 4


SPLITS = [
    ("chat in small letters", "fair. let's take it async.", ["fair.", "let's take it async."]),
    ("an unknown word before a small letter", "Ask the mgmnt. committee.", ["Ask the mgmnt. committee."]),
    ("tokens with spaces", "Okay . We test it .", ["Okay .", "We test it ."]),
    ("I after an ellipsis", "Well... I don't know.", ["Well... I don't know."]),
    ("an ellipsis, then another sentence", "We tried... Nobody came.", ["We tried...", "Nobody came."]),
    ("a question in small letters", "and now? nobody knows", ["and now?", "nobody knows"]),
    ("a month", "It ended in Dec. We moved.", ["It ended in Dec.", "We moved."]),
    ("a month and a day", "It ends on Dec. 12 at noon.", ["It ends on Dec. 12 at noon."]),
    ("brackets at the end", "We pay (as always). They don't.", ["We pay (as always).", "They don't."]),
    ("typographic quotes", "“Who pays?” Nobody spoke.", ["“Who pays?”", "Nobody spoke."]),
    ("a council", "Cllr. Webb is ill. We wrote.", ["Cllr. Webb is ill.", "We wrote."]),
    ("a version", "We run v2.3.1. It is fine.", ["We run v2.3.1.", "It is fine."]),
    ("a month behind a day", "It broke on 19 Feb. Milk was lost.", ["It broke on 19 Feb.", "Milk was lost."]),
    ("a month's own meeting", "Ask the Feb. Council.", ["Ask the Feb. Council."]),
    ("a day of the week", "We open on Thu. from ten.", ["We open on Thu. from ten."]),
    ("a day and a date", "It starts on Mon. 14 April.", ["It starts on Mon. 14 April."]),
    ("who sat", "She sat. Bees came.", ["She sat.", "Bees came."]),
    ("a time zone", "We call at 9 a.m. Pacific.", ["We call at 9 a.m. Pacific."]),
    ("minutes that end", "Breaks take 12 min. Doors close.", ["Breaks take 12 min.", "Doors close."]),
    ("hours that end", "Hand it in by 16 h. Late ones go back.", ["Hand it in by 16 h.", "Late ones go back."]),
    ("a word without vowels", "Ask at the mtg. or write.", ["Ask at the mtg. or write."]),
    ("a sound between", "It broke. [laughs] Nobody fell.", ["It broke.", "[laughs] Nobody fell."]),
    ("a sound at the end", "It broke. [laughs]", ["It broke.", "[laughs]"]),
    ("who said it", "“It broke.” (Ana, by letter)", ["“It broke.” (Ana, by letter)"]),
    ("a file", "See plan.Final.docx for it.", ["See plan.Final.docx for it."]),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in SPLITS], ids=[case[0] for case in SPLITS])
def test_beyond_the_rules(text: str, expected: list[str]) -> None:
    assert [said for _, said in sentences.split(text)] == expected
