"""Which lines without an end mark are headings: by their wording, and by the lines around them."""

from __future__ import annotations

from collections.abc import Sequence

from leadclass.notes import furniture, headings, prefixes

_FIRST = 4  # a file's own title stands above this line


class Titles:
    """The headings of one text.

    Args:
        lines: stripped.
        markdown: headings have marks, or are bold.
        brought: another reader took the lines out of its format, which has headings of its own.
    """

    def __init__(self, lines: Sequence[str], *, markdown: bool, brought: bool) -> None:
        self.lines, self.markdown, self.brought = lines, markdown, brought
        self._counted = frozenset() if markdown or brought else headings.counted(lines)

    def heads(self, at: int, *, alone: bool, begun: bool) -> bool:
        """Whether a line is a heading: bold in Markdown; in plain text by capitals, wording, or blank lines around it.

        Args:
            at: the line's index.
            alone: no text stands right above it.
            begun: a statement was found above it.
        """
        line, below = self.lines[at], self.lines[at + 1] if at + 1 < len(self.lines) else ""
        items = alone and below != "" and not self.brought and _heads_items(line, below)
        if items or self.markdown:
            return items or (line[0] in "*_0123456789" and headings.is_bold(line))
        if not (alone or self.brought):
            return self._heads_all(at, begun=begun)
        if line.isupper() and len(line) > 3 and len(line.split()) <= 10:
            return True
        if line[-1] == ":":
            return len(line.split()) <= 5 and (not below or prefixes.lead(below).item != "")
        first = not any(self.lines[max(0, at - 5) : at])
        if first and (headings.names_a_meeting(line) or self._heads_all(at, begun=begun)):
            return True
        return not below and (headings.is_capitalised(line) or self._counts(line))

    def is_numbered(self, at: int) -> bool:
        """ "2. Budget", between blank lines or above text, is a heading; above "3. Order tea" it is an item."""
        line = self.lines[at]
        if self.markdown or self.brought or len(line) > 80 or len(line.split()) > 9 or (at and self.lines[at - 1]):
            return False
        below = next((each for each in self.lines[at + 1 : at + 4] if each), "")
        if not below:
            return False
        return line.isupper() or not prefixes.lead(below).item[:1].isdigit() or headings.is_deeper(below, line)

    def _counts(self, line: str) -> bool:
        """ "Item 3 The roof", where other headings begin so."""
        found = headings.count(line) if self._counted else None
        return found is not None and found[0] in self._counted

    def _heads_all(self, at: int, *, begun: bool) -> bool:
        """Whether one of the first lines is the file's own title: it names a meeting, or filing lines follow."""
        if at >= _FIRST or begun or prefixes.colon(self.lines[at]) > 0:
            return False
        return headings.names_a_meeting(self.lines[at]) or self._files_below(at)

    def _files_below(self, at: int) -> bool:
        below = next((each for each in self.lines[at + 1 : at + 3] if each), "")
        colon = prefixes.colon(below)
        return colon > 0 and bool(below[colon + 1 :].strip()) and furniture.files(below[:colon], below[colon + 1 :])


def _heads_items(line: str, below: str) -> bool:
    """A topic's or somebody's name, alone right above a list."""
    return line[0].isupper() and len(line) < 60 and prefixes.lead(below).item != "" and furniture.is_topic(line)
