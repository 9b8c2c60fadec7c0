"""The page that leads to the pages of a folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TextIO

from leadclass.report.page import chart
from leadclass.report.page.meeting import heading, overview, record
from leadclass.report.page.shell import page
from leadclass.report.rollup import Rollup

NAME = "index.html"


def write_index(rollup: Rollup, links: Mapping[str, str], file: TextIO) -> None:
    """Write the index.

    Args:
        rollup: of all files.
        links: the page of each file, relative to the index.
        file: what to write to.
    """
    files, speakers = rollup.mixes["file"], [mix for mix in rollup.mixes["speaker"] if mix.name]
    title = f"{len(files):,} file{'s' * (len(files) != 1)} of notes"
    below = f"{rollup.total.total:,} statements" + (f" · {len(speakers):,} names of speakers" if speakers else "")
    body = [
        *heading(title, below),
        "<main>",
        f'<section id="files"><h2>File by file</h2>{chart.table(files, "file", dict(links))}</section>',
        *overview(rollup),
        "</main>",
    ]
    file.write(page(title, "\n".join(body), record(rollup, "")))
