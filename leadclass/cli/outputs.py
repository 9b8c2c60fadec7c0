"""The files and the folder that ``-o`` names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from leadclass.report import output

if TYPE_CHECKING:
    from leadclass.report.tagged import Tagged


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where results go.

    Attributes:
        files: each written by its ending.
        folder: gets a page for each file of notes and an index; None where there is none.
    """

    files: tuple[Path, ...] = ()
    folder: Path | None = None

    @classmethod
    def of(cls, words: Iterable[str]) -> Outputs:
        """What was typed, refused before anything is read where it could not be written.

        Raises:
            ValueError: an ending is unknown, a target cannot be written, or two folders are named.
        """
        files: list[Path] = []
        folders: list[Path] = []
        for word in dict.fromkeys(words):
            (folders if _is_folder(word) else files).append(Path(word))
        if len(folders) > 1:
            raise ValueError(f"{folders[1]}: pages go to one folder, and {folders[0]} is named already; leave one out.")
        for file in files:
            output.check(file)
        for place in folders:
            from leadclass.report import folder  # noqa: PLC0415 - pages are made only where a folder is asked for

            folder.check(place)
        return cls(tuple(files), folders[0] if folders else None)

    @property
    def wants_words(self) -> bool:
        """Whether a result shows why."""
        return self.folder is not None or any(file.suffix.lower() == ".html" for file in self.files)

    def replaces(self, file: Path) -> bool:
        """Whether a result takes the place of ``file``."""
        return any(each.resolve() == file.resolve() for each in self.files)

    def write(self, tagged: Sequence[Tagged]) -> None:
        """Write the files."""
        for file in self.files:
            output.write(tagged, file)


def _is_folder(word: str) -> bool:
    """A name with a slash at the end or no ending at all, or a folder that is there."""
    ending = Path(word).suffix.lower()
    return word.endswith(("/", "\\")) or not ending or (Path(word).is_dir() and ending not in output.WRITERS)
