"""A token means the same to everyone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadclass.tokens import fold, ngrams, tokens

CASES = [
    ("one-letter words stay", "I am a cook", ["i", "am", "a", "cook"]),
    ("contractions are one token", "We don't, she'd", ["we", "don't", "she'd"]),
    ("a typographic apostrophe is a plain one", "don’t", ["don't"]),
    ("quotes around a word are no part of it", "'yes' he said", ["yes", "he", "said"]),
    ("digits are all alike, their number counts", "7 of 31 in 2031", ["0", "of", "00", "in", "0000"]),
    ("digits of other scripts too", "٣ or ३", ["0", "or", "0"]),
    ("money and marks are tokens", "£20k? Yes!", ["£", "00k", "?", "yes", "!"]),
    ("underscores separate", "snake_case", ["snake", "case"]),
    ("accents stay", "Čapek café", ["čapek", "café"]),
    ("hyphens separate", "follow-up", ["follow", "up"]),
    ("nothing gives nothing", " \n\t… —", []),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@given(st.text())
def test_any_text_has_tokens_without_spaces_and_one_pair_fewer(text: str) -> None:
    words = tokens(text)
    assert all(word and not any(mark.isspace() for mark in word) for word in words)
    assert len(ngrams(text)) == max(0, 2 * len(words) - 1)


@given(st.text())
def test_folding_twice_changes_nothing_more_for_ascii(text: str) -> None:
    plain = text.encode("ascii", "ignore").decode()
    assert fold(fold(plain)) == fold(plain)
