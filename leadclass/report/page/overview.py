"""What a reader wants to know first: the mix of all, by file, by speaker, along the meeting and by section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from leadclass.report.mix import TENTHS, Mix
from leadclass.report.page import chart
from leadclass.report.page.shell import Part, said
from leadclass.report.rollup import Rollup

SPEAKERS = 12  # cards that are shown at once; the others wait behind a line


def overview(rollup: Rollup, links: Mapping[str, str], examples: str = "") -> Iterator[Part]:
    """The parts of a page that the mixes fill; those that would be empty are left out.

    Args:
        rollup: what to show.
        links: where the name of each file leads; empty to leave the files out.
        examples: what stands below the mix.
    """
    files, sections = rollup.mixes["file"], rollup.mixes["section"]
    yield Part("mix", "The mix", _mix(rollup.total) + examples)
    if links:
        yield Part("files", "By file", chart.table(files, "file", links))
    if any(mix.name for mix in rollup.mixes["speaker"]):
        yield Part("speakers", "By speaker", _speakers(rollup.mixes["speaker"], several=len(files) > 1))
    if rollup.total.total >= len(TENTHS):
        name = "Along the meetings" if len(files) > 1 else "Along the meeting"
        yield Part("along", name, _along(rollup.mixes["time"]))
    if len(sections) > 1:
        yield Part("sections", "By section", _folded(f"{len(sections):,} sections", chart.table(sections, "section")))


def record(rollup: Rollup, made_from: str) -> dict[str, Any]:
    """What stands in the head of a page for the program that made it."""
    return {"made_from": made_from, "rollup": rollup.record()}


def _mix(total: Mix) -> str:
    leading, managing, neither = (f"<b>{count:,}</b>" for count in total.counts.values())
    return (
        f'<p class="lead">Of {chart.counted(total.total)}, {leading} act on people (leadership), {managing} on the '
        f'work (management) and {neither} on neither.</p><div class="two">{chart.card(total, "All statements")}'
        f'<div><ul class="legend">{"".join(chart.legend())}</ul>'
        '<p class="note">The line across each bar is its range: the shares that chance alone allows for with that many '
        "statements, 95 times in 100. Where two ranges overlap, do not read a difference. The model’s own mistakes "
        "come on top, so judge no person by this page.</p></div></div>"
    )


def _speakers(mixes: Sequence[Mix], *, several: bool) -> str:
    cards = [chart.card(mix, said(mix.name) or "(no speaker)") for mix in mixes[:SPEAKERS]]
    note = '<p class="note">The same name in several files counts as one speaker.</p>' if several else ""
    rest = mixes[SPEAKERS:]
    more = _folded(f"{len(rest):,} more", chart.table(rest, "speaker")) if rest else ""
    return f'{note}<div class="cards">{"".join(cards)}</div>{more}'


def _along(tenths: Sequence[Mix]) -> str:
    return chart.along(tenths) + _folded("The figures, tenth by tenth", chart.table(tenths, "time"))


def _folded(summary: str, html: str) -> str:
    return f"<details><summary>{summary}</summary>{html}</details>"
