"""Web pages: .html, as wikis, mail programs and note-taking services export it.

The tags are found by one pattern and never nested in Python: `html.parser` of the standard library needs quadratic time
on some broken pages (an endless run of "<!--" or "<"), and these are other people's files.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from leadclass.notes.cells import Line, Row, lines_of
from leadclass.notes.markup import FILL, unescaped
from leadclass.notes.passages import Seam
from leadclass.notes.prose import read_lines
from leadclass.notes.statement import Statement
from leadclass.notes.wordlist import listed

_tag = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,30})(?=[\s/>])(?:[^<>\"']++|\"[^\"<]{0,20000}\"|'[^'<]{0,20000}'|[\"'])*+>"
    r"|<!--|<![A-Za-z\[][^<>]{0,2000}>|<\?[^<>]{0,2000}>"
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "caption", "summary"))
_BLOCKS = _HEADINGS | listed("block-tags.txt")
_HIDDEN = listed("hidden-tags.txt")


def read_page(text: str, file: str) -> list[Statement]:
    """The blocks of a page become lines: headings give the section, list items and cells stand for themselves."""
    lines = list(_Page(text).lines())
    return read_lines(lines, file)


class _Page:
    """A page on its way to lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.newlines = [found.start() for found in re.finditer("\n", text)]
        self.pieces: list[tuple[str, int]] = []  # of the block at hand, each with its place in the page
        self.kind = ""
        self.rows: list[Row] | None = None  # of the table at hand
        self.depth = 0
        self.headed = False
        self.pre = False
        self.length = 0  # of the line at hand
        self.title = ""  # the last heading
        self.outside: list[str] = []  # the headings above the parts that fold away and are open

    def lines(self) -> Iterator[Line]:
        at = 0
        never: set[str] = set()  # closing marks that do not come any more
        while found := _tag.search(self.text, at):
            self._say(at, found.start())
            name = (found[2] or "").lower()
            closing = "-->" if found[0] == "<!--" else f"</{name}" if name in _HIDDEN and not found[1] else ""
            at = found.end()
            if closing and closing not in never and not found[0].endswith("/>"):
                end = self._end(closing, at)
                if end < 0:
                    never.add(closing)
                else:
                    at = end
            if name == "code" and self.pre and not found[1] and not any(text.strip() for text, _ in self.pieces):
                at = self._behind_code(at)
            if name in _BLOCKS:
                yield from self._block(name, opens=not found[1])
        self._say(at, len(self.text))
        yield from self._flush()
        yield from self._close_table()

    def _behind_code(self, at: int) -> int:
        """A listing of a program is no text: it goes on where its block ends."""
        end = self.text.find("</pre", at)
        return end if end >= 0 else at

    def _end(self, closing: str, at: int) -> int:
        """Where the text behind a hidden element goes on, or -1."""
        if closing == "-->":
            end = self.text.find(closing, at)
            return end + 3 if end >= 0 else -1
        found = re.compile(re.escape(closing) + r"\s*>", re.IGNORECASE).search(self.text, at)
        return found.end() if found else -1

    def _say(self, begin: int, end: int) -> None:
        if end > begin:
            self.pieces.append((self.text[begin:end], begin))

    def _block(self, name: str, *, opens: bool) -> Iterator[Line]:
        yield from self._flush()
        if name == "details":
            yield from self._folds(opens=opens)
        if name == "pre":
            self.pre = opens
        if name in _HEADINGS:
            self.kind = "heading" if opens and not self.rows else ""
        elif name in ("li", "p", "div", "dd", "dt"):
            self.kind = "item" if opens and (name == "li" or (self.kind == "item" and name == "p")) else ""
        if name == "table":
            self.depth += 1 if opens else -1
            if opens and self.depth == 1:
                self.rows, self.headed = [], False
            elif not opens and self.depth <= 0:
                yield from self._close_table()
        elif self.rows is not None and self.depth == 1 and opens:
            self._cell(name, self.rows)

    def _folds(self, *, opens: bool) -> Iterator[Line]:
        """Behind a part that folds away, the heading from above it holds again."""
        if opens:
            self.outside.append(self.title)
        elif self.outside and (title := self.outside.pop()):
            yield Line(title, "heading")

    def _cell(self, name: str, rows: list[Row]) -> None:
        if name == "tr" or (name in ("td", "th") and not rows):
            rows.append([])
        if name in ("td", "th"):
            self.headed = self.headed or (name == "th" and len(rows) == 1)
            rows[-1].append([])

    def _close_table(self) -> Iterator[Line]:
        rows, self.rows, self.depth = self.rows, None, 0
        if rows:
            yield from lines_of(rows, headed=self.headed)

    def _flush(self) -> Iterator[Line]:
        """The block at hand as a line (in <pre>, as its lines), unless it is empty or belongs to a cell."""
        pieces, self.pieces = self.pieces, []
        for line in self._lines(pieces):
            if self.rows and self.rows[-1]:
                self.rows[-1][-1].append(line)
            else:
                yield line

    def _lines(self, pieces: list[tuple[str, int]]) -> Iterator[Line]:
        parts: list[str] = []
        seams: list[Seam] = []
        self.length = 0
        for text, place in pieces:
            at = 0
            for row in (unescaped(text) if "&" in text else text).split("\n"):
                if at and self.pre:
                    yield from self._line(parts, seams)
                    parts, seams, self.length = [], [], 0
                elif at:
                    parts.append(" ")
                    self.length += 1
                self._row(row, place + at, parts, seams)
                at += len(row) + 1
        yield from self._line(parts, seams)

    def _line(self, parts: list[str], seams: list[Seam]) -> Iterator[Line]:
        joined = "".join(parts)
        if joined.strip():
            self.title = joined if self.kind == "heading" else self.title
            yield Line(joined, self.kind, seams)
        elif self.pre:
            yield Line("")

    def _row(self, row: str, place: int, parts: list[str], seams: list[Seam]) -> None:
        """Adds what stands in one line of the source, without fillings."""
        for piece in row.split(FILL) if FILL in row else (row,):
            if piece:
                above = bisect_right(self.newlines, place - 1)
                start = self.newlines[above - 1] + 1 if above else 0
                seams.append(Seam(self.length, above + 1, place - start))
                parts.append(piece)
                self.length += len(piece)
            place += len(piece) + 1
