"""Running text: .txt and .md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from leadclass.notes import prefixes, sentences
from leadclass.notes.statement import Statement

_heading = re.compile(r"\s{0,3}#{1,6}\s+(.+?)\s*#*\s*$")
_underline = re.compile(r"\s{0,3}(?:=+|-{3,})\s*$")
_fence = re.compile(r"\s*(?:```|~~~)")
_ruler = re.compile(r"\s*(?:[-*_=]\s*){3,}$|\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$")
_comment = re.compile(r"<!--.*?-->", re.DOTALL)

# Markdown in a line, and what remains of it.
_MARKS = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[\[?([^\]]+)\]?\]\((?:[^()]|\([^()]*\))*\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\[[^\]]*\]"), r"\1"),
    (re.compile(r"<(https?://[^>]+)>"), r"\1"),
    (re.compile(r"</?[a-zA-Z][^>]*>"), ""),
    (re.compile(r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<!\w)_(?=\S)([^_]+?)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])"), r"\1"),
)
_url = re.compile(r"\b(?:https?://|www\.)\S+")
_letters = re.compile(r"[^\W\d_]{2}")


@dataclass(slots=True)
class _Paragraph:
    """Lines that belong together, each with its number; prefixes come from the first."""

    first: prefixes.Line
    section: str | None
    lines: list[tuple[int, str]] = field(default_factory=list)


def read_text(text: str, file: str) -> Iterator[Statement]:
    """Plain text: a line is a paragraph, unless the next one goes on in mid-sentence."""
    return _statements(_paragraphs(enumerate(text.split("\n"), 1), prefixes.speaking(text), wrapped=False), file)


def read_markdown(text: str, file: str) -> Iterator[Statement]:
    """Markdown: headings give the section; front matter, code, comments, rules and tables' rulers are no statements."""
    blanked = _comment.sub(lambda found: "\n" * found[0].count("\n"), text)
    lines = _without_code(_without_front_matter(blanked.split("\n")))
    return _statements(_paragraphs(lines, prefixes.speaking(text), wrapped=True), file)


def _without_front_matter(lines: list[str]) -> Iterator[tuple[int, str]]:
    start = 0
    if lines[0].strip() == "---" and "---" in (line.strip() for line in lines[1:40]):
        start = 2 + next(at for at, line in enumerate(lines[1:]) if line.strip() == "---")
    return ((at, line) for at, line in enumerate(lines, 1) if at > start)


def _without_code(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    inside = False
    for at, line in lines:
        if _fence.match(line):
            inside = not inside
            yield at, ""
        elif not inside:
            yield at, line


def _paragraphs(lines: Iterable[tuple[int, str]], handles: frozenset[str], *, wrapped: bool) -> Iterator[_Paragraph]:
    """Joins wrapped lines; an item, a speaker, a time, a blank line or a heading begins anew."""
    section: str | None = None
    current: _Paragraph | None = None
    for at, raw in lines:
        if current and wrapped and _underline.match(raw) and len(current.lines) == 1 and not current.first.item:
            section, current = _plain(current.lines[0][1]), None
            continue
        heading = _heading.match(raw) if wrapped else None
        line = prefixes.stripped(raw, handles)
        goes_on = current is not None and _continues(current, line, wrapped)
        if heading or not line.text or _ruler.match(raw) or not goes_on:
            if current:
                yield current
            current = None
        if heading:
            section = _plain(heading[1])
        elif line.text and not _ruler.match(raw):
            current = current or _Paragraph(line, section)
            current.lines.append((at, line.text))
    if current:
        yield current


def _continues(current: _Paragraph, line: prefixes.Line, wrapped: bool) -> bool:
    if line.item or line.speaker or line.time or line.text.startswith("|"):
        return False
    last = current.lines[-1][1].rstrip()
    if last.endswith(":"):
        return False
    return wrapped or (not last.endswith((".", "?", "!", "…")) and line.text[:1].islower())


def _statements(paragraphs: Iterable[_Paragraph], file: str) -> Iterator[Statement]:
    for paragraph in paragraphs:
        for at, text in _sentences(paragraph):
            if _says_something(text):
                first = paragraph.first
                yield Statement(text, file, at, paragraph.section, first.speaker, first.time)


def _sentences(paragraph: _Paragraph) -> Iterator[tuple[int, str]]:
    """Each sentence with the number of the line on which it begins; the cells of a table stand for themselves."""
    if paragraph.lines[0][1].startswith("|"):
        at, row = paragraph.lines[0]
        cells = (_plain(cell) for cell in row.strip().strip("|").split("|"))
        yield from ((at, text) for cell in cells for _, text in sentences.split(cell))
        return
    starts, offset = [], 0
    plain = [(at, _plain(line)) for at, line in paragraph.lines]
    for at, line in plain:
        starts.append((offset, at))
        offset += len(line) + 1
    for begin, text in sentences.split(" ".join(line for _, line in plain)):
        yield max(number for start, number in starts if start <= begin), text


def _plain(line: str) -> str:
    """A line without its Markdown."""
    for pattern, kept in _MARKS:
        line = pattern.sub(kept, line)
    return line.strip()


def _says_something(text: str) -> bool:
    """Not a bare link, number or lead-in: at least one word beside links, and no colon at the end."""
    rest = _url.sub("", text).rstrip()
    return _letters.search(rest) is not None and not rest.endswith(":")
