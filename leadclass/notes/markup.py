"""Takes Markdown off: what is no text (front matter, code, comments) and the marks inside a paragraph.

What is taken off leaves a filling of the same length, so that every character keeps its place. Every pattern has bounds
or stops at the next mark of its kind, since notes are other people's text: no input makes one of them slow.
"""

from __future__ import annotations

import html
import re

FILL = "\ufdd0"  # a noncharacter: no text holds it
_HELD = "\ufdd1"  # stands for what is in a code span while the other marks are taken off

MARKS = re.compile(r"[*_`\[<&\\~=^]")

_key = re.compile(r"[\w-]+\s*[:=]")
_fence = re.compile(r"\s*(?:>\s?|[-*+]\s+|\d{1,3}[.)]\s+)*(`{3,}(?=[^`]*$)|~{3,})")
_code = re.compile(r"(?<!`)(`{1,3})(?!`)([^`]{1,1000})\1(?!`)")
_entity = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]\w{1,30});")
_BLOCK_TAG = r"</?(?:br|p|li|ul|ol|div|tr|td|th|table|hr)\b[^<>]{0,500}>"
_INLINE_TAG = (
    r"</?(?:a|b|i|u|em|strong|span|sup|sub|small|mark|del|ins|kbd|code|details|summary|img|font)\b[^<>]{0,500}>"
)
# Where a mark stands, the patterns that take it off; the group is what stays.
_BY_MARK: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...] = (
    (
        "[",
        (
            re.compile(r"!\[[^\[\]]{0,500}\]\([^()\s]{0,2000}\)()"),
            re.compile(r"!\[[^\[\]]{0,500}\]\[[^\[\]]{0,200}\]()"),
            re.compile(r"\[\[([^\[\]]{1,500})\]\([^()\s]{0,2000}\)\]"),
            re.compile(r"\[\[?([^\[\]]{1,500})\]?\]\((?:[^()]|\([^()]{0,500}\)){0,2000}\)"),
            re.compile(r"\[([^\[\]]{1,500})\]\[[^\[\]]{0,200}\]"),
            re.compile(r"\[\[(?:[^\[\]|]{1,200}\|)?([^\[\]|]{1,300})\]\]"),
            re.compile(r"\[\^[\w-]{1,20}\]()"),
        ),
    ),
    ("<", (re.compile(r"<(https?://[^\s<>]{1,2000})>"), re.compile(_INLINE_TAG + "()", re.IGNORECASE))),
    (
        "*",
        (
            re.compile(r"(?<!\*)\*\*(?=[^\s*])([^*]{1,1000}(?:\*[^*]{1,300}\*[^*]{0,500})?)(?<=\S)\*\*"),
            re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]{1,500})(?<=\S)\*(?![\w*])"),
        ),
    ),
    (
        "_",
        (
            re.compile(r"(?<![\w_])__(?=[^\s_])([^_]{1,1000})(?<=\S)__(?![\w_])"),
            re.compile(r"(?<![\w_])_(?=[^\s_])([^_]{1,500})(?<=\S)_(?![\w_])"),
        ),
    ),
    ("~", (re.compile(r"~~(?=[^\s~])([^~]{1,1000})(?<=\S)~~"),)),
    ("==", (re.compile(r"==(?=[^\s=])([^=]{1,1000})(?<=\S)=="),)),
    ("^", (re.compile(r"[ \t]\^[\w-]{1,40}()$", re.MULTILINE),)),  # a paragraph's address, as Obsidian writes it
    ("\\", (re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])"),)),
)
_aside = re.compile(r"(?<!\S)%%[^%\n]{1,1000}%%(?!\S)")  # Obsidian's comment
_address = re.compile(r"\[[^\[\]^]{1,200}\]:\s+\S{1,2000}(?:\s+[\"'(].{0,500})?")
_field = re.compile(r"[a-z][\w-]{0,40}::\s")
_tags = re.compile(r"#[^\s#]{1,100}(?:[\s,]{1,3}#[^\s#]{1,100})*")
_callout = re.compile(r"(?:>\s?)+\[![\w-]{1,30}\]")
_summary = re.compile(r"<summary>(.{1,200})</summary>", re.IGNORECASE)
_footnote = re.compile(r"\[\^[\w-]{1,20}\]:\s+")
_block_tag = re.compile(_BLOCK_TAG, re.IGNORECASE)


def clean_lines(text: str) -> list[str]:
    """The lines of a Markdown file; those that are no text (front matter, code, comments) are empty."""
    lines = text.split("\n")
    settings = _front_matter(lines)
    lines[:settings] = [""] * settings
    if "```" in text or "~~~" in text:
        lines = _without_code(lines)
    if "%%" in text:
        lines = [_aside.sub(lambda found: " " * len(found[0]), line) if "%%" in line else line for line in lines]
    return _without_comments("\n".join(lines)).split("\n") if "<!--" in text else lines


def plain(paragraph: str) -> str:
    """A paragraph without its marks.

    >>> plain("Ana **pays** by [Friday](https://example.org), see `a_b`")
    'Ana pays by Friday, see a_b'
    """
    return filled(paragraph).replace(FILL, "")


def filled(paragraph: str) -> str:
    """A paragraph as long as before, its marks overwritten with `FILL`."""
    if FILL in paragraph or _HELD in paragraph:
        return paragraph
    if "`" not in paragraph:
        return _unmarked(paragraph)
    codes: list[tuple[int, str]] = []

    def hold(found: re.Match[str]) -> str:
        codes.append((found.start(2), found[2]))
        return FILL * len(found[1]) + _HELD * len(found[2]) + FILL * len(found[1])

    held = _unmarked(_code.sub(hold, paragraph))
    return _put_back(held, codes)


def _put_back(text: str, codes: list[tuple[int, str]]) -> str:
    parts, at = [], 0
    for start, code in codes:
        kept = text[start : start + len(code)]
        parts += [text[at:start], code if _HELD in kept else kept]
        at = start + len(code)
    return "".join([*parts, text[at:]])


def _unmarked(text: str) -> str:
    for mark, patterns in _BY_MARK:
        if mark in text:
            for pattern in patterns:
                text = pattern.sub(_keep_group, text)
            if mark == "<":
                text = _block_tag.sub(lambda found: " " + FILL * (len(found[0]) - 1), text)
    return unescaped(text) if "&" in text else text


def unescaped(text: str) -> str:
    """Entities as the characters that they stand for, as long as before."""
    return _entity.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    said = html.unescape(found[0])
    return said + FILL * (len(found[0]) - len(said)) if len(said) <= len(found[0]) and said != FILL else found[0]


def _keep_group(found: re.Match[str]) -> str:
    return FILL * (found.start(1) - found.start()) + found[1] + FILL * (found.end() - found.end(1))


def _front_matter(lines: list[str]) -> int:
    """How many lines of settings a file begins with: ``key: value`` between two rulers."""
    ruler = lines[0].strip()
    if ruler not in ("---", "+++") or len(lines) < 2 or not _key.match(lines[1]):
        return 0
    closing = (ruler, "...")
    return next((at + 1 for at, line in enumerate(lines) if at and line.strip() in closing), 0)


def _without_code(lines: list[str]) -> list[str]:
    """Blanks fenced code; a fence that is never closed fences nothing, so that no text is lost."""
    kept, at = list(lines), 0
    open_ended: dict[str, int] = {}  # fences of these marks and at least so long are never closed from here on
    while at < len(lines):
        opening = _fence.match(lines[at]) if "```" in lines[at] or "~~~" in lines[at] else None
        if not opening:
            at += 1
            continue
        fence = opening[1]
        found = len(fence) < open_ended.get(fence[0], len(fence) + 1)
        end = _closing(lines, at + 1, fence) if found else None
        if end is None:
            open_ended[fence[0]] = min(len(fence), open_ended.get(fence[0], len(fence)))
            end = at
        kept[at : end + 1] = [""] * (end + 1 - at)
        at = end + 1
    return kept


def _closing(lines: list[str], start: int, fence: str) -> int | None:
    """The index of the line that closes ``fence``: the same mark, at least as long, alone."""
    for at in range(start, len(lines)):
        if fence in lines[at]:
            alone = lines[at].replace(">", "").strip()
            if set(alone) == {fence[0]}:
                return at
    return None


def _without_comments(text: str) -> str:
    """HTML comments become spaces, also over several lines; one in a code span is none, nor one without an end."""
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        if text[start - 1 : start] == "`":
            parts.append(text[at : start + 4])
            at = start + 4
            continue
        parts += [text[at:start], _spaces(text[start : end + 3])]
        at = end + 3
    return "".join([*parts, text[at:]])


def is_wiring(line: str) -> bool:
    """A line that only a program reads: a link's address, a field, tags, the head of a callout.

    >>> is_wiring("[1]: https://example.org"), is_wiring("#budget #2025"), is_wiring("> [!info] Weather")
    (True, True, True)
    """
    first = line[0]
    if first == "[":
        return _address.fullmatch(line) is not None
    if first == "#":
        return _tags.fullmatch(line) is not None
    return (_callout if first == ">" else _field).match(line) is not None


def footnote(line: str) -> int:
    """Where the text of a footnote begins; 0 where the line is none."""
    found = _footnote.match(line)
    return found.end() if found else 0


def summary(line: str) -> str | None:
    """The title of a part that folds away.

    >>> summary("<summary>Details</summary>")
    'Details'
    """
    found = _summary.fullmatch(line)
    return found[1] if found else None


def _spaces(text: str) -> str:
    return "\n".join(" " * len(line) for line in text.split("\n"))
