"""`Evidence`: what labelled real text says of each n-gram, in figures alone, since its sentences are not ours to ship.

Training wants the weights w that minimise ``own(w) + real(w) + penalty(w)``: the loss on our own corpus, the loss on
real statements, and the size of the weights. At the minimum the real statements enter only through their gradient

    pull = sum over real statements of  tf-idf row x (predicted - true label),

one number an n-gram and label: how much more the model expects that label than the real statements bear out. The
problem is convex, so ``own(w) + <pull, w> + penalty(w)`` has its minimum at the same w, and training from ``data/``
makes the model without a sentence of the real text.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from leadclass.corpus import data_folder


@dataclass(frozen=True, slots=True)
class Evidence:
    """Figures of real statements; ``data/make_evidence.py`` made the file and says from what.

    Attributes:
        ngrams: the n-grams, sorted.
        documents: int32, shape (V,): how many of the real statements have each.
        pull: float64, shape (V, 3): see the head of this file; columns in the order of `LABELS`, rows sum to 0.
        base: float64, shape (3,): the same for the intercepts.
        statements: how many real statements there were.
    """

    ngrams: tuple[str, ...]
    documents: NDArray[np.int32]
    pull: NDArray[np.float64]
    base: NDArray[np.float64]
    statements: int

    @classmethod
    def load(cls, path: str | Path | None = None) -> Evidence:
        """The table in ``data/evidence.npz``."""
        with np.load(path or data_folder() / "evidence.npz", allow_pickle=False) as file:
            ngrams = tuple(file["ngrams"].tobytes().decode("utf-8").split("\n"))
            pull, base = _closed(file["pull"] * STEP), _closed(file["base"])
            return cls(ngrams, file["documents"], pull, base, int(file["statements"]))

    def save(self, path: str | Path) -> None:
        """Write it, in steps of `STEP`, the third column left out since it follows from the others."""
        np.savez_compressed(
            path,
            ngrams=np.frombuffer("\n".join(self.ngrams).encode(), np.uint8),
            documents=self.documents.astype(np.int32),
            pull=np.round(self.pull[:, :2] / STEP).astype(np.int16),
            base=self.base[:2],
            statements=np.array(self.statements),
        )

    def rows(self, ngrams: tuple[str, ...]) -> NDArray[np.intp]:
        """intp, shape (V,): where each of this table's n-grams stands in a larger sorted vocabulary."""
        place = {ngram: at for at, ngram in enumerate(ngrams)}
        return np.array([place[ngram] for ngram in self.ngrams], np.intp)


STEP = 2.0**-8  # of a statement: half of it is the most by which a stored pull is off


def _closed(two: NDArray[np.floating]) -> NDArray[np.float64]:
    """The third of three columns that sum to 0."""
    return np.concatenate([two, -two.sum(axis=-1, keepdims=True)], axis=-1).astype(np.float64)
