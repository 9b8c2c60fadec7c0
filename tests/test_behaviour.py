"""The behaviour suite: cases in behaviour.csv, the ones that fail today listed in behaviour-failures.csv, strictly."""

from __future__ import annotations

from collections import Counter

import pytest
from conftest import ROOT

from leadclass.behaviour import Case, failures, load_cases
from leadclass.classifier import Classifier
from leadclass.labels import LABELS

CASES = load_cases(ROOT / "tests" / "behaviour.csv")
KNOWN = load_cases(ROOT / "tests" / "behaviour-failures.csv")


@pytest.fixture(scope="module")
def failed(shipped: Classifier) -> list[Case]:
    return failures(shipped, CASES)


def test_the_suite_is_well_formed() -> None:
    assert len(set(CASES)) == len(CASES) >= 800
    for case in CASES:
        assert case.kind in ("minimum", "invariance", "direction")
        assert (case.expected == "") == (case.kind == "invariance")
        assert case.expected in ("", *LABELS)
        assert (case.changed == "") == (case.kind == "minimum")
        assert case.changed != case.text


def test_what_fails_is_known_and_what_was_mended_is_no_longer_listed(failed: list[Case]) -> None:
    assert set(failed) - set(KNOWN) == set(), "new failures"
    assert set(KNOWN) - set(failed) == set(), "mended: take them off the list"


@pytest.mark.parametrize("capability", ["names", "gender", "prefixes", "case", "punctuation", "spelling"])
def test_what_never_matters(failed: list[Case], capability: str) -> None:
    assert [case for case in failed if case.capability == capability] == []


def test_nine_in_ten_cases_of_a_kind_hold(failed: list[Case]) -> None:
    tried, wrong = Counter(case.kind for case in CASES), Counter(case.kind for case in failed)
    assert {kind: wrong[kind] / tried[kind] for kind in tried if wrong[kind] > 0.1 * tried[kind]} == {}
