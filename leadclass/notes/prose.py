"""Running text: .txt and .md, and what other readers bring into lines (.docx, .html, a cell with several lines)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leadclass.notes import furniture, markup, prefixes
from leadclass.notes.cells import SOFT, Line, said_in
from leadclass.notes.passages import Passages, Seam, Seams
from leadclass.notes.speakers import Speakers, Spoken, spelled
from leadclass.notes.statement import Statement

_ENDS = ".?!…"
_bold = re.compile(r"(?:\d{1,2}[.)]\s+)?(?:\*\*|__)([^*_\n]{1,100})(?:\*\*|__)\s*:?")
_only_a_link = re.compile(r"\[[^\[\]]{1,500}\]\([^()\s]{1,2000}\)")
_heading = re.compile(r"(#{1,6})\s+(?=\S)")
_checked = re.compile(r"\[[ xX]\]")


def read_text(text: str, file: str) -> list[Statement]:
    """Plain text: a line is a paragraph, unless the next one goes on in mid-sentence."""
    return Prose(text.split("\n"), file).read()


def read_markdown(text: str, file: str) -> list[Statement]:
    """Markdown: headings give the section; front matter, code, comments and rulers are no statements."""
    return Prose(markup.clean_lines(text), file, markdown=True).read()


def read_lines(lines: Sequence[Line], file: str) -> list[Statement]:
    """Lines that another reader took out of its format."""
    return Prose([line.text for line in lines], file, brought=lines).read()


class Prose:
    """One text on its way to statements, line by line.

    The common line takes the short way through `read`: a speaker looked up, sentences split. What begins with a mark,
    has a colon or lacks an end mark is looked at more closely.
    """

    def __init__(
        self, lines: Sequence[str], file: str, *, markdown: bool = False, brought: Sequence[Line] | None = None
    ) -> None:
        self.raw = lines
        self.lines = list(map(str.strip, lines))
        self.markdown = markdown
        self.brought = brought
        self.out = Passages(file)
        self.speakers = Speakers(self.lines, _present(self.lines))
        self.width = 0 if brought else _width(lines)
        self.turn: Spoken | None = None  # who speaks below a line that is nothing but a name
        self.lasting = False  # that turn outlasts a blank line
        self.carried = False  # that turn began with text beside the name
        self.stamp: str | None = None  # a time that stood alone
        self.people = False  # below "Attendees"
        self.above: str | None = None  # the section before the one at hand
        self.next = 0
        self.run_end = 0  # of the lines at hand that begin with small letters

    def read(self) -> list[Statement]:
        spoken_at, blocks, lines = self.speakers.spoken_at, self.speakers.blocks, self.lines
        for at, line in enumerate(lines):
            if at < self.next:
                continue
            if not line:
                self._blank()
            elif at in blocks:
                self._open(Spoken(blocks[at].name, blocks[at].time, "", 0), lasting=True)
                self.next = at + blocks[at].lines
            elif spoken := spoken_at[at]:
                self._spoken(at, line, spoken)
            else:
                self._unspoken(at, line)
        return self.out.found

    def _blank(self) -> None:
        if self.turn and not self.lasting:
            self.turn = None

    def _open(self, spoken: Spoken | None, *, lasting: bool) -> None:
        self.turn, self.lasting, self.people, self.carried = spoken, lasting, False, False

    def _spoken(self, at: int, line: str, spoken: Spoken) -> None:
        """``Name: text``, or ``Name:`` alone, which opens a turn."""
        start, inner = prefixes.behind(line, spoken.colon)
        time = spoken.time or inner or (self.brought[at].time if self.brought else None)
        if start >= len(line):
            self._open(spoken._replace(time=time), lasting=time is not None)
            return
        self._open(spoken._replace(time=time) if self.speakers.transcript else None, lasting=False)
        self.carried = True
        self._paragraph(at, start, spoken.name, time or self.stamp, listed=bool(spoken.item))

    def _unspoken(self, at: int, line: str) -> None:
        if self.brought and self.brought[at].kind not in ("", SOFT):
            return self._brought(at, self.brought[at])
        if self.markdown and line[0] in "#|" and self._structure(at, line):
            return None
        if self._ruler(at, line) or self._underlined(at, line):
            return None
        if furniture.may_be_boilerplate(line) and furniture.is_boilerplate(line):
            return None
        lead = prefixes.lead(line)
        if lead.start >= len(line):
            return None
        if line[-1] not in _ENDS and lead.time is None and not lead.item and self._aside(at, line):
            return None
        if line[-1] not in _ENDS and lead.item[:1].isdigit() and self._numbered_title(at, line):
            return self._section(line)
        return self._plain(at, line, lead)

    def _plain(self, at: int, line: str, lead: prefixes.Lead) -> None:
        """A line that nobody is said to have spoken, but for whoever opened a turn above it."""
        text = line[lead.start :]
        colon = prefixes.colon(text) if ":" in text else -1
        if colon > 0:
            head, rest = text[:colon].strip(" *_"), text[colon + 1 :].strip(" *_")
            if not rest:
                self.people = furniture.names_people(head)
            elif furniture.files(head, rest):
                return
            if self.carried:
                self.turn = None  # a label of its own: nobody knows who said it
        if self.people and self._attends(text):
            return
        if text[-1] not in _ENDS and len(text) < 240 and self._is_title(text):
            self.people, self.above = furniture.names_people(text), self.out.section
            return
        if lead.item and text[-1] not in _ENDS and self._heads_a_list(at, text):
            return
        turn = self.turn if not lead.item or self.lasting else None
        speaker, time = (turn.name, turn.time) if turn else (None, None)
        if self.brought and not self.lasting:
            self.turn = None  # where no blank line ends a turn, one paragraph does
        self._paragraph(at, lead.start, speaker, lead.time or time or self.stamp, listed=bool(lead.item))

    def _is_title(self, text: str) -> bool:
        if self.markdown and text[0] == "[" and _only_a_link.fullmatch(text):
            return True
        title = markup.plain(text) if self.markdown else text
        return furniture.is_title(title) or spelled(title) in self.speakers.names

    def _heads_a_list(self, at: int, text: str) -> bool:
        """Up to four words above a list of their own, none of them telling what to do: the name of a topic."""
        if self.brought or at + 1 >= len(self.lines) or len(text) > 60 or not self.lines[at + 1]:
            return False
        below, here = self.raw[at + 1], self.raw[at]
        deeper = len(below) - len(below.lstrip()) > len(here) - len(here.lstrip())
        return deeper and bool(prefixes.lead(self.lines[at + 1]).item) and furniture.is_topic(text)

    def _attends(self, text: str) -> bool:
        """Below "Attendees" stand people, until something else does."""
        self.people = furniture.is_people(markup.plain(text) if self.markdown else text)
        if self.people:
            self.out.section = self.above  # a list of people is no section that later text belongs to
        return self.people

    def _section(self, title: str) -> None:
        title = " ".join((markup.plain(title) if self.markdown else title).split())
        self.people = furniture.names_people(title)
        self.above = self.out.section
        self.out.section = title.strip(" *_").rstrip(":") or self.out.section
        self.turn = self.stamp = None

    def _brought(self, at: int, line: Line) -> None:
        if line.kind == "heading":
            self._section(self.lines[at])
        elif line.kind == "cell":
            self._paragraph(at, 0, line.speaker, line.time, listed=True)
        else:
            self._plain(at, self.lines[at], prefixes.lead(self.lines[at])._replace(item="-"))

    # What gives Markdown its structure

    def _structure(self, at: int, line: str) -> bool:
        heading = _heading.match(line)
        if heading:
            self._section(line[heading.end() :].rstrip("#").rstrip())
        elif line[0] == "|":
            self._table(at)
        return bool(heading) or line[0] == "|"

    def _table(self, at: int) -> None:
        """The rows from here on; a heading row names the columns, and a first row without a ruler is a row."""
        end = at
        while end < len(self.lines) and self.lines[end].startswith("|"):
            end += 1
        self.next = end
        heading = self.lines[at].strip("|").split("|") if at + 1 < end and _is_ruler(self.lines[at + 1]) else None
        for row in range(at if heading is None else at + 2, end):
            self._row(row, heading)

    def _row(self, at: int, heading: list[str] | None) -> None:
        cells = self.lines[at].strip("|").split("|")
        start = len(self.lines[at]) - len(self.lines[at].lstrip("|"))
        plain = [markup.plain(cell.strip()) for cell in cells]
        spoken = {column: (who, when) for column, who, when in said_in(heading, plain)}
        for column, cell in enumerate(cells):
            if column in spoken:
                inset = start + len(cell) - len(cell.lstrip())
                self._emit(cell.strip(), at, inset, *spoken[column])
            start += len(cell) + 1

    def _ruler(self, at: int, line: str) -> bool:
        if line[0] not in "-*_=|~+—–" or not _is_ruler(line):
            return False
        if line == "--" and not self.markdown:  # a letter's signature follows
            while self.next <= at or (self.next < len(self.lines) and self.lines[self.next]):
                self.next += 1
        self.turn = None
        return True

    def _underlined(self, at: int, line: str) -> bool:
        """A single line above a ruler is a heading."""
        below = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        if not below or below[0] not in "=-~" or self.brought or len(below) < 3 or set(below) - set("=-~"):
            return False
        if at and self.lines[at - 1] or line[0] in "-*+|>" or (below[0] != "=" and line[-1] in _ENDS):
            return False
        self._section(line)
        self.next = at + 2
        return True

    # What is no statement in letters and minutes

    def _aside(self, at: int, line: str) -> bool:
        """A line without an end mark: a heading, a time alone, a greeting, the file's own title."""
        if time := prefixes.clock(line):
            self.stamp = time
            return True
        if line.isupper() and line.endswith("KEYWORDS"):  # of a recorder's summary; they stand in the next line
            self.next = at + 2
            return True
        if len(line) < 120 and self._titles(at, line):
            self._section(line)
            below = self.lines[at + 1] if at + 1 < len(self.lines) else ""
            if below[:1].islower() and below[-1] not in _ENDS and not self.brought:
                self.next = at + 2  # the title goes on: "held at the Custom House on 3 February"
            return True
        if line[-1] in ",!" and furniture.is_greeting(line):
            if furniture.closes_a_letter(line):
                self._signed(at + 1)
            return True
        return False

    def _signed(self, at: int) -> None:
        """The name below "Kind regards,"."""
        while at < len(self.lines) and not self.lines[at]:
            at += 1
        if at < len(self.lines) and at - self.next < 3 + at and furniture.is_people(self.lines[at]):
            self.next = at + 1

    def _titles(self, at: int, line: str) -> bool:
        """Whether a line of its own is a heading: bold in Markdown; in plain text by capitals, number or wording."""
        if self.markdown:
            bold = _bold.fullmatch(line)
            return bool(bold) and len(line.split()) <= 9 and bold[1][-1:] not in (".", "?", "!", ",")  # type: ignore[index]
        if not (at == 0 or not self.lines[at - 1] or self.brought):
            return False
        words = line.split()
        below = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        if line.isupper() and len(line) >= 4 and len(words) <= 10:
            return True
        if line[-1] == ":":
            return len(words) <= 5 and (not below or prefixes.lead(below).item != "")
        return self._is_first(at) and _names_a_meeting(line) or (not below and _is_capitalised(words))

    def _numbered_title(self, at: int, line: str) -> bool:
        """ "2. Budget", between blank lines or above text, is a heading; above "3. Order tea" it is an item."""
        if self.markdown or self.brought or len(line) > 80 or len(line.split()) > 9 or (at and self.lines[at - 1]):
            return False
        below = next((each for each in self.lines[at + 1 : at + 4] if each), "")
        return bool(below) and (line.isupper() or not prefixes.lead(below).item[:1].isdigit() or _is_deeper(below, line))

    def _is_first(self, at: int) -> bool:
        return not any(self.lines[max(0, at - 5) : at])

    # Paragraphs

    def _paragraph(self, at: int, start: int, speaker: str | None, time: str | None, *, listed: bool) -> None:
        """The text from here on, with the lines below that go on."""
        end = at + 1
        while end < len(self.lines) and self.lines[end] and self._goes_on(end, listed=listed):
            end += 1
        if end == at + 1:
            self._emit(self.lines[at][start:], at, start, speaker, time)
            return
        self.next = end
        text, seams = "", []
        parts = []
        length = 0
        for each in range(at, end):
            piece = self.lines[each][start:] if each == at else self.lines[each]
            seams += self._seams(each, start if each == at else 0, length)
            parts.append(piece)
            length += len(piece) + 1
        text = "\n".join(parts)
        self.out.add_joined(markup.filled(text) if self.markdown else text, seams, speaker, time)

    def _emit(self, text: str, at: int, start: int, speaker: str | None, time: str | None) -> None:
        if self.brought or (self.markdown and markup.MARKS.search(text)):
            filled = markup.filled(text) if self.markdown else text
            self.out.add_joined(filled, self._seams(at, start, 0), speaker, time)
        elif text:
            raw = self.raw[at]
            self.out.add(text, at + 1, start + (len(raw) - len(raw.lstrip()) if raw[0].isspace() else 0), speaker, time)

    def _seams(self, at: int, start: int, begin: int) -> Seams:
        """Where the text of a stripped line from ``start`` on stands; it begins at ``begin`` in its passage."""
        raw = self.raw[at]
        start += len(raw) - len(raw.lstrip())
        if not self.brought:
            return [Seam(begin, at + 1, start)]
        seams = self.brought[at].seams
        first = max((index for index, seam in enumerate(seams) if seam.start <= start), default=0)
        cut = [seam._replace(start=begin + seam.start - start) for seam in seams[first:]]
        head = cut[0]
        return [head._replace(start=begin, offset=head.offset + begin - head.start), *cut[1:]]

    def _goes_on(self, at: int, *, listed: bool) -> bool:
        """Whether a line continues the one above it."""
        line, above = self.lines[at], self.lines[at - 1]
        if above[-1] == ":" or self.speakers.spoken_at[at] or at in self.speakers.blocks:
            return False
        if self.brought and self.brought[at].kind != SOFT:
            return False
        first = line[0]
        if self.markdown and (first in "#|" or self.raw[at - 1].endswith(("  ", "\\"))):
            return False
        lead = prefixes.lead(line)
        if lead.time or (lead.item and (listed or not lead.item[0].isdigit() or lead.item[:2] in ("1.", "1)"))):
            return False
        if first.islower():
            return self.markdown or (above[-1] not in _ENDS and self._wraps(at))
        if above[-1] == "," and len(above) > 30:
            return True
        if first in "-*_=~+—–" and _is_ruler(line):
            return False
        if self.width:
            raw = self.raw[at - 1].rstrip()
            return len(raw) + 1 + len(line.split(None, 1)[0]) > self.width
        return self.markdown and first.isdigit() and above[-1] not in _ENDS

    def _wraps(self, at: int) -> bool:
        """Whether a small letter goes on with the line above, or begins one more line of a list without bullets."""
        above = self.lines[at - 1]
        if len(above) >= 40 or above[-1] == ",":
            return True
        if self.brought:
            return True
        if self.lasting:  # in a chat a line is a message
            return False
        if self.run_end <= at:
            self.run_end = at + 1
            while self.run_end < len(self.lines) and self.lines[self.run_end][:1].islower():
                self.run_end += 1
        return self.lines[self.run_end - 1][-1] in _ENDS


def _is_deeper(below: str, above: str) -> bool:
    """Whether "2.1" follows "2."."""
    first, second = (line.split(None, 1)[0].strip("().") for line in (above, below))
    return second.startswith(f"{first}.")


def _is_ruler(line: str) -> bool:
    """``---``, ``* * *``, ``===`` or the line under a table's heading; ``--`` begins a signature."""
    if len(line) > 400 or line == "--":
        return line == "--" or not line.strip("-*_=|:~+—– \t")
    marks = set(line)
    return len(line) >= 3 and (marks <= set("-*_=~+—– \t") or ("|" in marks and "-" in marks and marks <= set("|:-+ \t")))


def _width(lines: Sequence[str]) -> int:
    """The column at which an editor or a mail program broke the lines of a text; 0 where none did."""
    lengths = [len(line.rstrip()) for line in lines]
    width = max(lengths, default=0)
    if not 50 <= width <= 100:
        return 0
    filled = sum(1 for length in lengths if length)
    return width if sum(length > width - 14 for length in lengths) >= max(3, filled // 5) else 0


def _names_a_meeting(line: str) -> bool:
    low = line.lower()
    named = ("minute", "meeting", "notes", "transcript", "agenda", "standup", "stand-up", "retro", "sync", "handover")
    return len(line.split()) <= 14 and any(word in low for word in named)


def _is_capitalised(words: list[str]) -> bool:
    """Two to seven words, each with a capital but for the small ones: a heading's way to write."""
    small = ("a", "an", "the", "of", "for", "and", "or", "to", "on", "in", "at", "by", "from", "with", "&", "-", "–")
    return 2 <= len(words) <= 7 and all(word[0].isupper() or word in small for word in words) and words[0][0].isupper()


def _present(lines: Sequence[str]) -> list[str]:
    """The names, word by word, of those whom the notes list as present."""
    found: list[str] = []
    below = False
    for line in lines:
        if not line:
            continue
        if ":" in line[:60]:
            head, _, rest = line.partition(":")
            if furniture.names_people(head.strip(" -*+_#")):
                found += furniture.present_names(rest)
                below = not rest.strip(" *_")
                continue
        if below or line[0] == "#":
            below = furniture.names_people(line) if line[0] == "#" else furniture.is_people(line.strip("-*+•_ "))
            found += furniture.present_names(line) if below and line[0] != "#" else []
    return found
