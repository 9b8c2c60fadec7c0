"""The terminal: tables go to stdout, everything else to stderr."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leadclass.report.terminal import Page


def page() -> Page:
    """How wide stdout is, and whether it takes colours."""
    from leadclass.report.terminal import Page  # noqa: PLC0415 - keeps --help instant

    shown = sys.stdout.isatty()
    return Page(shutil.get_terminal_size((100, 24)).columns, shown and "NO_COLOR" not in os.environ)


def show(lines: Iterable[str]) -> None:
    """Lines to stdout, whatever letters it can take."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    for line in lines:
        print(line)


def tell(message: str) -> None:
    """A line to stderr, without anything that could steer the terminal."""
    from leadclass.report.terminal import harmless  # noqa: PLC0415 - keeps --help instant

    print(f"leadclass: {harmless(message)}", file=sys.stderr)


def complain(error: Exception) -> None:
    """Say what was wrong."""
    tell(str(error))


def closed_pipe() -> int:
    """The reader of our output went away, as ``head`` does: no traceback, and none from the interpreter's exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141
