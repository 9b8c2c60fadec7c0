"""The page in a real browser: on a phone, in print, by keyboard, without script, with hostile and with many notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import CHROMIUM, Browser, browser
from notes_tagged import HOSTILE, SAMPLES, everywhere, sample

from leadclass.classifier import Classifier
from leadclass.notes import Statement
from leadclass.report import folder, output
from leadclass.report.rollup import Rollup
from leadclass.report.tagged import Tagged

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="needs a Chromium to open the pages in: apt-get install chromium"
)

BIG = 20_000  # statements of one page
TROUBLE = {"Runtime.exceptionThrown", "Log.entryAdded", "Page.javascriptDialogOpening"}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def clinic(shipped: Classifier) -> list[Tagged]:
    return sample(next(path for path in SAMPLES if "clinic" in path), shipped)


@pytest.fixture(scope="module")
def page(clinic: list[Tagged], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "clinic.html"
    output.write(clinic, path)
    return path


@pytest.fixture(scope="module")
def report(shipped: Classifier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pages and its index."""
    place = tmp_path_factory.mktemp("above") / "report"
    links = folder.pages(SAMPLES)
    for path in SAMPLES:
        folder.write(sample(path, shipped), place / links[path], "")
    rollups = [Rollup.of(sample(path, shipped)) for path in SAMPLES]
    folder.write_contents(Rollup.joined(rollups), links, place)
    return place


def visible(chromium: Browser) -> int:
    """How many statements are shown."""
    return int(chromium.run("[...document.querySelectorAll('#statements li')].filter(e => e.checkVisibility()).length"))


def why(chromium: Browser) -> str:
    return str(chromium.run("document.getElementById('why').checkVisibility() ? why.innerText : ''"))


def untroubled(chromium: Browser) -> bool:
    requests = [each["params"]["request"]["url"] for each in chromium.events if "requestWillBeSent" in each["method"]]
    return (
        not [each for each in chromium.events if each["method"] in TROUBLE]
        and len([url for url in requests if not url.startswith("data:")]) == 1
    )


def test_a_page_opens_without_complaint_and_asks_for_nothing(chromium: Browser, page: Path, report: Path) -> None:
    for each in (page, report / "index.html", *report.glob("*.md.html")):
        chromium.open(each)
        chromium.run("1")
        assert untroubled(chromium), chromium.events


@pytest.mark.parametrize("case", HOSTILE, ids=[case["what"] for case in HOSTILE])
def test_hostile_notes_do_nothing(chromium: Browser, tmp_path: Path, shipped: Classifier, case: dict[str, str]) -> None:
    output.write(everywhere(case["text"], shipped), tmp_path / "a.html")
    chromium.open(tmp_path / "a.html")
    chromium.run("document.querySelector('#statements li').click()")
    assert untroubled(chromium), chromium.events
    assert chromium.run("window.harmed") is None
    assert visible(chromium) == 12
    assert why(chromium)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_scrolls_sideways_on_a_phone(chromium: Browser, page: Path, report: Path, scheme: str) -> None:
    chromium.media(scheme=scheme)
    for each in (page, *report.glob("*.html")):
        chromium.open(each, 360, 740, phone=True)
        assert chromium.run("document.documentElement.scrollWidth") == 360
        chromium.run("document.querySelectorAll('details').forEach(e => { e.open = true; })")
        chromium.run("document.querySelector('#statements li')?.click()")
        assert chromium.run("document.documentElement.scrollWidth") == 360
    chromium.media()


def test_a_word_without_end_makes_no_page_wider(chromium: Browser, tmp_path: Path, shipped: Classifier) -> None:
    output.write(everywhere("x" * 5000, shipped), tmp_path / "a.html")
    chromium.open(tmp_path / "a.html", 360, 740, phone=True)
    assert chromium.run("document.documentElement.scrollWidth") == 360


def test_a_tap_shows_why_and_leaves_the_statement_in_view(chromium: Browser, page: Path) -> None:
    chromium.open(page, 360, 740, phone=True)
    assert why(chromium) == ""
    chromium.run("s9.scrollIntoView({block: 'end'}); s9.click()")
    assert "spoke for" in why(chromium)
    assert chromium.run("s9.getBoundingClientRect().bottom <= why.getBoundingClientRect().top")
    chromium.run("why.querySelector('.close').click()")
    assert why(chromium) == ""


def test_why_says_what_explain_says(chromium: Browser, page: Path, clinic: list[Tagged]) -> None:
    chromium.open(page)
    for at, each in enumerate(clinic):
        chromium.run(f"s{at}.focus()")
        shown = why(chromium)
        assert each.tag.label.capitalize() in shown
        for word in each.words:
            text = each.statement.text[word.start : word.end]
            assert (
                f"{'−' if round(word.weight * 100) < 0 else '+'}{abs(round(word.weight * 100)) / 100:.2f}\t{text}"
                in shown
            )


def test_a_link_to_a_statement_picks_it(chromium: Browser, page: Path, clinic: list[Tagged]) -> None:
    chromium.open(page)
    chromium.run("document.querySelector('.surest a').click(), new Promise(done => setTimeout(done, 50))")
    picked = chromium.run("document.querySelector('li.picked p').textContent")
    assert (
        picked
        == max(
            (each for each in clinic if each.tag.label == "leadership"), key=lambda each: each.tag.leadership
        ).statement.text
    )
    assert picked[:12] in why(chromium)


def test_pointing_shows_why_until_one_is_pressed(chromium: Browser, page: Path) -> None:
    chromium.open(page)
    chromium.run("s1.scrollIntoView()")

    def point(at: int) -> str:
        box = chromium.run(f"s{at}.scrollIntoViewIfNeeded(), s{at}.querySelector('p').getBoundingClientRect().toJSON()")
        chromium.call("Input.dispatchMouseEvent", type="mouseMoved", x=box["x"] + 9, y=box["y"] + 9)
        return why(chromium)

    assert "Vaccines keep" in point(4)
    assert "The audit is on" in point(2)
    chromium.run("s2.click()")
    assert "The audit is on" in point(4)
    chromium.press("Escape")
    assert "Vaccines keep" not in why(chromium)


def test_the_keyboard_is_enough(chromium: Browser, page: Path, clinic: list[Tagged]) -> None:
    chromium.open(page)
    here = "document.activeElement.id || document.activeElement.name || document.activeElement.tagName"
    reached = []
    while not reached or (reached[-1] != "s0" and len(reached) < 60):
        chromium.press("Tab")
        reached.append(chromium.run(here))
    assert {"label", "facet", "speaker", "unsure", "SUMMARY"} <= set(reached)
    chromium.press("ArrowDown")
    assert chromium.run(here) == "s1"
    assert clinic[1].statement.text[:20] in why(chromium)
    chromium.press("End")
    assert chromium.run(here) == f"s{len(clinic) - 1}"
    chromium.press("Home")
    assert chromium.run(here) == "s0"
    chromium.press("Tab")
    assert not str(chromium.run(here)).startswith("s1"), "all statements are one stop of the Tab key"


def test_a_box_is_ticked_with_the_space_bar(chromium: Browser, page: Path, clinic: list[Tagged]) -> None:
    chromium.open(page)
    chromium.run("document.querySelector('[value=n]').focus()")
    chromium.press(" ")
    left = sum(each.tag.label != "neither" for each in clinic)
    assert visible(chromium) == left
    assert chromium.run("shown.textContent") == f"{left} of {len(clinic)} shown"


def test_filters_show_what_they_name(chromium: Browser, page: Path, clinic: list[Tagged]) -> None:
    chromium.open(page)
    choose = "(field, text) => {{ field.value = [...field.options].find(o => o.text.startsWith(text)).value; {} }}"
    choose = choose.format("field.dispatchEvent(new Event('input', { bubbles: true }))")
    chromium.run(f"({choose})(filters.elements.speaker, 'Teresa')")
    assert visible(chromium) == sum(each.statement.speaker == "Teresa" for each in clinic)
    assert "Rashid" not in chromium.run("statements.innerText")
    facet = next(each.tag.facet for each in clinic if each.statement.speaker == "Teresa" and each.tag.facet)
    chromium.run(f"({choose})(filters.elements.facet, '{facet}')")
    both = [each for each in clinic if each.statement.speaker == "Teresa" and each.tag.facet == facet]
    assert visible(chromium) == len(both)
    chromium.run("filters.querySelector('[type=reset]').click(), new Promise(done => setTimeout(done, 50))")
    assert visible(chromium) == len(clinic)
    chromium.run("filters.elements.unsure.click()")
    assert visible(chromium) == sum(each.unsure for each in clinic)


def test_without_script_the_text_and_its_marks_are_there(chromium: Browser, page: Path, clinic: list[Tagged]) -> None:
    chromium.open(page, script=False)
    text = chromium.run("statements.textContent")  # innerText leaves out what is not on the screen
    assert all(each.statement.text in text for each in clinic)
    assert visible(chromium) == len(clinic)
    assert not chromium.run("document.getElementById('filters').checkVisibility()")
    assert "Management" in text
    chromium.open(page)  # with script again


def test_in_print_there_is_the_text_and_no_machinery(chromium: Browser, page: Path, clinic: list[Tagged]) -> None:
    chromium.open(page)
    chromium.media("print")
    text = chromium.run("document.body.innerText")
    assert all(each.statement.text in text for each in clinic)
    assert not chromium.run("[filters, why].some(e => e.checkVisibility())")
    assert chromium.run("getComputedStyle(document.querySelector('.turn')).contentVisibility") == "visible"
    chromium.media()


def test_the_index_leads_to_every_page_and_back(chromium: Browser, report: Path) -> None:
    chromium.open(report / "index.html")
    links = chromium.run("[...document.querySelectorAll('#files tbody a')].map(a => a.getAttribute('href'))")
    assert sorted(links) == sorted(path.name for path in report.glob("*.html") if path.name != "index.html")
    for link in links:
        chromium.open(report / link)
        assert chromium.run("document.querySelector('.up a').getAttribute('href')") == "index.html"


def test_a_heading_sorts_the_files(chromium: Browser, report: Path) -> None:
    chromium.open(report / "index.html")
    shares = "[...document.querySelectorAll('#files tbody td.l')].map(e => Number(e.dataset.sort))"
    chromium.run("document.querySelectorAll('#files thead button')[2].click()")
    assert chromium.run(shares) == sorted(chromium.run(shares), reverse=True)
    chromium.run("document.querySelectorAll('#files thead button')[2].click()")
    assert chromium.run(shares) == sorted(chromium.run(shares))
    assert chromium.run("document.querySelectorAll('#files th')[2].getAttribute('aria-sort')") == "ascending"


def test_a_page_of_20_000_statements_filters_at_once(chromium: Browser, tmp_path: Path, clinic: list[Tagged]) -> None:
    many = [
        Tagged(Statement(each.statement.text, "big.txt", at, f"Part {at // 500}", "Ana"), each.tag, each.words)
        for at, each in enumerate((clinic * (BIG // len(clinic) + 1))[:BIG])
    ]
    output.write(many, tmp_path / "big.html")
    chromium.open(tmp_path / "big.html")
    assert chromium.run("document.querySelectorAll('#statements li').length") == BIG
    took = chromium.run(
        "(async () => { const times = []; for (let at = 0; at < 5; at += 1) { const start = performance.now();"
        "document.querySelector('[value=n]').click();"
        "await new Promise(done => requestAnimationFrame(() => setTimeout(done)));"
        "times.push(performance.now() - start); } return times.sort((a, b) => a - b)[2]; })()"
    )
    assert took < chromium.run("performance.getEntriesByType('navigation')[0].domComplete") / 2
