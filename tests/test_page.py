"""The page: complete, escaped, self-contained, and readable for everybody."""

from __future__ import annotations

import hashlib
import io
import json
import re
from base64 import b64encode
from html.parser import HTMLParser
from importlib.resources import files
from itertools import combinations, pairwise
from typing import Any

import pytest
from notes_tagged import HOSTILE, SAMPLES, everywhere, sample

from leadclass.classifier import Classifier
from leadclass.labels import LABELS
from leadclass.notes import Statement
from leadclass.report.page import record_in, write_index, write_page
from leadclass.report.rollup import Rollup
from leadclass.report.tagged import Tagged
from leadclass.report.terminal import harmless

VOID = {"meta", "link", "input", "rect", "line"}


class Outline(HTMLParser):
    """Every element in order with its attributes and the text right in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open: list[int] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.texts.append("")
        if tag not in VOID:
            self._open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        opened = self._open.pop()
        assert self.elements[opened][0] == tag, f"<{self.elements[opened][0]}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        for at in self._open:
            self.texts[at] += data

    def all(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        return [(values, text) for (name, values), text in zip(self.elements, self.texts, strict=True) if name == tag]

    def data(self, key: str) -> Any:
        return next(json.loads(text) for values, text in self.all("script") if values.get("id") == key)


def html(tagged: list[Tagged]) -> str:
    file = io.StringIO()
    write_page(tagged, file)
    return file.getvalue()


def index(tagged: list[Tagged]) -> str:
    file = io.StringIO()
    rollup = Rollup.of(tagged)
    write_index(rollup, {mix.name: f"page{at}.html" for at, mix in enumerate(rollup.mixes["file"])}, file)
    return file.getvalue()


@pytest.fixture(scope="module")
def many(shipped: Classifier) -> list[Tagged]:
    """Four files, with and without speakers, sections and times."""
    return [each for path in SAMPLES for each in sample(path, shipped)]


@pytest.fixture(scope="module")
def pages(many: list[Tagged]) -> list[Outline]:
    return [Outline(page) for page in (html(many), html(many[:1]), html([]), index(many))]


def test_every_statement_is_there_in_its_order_with_its_label(many: list[Tagged]) -> None:
    page = Outline(html(many))
    items = [(values, text) for values, text in page.all("li") if re.fullmatch(r"s\d+", values.get("id") or "")]
    assert len(items) == len(many)
    for (values, text), each in zip(items, many, strict=True):
        assert each.statement.text in text
        assert text.startswith(each.tag.label.capitalize())
        assert (values["class"] or "")[0] == each.tag.label[0]


def test_speakers_sections_and_times_stand_where_the_notes_have_them(shipped: Classifier) -> None:
    page = Outline(html(sample(next(path for path in SAMPLES if "clinic" in path), shipped)))
    heads = [text for values, text in page.all("p") if values.get("class") == "who"]
    assert heads[:2] == ["Teresa 08:05", "Rashid 08:06"]


@pytest.mark.parametrize("text", [case["text"] for case in HOSTILE], ids=[case["what"] for case in HOSTILE])
def test_no_text_of_the_notes_changes_the_page(text: str, shipped: Classifier) -> None:
    """The page has the same elements with the same attributes as one of harmless words, and says what was said."""

    def shape(page: str) -> list[tuple[str, list[str]]]:
        return [(tag, sorted(values)) for tag, values in Outline(page).elements if tag not in {"rect", "line", "g"}]

    def alike(word: str) -> list[Tagged]:
        """The same tags and the same groups, in other words."""
        said = [
            Statement(word, f"notes/{word}", line, word, word if line % 3 else f"{word}!", word)
            for line in range(1, 13)
        ]
        return [Tagged(one, each.tag) for one, each in zip(said, hostile, strict=True)]

    hostile = everywhere(text, shipped)
    for write in (html, index):
        assert shape(write(hostile)) == shape(write(alike("plain"))), write
    said = [said for values, said in Outline(html(hostile)).all("li") if (values.get("id") or "").startswith("s")]
    assert len(said) == 12
    assert all(harmless(text) in each for each in said)


@pytest.mark.parametrize("text", [case["text"] for case in HOSTILE], ids=[case["what"] for case in HOSTILE])
def test_the_words_that_spoke_are_those_of_the_text(text: str, shipped: Classifier) -> None:
    (each, *_) = everywhere(f"{text} the budget is late", shipped)
    shown = harmless(each.statement.text)
    places = Outline(html([each])).data("data")["rows"][0][9:]
    words = [each.statement.text[word.start : word.end] for word in each.words]
    assert any("budget" in word for word in words)
    if len(shown) == len(each.statement.text):
        cut = [shown[start:end] for start, end in zip(places[::3], places[1::3], strict=True)]
        assert cut == [harmless(word) for word in words]


def test_nothing_is_asked_of_the_network(pages: list[Outline]) -> None:
    for page in pages:
        links = [str(values[key]) for _, values in page.elements for key in ("href", "src", "action") if key in values]
        assert not [link for link in links if not re.match(r"#|data:,$|index\.html$|page\d+\.html$", link)]
        assert not any("url(" in text or "@import" in text for _, text in page.all("style"))
        assert not {"img", "iframe", "object", "embed", "base"} & {tag for tag, _ in page.elements}


def test_the_policy_names_this_style_and_this_script_and_nothing_else(pages: list[Outline]) -> None:
    for page in pages:
        policy = next(values["content"] or "" for values, _ in page.all("meta") if "http-equiv" in values)
        parts = dict(part.split(" ", 1) for part in policy.split("; "))
        ((_, style),) = page.all("style")
        (script,) = [text for values, text in page.all("script") if "type" not in values]
        assert parts["default-src"] == parts["base-uri"] == parts["form-action"] == "'none'"
        assert parts["style-src"] == f"'sha256-{b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
        assert parts["script-src"] == f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        assert not [
            values for _, values in page.elements if "style" in values or any(key[:2] == "on" for key in values)
        ]


def test_ids_are_unique_and_links_within_the_page_lead_somewhere(pages: list[Outline]) -> None:
    for page in pages:
        ids = [values["id"] for _, values in page.elements if "id" in values]
        assert len(ids) == len(set(ids))
        within = [str(values["href"])[1:] for values, _ in page.all("a") if str(values["href"]).startswith("#")]
        assert within
        assert set(within) <= set(ids)


def test_everything_that_can_be_used_has_a_name(pages: list[Outline]) -> None:
    for page in pages:
        assert all(
            text.strip()
            for tag in ("a", "button", "summary", "option", "h1", "h2", "h3", "h4", "th", "title")
            for _, text in page.all(tag)
        )
        fields = len(page.all("input")) + len(page.all("select"))
        assert fields == len([text for _, text in page.all("label") if text.strip()])
        for values, _ in page.all("svg"):
            assert values.get("aria-hidden") == "true" or (values.get("role") == "img" and values.get("aria-label"))
        for tag in ("form", "aside"):
            assert all(values.get("aria-label") for values, _ in page.all(tag))


def test_headings_leave_out_no_level(pages: list[Outline]) -> None:
    for page in pages:
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_every_chart_has_its_figures_as_text(many: list[Tagged]) -> None:
    page = html(many)
    rollup = Rollup.of(many)
    for mix in (rollup.total, *rollup.mixes["speaker"], *rollup.mixes["file"]):
        for label in LABELS:
            low, high = (round(end * 100) for end in mix.interval(label))
            assert f"{mix.share(label):.0%}" in page
            assert f"{low}–{high}%" in page


def test_nobody_is_told_that_an_answer_is_certain(many: list[Tagged]) -> None:
    shown = [text for values, text in Outline(html(many)).all("small")]
    assert not [text for text in shown if re.search(r"\b(100|0)%\??$", text) and "–" not in text]


def test_an_unsure_answer_says_so(shipped: Classifier, many: list[Tagged]) -> None:
    page = Outline(html(many))
    marked = [values for values, text in page.all("li") if "unsure" in (values.get("class") or "") and "%?" in text]
    assert len(marked) == sum(each.unsure for each in many) > 0


def test_a_record_comes_back_and_another_page_has_none(many: list[Tagged]) -> None:
    assert Rollup.from_record(record_in(html(many))["rollup"]) == Rollup.of(many)
    assert record_in("<title>mine</title>") is None
    assert record_in(html(many).replace('{"made_from"', "{broken")) is None


def test_the_same_notes_give_the_same_page(many: list[Tagged]) -> None:
    assert html(many) == html(many)


# Colours.

STYLE = (files("leadclass.report.page") / "page.css").read_text(encoding="utf-8")
Colour = tuple[float, float, float]


def colours(block: str) -> dict[str, Colour]:
    found = re.findall(r"--(\w+): #([0-9a-f]{3,6});", block)
    wide = {name: "".join(digit * (6 // len(value)) for digit in value) for name, value in found}
    return {name: tuple(int(value[at : at + 2], 16) / 255 for at in (0, 2, 4)) for name, value in wide.items()}


SCHEMES = dict(
    zip(("light", "dark", "print"), map(colours, re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)), strict=True)
)


def linear(colour: Colour) -> Colour:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return red, green, blue


def luminance(colour: Colour) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((text, ground) for text in ("ink", "dim") for ground in ("paper", "wash", "pick")),
        *((text, ground) for text in ("l", "m", "n") for ground in ("paper", "wash")),
        ("on", "l"),
        ("on", "m"),
    ],
)
def test_text_stands_out(scheme: str, text: str, ground: str) -> None:
    colours = SCHEMES["light"] | SCHEMES[scheme]
    light, dark = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


# What who has no red, no green or no blue cones sees of linear red, green and blue: Machado, Oliveira and Fernandes
# 2009, https://doi.org/10.1109/TVCG.2009.113, severity 1.
BLINDNESS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def seen(colour: Colour, matrix: tuple[Colour, ...]) -> Colour:
    """In CIELAB (white D65), where equal distances look about equally large."""
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear(colour), strict=True)))) for row in matrix
    )
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (
            (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
            0.2126 * red + 0.7152 * green + 0.0722 * blue,
            (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", BLINDNESS)
def test_labels_can_be_told_apart_without_some_colours(scheme: str, kind: str) -> None:
    """20 is a difference that nobody overlooks; a just noticeable one is about 2.3."""
    lab = [seen(SCHEMES[scheme][name], BLINDNESS[kind]) for name in "lmn"]
    assert min(sum((a - b) ** 2 for a, b in zip(*pair, strict=True)) ** 0.5 for pair in combinations(lab, 2)) > 20


def test_colour_never_stands_alone() -> None:
    """Each label has a border style of its own beside its colour, and its badge says its name."""
    lines = {name: re.search(rf"li\.{name} {{ border-left: 4px (\w+)", STYLE) for name in "lmn"}
    assert len({line[1] for line in lines.values() if line}) == 3
