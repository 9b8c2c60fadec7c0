"""The words that spoke: those of `explain`, in batches too, each where it stands."""

from __future__ import annotations

import pytest
from notes_tagged import HOSTILE

from leadclass.classifier import Classifier
from leadclass.model import ModelError
from leadclass.report.words import SHOWN, spoken
from leadclass.tokens import tokens

TEXTS = ["", "???", "The deadline slipped by two weeks.", *(f"{case['text']} the budget is late" for case in HOSTILE)]


def test_many_are_explained_as_one_by_one(shipped: Classifier) -> None:
    """More than one batch of the scorer, with statements of no known word at its edges."""
    texts = TEXTS * 200
    for text, found in zip(texts, shipped.explain_many(texts), strict=True):
        one = shipped.explain(text)
        assert (found.text, found.tag) == (text, one.tag)
        assert found.contributions == one.contributions
        assert found.logits == pytest.approx(one.logits)


def test_many_refuses_what_is_no_list_of_texts(shipped: Classifier) -> None:
    with pytest.raises(TypeError, match="got one bare str"):
        list(shipped.explain_many("Pay it."))


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_the_strongest_contributions_where_they_stand(shipped: Classifier, text: str) -> None:
    found = shipped.explain(text)
    weights = {each.ngram: each.to(found.tag.first_choice) for each in found.contributions}
    words = spoken(found)
    strongest = sorted(map(abs, weights.values()), reverse=True)[:SHOWN]
    assert [abs(word.weight) for word in words] == strongest
    assert [weights[" ".join(tokens(text[word.start : word.end]))] for word in words] == [word.weight for word in words]


def test_a_threshold_lies_between_0_and_1(shipped: Classifier) -> None:
    with pytest.raises(ModelError, match="threshold must lie between 0 and 1"):
        shipped.with_threshold(1.5)


def test_a_threshold_leaves_the_classifier_that_it_came_from(shipped: Classifier) -> None:
    assert shipped.with_threshold(1.0).classify("Pay the rent by Friday.").label == "neither"
    assert shipped.classify("Pay the rent by Friday.").label == "management"
