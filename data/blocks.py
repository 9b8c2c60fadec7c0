"""Fills the measured part of a page: what stands between two comments is replaced, the prose around it stays."""

from pathlib import Path


def fill(page: Path, name: str, lines: list[str]) -> None:
    """Replaces what stands between ``<!-- name -->`` and ``<!-- end of name -->``."""
    before, found, rest = page.read_text(encoding="utf-8").partition(f"<!-- {name} -->\n")
    _, closed, after = rest.partition(f"<!-- end of {name} -->")
    if not (found and closed):
        raise ValueError(f"{page} has no block {name!r}")
    page.write_text("".join([before, found, *(f"{line}\n" for line in lines), closed, after]), encoding="utf-8")


def table(heading: list[str], rows: list[list[object]]) -> list[str]:
    """A Markdown table."""
    lines = [heading, ["---"] * len(heading), *rows]
    return ["| " + " | ".join(map(str, line)) + " |" for line in lines]
