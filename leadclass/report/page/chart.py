"""A mix to look at: bars with intervals, drawn as SVG, with every figure beside them as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from leadclass.labels import LABELS, Label
from leadclass.report.by import By
from leadclass.report.mix import Mix
from leadclass.report.names import short
from leadclass.report.page.shell import said

LETTERS: dict[Label, str] = {label: label[0] for label in LABELS}  # class names: l, m, n

BARS = 1000  # lines of a table: bars for 20,000 sections would make a page of 60 MB

_BAR, _GAP, _TALL = 8, 2, 72  # widths in percent of the chart's tenth; height in pixels


def card(mix: Mix, title: str, level: int = 3) -> str:
    """A mix by itself: three lines of label, bar with interval, share, range and count."""
    lines = "".join(_line(mix, label) for label in LABELS)
    return (
        f'<div class="card"><h{level}>{title} <small>{counted(mix.total)}</small></h{level}>'
        f'<table class="mix"><thead class="heard"><tr><th scope="col">label</th><th scope="col">chart</th>'
        f'<th scope="col">share</th><th scope="col">range</th><th scope="col">statements</th></tr></thead>'
        f"<tbody>{lines}</tbody></table></div>"
    )


def table(mixes: Sequence[Mix], by: By, links: Mapping[str, str] | None = None) -> str:
    """Many mixes: a line each, with the three shares and their intervals, and bars where the lines are not too many."""
    heads = "".join(f'<th scope="col">{word(label)}</th>' for label in LABELS)
    bars = len(mixes) <= BARS
    names = short(mix.name for mix in mixes) if by == "file" else {}
    rows = "".join(
        _row(mix, names.get(mix.name, mix.name) or f"(no {by})", (links or {}).get(mix.name), bars=bars)
        for mix in mixes
    )
    return (
        f'<table class="mixes"><thead><tr><th scope="col">{by}</th><th scope="col">statements</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def along(tenths: Sequence[Mix]) -> str:
    """The share of each label in each tenth of the meeting, three strips of bars with intervals."""
    strips = "".join(
        f'<div class="strip"><div class="{LETTERS[label]}">{word(label)}</div>{_strip(tenths, label)}</div>'
        for label in LABELS
    )
    ends = "<span>beginning</span><span>each bar from 0 to 100%</span><span>end</span>"
    return f'<div class="along">{strips}<div class="ends">{ends}</div></div>'


def word(label: Label) -> str:
    """The label as badge: a letter, and the rest of the word where there is room; read aloud it is the word."""
    return f'<b class="tag {LETTERS[label]}">{label[0].upper()}<span>{label[1:]}</span></b>'


def _line(mix: Mix, label: Label) -> str:
    return (
        f'<tr class="{LETTERS[label]}"><th scope="row">{word(label)}</th><td class="plot">{_interval(mix, label)}</td>'
        f'<td class="share">{_percent(mix, label)}</td><td class="range">{_range(mix, label)}</td>'
        f'<td class="count">{mix.counts[label]:,}</td></tr>'
    )


def _row(mix: Mix, name: str, link: str | None, *, bars: bool) -> str:
    linked = f'<a href="{said(link)}">{said(name)}</a>' if link else said(name)
    cells = "".join(
        f'<td class="{LETTERS[label]}" data-sort="{mix.share(label):.4f}">{word(label)}<span>{_percent(mix, label)} '
        f"<small>{_range(mix, label)}</small></span>{_interval(mix, label) if bars else ''}</td>"
        for label in LABELS
    )
    return f'<tr><th scope="row">{linked}</th><td class="count" data-sort="{mix.total}">{mix.total:,}</td>{cells}</tr>'


def _interval(mix: Mix, label: Label) -> str:
    """A bar as long as the share, a whisker over its interval; the text beside it says the same."""
    low, high = mix.interval(label)
    return (
        f'<svg class="bar {LETTERS[label]}" aria-hidden="true" width="100%" height="18">'
        f'<rect class="ground" width="100%" height="18"/>'
        f'<rect class="fill" y="3" width="{mix.share(label):.1%}" height="12"/>'
        f'<line class="halo" x1="{low:.1%}" x2="{high:.1%}" y1="9" y2="9"/>'
        f'<line class="whisker" x1="{low:.1%}" x2="{high:.1%}" y1="9" y2="9"/>'
        f'<line class="whisker" x1="{low:.1%}" x2="{low:.1%}" y1="5" y2="13"/>'
        f'<line class="whisker" x1="{high:.1%}" x2="{high:.1%}" y1="5" y2="13"/></svg>'
    )


def _strip(tenths: Sequence[Mix], label: Label) -> str:
    told = "; ".join(f"{mix.name}: {_percent(mix, label)} of {mix.total}" for mix in tenths)
    bars = "".join(_upright(at, mix, label) for at, mix in enumerate(tenths))
    return (
        f'<svg class="bar {LETTERS[label]}" role="img" aria-label="{label} along the meeting: {told}" width="100%" '
        f'height="{_TALL}"><rect class="ground" width="100%" height="{_TALL}"/>'
        f'<line class="half" x2="100%" y1="{_TALL / 2}" y2="{_TALL / 2}"/>{bars}</svg>'
    )


def _upright(at: int, mix: Mix, label: Label) -> str:
    if not mix.total:
        return ""
    high = mix.share(label) * _TALL
    low, top = (_TALL - end * _TALL for end in mix.interval(label))
    middle = f"{at * 10 + 5}%"
    return (
        f"<g><title>{mix.name}: {label} {_percent(mix, label)} ({_range(mix, label)}) of {counted(mix.total)}</title>"
        f'<rect class="fill" x="{at * 10 + _GAP / 2}%" y="{_TALL - high:.1f}" width="{_BAR}%" height="{high:.1f}"/>'
        f'<line class="halo" x1="{middle}" x2="{middle}" y1="{low:.1f}" y2="{top:.1f}"/>'
        f'<line class="whisker" x1="{middle}" x2="{middle}" y1="{low:.1f}" y2="{top:.1f}"/></g>'
    )


def _percent(mix: Mix, label: Label) -> str:
    return f"{mix.share(label):.0%}" if mix.total else "–"


def _range(mix: Mix, label: Label) -> str:
    low, high = mix.percents(label)
    return f"{low}–{high}%"


def counted(count: int) -> str:
    """As many statements as there are."""
    return f"{count:,} statement{'' if count == 1 else 's'}"


def legend() -> Iterator[str]:
    """What the three labels mean, in a line each."""
    meanings: dict[Label, str] = {
        "leadership": "acts on people: why we do this, trust, voice, courage, thanks",
        "management": "acts on the work: steps, dates, money, roles, figures, control",
        "neither": "the subject itself, greetings, small talk",
    }
    return (f"<li>{word(label)} {meaning}</li>" for label, meaning in meanings.items())
