"""The file that a result is written to: checked before the work, whole or not there at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def check(path: Path) -> None:
    """Refuse a target that cannot be written, so that nobody waits for a result that has nowhere to go.

    Raises:
        ValueError: its folder is missing or closed, or it is itself a folder or a device.
    """
    target = path.resolve()
    if not target.parent.is_dir():
        raise ValueError(f"{path}: there is no folder {target.parent}; make it first, or name a file in another.")
    if target.exists() and not target.is_file():  # renaming onto /dev/null would put a plain file in its place
        kind = "a folder" if target.is_dir() else "no ordinary file"
        raise ValueError(f"{path}: results need a file, and this is {kind}; name a file.")
    if not os.access(target.parent, os.W_OK):
        raise ValueError(f"{path}: nothing may be written in {target.parent}; name a file in a folder of your own.")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file beside the target to write to; it takes the target's place if nothing was raised, else it goes.

    A link stays a link: what it leads to is replaced. A file that is replaced keeps its mode.
    """
    target = path.resolve()
    beside = target.with_name(f".leadclass-{os.urandom(8).hex()}")
    beside.touch(exist_ok=False)  # not mkstemp, which makes every file 0600 whatever the umask says
    try:
        yield beside
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
