"""Running text: .txt and .md, and what other readers bring into lines (.docx, .html, a cell with several lines)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leadclass.notes import attendance, furniture, headings, markup, prefixes
from leadclass.notes.cells import PEOPLE, SOFT, Line, said_in
from leadclass.notes.passages import Passages, Seam, Seams
from leadclass.notes.sentences import ENDS
from leadclass.notes.speakers import Speakers, Spoken, spelled
from leadclass.notes.statement import Statement
from leadclass.notes.titles import Titles
from leadclass.notes.wrapping import Wrapping

_only_a_link = re.compile(r"\[[^\[\]]{1,500}\]\([^()\s]{1,2000}\)")
_emoji = re.compile(r":[a-z][a-z0-9_]{1,40}:$")
_bar = re.compile(r"(?<!\\)\|")  # between cells; "\\|" is a bar in the text
_heading = re.compile(r"#{1,6}\s+(?=\S)")
_SHORT = 50  # no date is so long
_LETTER = frozenset(("From", "To", "Cc", "CC", "Bcc", "Date", "Sent", "Subject", "Reply-To"))
_NOBODY: tuple[str | None, str | None] = (None, None)


def read_text(text: str, file: str) -> list[Statement]:
    """Plain text: a line is a paragraph, unless the next one goes on in mid-sentence."""
    return Prose(text.split("\n"), file).read()


def read_markdown(text: str, file: str) -> list[Statement]:
    """Markdown: headings give the section; front matter, code, comments and rulers are no statements."""
    names = attendance.present(text.split("\n"))  # front matter, too, may list them
    return Prose(markup.clean_lines(text), file, markdown=True, names=names).read()


def read_lines(lines: Sequence[Line], file: str, section: str | None = None) -> list[Statement]:
    """Lines that another reader took out of its format, below a section perhaps."""
    prose = Prose([line.text for line in lines], file, brought=lines)
    prose.out.section = section
    return prose.read()


class Prose:
    """One text on its way to statements, line by line.

    The common line takes the short way through `read`: a speaker looked up, sentences split. What begins with a mark,
    has a colon or lacks an end mark is looked at more closely.
    """

    def __init__(
        self,
        lines: Sequence[str],
        file: str,
        *,
        markdown: bool = False,
        brought: Sequence[Line] | None = None,
        names: Sequence[str] | None = None,
    ) -> None:
        self.raw = lines
        self.lines = list(map(str.strip, lines))
        self.markdown = markdown
        self.brought = brought
        self.out = Passages(file)
        self.speakers = Speakers(self.lines, attendance.present(self.lines) if names is None else names)
        self.titles = Titles(self.lines, markdown=markdown, brought=brought is not None)
        self.wrapping = Wrapping(lines, self.lines, markdown=markdown)
        self.turn = _NOBODY  # who speaks, since when, below a line that is nothing but a name
        self.lasting = False  # that turn outlasts a blank line
        self.carried = False  # that turn began with text beside the name
        self.stamp: str | None = None  # a time that stood alone
        self.people = False  # below "Attendees"
        self.above: str | None = None  # the section before the one at hand
        self.outside: str | None = None  # the section around a part that folds away
        self.next = 0

    def read(self) -> list[Statement]:
        spoken_at, blocks = self.speakers.spoken_at, self.speakers.blocks
        for at, line in enumerate(self.lines):
            if at < self.next:
                continue
            if not line:
                if not self.lasting:
                    self.turn = _NOBODY
            elif spoken := spoken_at[at]:
                self._spoken(at, line, spoken)
            elif at in blocks:
                self._open(blocks[at].name, blocks[at].time, lasting=True)
                self.next = at + blocks[at].lines
            else:
                self._unspoken(at, line)
        return self.out.found

    def _open(self, name: str, time: str | None, *, lasting: bool, carried: bool = False) -> None:
        self.turn, self.lasting, self.carried, self.people = (name, time), lasting, carried, False

    def _spoken(self, at: int, line: str, spoken: Spoken) -> None:
        """``Name: text``, or ``Name:`` alone, which opens a turn."""
        name, time, item, colon = spoken
        start, inner = prefixes.behind(line, colon)
        time = time or inner or (self.brought[at].time if self.brought else None)
        if start >= len(line):
            self._open(name, time, lasting=time is not None)
            return
        if time and furniture.may_be_boilerplate(line[start:]) and furniture.is_boilerplate(line[start:]):
            return  # a chat's own words
        if self.speakers.transcript:
            self._open(name, time, lasting=False, carried=True)
        elif self.turn is not _NOBODY:
            self.turn, self.lasting = _NOBODY, False
        self._paragraph(at, start, name, time or self.stamp, listed=bool(item))

    def _unspoken(self, at: int, line: str) -> None:
        first, last = line[0], line[-1]
        if self.brought and self.brought[at].kind not in ("", SOFT):
            self._brought(at, self.brought[at])
        elif self.markdown and (first in "#|[<>" or "::" in line) and self._structure(at, line):
            pass
        elif first in "-*_=|~+—–" and headings.is_ruler(line):
            self._ruler(at, line)
        elif furniture.may_be_boilerplate(line) and furniture.is_boilerplate(line):
            pass
        else:
            lead = prefixes.lead(line)
            if lead.start < len(line) and (last in ENDS or not self._aside(at, line, lead)):
                self._plain(at, line, lead)

    def _plain(self, at: int, line: str, lead: prefixes.Lead) -> None:
        """A line that nobody is said to have spoken, but for whoever opened a turn above it."""
        item, time, start = lead
        text = line[start:] if start else line
        if time and furniture.may_be_boilerplate(text) and furniture.is_boilerplate(text):
            return
        if text[-1] == "." and len(text) < _SHORT and any(map(str.isdigit, text)) and furniture.is_date(text):
            return
        if (":" in text and self._files(at, text)) or (self.people and self._attends(text)):
            return
        if text[-1] not in ENDS and self._is_title(at, text, listed=bool(item)):
            self.people, self.above = attendance.names_people(text[:60]), self.out.section
            return
        speaker, since = _NOBODY if item and not self.lasting else self.turn
        if self.brought and not self.lasting:
            self.turn = _NOBODY  # where no blank line ends a turn, one paragraph does
        self._paragraph(at, start, speaker, time or since or self.stamp, listed=bool(item))

    # What is no statement

    def _files(self, at: int, text: str) -> bool:
        """A line with a label that is no speaker's: whether it only files something."""
        colon = prefixes.colon(text)
        if colon < 0:
            return False
        head, rest = text[:colon].strip(" *_"), text[colon + 1 :].strip(" *_")
        if self.carried or not rest:
            self.turn = _NOBODY  # a label of its own: nobody knows who said it
        if not rest:
            self.people = attendance.names_people(head)
        elif attendance.names_people(head):
            self._more_people(at + 1)
        return bool(rest) and (furniture.files(head, rest) or (head in _LETTER and self._in_letterhead(at)))

    def _more_people(self, at: int) -> None:
        """Lines indented below "Present: Ana Lee" go on with the list."""
        while (
            at < len(self.lines)
            and self.lines[at]
            and self.raw[at][:1].isspace()
            and attendance.is_people(self.lines[at])
        ):
            at += 1
            self.next = at

    def _in_letterhead(self, at: int) -> bool:
        """Whether the line above or below heads a letter, too: "Subject: ..." may then be as long as it likes."""
        around = (*self.lines[max(0, at - 1) : at], *self.lines[at + 1 : at + 2])
        return any(line.partition(":")[0] in _LETTER for line in around)

    def _is_title(self, at: int, text: str, *, listed: bool) -> bool:
        if len(text) > 240:
            return False
        if self.markdown and text[0] == "[" and _only_a_link.fullmatch(text):
            return True
        title = markup.plain(text) if self.markdown and markup.MARKS.search(text) else text
        if furniture.is_title(title) or (len(title) < 60 and spelled(title) in self.speakers.names):
            return True
        return listed and self._heads_a_list(at, text)

    def _heads_a_list(self, at: int, text: str) -> bool:
        """Up to four words above a list of their own, none of them telling what to do: the name of a topic."""
        if self.brought or at + 1 >= len(self.lines) or len(text) > 60 or not self.lines[at + 1]:
            return False
        deeper = _indent(self.raw[at + 1]) > _indent(self.raw[at])
        return deeper and bool(prefixes.lead(self.lines[at + 1]).item) and furniture.is_topic(text)

    def _attends(self, text: str) -> bool:
        """Below "Attendees" stand people, until something else does."""
        self.people = attendance.is_people(markup.plain(text) if self.markdown else text)
        if self.people:
            self.out.section = self.above  # a list of people is no section that later text belongs to
        return self.people

    def _aside(self, at: int, line: str, lead: prefixes.Lead) -> bool:
        """A line without an end mark: a heading, a time alone, a greeting, the file's own title."""
        if lead.item or lead.time:
            if lead.item[:1].isdigit() and self.titles.is_numbered(at):
                self._section(line)
                return True
            return False
        if time := prefixes.clock(line):
            self.stamp = time
        elif line.endswith("KEYWORDS") and line.isupper():  # of a recorder's summary; they stand in the next line
            self.next = at + 2
        elif line[-1] in ",!" and furniture.is_greeting(line):
            if furniture.closes_a_letter(line):
                self._signed(at + 1)
        else:
            return self._titled(at, line)
        return True

    def _signed(self, at: int) -> None:
        """The name below "Kind regards,"."""
        while at < len(self.lines) and not self.lines[at]:
            at += 1
        if at < len(self.lines) and attendance.is_people(self.lines[at]):
            self.next = at + 1

    # Headings, rulers and tables

    def _section(self, title: str) -> None:
        title = " ".join((markup.plain(title) if self.markdown else title).split())
        self.people = attendance.names_people(title[:200])
        self.above = self.out.section
        title = title.strip(" *_")
        self.out.section = (title if _emoji.search(title) else title.rstrip(":")) or self.out.section
        self.turn, self.lasting, self.stamp = _NOBODY, False, None

    def _titled(self, at: int, line: str) -> bool:
        """Whether a line is a heading: it becomes the section."""
        below = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        alone = not at or not self.lines[at - 1]
        if below and not self.brought and headings.underlines(below) and alone and line[0] not in "-*+|>":
            self._section(line)
            self.next = at + 2
            return True
        if len(line) > 120 or not self.titles.heads(at, alone=alone, begun=bool(self.out.found)):
            return False
        self._section(line)
        if below[:1].islower() and below[-1] not in ENDS and not self.brought:
            self.next = at + 2  # the title goes on: "held at the Custom House on 3 February"
        return True

    def _ruler(self, at: int, line: str) -> None:
        self.turn, self.next = _NOBODY, at + 1
        if line == "--" and not self.markdown:  # a letter's signature follows
            while self.next < len(self.lines) and self.lines[self.next]:
                self.next += 1

    def _structure(self, at: int, line: str) -> bool:
        """Markdown's headings and tables, and what only a program reads."""
        heading = _heading.match(line) if line[0] == "#" else None
        if heading:
            self._section(line[heading.end() :].rstrip("#").rstrip())
        elif line[0] == "|":
            self._table(at)
        elif line[0] == "<":
            return self._folds(line)
        elif start := markup.footnote(line):
            self._paragraph(at, start, None, None, listed=True)
        else:
            return markup.is_wiring(line)
        return True

    def _folds(self, line: str) -> bool:
        """A part that folds away has a title of its own, which ends with it."""
        title = markup.summary(line)
        if title:
            self.outside = self.out.section
            self._section(title)
        elif line == "</details>" and self.outside:
            self._section(self.outside)
            self.outside = None
        return title is not None

    def _table(self, at: int) -> None:
        """The rows from here on; a heading row names the columns, and a first row without a ruler is a row."""
        end = at
        while end < len(self.lines) and self.lines[end].startswith("|"):
            end += 1
        self.next = end
        headed = at + 1 < end and headings.is_ruler(self.lines[at + 1])
        heading = _bar.split(self.lines[at].strip("|")) if headed else None
        for row in range(at + 2 if headed else at, end):
            self._row(row, heading)

    def _row(self, at: int, heading: list[str] | None) -> None:
        line = self.lines[at]
        cells = _bar.split(line.strip("|"))
        spoken = {column: who for column, *who in said_in(heading, [markup.plain(cell).strip() for cell in cells])}
        start = len(line) - len(line.lstrip("|"))
        for column, cell in enumerate(cells):
            if column in spoken:
                self._emit(cell.strip(), at, start + _indent(cell), *spoken[column])
            start += len(cell) + 1

    def _brought(self, at: int, line: Line) -> None:
        text = self.lines[at]
        if line.kind == PEOPLE:
            return
        if line.kind == "heading":
            self._section(text)
        elif line.kind == "cell":
            self._paragraph(at, 0, line.speaker, line.time, listed=True)
        else:
            self._plain(at, text, prefixes.lead(text)._replace(item="-"))

    # Paragraphs

    def _paragraph(self, at: int, start: int, speaker: str | None, time: str | None, *, listed: bool) -> None:
        """The text from here on, with the lines below that go on."""
        end = at + 1
        while end < len(self.lines) and self.wrapping.may_go_on(end) and self._goes_on(end, listed=listed):
            end += 1
        if end == at + 1:
            self._emit(self.lines[at][start:] if start else self.lines[at], at, start, speaker, time)
            return
        self.next = end
        parts = [self.lines[at][start:], *self.lines[at + 1 : end]]
        seams = self._seams(at, start, 0)
        length = len(parts[0]) + 1
        for each, part in enumerate(parts[1:], at + 1):
            seams += self._seams(each, 0, length)
            length += len(part) + 1
        text = "\n".join(parts)
        self.out.add_joined(markup.filled(text) if self.markdown else text, seams, speaker, time)

    def _goes_on(self, at: int, *, listed: bool) -> bool:
        if self.speakers.spoken_at[at] or at in self.speakers.blocks:
            return False
        if self.brought:
            broken = self.brought[at].kind == SOFT and self.lines[at - 1][-1] not in (*ENDS, ":")
            return broken and self.lines[at][0].islower()
        return self.wrapping.goes_on(at, listed=listed, chat=self.lasting)

    def _emit(self, text: str, at: int, start: int, speaker: str | None, time: str | None) -> None:
        if self.brought:
            last = self.brought[at].seams[-1]
            inside = start + _indent(self.raw[at]) - last.start
            if inside >= 0:  # all of it stands in one place
                self.out.add(text, last.line, last.offset + inside, speaker, time)
            else:
                self.out.add_joined(text, self._seams(at, start, 0), speaker, time)
        elif self.markdown and markup.MARKS.search(text):
            self.out.add_joined(markup.filled(text), self._seams(at, start, 0), speaker, time)
        elif text:
            raw = self.raw[at]
            self.out.add(text, at + 1, start + _indent(raw) if raw[0].isspace() else start, speaker, time)

    def _seams(self, at: int, start: int, begin: int) -> Seams:
        """Where the text of a stripped line from ``start`` on stands; it begins at ``begin`` in its passage."""
        start += _indent(self.raw[at])
        if not self.brought:
            return [Seam(begin, at + 1, start)]
        moved = [seam._replace(start=begin + seam.start - start) for seam in self.brought[at].seams]
        first = max((index for index, seam in enumerate(moved) if seam.start <= begin), default=0)
        head = moved[first]
        return [head._replace(start=begin, offset=head.offset + begin - head.start), *moved[first + 1 :]]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
