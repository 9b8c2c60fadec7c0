"""The verb that needs no name: notes in, tags and their mix out."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from leadclass.cli import batch, console, sources
from leadclass.cli.batch import Done, Task
from leadclass.cli.outputs import Outputs
from leadclass.cli.progress import Progress
from leadclass.cli.sources import Source
from leadclass.report import terminal
from leadclass.report.by import By
from leadclass.report.rollup import Rollup


def tag(options: argparse.Namespace) -> int:
    """Tag what was named, write what was asked for, print the rest."""
    outputs = Outputs.of(options.output)
    _check_resume(options, outputs)
    batch.classifier(options.model, options.threshold)  # one that is unusable is told before anything is read
    found, failed = sources.found(options.paths, outputs, verbose=options.verbose)
    done = _run(options, outputs, found)
    failed = failed or any(each.rollup is None for each in done)
    good = [each for each in done if each.rollup]
    if good or not failed:  # where nothing could be read, the results of yesterday stay
        _write(options, outputs, good)
    if not any(each.rollup.total.total for each in good if each.rollup):
        console.tell("there is no statement in what was named.")
    elif not options.quiet:
        _print(options, outputs, good)
    return 1 if failed else 0


def _check_resume(options: argparse.Namespace, outputs: Outputs) -> None:
    if options.resume and not outputs.folder:
        raise ValueError("--resume keeps the pages of a folder, and none was named; add -o FOLDER/ or leave it out.")
    if options.resume and outputs.files:
        raise ValueError(
            f"--resume does not tag again what has its page, so {outputs.files[0]} would lack it; "
            "write it in another run."
        )


def _run(options: argparse.Namespace, outputs: Outputs, found: Sequence[Source]) -> list[Done]:
    progress = Progress(sum(source.size for source in found))
    task = Task(
        model=options.model,
        threshold=options.threshold,
        folder=outputs.folder,
        words=outputs.wants_words,
        statements=bool(outputs.files) or _shows_statements(options, outputs),
        resume=options.resume,
    )
    done = []
    for each in batch.run(task, found, options.jobs, progress.add):
        if each.wrong or options.verbose:
            progress.clear()
            console.tell(each.wrong or _told(each))
        done.append(each)
    progress.clear()
    return done


def _told(each: Done) -> str:
    count = each.rollup.total.total if each.rollup else 0
    return f"{each.source}: {count:,} statements" + (", page kept" if each.kept else "")


def _write(options: argparse.Namespace, outputs: Outputs, good: Sequence[Done]) -> None:
    outputs.write([one for each in good for one in each.tagged])
    written = [str(file) for file in outputs.files]
    if outputs.folder:
        from leadclass.report import folder  # noqa: PLC0415 - pages are made only where a folder is asked for
        from leadclass.report.page import index  # noqa: PLC0415

        folder.write_contents(_joined(good), folder.pages(each.source for each in good), outputs.folder)
        kept = sum(each.kept for each in good)
        pages = f"{len(good):,} page{'s' * (len(good) != 1)}" + (f", {kept:,} of them kept" if kept else "")
        written.append(f"{outputs.folder / index.NAME} and {pages}")
    if written and not options.quiet:
        console.tell(f"wrote {'; '.join(written)}.")


def _print(options: argparse.Namespace, outputs: Outputs, good: Sequence[Done]) -> None:
    by: By = options.by or "file"
    page = console.page()
    if _shows_statements(options, outputs):
        console.show(terminal.statements((one for each in good for one in each.tagged), page))
    console.show(terminal.mixes(_joined(good).mixes[by], page, by))


def _shows_statements(options: argparse.Namespace, outputs: Outputs) -> bool:
    """Who names an output or --by has the statements there, or asks for their sum alone."""
    asked = not (options.by or outputs.files or outputs.folder)
    return options.verbose or (asked and not options.quiet)


def _joined(good: Sequence[Done]) -> Rollup:
    return Rollup.joined(each.rollup for each in good if each.rollup)
