"""Word files: .docx, paragraphs, lists, headings and tables; what is tracked as inserted stays, deletions go.

A Word file is a zip archive of XML, and it may come from anybody: sizes are bounded before and while it is unpacked,
and a document type or an entity is refused, since Word writes none.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from leadclass.notes.cells import SOFT, Line, Row, lines_of
from leadclass.notes.passages import Seam
from leadclass.notes.prose import read_lines
from leadclass.notes.statement import NotesError, Statement

MAX_XML = 64 * 2**20  # bytes of one part; a thousand pages of minutes have about 10 MiB
_MAX_DIRECTORY = 4 * 2**20  # bytes that list the archive's members: some 50,000 of them

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_P, _T, _TAB, _BR, _CR, _HYPHEN = (_W + tag for tag in ("p", "t", "tab", "br", "cr", "noBreakHyphen"))
_PPR, _STYLE, _LIST, _LEVEL, _VAL = (_W + tag for tag in ("pPr", "pStyle", "numPr", "outlineLvl", "val"))
_TBL, _TR, _TC, _HEADER = (_W + tag for tag in ("tbl", "tr", "tc", "tblHeader"))
_MARK_DELETED = f"{_W}pPr/{_W}rPr/{_W}del"
_WRITTEN = {_TAB: "\t", _BR: "\n", _CR: "\n", _HYPHEN: "-"}
# Parts that repeat or replace other text: moved away, the second version of a drawing, and tab stops.
_LEFT_OUT = (
    (b"moveFrom", _W + "moveFrom"),
    (b"Fallback", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"),
    (b"<w:tabs>", _W + "tabs"),
)
_CONTENTS = ("toc ", "table of figures", "table of contents")  # styles of the lists that repeat a document's headings
_CANNOT = "save it again as .docx or as text"


def read_word(data: bytes, file: str) -> list[Statement]:
    """The paragraphs of a document in their order; `Statement.line` counts them, those in tables too."""
    try:
        document, styles = _parts(data, file)
        titles = _headings(_tree(styles, file)) if styles else {}
        lines = list(_lines(_tree(document, file), titles))
    except (zipfile.BadZipFile, ET.ParseError, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise NotesError(file, f"it is no Word file that can be read ({error})", _CANNOT) from error
    return read_lines(lines, file)


def _parts(data: bytes, file: str) -> tuple[bytes, bytes]:
    end = data.rfind(b"PK\x05\x06", -65_600)
    if end >= 0 and int.from_bytes(data[end + 12 : end + 16], "little") > _MAX_DIRECTORY:
        raise NotesError(file, "its list of members is longer than any document's", _CANNOT)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = frozenset(archive.namelist())
        if "word/document.xml" not in names:
            raise NotesError(file, "the archive holds no word/document.xml", _CANNOT)
        styles = _unpacked(archive, "word/styles.xml", file) if "word/styles.xml" in names else b""
        return _unpacked(archive, "word/document.xml", file), styles


def _unpacked(archive: zipfile.ZipFile, name: str, file: str) -> bytes:
    """One part, of bounded size: zipfile gives no more than the archive declares."""
    size = archive.getinfo(name).file_size
    if size > MAX_XML:
        raise NotesError(file, f"{name} has {size >> 20} MiB, more than {MAX_XML >> 20}", "split the document")
    with archive.open(name) as part:
        data = part.read(MAX_XML + 1)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise NotesError(file, f"{name} declares a document type, as Word never does", "do not trust this file")
    if b"\0" in data:  # UTF-16, in which the declarations above would not be seen
        raise NotesError(file, f"{name} is not in UTF-8, as Word writes it", _CANNOT)
    return data.replace(_STRICT, _W[1:-1].encode()) if _STRICT in data else data


def _tree(data: bytes, file: str) -> ET.Element:
    """The parsed part. The encoding is ours, so that none can hide a declaration from `_unpacked`."""
    tree = ET.fromstring(data, ET.XMLParser(encoding="utf-8"))
    for trace, tag in _LEFT_OUT:
        if trace in data:
            for parent in list(tree.iter()):
                for child in [child for child in parent if child.tag == tag]:
                    parent.remove(child)
    return tree


def _headings(styles: ET.Element) -> dict[str, str]:
    """The ids of styles for headings and for lists of them, whatever language they are named in."""
    names: dict[str, str] = {}
    based: dict[str, str] = {}
    for style in styles.iter(_W + "style"):
        key = style.get(_W + "styleId", "")
        for child in style:
            if child.tag == _W + "name":
                names[key] = child.get(_VAL, "").lower()
            elif child.tag == _W + "basedOn":
                based[key] = child.get(_VAL, "")
    found: dict[str, str] = {}
    for key in names:
        style_id = key
        for _ in range(9):  # a chain of styles that build on each other is short, or it is a circle
            if names.get(style_id, "").startswith(("heading", "title", "subtitle", *_CONTENTS)):
                found[key] = names[style_id]
                break
            style_id = based.get(style_id, "")
    return found


def _lines(tree: ET.Element, titles: dict[str, str]) -> Iterator[Line]:
    """The lines of all paragraphs; those of a table come through its cells. No recursion: nesting may be hostile."""
    number = 0
    before: list[Line] = []
    unmarked = tree.find(f".//{_MARK_DELETED}") is not None
    rows: list[Row] | None = None
    headed = False
    todo: list[tuple[ET.Element, bool]] = [(tree, False)]
    while todo:
        each, ended = todo.pop()
        tag = each.tag
        if tag == _P:
            number += 1
            lines = _paragraph(each, number, titles, before)
            before = [lines.pop()] if unmarked and lines and each.find(_MARK_DELETED) is not None else []
            lines = [line for line in lines if line.text.strip()]
            if rows is not None and rows and rows[-1]:
                rows[-1][-1].extend(lines)
            else:
                yield from lines
        elif tag == _TBL and ended:
            yield from lines_of(rows or [], headed=headed)
            rows, headed = None, False
        elif tag == _TBL and rows is None:
            rows = []
            todo.append((each, True))
            todo.extend((child, False) for child in reversed(each))
        else:
            if rows is not None and tag == _TR:
                rows.append([])
                headed = headed or (len(rows) == 1 and each.find(f"{_W}trPr/{_HEADER}") is not None)
            elif rows and tag == _TC:
                rows[-1].append([])
            todo.extend((child, False) for child in reversed(each))
    if rows:
        yield from lines_of(rows, headed=headed)


def _paragraph(paragraph: ET.Element, number: int, titles: dict[str, str], before: list[Line]) -> list[Line]:
    """The lines of a paragraph, which line breaks part; the last line of one whose mark was deleted goes on in it."""
    parts: list[str] = []
    kind = ""
    for each in paragraph.iter():
        tag = each.tag
        if tag == _T:
            parts.append(each.text or "")
        elif tag in _WRITTEN:
            parts.append(_WRITTEN[tag])
        elif tag == _STYLE and titles.get(each.get(_VAL, ""), "").startswith(_CONTENTS):
            return list(before)
        elif (tag == _STYLE and each.get(_VAL) in titles) or (tag == _LEVEL and each.get(_VAL) != "9"):
            kind = "heading"
        elif tag == _LIST:
            kind = kind or "item"
    found: list[Line] = []
    offset = 0
    for text in "".join(parts).split("\n"):
        line = Line(text, kind or (SOFT if offset else ""), [Seam(0, number, offset)])
        found.append(_glued(before.pop(), line) if before else line)
        offset += len(text) + 1
    return found


def _glued(first: Line, second: Line) -> Line:
    seams = [seam._replace(start=seam.start + len(first.text)) for seam in second.seams]
    return first._replace(text=first.text + second.text, seams=[*first.seams, *seams])
