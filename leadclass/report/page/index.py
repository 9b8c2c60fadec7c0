"""The page that leads to the pages of a folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TextIO

from leadclass.report.names import title
from leadclass.report.page import chart
from leadclass.report.page.overview import overview, record
from leadclass.report.page.shell import Head, page
from leadclass.report.rollup import Rollup

NAME = "index.html"


def write_index(rollup: Rollup, links: Mapping[str, str], file: TextIO) -> None:
    """Write the index.

    Args:
        rollup: of all files.
        links: the page of each file, relative to the index.
        file: what to write to.
    """
    speakers = sum(bool(mix.name) for mix in rollup.mixes["speaker"])
    below = chart.counted(rollup.total.total) + (f" · {speakers:,} names of speakers" if speakers else "")
    head = Head(title(mix.name for mix in rollup.mixes["file"]), below)
    file.write(page(head, list(overview(rollup, links)), record(rollup, "")))
