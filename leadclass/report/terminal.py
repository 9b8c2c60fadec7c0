"""The terminal's tables: tagged statements, the mix by file, an explanation, the figures of an evaluation."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from leadclass.classifier import Explanation
from leadclass.evaluation import Figures
from leadclass.labels import LABELS, Label, Tag
from leadclass.report.tagged import Mix, Tagged, total_mix

# Blue, orange and grey can be told apart with every common kind of colour blindness; the word is always there too.
_COLOURS: dict[Label, str] = {"leadership": "\x1b[34m", "management": "\x1b[33m", "neither": "\x1b[90m"}
_PLAIN = "\x1b[0m"
_control = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_LABEL_WIDTH = max(map(len, LABELS))


@dataclass(frozen=True, slots=True)
class Page:
    """How wide the terminal is, and whether it shows colours."""

    width: int = 100
    colour: bool = False

    def label(self, label: Label) -> str:
        """The label, padded to the width of the longest."""
        padded = f"{label:<{_LABEL_WIDTH}}"
        return f"{_COLOURS[label]}{padded}{_PLAIN}" if self.colour else padded


def harmless(text: str) -> str:
    r"""Other people's text without control sequences or marks that turn the writing round.

    >>> harmless("a\x1b[31mb")
    'a [31mb'
    """
    return _control.sub(" ", text)


def statements(tagged: Iterable[Tagged], page: Page) -> Iterator[str]:
    """A heading a file, then a line a statement: label, confidence, line, who spoke, what was said."""
    indent = _LABEL_WIDTH + 13
    for file, rows in groupby(tagged, key=lambda each: each.statement.file):
        yield harmless(file)
        for each in rows:
            said = each.statement
            who = f"{harmless(said.speaker)}: " if said.speaker else ""
            head = f"  {page.label(each.tag.label)} {each.tag.confidence:4.0%} {said.line:5} "
            lines = textwrap.wrap(who + harmless(said.text), max(30, page.width - indent)) or [""]
            yield head + lines[0]
            yield from (" " * indent + line for line in lines[1:])
        yield ""


def mixes(found: Sequence[Mix], page: Page) -> Iterator[str]:
    """The mix of each file, and of all together where there are several."""
    rows = [*found, total_mix(found)] if len(found) > 1 else list(found)
    names = [_shortened(harmless(mix.name), max(12, page.width - 56)) for mix in rows]
    width = max([4, *map(_columns_wide, names)])
    yield f"{'file':<{width}}  statements" + "".join(f"  {label:>{_LABEL_WIDTH}}" for label in LABELS)
    for name, mix in zip(names, rows, strict=True):
        cells = "".join(f"  {mix.counts[label]:>5} {mix.share(label):4.0%}" for label in LABELS)
        yield f"{name}{' ' * (width - _columns_wide(name))}  {mix.total:>10}{cells}"


def explanation(found: Explanation, page: Page) -> Iterator[str]:
    """The tag, then what each word adds to the logit of each label, strongest first."""
    yield harmless(found.text)
    yield f"{page.label(found.tag.label)} {found.tag.confidence:.0%}{_facet(found.tag)}{_because(found.tag)}"
    yield ""
    yield f"{'':24}" + "".join(f"{label:>12}" for label in LABELS)
    for each in found.contributions:
        yield f"{harmless(each.ngram)[:23]:24}" + "".join(f"{each.to(label):>+12.2f}" for label in LABELS)
    for name, values in (("(intercept)", found.intercept), ("sum = logit", found.logits)):
        yield f"{name:24}" + "".join(f"{values[label]:>+12.2f}" for label in LABELS)
    chances = {"leadership": found.tag.leadership, "management": found.tag.management, "neither": found.tag.neither}
    yield f"{'probability':24}" + "".join(f"{chances[label]:>12.0%}" for label in LABELS)


def figures(found: Figures, left_out: int = 0) -> Iterator[str]:
    """The figures of an evaluation, one a line, then a table by label and the confusion matrix."""
    yield f"statements                          {found.count:>6}" + (
        f"  ({left_out} mixed left out)" if left_out else ""
    )
    yield f"accuracy                             {found.accuracy:.3f}"
    yield f"macro-F1                             {found.macro_f1:.3f}"
    yield f"balanced accuracy, forced choice     {found.balanced_accuracy:.3f}"
    yield f"expected calibration error           {found.calibration_error:.3f}"
    for share, accuracy in found.coverage_accuracy.items():
        yield f"accuracy at {share:.0%} coverage             {accuracy:.3f}"
    yield ""
    yield f"{'':{_LABEL_WIDTH}}  precision  recall     F1  statements"
    for label, scores in found.by_label.items():
        rates = f"{scores.precision:9.3f}  {scores.recall:6.3f}  {scores.f1:5.3f}"
        yield f"{label:<{_LABEL_WIDTH}}  {rates}  {scores.support:10}"
    yield ""
    yield f"{'true, down':{_LABEL_WIDTH}}" + "".join(f"{label:>12}" for label in LABELS)
    for label, row in zip(LABELS, found.confusion.tolist(), strict=True):
        yield f"{label:<{_LABEL_WIDTH}}" + "".join(f"{count:>12}" for count in row)


def _facet(tag: Tag) -> str:
    return f", {tag.facet}" if tag.facet else ""


def _because(tag: Tag) -> str:
    return f" ({tag.reason}; first choice {tag.first_choice})" if tag.reason else ""


def _shortened(name: str, width: int) -> str:
    return name if len(name) <= width else "…" + name[1 - width :]


def _columns_wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)
