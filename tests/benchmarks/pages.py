"""What a page of 20,000 statements costs to make, to open and to filter: python tests/benchmarks/pages.py

Statements of the corpus stand in for a long meeting. Times are medians of `RUNS` in one run; on a machine that others
use too, the ratios tell more than the seconds.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser import CHROMIUM, browser

from leadclass import load_corpus
from leadclass.classifier import Classifier
from leadclass.notes import Statement
from leadclass.report import output
from leadclass.report.tagged import Tagged
from leadclass.report.words import spoken

STATEMENTS, RUNS = 20_000, 5

_FILTER = """(async () => {
  const start = performance.now();
  document.querySelector('[value=n]').click();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
})()"""
_LOADED = "performance.getEntriesByType('navigation')[0].domComplete"
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def main() -> None:
    """Print one figure a line."""
    notes = meeting()
    classifier = Classifier.load()
    texts = [statement.text for statement in notes]
    show("tags alone, s", lambda: timed(lambda: list(classifier.classify_many(texts))))
    show("tags and the words that spoke, s", lambda: timed(lambda: tag(notes, classifier)))
    tagged = tag(notes, classifier)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        show("writing the page, s", lambda: timed(lambda: output.write(tagged, page)))
        print(f"{'size of the page, MB':40} {page.stat().st_size / 1e6:8.2f}")
        if CHROMIUM:
            in_browser(page)


def in_browser(page: Path) -> None:
    """What a person waits for."""
    with browser() as chromium:
        for name, phone in (("desktop", False), ("phone", True)):
            loads, paints, filters = [], [], []
            for _ in range(RUNS):
                chromium.open(page, *((360, 740) if phone else (1280, 900)), phone=phone)
                loads.append(chromium.run(_LOADED))
                paints.append(chromium.run(_PAINTED))
                filters.append(chromium.run(_FILTER))
            for what, found in (("first paint", paints), ("loaded", loads), ("filtered", filters)):
                print(f"{f'{name}: {what}, ms':40} {median(found):8.0f}")


def meeting() -> list[Statement]:
    """Six speakers in turns of three statements, forty sections."""
    texts = load_corpus().column("text")[:STATEMENTS]
    return [
        Statement(text, "meeting.txt", at + 1, f"Part {at * 40 // STATEMENTS + 1}", f"Speaker {at // 3 * 7 % 6 + 1}")
        for at, text in enumerate(texts)
    ]


def tag(notes: list[Statement], classifier: Classifier) -> list[Tagged]:
    """With words, as a page needs them."""
    answers = classifier.explain_many(statement.text for statement in notes)
    return [Tagged(one, why.tag, spoken(why)) for one, why in zip(notes, answers, strict=True)]


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def show(name: str, measure: Callable[[], float]) -> None:
    """A line with the median of several runs."""
    print(f"{name:40} {median(measure() for _ in range(RUNS)):8.2f}")


if __name__ == "__main__":
    main()
