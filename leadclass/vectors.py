"""A vector for each word of a large vocabulary: the prior that training gives to words it never met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from leadclass.corpus import data_folder


@dataclass(frozen=True, slots=True)
class Vectors:
    """Word vectors at 8 bits a component; ``data/make_vectors.py`` made the file and says from what.

    Attributes:
        words: the vocabulary, sorted.
        components: int8, shape (words, k), ordered from the component of largest variance down.
        scale: float32, shape (k,): what one step of each component is worth; the mean squared length of a vector is 1.
    """

    words: tuple[str, ...]
    components: NDArray[np.int8]
    scale: NDArray[np.float32]

    @classmethod
    def load(cls, path: str | Path | None = None) -> Vectors:
        """The table in ``data/vectors.npz``."""
        with np.load(path or data_folder() / "vectors.npz", allow_pickle=False) as file:
            words = file["words"].tobytes().decode("utf-8").split("\n")
            return cls(tuple(words), file["components"], file["scale"])

    def rows(self, ngrams: Sequence[str]) -> NDArray[np.float64]:
        """float64, shape (len(ngrams), k): the mean of the vectors of an n-gram's known words, or zeros."""
        place = {word: at for at, word in enumerate(self.words)}
        table = self.components * self.scale.astype(np.float64)
        rows = np.zeros((len(ngrams), len(self.scale)))
        for at, ngram in enumerate(ngrams):
            known = [place[word] for word in ngram.split(" ") if word in place]
            if known:
                rows[at] = table[known].mean(axis=0)
        return rows
