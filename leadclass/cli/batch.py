"""Each file of notes read, tagged and, where a folder wants it, made a page of; in one process or in several."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from leadclass import __version__
from leadclass.classifier import Classifier
from leadclass.cli.sources import Source
from leadclass.notes import NotesError, Statement
from leadclass.report.rollup import Rollup
from leadclass.report.tagged import Tagged
from leadclass.report.words import spoken

PART = 4096  # statements between two signs of life
FEW = 2000  # statements: tagging these one by one takes no longer than importing numpy (see tests/benchmarks/start.py)

Tick = Callable[[float, int], None]


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done with each source.

    Attributes:
        model: its file; None for the one that ships with the package.
        threshold: what takes the place of the model's own; None to leave it.
        folder: where its page goes; None for no pages.
        words: whether a result shows which words spoke.
        statements: whether the statements themselves are wanted back, or only what they add up to.
        resume: whether a page that was made from the same is kept.
    """

    model: Path | None = None
    threshold: float | None = None
    folder: Path | None = None
    words: bool = False
    statements: bool = True
    resume: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a source: its mixes, its statements if they were wanted, or what was wrong with it."""

    source: str
    size: int
    rollup: Rollup | None = None
    tagged: Sequence[Tagged] = ()
    kept: bool = False
    wrong: str = ""


def run(task: Task, sources: Sequence[Source], jobs: int, tick: Tick) -> Iterator[Done]:
    """Every source in its order; ``tick`` is told of the bytes and statements that are done."""
    pages = _pages(sources) if task.folder else {}
    work = [(source, pages.get(source.name, "")) for source in sources]
    if jobs == 1 or len(work) == 1:
        for source, page in work:
            yield _attempted(task, source, page, partial(_part, tick, source.size))
        return
    for done in _shared(task, work, jobs):
        tick(done.size, done.rollup.total.total if done.rollup else 0)
        yield done


def _pages(sources: Iterable[Source]) -> dict[str, str]:
    from leadclass.report import folder  # noqa: PLC0415 - pages are made only where a folder is asked for

    return folder.pages(source.name for source in sources)


@lru_cache(maxsize=1)  # a process loads its model once for all files
def classifier(model: Path | None, threshold: float | None) -> Classifier:
    """The model that was asked for."""
    found = Classifier.load(model)
    return found if threshold is None else found.with_threshold(threshold)


def _shared(task: Task, work: Iterable[tuple[Source, str]], jobs: int) -> Iterator[Done]:
    from joblib import Parallel, delayed  # noqa: PLC0415 - who has one process needs it not

    calls = (delayed(_attempted)(task, source, page) for source, page in work)
    found: Iterator[Done] = Parallel(n_jobs=jobs, return_as="generator")(calls)
    return found


def _part(tick: Tick, size: int, share: float, statements: int) -> None:
    tick(size * share, statements)


def _attempted(task: Task, source: Source, page: str, tick: Tick | None = None) -> Done:
    """What became of it; a file that cannot be read stops no other."""
    try:
        return _made(task, source, page, tick)
    except (NotesError, OSError) as error:
        return Done(source.name, source.size, wrong=str(error))


def _made(task: Task, source: Source, page: str, tick: Tick | None) -> Done:
    if task.folder is None:
        tagged = list(_tagged(task, source.statements(), tick))
        return Done(source.name, source.size, Rollup.of(tagged), tagged if task.statements else ())
    return _paged(task, source, task.folder / page, tick)


def _paged(task: Task, source: Source, place: Path, tick: Tick | None) -> Done:
    from leadclass.report import folder  # noqa: PLC0415 - pages are made only where a folder is asked for

    made_from = _made_from(task, source)
    if task.resume and (before := folder.kept(place, made_from)):
        return Done(source.name, source.size, before, kept=True)
    tagged = list(_tagged(task, source.statements(), tick))
    folder.write(tagged, place, made_from)
    return Done(source.name, source.size, Rollup.of(tagged), tagged if task.statements else ())


def _tagged(task: Task, statements: Sequence[Statement], tick: Tick | None) -> Iterator[Tagged]:
    model = classifier(task.model, task.threshold)
    for start in range(0, len(statements), PART):
        part = statements[start : start + PART]
        texts = [statement.text for statement in part]
        if task.words:
            answers = model.explain_many(texts)
            yield from (Tagged(one, why.tag, spoken(why)) for one, why in zip(part, answers, strict=True))
        else:
            many = len(statements) > FEW
            yield from map(Tagged, part, model.classify_many(texts) if many else map(model.classify, texts))
        if tick:
            tick(len(part) / len(statements), len(part))


def _made_from(task: Task, source: Source) -> str:
    """One word for all that a page depends on."""
    parts = (__version__, classifier(task.model, task.threshold).model.fingerprint, str(task.threshold), source.name)
    found = hashlib.sha256("\0".join(parts).encode("utf-8", errors="surrogateescape"))
    found.update(source.content())
    return found.hexdigest()
