"""What the public verbs promise."""

from __future__ import annotations

import math

import numpy as np
import pytest

import leadclass
from leadclass.classifier import Classifier
from leadclass.labels import FACETS, LABELS

TEXTS = [
    "The contractor sends the revised estimate by Thursday.",
    "Nobody here dares to disagree with him, and that has to change.",
    "The kettle holds two litres.",
]


def test_one_and_many_agree() -> None:
    tags = leadclass.classify_many(TEXTS)
    assert list(tags) == [leadclass.classify(text) for text in TEXTS]
    assert [tag.label for tag in tags] == ["management", "leadership", "neither"]


def test_many_takes_any_iterable_and_keeps_the_order() -> None:
    assert list(leadclass.classify_many(iter(TEXTS))) == list(leadclass.classify_many(tuple(TEXTS)))
    assert len(leadclass.classify_many([])) == 0


def test_probabilities_sum_to_one_and_facets_belong_to_the_label() -> None:
    for tag in leadclass.classify_many(TEXTS):
        assert math.isclose(tag.leadership + tag.management + tag.neither, 1)
        assert tag.confidence == max(tag.leadership, tag.management, tag.neither)
        assert (tag.facet is None) == (tag.label == "neither")
        assert tag.facet is None or FACETS[tag.facet] == tag.label


def test_a_forced_choice_is_never_neither() -> None:
    tags = leadclass.classify_many([*TEXTS, "", "qzxqzx"], neither=False)
    assert {tag.label for tag in tags} <= {"leadership", "management"}
    assert all(tag.neither == 0 and tag.facet for tag in tags)


@pytest.mark.parametrize("text", ["", "  ", "\n", "qzxqzx", "…"])
def test_nothing_known_is_neither_with_a_reason(text: str) -> None:
    tag = leadclass.classify(text)
    assert (tag.label, tag.reason, tag.mixed) == ("neither", "no known word", False)


def test_an_unsure_answer_is_neither_and_keeps_the_first_choice(shipped: Classifier) -> None:
    strict = Classifier(shipped.model.with_settings(threshold=1.0))
    tag = strict.classify(TEXTS[0])
    assert (tag.label, tag.first_choice, tag.reason) == ("neither", "management", "below the threshold")


def test_tags_slice_count_and_index_as_a_sequence() -> None:
    tags = leadclass.classify_many(TEXTS)
    assert list(tags[1:]) == list(tags)[1:]
    assert tags[-1] == list(tags)[-1]
    assert tags.mix() == {"leadership": 1, "management": 1, "neither": 1}
    with pytest.raises(IndexError):
        tags[3]


@pytest.mark.parametrize("text", [*TEXTS, "we we we trust trust", ""])
def test_an_explanation_sums_to_the_logits_and_the_logits_give_the_tag(text: str) -> None:
    found = leadclass.explain(text)
    for label in LABELS:
        total = found.intercept[label] + sum(each.to(label) for each in found.contributions)
        assert math.isclose(total, found.logits[label], abs_tol=1e-9)
    powers = np.exp([found.logits[label] for label in LABELS])
    assert np.allclose(powers / powers.sum(), [found.tag.leadership, found.tag.management, found.tag.neither])


def test_the_strongest_word_of_an_explanation_comes_first() -> None:
    found = leadclass.explain(TEXTS[0])
    weights = [each.to(found.tag.first_choice) for each in found.contributions]
    assert weights == sorted(weights, reverse=True)


WRONG = [
    ("number", 7, "expects one statement as a str, got int"),
    ("None", None, "got None"),
    ("bytes", b"x", "decode it first"),
    ("list", ["x"], "got list"),
]


@pytest.mark.parametrize(("value", "said"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_classify_and_explain_refuse_what_is_no_text(value: object, said: str) -> None:
    for verb in (leadclass.classify, leadclass.explain):
        with pytest.raises(TypeError, match=said):
            verb(value)  # type: ignore[operator]


WRONG_MANY = [
    ("bare string", "one statement", "one bare str; pass a list"),
    ("bytes", b"x", "one bare bytes"),
    ("number", 7, "got int"),
    ("None", None, "got None"),
    ("number inside", ["fine", 7], "got int .* at position 1"),
    ("None inside", [None], "got None at position 0"),
]


@pytest.mark.parametrize(("value", "said"), [case[1:] for case in WRONG_MANY], ids=[case[0] for case in WRONG_MANY])
def test_classify_many_refuses_what_is_no_list_of_texts(value: object, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        leadclass.classify_many(value)  # type: ignore[arg-type]


def test_the_public_names_are_all_there_and_no_more() -> None:
    for name in leadclass.__all__:
        assert getattr(leadclass, name).__doc__
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        leadclass.nothing  # noqa: B018
