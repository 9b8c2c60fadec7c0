"""Statements with their tags and words, as reports get them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from conftest import ROOT

from leadclass.classifier import Classifier
from leadclass.notes import Statement, read_notes
from leadclass.report.tagged import Tagged
from leadclass.report.words import spoken

HOSTILE: list[dict[str, str]] = json.loads((ROOT / "tests" / "hostile.json").read_text(encoding="utf-8"))
SAMPLES = sorted(str(path) for path in (ROOT / "data" / "notes").iterdir())


def tag(statements: Iterable[Statement], classifier: Classifier) -> list[Tagged]:
    found = list(statements)
    answers = classifier.explain_many(statement.text for statement in found)
    return [Tagged(statement, why.tag, spoken(why)) for statement, why in zip(found, answers, strict=True)]


def sample(path: str, classifier: Classifier) -> list[Tagged]:
    return tag(read_notes(path), classifier)


def everywhere(text: str, classifier: Classifier) -> list[Tagged]:
    """A text wherever notes have one; the statements are many enough for every chart."""
    said = [
        Statement(text, f"notes/{text}", line, text, text if line % 3 else f"{text}!", text) for line in range(1, 13)
    ]
    return tag(said, classifier)
