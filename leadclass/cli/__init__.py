"""The command: a thin face over the library.

============  ==========================================================
``usage``     what can be typed, and the help that teaches it
``console``   the terminal: tables to stdout, everything else to stderr
``sources``   the files of notes that paths, folders and patterns lead to
``outputs``   the files and the folder that ``-o`` names
``batch``     each file read, tagged and, for a folder, made a page of
``progress``  how far a long run has come
``tag``       the verb that needs no name; the others are in ``verbs``
============  ==========================================================
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from leadclass.cli import console, usage

# Where each verb is; loaded when it is called, so that --help is instant.
_VERBS = {"tag": "tag", "explain": "verbs", "evaluate": "verbs", "train": "verbs"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 where all went well, 1 where a file or a value was unusable, 2 for wrong usage."""
    verb, options = usage.parse(sys.argv[1:] if argv is None else argv)
    try:
        return int(getattr(import_module(f"leadclass.cli.{_VERBS[verb]}"), verb)(options))
    except BrokenPipeError:
        return console.closed_pipe()
    except (ValueError, OSError) as error:
        console.complain(error)
        return 1
    except KeyboardInterrupt:
        return 130
