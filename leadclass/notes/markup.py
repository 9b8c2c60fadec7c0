"""Takes Markdown off: what is no text (front matter, code, comments) and the marks inside a paragraph.

Every pattern has bounds, since notes are other people's text: no input makes one of them slow.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

Numbered = tuple[int, str]  # the number of a line in its file, and the line

_key = re.compile(r"[\w-]+\s*:")
_fence = re.compile(r"\s*(?:>\s?|[-*+]\s+|\d{1,3}[.)]\s+)*(`{3,}(?=[^`]*$)|~{3,})")

_code = re.compile(r"(`{1,3})(?!`)([^`]{1,1000})\1(?!`)")
_MARKS = (
    (re.compile(r"!\[[^\[\]]{0,500}\]\([^()\s]{0,2000}\)"), ""),
    (re.compile(r"\[\[([^\[\]]{1,500})\]\([^()\s]{0,2000}\)\]"), r"\1"),
    (re.compile(r"\[\[?([^\[\]]{1,500})\]?\]\((?:[^()]|\([^()]{0,500}\)){0,2000}\)"), r"\1"),
    (re.compile(r"\[([^\[\]]{1,500})\]\[[^\[\]]{0,200}\]"), r"\1"),
    (re.compile(r"<(https?://[^\s<>]{1,2000})>"), r"\1"),
    (re.compile(r"</?(?:br|p|li|ul|ol|div|tr|td|th|table|hr)\b[^<>]{0,500}>", re.IGNORECASE), " "),
    (
        re.compile(
            r"</?(?:a|b|i|u|em|strong|span|sup|sub|small|mark|del|ins|kbd|code|details|summary|img|font)\b[^<>]{0,500}>",
            re.IGNORECASE,
        ),
        "",
    ),
    (re.compile(r"(\*\*|__|~~)(?=[^\s*_~])((?:(?!\1).){1,500}?)(?<=\S)\1", re.DOTALL), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]{1,500}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])([^_]{1,500}?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])"), r"\1"),
)


def prose_lines(text: str) -> list[Numbered]:
    """The lines of a Markdown file that hold text, each with its number; what is left out leaves an empty line."""
    lines = list(enumerate(text.split("\n"), 1))
    return _without_comments(_without_code(lines[_front_matter(text.split("\n")) :]))


def plain(paragraph: str) -> str:
    """A paragraph without its marks; line ends stay, so that lines can still be counted.

    >>> plain("Ana **pays** by [Friday](https://example.org), see `a_b`")
    'Ana pays by Friday, see a_b'
    """
    spans: list[str] = []

    def keep(found: re.Match[str]) -> str:
        spans.append(found[2])
        return f"\ue000{len(spans) - 1}\ue001"

    paragraph = _code.sub(keep, paragraph)
    for pattern, kept in _MARKS:
        paragraph = pattern.sub(kept, paragraph)
    return re.sub(r"\ue000(\d+)\ue001", lambda found: _span(spans, found), html.unescape(paragraph))


def _span(spans: list[str], found: re.Match[str]) -> str:
    at = int(found[1])
    return spans[at] if at < len(spans) else found[0]


def _front_matter(lines: list[str]) -> int:
    """How many lines of settings a file begins with: ``key: value`` between two rulers."""
    if lines[0].strip() != "---" or len(lines) < 2 or not _key.match(lines[1]):
        return 0
    return next((at + 1 for at, line in enumerate(lines) if at and line.strip() in ("---", "...")), 0)


def _without_code(lines: list[Numbered]) -> list[Numbered]:
    """Blanks fenced code; a fence that is never closed fences nothing, so that no text is lost."""
    kept, at = [], 0
    while at < len(lines):
        number, line = lines[at]
        opening = _fence.match(line)
        end = _closing(lines, at + 1, opening[1]) if opening else None
        kept.append((number, "" if opening else line))
        at = at + 1 if end is None else end + 1
    return kept


def _closing(lines: list[Numbered], start: int, fence: str) -> int | None:
    """The index of the line that closes ``fence``: the same mark, at least as long, alone."""
    for at in range(start, len(lines)):
        alone = lines[at][1].replace(">", "").strip()
        if len(alone) >= len(fence) and set(alone) == {fence[0]}:
            return at
    return None


def _without_comments(lines: list[Numbered]) -> list[Numbered]:
    """Blanks HTML comments, also over several lines; one in a code span is none."""
    text = "\n".join(line for _, line in lines)
    pieces = "".join(_outside(text)).split("\n")
    return [(number, piece) for (number, _), piece in zip(lines, pieces, strict=True)]


def _outside(text: str) -> Iterator[str]:
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start)
        if end < 0:
            break
        if text[start - 1 : start] == "`":
            yield text[at : start + 4]
            at = start + 4
            continue
        yield text[at:start] + "\n" * text.count("\n", start, end)
        at = end + 3
    yield text[at:]
