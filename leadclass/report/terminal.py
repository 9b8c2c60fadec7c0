"""The terminal's tables: tagged statements, the mix, an explanation, the figures of an evaluation."""

from __future__ import annotations

import math
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from leadclass.explanation import Explanation
from leadclass.labels import LABELS, Label, Tag
from leadclass.report.by import By
from leadclass.report.mix import Mix, total_mix

if TYPE_CHECKING:  # it needs numpy, which a folder of notes may not
    from leadclass.evaluation import Figures
    from leadclass.report.tagged import Tagged

# Blue, orange and grey can be told apart with every common kind of colour blindness; the word is always there too.
_COLOURS: dict[Label, str] = {"leadership": "\x1b[34m", "management": "\x1b[33m", "neither": "\x1b[90m"}
_PLAIN = "\x1b[0m"
_control = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
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
    r"""Other people's text without control sequences, line breaks or marks that turn the writing round.

    >>> harmless("a\x1b[31mb")
    'a [31mb'
    """
    return _control.sub(" ", text)


def statements(tagged: Iterable[Tagged], page: Page) -> Iterator[str]:
    """A heading a file, then a line a statement: label, its probability, line, who spoke, what was said.

    A question mark after the probability says that the label is unsure: see `Tagged.unsure`.
    """
    indent = _LABEL_WIDTH + 14  # as wide as a head
    room = max(30, page.width - indent)
    for file, rows in groupby(tagged, key=lambda each: each.statement.file):
        yield harmless(file)
        for each in rows:
            said = each.statement
            who = f"{harmless(said.speaker)}: " if said.speaker else ""
            doubt = "?" if each.unsure else " "
            head = f"  {page.label(each.tag.label)} {each.tag.chance(each.tag.label):4.0%}{doubt}{said.line:5} "
            lines = _wrapped(who + harmless(said.text), room)
            yield head + lines[0]
            yield from (" " * indent + line for line in lines[1:])
        yield ""


def mixes(found: Sequence[Mix], page: Page, by: By = "file") -> Iterator[str]:
    """A line for each mix, and one for all together where there are several.

    Beside each share stands its 95 % interval; the counts go where the page has no room for them.
    """
    rows = [*found, total_mix(found)] if len(found) > 1 else list(found)
    counted = _cells(rows, counts=True)
    cells = counted if page.width >= 12 + _widths(counted) else _cells(rows, counts=False)
    cut = _shortened if by == "file" else _begun
    names = [cut(_said(mix.name, by), max(12, page.width - _widths(cells))) for mix in rows]
    width = max([len(by), *map(_columns_wide, names)])
    heads = ["statements", *LABELS]
    wide = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
    for name, row in zip([by, *names], [heads, *cells], strict=True):
        padded = "".join(f"  {cell:>{room}}" for cell, room in zip(row, wide, strict=True))
        yield f"{name}{' ' * (width - _columns_wide(name))}{padded}"


def explanation(found: Explanation, page: Page) -> Iterator[str]:
    """The tag, then what each word adds to the logit of each label, strongest first."""
    yield harmless(found.text)
    tag = found.tag
    yield f"{page.label(tag.label)} {tag.chance(tag.label):.0%}{_facet(tag)}{_because(tag)}"
    yield ""
    yield f"{'':24}" + "".join(f"{label:>12}" for label in LABELS)
    for each in found.contributions:
        yield f"{harmless(each.ngram)[:23]:24}" + "".join(f"{each.to(label):>+12.2f}" for label in LABELS)
    for name, values in (("(intercept)", found.intercept), ("sum = logit", found.logits)):
        yield f"{name:24}" + "".join(f"{values[label]:>+12.2f}" for label in LABELS)
    yield f"{'probability':24}" + "".join(f"{tag.chance(label):>12.0%}" for label in LABELS)


def figures(found: Figures, left_out: int = 0) -> Iterator[str]:
    """The figures of an evaluation, one a line, then a table by label and the confusion matrix."""
    yield f"statements                          {found.count:>6}" + (
        f"  ({left_out} mixed left out)" if left_out else ""
    )
    yield f"accuracy                             {found.accuracy:.3f}"
    yield f"macro-F1                             {found.macro_f1:.3f}"
    yield f"balanced accuracy, forced choice     {_measured(found.balanced_accuracy)}"
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


def by_source(found: Mapping[str, Figures], page: Page) -> Iterator[str]:
    """A line a source: where the model is at home, and where it is not."""
    names = [_shortened(harmless(name) or "(none)", max(12, page.width - 51)) for name in found]
    width = max([6, *map(_columns_wide, names)])
    yield f"{'source':<{width}}  statements  accuracy  macro-F1  balanced accuracy"
    for name, each in zip(names, found.values(), strict=True):
        rates = f"{each.accuracy:8.3f}  {each.macro_f1:8.3f}  {_measured(each.balanced_accuracy):>17}"
        yield f"{name}{' ' * (width - _columns_wide(name))}  {each.count:>10}  {rates}"


def _cells(mixes: Sequence[Mix], *, counts: bool) -> list[list[str]]:
    """Of each mix: how many statements, then label by label the count, the share and its interval."""
    digits = max((len(str(max(mix.counts.values()))) for mix in mixes), default=1)
    return [
        [str(mix.total)]
        + [(f"{mix.counts[label]:>{digits}} " if counts else "") + _share(mix, label) for label in LABELS]
        for mix in mixes
    ]


def _share(mix: Mix, label: Label) -> str:
    if not mix.total:
        return "-"
    low, high = mix.percents(label)
    return f"{mix.share(label):4.0%} {f'{low}-{high}%':>7}"


def _widths(cells: Sequence[Sequence[str]]) -> int:
    """Of all columns but the first, with the blanks between them."""
    columns = zip(("statements", *LABELS), *cells, strict=True)
    return sum(2 + max(map(len, column)) for column in columns)


def _said(name: str, by: By) -> str:
    return harmless(name) or f"(no {by})"


def _measured(rate: float) -> str:
    return "not measurable" if math.isnan(rate) else f"{rate:.3f}"


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` characters.

    Long words are cut first: textwrap copies the rest of a word for each line, which takes 15 s for one of 5 MB, not 1.
    """
    pieces = (word[at : at + width] for word in text.split(" ") for at in range(0, len(word), width))
    return textwrap.wrap(" ".join(pieces), width) or [""]


def _facet(tag: Tag) -> str:
    return f", {tag.facet}" if tag.facet else ""


def _because(tag: Tag) -> str:
    return f" ({tag.reason}; first choice {tag.first_choice})" if tag.reason else ""


def _begun(name: str, width: int) -> str:
    return name if len(name) <= width else name[: width - 1] + "…"


def _shortened(name: str, width: int) -> str:
    return name if len(name) <= width else "…" + name[1 - width :]


def _columns_wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)
