"""The labelled real statements on which we choose and measure: columns text, label, source and half."""

import csv
from pathlib import Path


def read(path: Path) -> list[dict[str, str]]:
    """The rows that have one of the three labels; mixed ones are left out."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["label"] != "mixed"]
