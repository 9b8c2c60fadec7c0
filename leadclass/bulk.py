"""Many statements: chunk by chunk into columns, in this process or shared out among several.

Memory holds one chunk (or, with several processes, a few packets) and the answers, 20 bytes a statement.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from leadclass.decision import decide_many
from leadclass.labels import Tags
from leadclass.scoring import CHUNK, CHUNK_CHARACTERS, Buffer
from leadclass.texts import batches

if TYPE_CHECKING:
    from leadclass.classifier import Classifier

PACKET = 16  # buffers that travel to another process at once: 32,768 statements, some 50 ms of work
LEAST = 512  # buffers, 1,048,576 statements: with fewer, starting the processes takes longer than they save


def classify(classifier: Classifier, texts: Iterator[Any], *, neither: bool, n_jobs: int | None) -> Tags:
    """The tags of ``texts``, in their order."""
    return _gathered(parts(classifier, texts, neither=neither, n_jobs=n_jobs))


def parts(classifier: Classifier, texts: Iterator[Any], *, neither: bool, n_jobs: int | None) -> Iterator[Tags]:
    """The tags of ``texts``, chunk by chunk. Joblib is asked only when there is enough to share."""
    buffers = map(Buffer.of, batches(texts, CHUNK, CHUNK_CHARACTERS, "classify_many"))
    if not _wanted(n_jobs):
        return (_tags(classifier, buffer, neither) for buffer in buffers)
    first = list(itertools.islice(buffers, LEAST))
    rest = itertools.chain(first, buffers)
    if len(first) < LEAST:
        return (_tags(classifier, buffer, neither) for buffer in rest)
    return _shared(classifier, rest, neither, n_jobs)


def _wanted(n_jobs: int | None) -> bool:
    """Whether somebody asked for processes: here, or by a ``joblib.parallel_config`` around the call."""
    if n_jobs is not None:
        return n_jobs != 1
    return "joblib" in sys.modules and sys.modules["joblib"].Parallel().n_jobs != 1


def _shared(classifier: Classifier, buffers: Iterator[Buffer], neither: bool, n_jobs: int | None) -> Iterator[Tags]:
    """Packets of buffers to whatever backend of joblib is active; the answers come back in order."""
    import joblib  # noqa: PLC0415 - importing it takes 0.2 s

    packets = iter(lambda: list(itertools.islice(buffers, PACKET)), [])
    try:
        run = joblib.Parallel(n_jobs=n_jobs, return_as="generator")
    except ValueError:  # a backend that gives no answers before it has all, such as multiprocessing
        return (_packet(classifier, packet, neither) for packet in packets)
    found: Iterator[Tags] = run(joblib.delayed(_packet)(classifier, packet, neither) for packet in packets)
    return found


def _packet(classifier: Classifier, buffers: list[Buffer], neither: bool) -> Tags:
    return _gathered(_tags(classifier, buffer, neither) for buffer in buffers)


def _tags(classifier: Classifier, buffer: Buffer, neither: bool) -> Tags:
    scorer = classifier.batches
    return decide_many(scorer.rows(buffer), scorer, classifier.model.settings, neither=neither)


def _gathered(parts: Iterable[Tags]) -> Tags:
    """One answer from many, without ever holding both."""
    columns = [_Column() for _ in Tags.COLUMNS]
    for part in parts:
        for column, name in zip(columns, Tags.COLUMNS, strict=True):
            column.extend(getattr(part, name))
    return Tags(*(column.array() for column in columns))


class _Column:
    """An array that grows in place: the system moves its pages, not its numbers."""

    def __init__(self) -> None:
        self._data: NDArray[Any] | None = None
        self._size = 0

    def extend(self, more: NDArray[Any]) -> None:
        """Add rows at the end."""
        size = self._size + len(more)
        if self._data is None:
            self._data = np.empty((0, *more.shape[1:]), more.dtype)
        if size > len(self._data):
            self._data.resize((size + size // 4 + 1, *more.shape[1:]), refcheck=False)
        self._data[self._size : size] = more
        self._size = size

    def array(self) -> NDArray[Any]:
        """What was added, without the room to grow."""
        assert self._data is not None
        self._data.resize((self._size, *self._data.shape[1:]), refcheck=False)
        return self._data
