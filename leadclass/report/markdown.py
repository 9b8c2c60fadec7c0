"""A report as Markdown, to paste into a wiki: the mix, then the statements by section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from leadclass.labels import LABELS, Label
from leadclass.report.by import By
from leadclass.report.made import MARK
from leadclass.report.mix import Mix
from leadclass.report.names import title
from leadclass.report.rollup import Rollup
from leadclass.report.terminal import harmless

if TYPE_CHECKING:
    from leadclass.report.tagged import Tagged


_TITLES: dict[By, str] = {
    "file": "By file",
    "speaker": "By speaker",
    "section": "By section",
    "time": "Along the meeting",
}
# Other people's text never begins a line here, so that only marks that work inside one need a backslash:
# https://spec.commonmark.org/0.31.2/ and, for www. and ://, https://github.github.com/gfm/#autolinks-extension-
_mark = re.compile(r"[\\`*_\[\]<>|~&$#{}]|(?<=www)\.|:(?=//)", re.IGNORECASE)


def write_markdown(tagged: Sequence[Tagged], file: TextIO) -> None:
    """The whole report; nothing in the notes can become a heading, a link, an image, a table cell or a tag."""
    file.writelines(f"{line}\n" for line in _lines(tagged))


def escaped(text: str) -> str:
    r"""Other people's text as Markdown shows it unchanged, on one line.

    >>> print(escaped("**Pay** <b>now</b> | [here](https://x.example)"))
    \*\*Pay\*\* \<b\>now\</b\> \| \[here\](https\://x.example)
    """
    return _mark.sub(r"\\\g<0>", harmless(text).strip())


def _lines(tagged: Sequence[Tagged]) -> Iterator[str]:
    rollup = Rollup.of(tagged)
    files = rollup.mixes["file"]
    yield from (
        MARK,
        f"# {escaped(title(mix.name for mix in files))}: leadership, management or neither",
        "",
        *_table([rollup.total], ""),
    )
    yield from ("", "The range beside a share is its 95 % interval by chance alone; the model's mistakes come on top.")
    for by, heading in _TITLES.items():
        if len(rollup.mixes[by]) > 1:
            yield from ("", f"## {heading}", "", *_table(rollup.mixes[by], by))
    yield from ("", "## Statements")
    for file, group in groupby(tagged, key=lambda each: each.statement.file):
        if len(files) > 1:
            yield from ("", f"### {escaped(file)}")
        yield from _statements(group, "####" if len(files) > 1 else "###")


def _table(mixes: Sequence[Mix], by: str) -> Iterator[str]:
    yield f"| {by} | statements | {' | '.join(LABELS)} |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for mix in mixes:
        cells = " | ".join(_cell(mix, label) for label in LABELS)
        yield f"| {escaped(mix.name) or f'(no {by})'} | {mix.total} | {cells} |"


def _cell(mix: Mix, label: Label) -> str:
    if not mix.total:
        return "-"
    low, high = mix.percents(label)
    return f"{mix.counts[label]}, {mix.share(label):.0%} ({low}-{high})"


def _statements(tagged: Iterable[Tagged], level: str) -> Iterator[str]:
    for section, group in groupby(tagged, key=lambda each: each.statement.section):
        yield from ("", f"{level} {escaped(section)}" if section else f"{level} (no section)", "")
        for each in group:
            said, tag = each.statement, each.tag
            who = f"{escaped(said.speaker)}: " if said.speaker else ""
            doubt = "?" if each.unsure else ""
            yield f"- **{tag.label}** {tag.chance(tag.label):.0%}{doubt} {who}{escaped(said.text)}"
