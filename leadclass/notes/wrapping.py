"""Which lines go on with the sentence of the line above: the breaks that an editor or a mail program put in."""

from __future__ import annotations

from collections.abc import Sequence

from leadclass.notes import headings, prefixes
from leadclass.notes.sentences import ENDS

_LONG = 40  # characters: a line so long was broken for its length, not because something ended


class Wrapping:
    """The line breaks of one text.

    Args:
        raw, lines: the lines as they stand, and stripped.
        markdown: a small letter or a number always goes on, as Markdown has it.
    """

    def __init__(self, raw: Sequence[str], lines: Sequence[str], *, markdown: bool) -> None:
        self.raw, self.lines, self.markdown = raw, lines, markdown
        self.width = _width(raw)
        self._run_end = 0  # of the lines at hand that begin with small letters

    def may_go_on(self, at: int) -> bool:
        """A fast look: False for nearly every line that begins something new."""
        below = self.lines[at]
        if not below:
            return False
        first = below[0]
        return (
            first.islower()
            or self.width > 0
            or self.lines[at - 1][-1] == ","
            or (self.markdown and (first.isdigit() or first in '*_`[("“'))
        )

    def goes_on(self, at: int, *, listed: bool, chat: bool) -> bool:
        """Whether a line, which no name, time or bullet opens, continues the one above it.

        Args:
            at: the line's index.
            listed: the paragraph is an item of a list, so that a number opens another one.
            chat: in a chat, a short line is a message of its own.
        """
        line, above = self.lines[at], self.lines[at - 1]
        if (above[-1] == ":" and not (self.width and self._is_full(at))) or self._breaks(at, line, listed=listed):
            return False
        if _first_letter(line, marked=self.markdown).islower():
            return self.markdown or (above[-1] not in ENDS and self._wraps(at, chat=chat))
        if above[-1] == "," and len(above) > 30:
            return True
        if self.width:
            return self._is_full(at)
        return self.markdown and line[0].isdigit() and above[-1] not in ENDS

    def _is_full(self, at: int) -> bool:
        """Whether the line above had no room for the first word of this one."""
        return len(self.raw[at - 1].rstrip()) + 1 + len(self.lines[at].split(None, 1)[0]) > self.width

    def _breaks(self, at: int, line: str, *, listed: bool) -> bool:
        """What always begins anew; but only "1." may break into a paragraph: "on June\\n30." goes on."""
        if self.markdown and (line[0] in "#|" or self.raw[at - 1].endswith(("  ", "\\"))):
            return True
        lead = prefixes.lead(line)
        if lead.time or (lead.item and (listed or not lead.item[0].isdigit() or lead.item[:2] in ("1.", "1)"))):
            return True
        return headings.is_ruler(line)

    def _wraps(self, at: int, *, chat: bool) -> bool:
        """Whether a small letter goes on with a short line, or begins one more line of a list without bullets."""
        above = self.lines[at - 1]
        if len(above) >= _LONG or above[-1] == ",":
            return True
        if chat:
            return False
        if self._run_end <= at:
            self._run_end = at + 1
            while self._run_end < len(self.lines) and self.lines[self._run_end][:1].islower():
                self._run_end += 1
        return self.lines[self._run_end - 1][-1] in ENDS


def _first_letter(line: str, *, marked: bool) -> str:
    """The first letter, behind Markdown's marks and quotes where there are any."""
    return (line.lstrip('*_`[("“')[:1] if marked else line[0]) or line[0]


def _width(lines: Sequence[str]) -> int:
    """The column at which an editor or a mail program broke the lines of a text; 0 where none did."""
    lengths = list(map(len, lines))
    width = max(lengths, default=0)
    if not 50 <= width <= 102:  # two more for spaces at the end
        return 0
    lengths = [len(line.rstrip()) for line in lines]
    width = max(lengths)
    filled = sum(map(bool, lengths))
    return width if sum(length > width - 14 for length in lengths) >= max(3, filled // 5) else 0
