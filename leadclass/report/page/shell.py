"""The frame of a page: everything it needs is in it, and its policy lets nothing else in."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from leadclass.report.made import GENERATOR
from leadclass.report.terminal import harmless

_RECORD = '<script type="application/json" id="record">'
# Inside a script element these could end it, open a comment or end a line of script.
_UNSAFE = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above everything: a title, a line of HTML, and the name of the page above, if there is one."""

    title: str
    below: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: its id, its heading, and the HTML below that."""

    key: str
    heading: str
    html: str


def page(head: Head, parts: Sequence[Part], record: Any) -> str:
    """A whole page; ``record`` is kept in its head for `record_in`."""
    style, script = _asset("page.css"), _asset("page.js")
    return Template(_asset("page.html")).substitute(
        policy=_policy(style, script),
        title=said(head.title),
        record=as_json(record),
        style=style,
        script=script,
        body="\n".join(_body(head, parts)),
    )


def record_in(page: str) -> Any:
    """The record that `page` put in, or None where there is none."""
    start = page.find(_RECORD)
    end = page.find("</script>", start)
    if start < 0 or end < 0 or GENERATOR not in page[:start]:
        return None
    try:
        return json.loads(page[start + len(_RECORD) : end])
    except ValueError:
        return None


def said(text: str) -> str:
    """Other people's text, harmless in an element and in an attribute.

    >>> said('<b>"Pay"</b>')
    '&lt;b&gt;&quot;Pay&quot;&lt;/b&gt;'
    """
    return escape(harmless(text))


def as_json(value: Any) -> str:
    """JSON that stands harmless inside a script element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def _body(head: Head, parts: Sequence[Part]) -> Iterator[str]:
    above = f'<p class="up"><a href="{said(head.above)}">← All files</a></p>' if head.above else ""
    links = "".join(f'<a href="#{part.key}">{part.heading}</a>' for part in parts)
    nav = f'<nav aria-label="On this page">{links}</nav>'
    yield f"<header>{above}<h1>{said(head.title)}</h1><p>{head.below}</p>{nav}</header>"
    yield "<main>"
    yield from (f'<section id="{part.key}"><h2>{part.heading}</h2>{part.html}</section>' for part in parts)
    yield "</main>"


def _policy(style: str, script: str) -> str:
    """Only this very style and this very script; no request to anywhere."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _asset(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
