"""Running text: .txt and .md."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from leadclass.notes import markup, prefixes, sentences
from leadclass.notes.statement import Statement
from leadclass.notes.wordlist import listed

_heading = re.compile(r"#{1,6}\s+(?=\S)")
_url = re.compile(r"\b(?:https?://|www\.)\S+")
_letters = re.compile(r"[^\W\d_]{2}")
_LEAD_IN = 3  # "Link:" or "The relevant issue:" before a bare address is no statement; a longer clause is


@dataclass(slots=True)
class _Paragraph:
    """Lines that belong together, each with its number; prefixes come from the first."""

    first: prefixes.Line
    section: str | None
    lines: list[markup.Numbered] = field(default_factory=list)

    @property
    def is_row(self) -> bool:
        """A row of a table."""
        return self.lines[0][1].startswith("|")


def read_text(text: str, file: str) -> Iterator[Statement]:
    """Plain text: a line is a paragraph, unless the next one goes on in mid-sentence."""
    lines = enumerate(text.split("\n"), 1)
    paragraphs = _Paragraphs(prefixes.speaking(text), markdown=False)
    return _statements(paragraphs.of(lines), file, str)


def read_markdown(text: str, file: str) -> Iterator[Statement]:
    """Markdown: headings give the section; front matter, code, comments and rulers are no statements."""
    paragraphs = _Paragraphs(prefixes.speaking(text), markdown=True)
    return _statements(paragraphs.of(markup.prose_lines(text)), file, markup.plain)


class _Paragraphs:
    """Joins wrapped lines; an item, a speaker, a time, a blank line, a ruler or a heading begins anew."""

    def __init__(self, speakers: frozenset[str], *, markdown: bool) -> None:
        self.speakers = speakers
        self.markdown = markdown
        self.section: str | None = None
        self.turn: str | None = None  # who speaks below a line that is nothing but "Name:"
        self.current: _Paragraph | None = None

    def of(self, lines: Iterable[markup.Numbered]) -> Iterator[_Paragraph]:
        for number, raw in lines:
            yield from self._take(number, raw.strip())
        yield from self._close()

    def _take(self, number: int, line: str) -> Iterator[_Paragraph]:
        heading = _heading.match(line) if self.markdown else None
        if heading:
            yield from self._close()
            self.section = markup.plain(line[heading.end() :].rstrip("#").strip())
        elif not line or _is_ruler(line):
            yield from self._end(line)
        else:
            yield from self._add(number, prefixes.stripped(line, self.speakers))

    def _end(self, line: str) -> Iterator[_Paragraph]:
        """A blank line ends a paragraph and a turn; a ruler makes a heading of what is above."""
        above = self.current
        if above and self._underlines(line, above):
            self.current = None
            if not above.is_row:
                self.section = markup.plain(above.lines[0][1])
            return
        self.turn = None
        yield from self._close()

    def _underlines(self, line: str, above: _Paragraph) -> bool:
        """Whether a ruler turns the single line above it into the heading of a section or of a table."""
        single = len(above.lines) == 1 and not above.first.item
        return self.markdown and bool(line) and single and (above.is_row or set(line) <= {"=", "-"})

    def _add(self, number: int, line: prefixes.Line) -> Iterator[_Paragraph]:
        if self.current and self._goes_on(self.current, line):
            self.current.lines.append((number, line.item + line.text))
            return
        yield from self._close()
        if line.speaker:
            self.turn = None
        if not line.text:
            self.turn = line.speaker
            return
        first = line if line.speaker else prefixes.Line(line.text, line.item, self.turn, line.time)
        self.current = _Paragraph(first, self.section, [(number, line.text)])

    def _goes_on(self, current: _Paragraph, line: prefixes.Line) -> bool:
        """Only "1." may break into a paragraph that is no list: a wrapped line may well begin with "30."."""
        listed = bool(line.item) and (
            not line.item[0].isdigit() or bool(current.first.item) or line.item[:2] in ("1.", "1)")
        )
        last = current.lines[-1][1]
        if listed or line.speaker or line.time or line.text.startswith("|") or current.is_row or last.endswith(":"):
            return False
        return self.markdown or (not last.endswith((".", "?", "!", "…")) and (line.item + line.text)[:1].islower())

    def _close(self) -> Iterator[_Paragraph]:
        if self.current:
            yield self.current
        self.current = None


def _is_ruler(line: str) -> bool:
    """``---``, ``* * *``, ``===`` or the line under a table's heading."""
    marks = set(line)
    return len(line) >= 3 and (marks <= set("-*_= \t") or ("|" in marks and "-" in marks and marks <= set("|:- \t")))


def _statements(paragraphs: Iterable[_Paragraph], file: str, plain: Callable[[str], str]) -> Iterator[Statement]:
    for paragraph in paragraphs:
        split = _cells if paragraph.is_row else _sentences
        for number, text in split(paragraph, plain):
            if _says_something(text):
                first = paragraph.first
                yield Statement(text, file, number, paragraph.section, first.speaker, first.time)


def _sentences(paragraph: _Paragraph, plain: Callable[[str], str]) -> Iterator[markup.Numbered]:
    """Each sentence with the number of the line on which it begins."""
    text = plain("\n".join(line for _, line in paragraph.lines))
    line, counted = 0, 0
    for begin, sentence in sentences.split(text):
        line += text.count("\n", counted, begin)
        counted = begin
        yield paragraph.lines[min(line, len(paragraph.lines) - 1)][0], " ".join(sentence.split())


def _cells(paragraph: _Paragraph, plain: Callable[[str], str]) -> Iterator[markup.Numbered]:
    """The sentences in a table row's cells; a cell of one word is a name or a number."""
    number, row = paragraph.lines[0]
    for cell in row.strip("|").split("|"):
        for _, sentence in sentences.split(plain(cell)):
            if " " in sentence:
                yield number, sentence


def _says_something(text: str) -> bool:
    """Not a bare address, number or lead-in, nor a line that only records who was there or how an item is filed."""
    head, colon, _ = text.partition(":")
    if colon and head.strip().lower() in listed("furniture.txt"):
        return False
    rest = _url.sub("", text).rstrip()
    lead_in = rest.endswith(":") and (rest == text or len(rest.split()) <= _LEAD_IN)
    return _letters.search(rest) is not None and not lead_in
