"""`Table`: whole numbers looked up by key, many at a time, without a Python loop."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]

_ROOM = 8  # slots a key: at this load nearly every key sits in its own slot
_ODD = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], np.uint64)  # 2**64 / golden ratio, and a prime of xxHash64


class Table:
    """A hash table with open addressing over keys of one or two 64-bit words.

    A key is compared in full with what its slot holds, so that two keys are never mistaken for each other; the hash
    only says where to look. A key whose slot is taken goes to the next free one, and a search ends at an empty slot.

    >>> table = Table(np.array([40, 2, 7], np.uint64))
    >>> table.find(np.array([7, 8, 40], np.uint64)).tolist()
    [2, -1, 0]
    """

    def __init__(self, *keys: Keys) -> None:
        """Every key, a word a column; it is found again as its position. No key may stand there twice."""
        count = len(keys[0])
        bits = max(1, int(count * _ROOM).bit_length())
        self._last, self._shift = (1 << bits) - 1, np.uint64(64 - bits)
        self._positions = np.full(1 << bits, -1, np.int32)  # -1 where a slot is empty
        self._settle(np.arange(count, dtype=np.int32), self._slots(keys))
        held = self._positions >= 0
        self._columns = tuple(np.zeros(1 << bits, np.uint64) for _ in keys)
        for column, key in zip(self._columns, keys, strict=True):
            column[held] = key[self._positions[held]]

    def find(self, *keys: Keys) -> NDArray[np.int32]:
        """int32, shape (n,): the position of each key, or -1 where the table does not hold it."""
        slots = self._slots(keys)
        held, same = self._at(slots, keys)
        found = np.where(same, held, np.int32(-1))
        on = np.flatnonzero((held >= 0) & ~same)
        while on.size:  # few: their slot holds another key
            slots[on] = (slots[on] + 1) & self._last
            held, same = self._at(slots[on], tuple(key[on] for key in keys))
            found[on[same]] = held[same]
            on = on[(held >= 0) & ~same]
        return found

    def _at(self, slots: NDArray[np.int64], keys: tuple[Keys, ...]) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        """What the slots hold, -1 for nothing, and where the key there is the one that is asked for."""
        same = np.ones(len(slots), np.bool_)
        for column, key in zip(self._columns, keys, strict=True):
            same &= column.take(slots, mode="clip") == key
        return self._positions.take(slots, mode="clip"), same

    def _slots(self, keys: tuple[Keys, ...]) -> NDArray[np.int64]:
        """Where to look first: the leading bits of a product (Fibonacci hashing, Knuth, TAOCP 3, 6.4)."""
        mixed = keys[0] if len(keys) == 1 else keys[0] + keys[1] * _ODD[1]
        return np.asarray(mixed * _ODD[0] >> self._shift).view(np.int64)

    def _settle(self, waiting: NDArray[np.int32], slots: NDArray[np.int64]) -> None:
        """Gives each position a slot; of several that want the same free one, one gets it and the others go on."""
        while waiting.size:
            free = self._positions[slots] < 0
            self._positions[slots[free]] = waiting[free]
            on = np.flatnonzero(self._positions[slots] != waiting)
            waiting, slots = waiting[on], (slots[on] + 1) & self._last
