"""The page of some notes: their mix, who spoke how, how it went along, then every statement with its mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import groupby
from typing import TYPE_CHECKING, Any, TextIO

from leadclass.labels import FACET_NAMES, FACETS, LABELS, UNKNOWN, UNSURE
from leadclass.notes import Statement
from leadclass.report.names import title
from leadclass.report.page import chart
from leadclass.report.page.overview import overview, record
from leadclass.report.page.shell import Head, Part, as_json, page, said
from leadclass.report.rollup import Rollup

if TYPE_CHECKING:
    from leadclass.report.tagged import Tagged

BLOCK = 40  # statements that a browser lays out or passes over together
SUREST, LONG = 3, 160  # examples of a label, and characters of each

_FLAGS = {"unsure": 1, "mixed": 2, UNSURE: 4, UNKNOWN: 8}


def write_page(tagged: Sequence[Tagged], file: TextIO, made_from: str = "", index: str = "") -> None:
    """Write the page.

    Args:
        tagged: the statements of one file or of several, with their words.
        file: what to write to.
        made_from: what the page's record says of its making; who finds it again need not make it again.
        index: the name of the page above, where there is one.
    """
    rollup = Rollup.of(tagged)
    files = {mix.name: at for at, mix in enumerate(rollup.mixes["file"])}
    links = {name: f"#file{at}" for name, at in files.items()} if len(files) > 1 else {}
    parts = [*overview(rollup, links, "".join(_surest(tagged))), _statements_part(tagged, rollup, files)]
    head = Head(title(files), _counts(tagged, rollup), index)
    file.write(page(head, parts, record(rollup, made_from)))


def _surest(tagged: Sequence[Tagged]) -> Iterator[str]:
    """What leading and managing sound like here: the most probable few of each, leading to where they stand."""
    yield '<div class="two">'
    for label in LABELS[:2]:
        of_label = {
            each.statement.text: (each.tag.chance(label), at)
            for at, each in enumerate(tagged)
            if each.tag.label == label
        }
        places = [at for _, at in nlargest(SUREST, of_label.values())]
        lines = "".join(f'<li><a href="#s{at}">{said(_shortened(tagged[at].statement.text))}</a></li>' for at in places)
        if lines:
            yield f'<div><h3>Surest {chart.word(label)}</h3><ul class="surest">{lines}</ul></div>'
    yield "</div>"


def _shortened(text: str) -> str:
    return text if len(text) <= LONG else f"{text[: LONG - 1].rstrip()}…"


def _statements_part(tagged: Sequence[Tagged], rollup: Rollup, files: dict[str, int]) -> Part:
    html = "".join(
        (
            *_filters(tagged, rollup),
            '<div id="reading"><div id="statements">',
            *_statements(tagged, files),
            '</div><aside id="why" hidden aria-live="polite" aria-label="Why this label"></aside></div>',
            f'<script type="application/json" id="data">{as_json(_data(tagged, rollup))}</script>',
        )
    )
    return Part("text", "The statements", html)


def _counts(tagged: Sequence[Tagged], rollup: Rollup) -> str:
    speakers = sum(bool(mix.name) for mix in rollup.mixes["speaker"])
    parts = [chart.counted(len(tagged))]
    if speakers:
        parts.append(f"{speakers:,} speaker{'s' * (speakers != 1)}")
    files = rollup.mixes["file"]
    if len(files) == 1 and files[0].name not in ("-", title([files[0].name])):
        parts.append(f"<span>{said(files[0].name)}</span>")
    return " · ".join(parts)


def _filters(tagged: Sequence[Tagged], rollup: Rollup) -> Iterator[str]:
    """Hidden until the script shows them: without it they would do nothing."""
    total, unsure = rollup.total, sum(each.unsure for each in tagged)
    yield '<form id="filters" hidden aria-label="Which statements to show">'
    yield '<div role="group" aria-label="Labels">'
    for label in LABELS:
        box = f'<input type="checkbox" name="label" value="{chart.LETTERS[label]}" checked>'
        yield f"<label>{box}{chart.word(label)}<small>{total.counts[label]:,}</small></label>"
    yield "</div>"
    facets = [facet for facet in FACETS if any(each.tag.facet == facet for each in tagged)]
    yield _select("facet", [(str(FACET_NAMES.index(facet)), f"{facet} ({FACETS[facet]})") for facet in facets])
    named = [(str(at), mix.name or "(no speaker)") for at, mix in enumerate(rollup.mixes["speaker"])]
    yield _select("speaker", named if len(named) > 1 else [])
    yield f'<label><input type="checkbox" name="unsure">only unsure <small>{unsure:,}</small></label>'
    yield '<button type="reset">Show all</button><span id="shown" role="status"></span></form>'
    yield (
        '<p class="note">The percentage is the model’s probability for the label. A <b>?</b> marks an unsure one: less '
        "probable than not, below the threshold, or without a known word.</p>"
    )


def _select(name: str, choices: Iterable[tuple[str, str]]) -> str:
    options = "".join(f'<option value="{value}">{said(text)}</option>' for value, text in choices)
    if not options:
        return ""
    return f'<label>{name.capitalize()} <select name="{name}"><option value="">any</option>{options}</select></label>'


def _statements(tagged: Sequence[Tagged], files: dict[str, int]) -> Iterator[str]:
    level = 4 if len(files) > 1 else 3
    numbered = enumerate(tagged)
    for file, notes in groupby(numbered, key=lambda pair: pair[1].statement.file):
        if len(files) > 1:
            yield f'<h3 id="file{files[file]}">{said(file)}</h3>'
        for section, part in groupby(notes, key=lambda pair: pair[1].statement.section):
            head = f"<h{level}>{said(section)}</h{level}>" if section else ""
            yield f'<section class="part">{head}{"".join(_turns(part))}</section>'


def _turns(part: Iterable[tuple[int, Tagged]]) -> Iterator[str]:
    for number, (speaker, group) in enumerate(groupby(part, key=lambda pair: pair[1].statement.speaker)):
        turn = list(group)
        # Without a head, what nobody is named for would seem to be said by whoever spoke before.
        headed = speaker or number
        for start in range(0, len(turn), BLOCK):
            head = _who(turn[0][1].statement) if headed and not start else ""
            items = "".join(_items(turn[start : start + BLOCK], timed=not speaker))
            yield f'<div class="turn">{head}<ol>{items}</ol></div>\n'


def _who(first: Statement) -> str:
    if not first.speaker:
        return '<p class="who"><i>no speaker</i></p>'
    time = f" <time>{said(first.time)}</time>" if first.time else ""
    return f'<p class="who"><b>{said(first.speaker)}</b>{time}</p>'


def _items(turn: Sequence[tuple[int, Tagged]], *, timed: bool) -> Iterator[str]:
    before: str | None = None
    for at, each in turn:
        said_at, tag = each.statement.time, each.tag
        time = f"<time>{said(said_at)}</time> " if timed and said_at and said_at != before else ""
        before = said_at
        doubt, unsure = ("?", " unsure") if each.unsure else ("", "")
        facet = f"{'mixed, ' * tag.mixed}{tag.facet or ''} " if tag.mixed or tag.facet else ""
        yield (
            f'<li id="s{at}" class="{chart.LETTERS[tag.label]}{unsure}">{chart.word(tag.label)}'
            f"<p>{time}<span>{said(each.statement.text)}</span></p>"
            f"<small>{facet}{_percent(tag.chance(tag.label))}{doubt}</small></li>"
        )


def _percent(chance: float) -> str:
    """No answer is certain, so none reads 100%."""
    rounded = round(chance * 100)
    return "&gt;99%" if rounded == 100 else f"{rounded}%" if rounded else "&lt;1%"


def _data(tagged: Sequence[Tagged], rollup: Rollup) -> dict[str, Any]:
    """What the script needs of each statement: see `_row` for the columns."""
    who = {mix.name: at for at, mix in enumerate(rollup.mixes["speaker"])}
    return {"labels": LABELS, "facets": FACET_NAMES, "rows": [_row(each, who) for each in tagged]}


def _row(each: Tagged, who: dict[str, int]) -> list[int]:
    """Three percentages, label, first choice, facet, speaker, line, flags; then start, end, weight of each word."""
    said_by, tag = each.statement, each.tag
    facet = FACET_NAMES.index(tag.facet) if tag.facet else -1
    flags = _FLAGS["unsure"] * each.unsure + _FLAGS["mixed"] * tag.mixed + _FLAGS.get(tag.reason or "", 0)
    place = [facet, who[said_by.speaker or ""], said_by.line, flags]
    words = [number for word in each.words for number in (word.start, word.end, round(word.weight * 100))]
    chances = [round(tag.chance(label) * 100) for label in LABELS]
    return [*chances, LABELS.index(tag.label), LABELS.index(tag.first_choice), *place, *words]
