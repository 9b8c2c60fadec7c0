"""From statements to logits, many at a time, in numpy alone.

For each statement, with tf the number of times an n-gram occurs in it::

    value(n-gram) = (1 + ln tf) * idf(n-gram), over the n-grams of the vocabulary
    row           = values / sqrt(sum of their squares)
    logits        = row @ weights + intercept

which is what scikit-learn's ``TfidfVectorizer(sublinear_tf=True)`` and ``LogisticRegression`` compute
(https://scikit-learn.org/stable/modules/feature_extraction.html#tfidf-term-weighting). How a batch gets there::

    texts      "We're late."       "Who pays?"
    buffer     · w e ' r e · l a t e · · w h o · p a y s · ? · · ·     one byte a character, lower case; · is 0
    starts       ^           ^           ^       ^         ^           where a byte follows upon a 0
    keys         "we're"     "late"      "who"   "pays"    "?"         16 bytes from there, cut at the first 0
    tokens       17          9           40      23        2           looked up in a table, -1 if unknown
    pairs        (17, 9)                 (40, 23)  (23, 2)             neighbours in one statement, another table
    entries      (statement, feature), sorted, repeats counted
    logits       weighed, and summed by statement

Bytes and tokens live only as long as their chunk, which is sized to stay in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from leadclass.labels import FACETS_OF, Label
from leadclass.model import FACET_STEP, Model
from leadclass.table import Table
from leadclass.tokens import ASCII, MARKS, TYPOGRAPHY, tokens

CHUNK = 2048  # statements: their arrays stay in the second-level cache (measured: 1,024 and 8,192 are slower)
CHUNK_CHARACTERS = 2**19  # and hardly more text than this, so that long statements need no more memory than short ones

_END = "\xff"  # stands before the first statement and behind each: a byte that no UTF-8 text has
_APOSTROPHE = ord("'")
_MARKS = [mark.encode() for mark in MARKS]
_BYTES_A_KEY = 16
_PAD = bytes(24)  # room for the key of the last token


class Buffer(NamedTuple):
    """A batch of statements as bytes; see the head of this file.

    Attributes:
        kind: uint8: the bytes of the tokens in order, a 0 or more between any two.
        ends: int64, shape (n,): where each statement ends.
    """

    kind: NDArray[np.uint8]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Buffer:
        """Join and fold ``texts``."""
        plain = [text if text.isascii() else _bytewise(text) for text in texts]
        data = _END.join(["", *plain, ""]).encode("latin-1")
        for mark in _MARKS:  # on bytes: a string takes ten times as long
            data = data.replace(mark, b" " + mark + b" ")
        kind = np.frombuffer(bytearray(data.translate(_FOLDED) + _PAD), np.uint8)
        ends = np.flatnonzero(kind == ord(_END))
        kind[ends] = 0
        _separate(kind, np.flatnonzero(kind == _APOSTROPHE))
        return cls(kind, ends[1:])


class Rows(NamedTuple):
    """The known n-grams of a batch as a sparse matrix, one entry an n-gram and statement, statement by statement.

    Attributes:
        feature: intp, shape (m,), ascending within a statement: which n-gram it is, as `Vocabulary` counts them.
        value: float64, shape (m,): (1 + ln tf) * idf.
        start: intp, shape (n,): where the entries of each statement begin. None is without: all have the unknown token.
        scale: float64, shape (n,): what makes the squares of a statement's values sum to 1; 0 where nothing is known.
    """

    feature: NDArray[np.intp]
    value: NDArray[np.float64]
    start: NDArray[np.intp]
    scale: NDArray[np.float64]

    def dot(self, columns: Iterable[NDArray[np.float64]]) -> NDArray[np.float64]:
        """float64, shape (n, columns), a column in one piece: each row times each column of weights, of shape (V,).

        What a statement sums to hangs on its own entries alone, to the last bit, whatever else is in the batch.
        """
        sums = [np.add.reduceat(self.value * column.take(self.feature), self.start) for column in columns]
        return (np.stack(sums) * self.scale).T

    def of_statements(self, wanted: NDArray[np.bool_]) -> Rows:
        """The rows of the wanted statements only."""
        size = np.diff(self.start, append=len(self.feature))
        kept = np.flatnonzero(np.repeat(wanted, size))
        start = np.cumsum(size[wanted]) - size[wanted]
        return Rows(self.feature.take(kept), self.value.take(kept), start, self.scale[wanted])


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which n-grams the model knows, ready to be found by number.

    A feature is counted as it is found: first the tokens, then one for all unknown tokens, then the pairs.

    Attributes:
        short: tokens of up to 16 bytes, by their bytes; they are the first features.
        long: the others.
        unknown: the feature of every other token.
        pairs: two neighbouring tokens, as ``left * (unknown + 1) + right``.
        rows: intp: the row of each feature in the model file; -1 for a token known only as half of a pair, or unknown.
    """

    short: Table
    long: dict[bytes, int]
    unknown: int
    pairs: Table
    rows: NDArray[np.intp]

    @classmethod
    def of(cls, ngrams: Sequence[str]) -> Vocabulary:
        """Number the tokens of ``ngrams``, the short ones first."""
        row = {ngram: at for at, ngram in enumerate(ngrams)}
        words = sorted(
            {token for ngram in ngrams for token in ngram.split(" ")}, key=lambda word: (_is_long(word), word)
        )
        number = {word: at for at, word in enumerate(words)}
        data = [_folded(word) for word in words]
        short = [word for word in data if len(word) <= _BYTES_A_KEY]
        low, high = np.frombuffer(b"".join(word.ljust(_BYTES_A_KEY, b"\0") for word in short), "<u8").reshape(-1, 2).T
        pairs = [ngram.split(" ") for ngram in ngrams if " " in ngram]
        halves = np.array([[number[left], number[right]] for left, right in pairs], np.uint64).reshape(-1, 2)
        of_pairs = (row[f"{left} {right}"] for left, right in pairs)
        return cls(
            short=Table(low.copy(), high.copy()),
            long={word: at for at, word in enumerate(data) if len(word) > _BYTES_A_KEY},
            unknown=len(words),
            pairs=Table(halves[:, 0] * np.uint64(len(words) + 1) + halves[:, 1]),
            rows=np.array([*(row.get(word, -1) for word in words), -1, *of_pairs], np.intp),
        )

    def entries(self, buffer: Buffer) -> tuple[NDArray[np.unsignedinteger], int]:
        """Every n-gram as it occurs, statement and feature in one number, and by how many bits the former is shifted.

        Each statement has the unknown token once more, so that none is without an entry.
        """
        starts = np.flatnonzero((buffer.kind[1:] != 0) & (buffer.kind[:-1] == 0)) + 1
        before = np.searchsorted(starts, buffer.ends)  # how many tokens there are up to the end of each statement
        token = self._tokens(buffer.kind, starts)
        left, pair = self._pairs(token, before)
        token[token < 0] = self.unknown
        bits = len(self.rows).bit_length()
        # Half the bytes are twice as fast to sort.
        number: Any = np.uint32 if len(before) << bits < 2**32 else np.uint64
        statement = np.arange(len(before), dtype=number) << number(bits)
        of_token = np.repeat(statement, np.diff(before, prepend=0))
        parts = (
            of_token | token.astype(number),
            of_token.take(left) | (pair + (self.unknown + 1)).astype(number),
            statement | number(self.unknown),
        )
        return np.concatenate(parts), bits

    def _tokens(self, kind: NDArray[np.uint8], starts: NDArray[np.int64]) -> NDArray[np.int32]:
        """int32, shape (tokens,): the number of each token, -1 for an unknown one."""
        low, high, long = _keys(kind, starts)
        found = self.short.find(low, high)
        for at in long.tolist():
            start = int(starts[at])
            found[at] = self.long.get(kind[start : start + _length(kind, start)].tobytes(), -1)
        return found

    def _pairs(
        self, token: NDArray[np.int32], before: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The known pairs as they occur: the place of the left token, and the number of the pair.

        An unknown token, -1, makes a number that no pair has: below 0, or with a right half past the last token.
        """
        key = token[:-1].astype(np.int64) * (self.unknown + 1) + token[1:]
        key[before[(before > 0) & (before < len(token))] - 1] = -1  # the last token of a statement has no neighbour
        found = self.pairs.find(key.view(np.uint64))
        known = np.flatnonzero(found >= 0)
        return known, found.take(known)


class Scorer:
    """Scores batches of statements with one model."""

    def __init__(self, model: Model) -> None:
        self._vocabulary = Vocabulary.of(model.ngrams)
        rows = self._vocabulary.rows
        self._idf = _by_feature(model.array("idf"), rows).astype(np.float64)
        weights = _by_feature(model.array("weights"), rows)
        self._weights = [np.ascontiguousarray(column, np.float64) for column in weights.T]
        self._intercept = model.array("intercept")
        facet_weights = _by_feature(model.array("facet_weights"), rows)
        self._facet_weights = {label: _in_one(facet_weights[:, own]) for label, own in FACETS_OF.items()}
        self._facet_intercept = model.array("facet_intercept")

    def rows(self, buffer: Buffer) -> Rows:
        """The TF-IDF rows of a batch."""
        entries, bits = self._vocabulary.entries(buffer)
        entries.sort()
        first = np.flatnonzero(_differs(entries))
        count = np.diff(first, append=len(entries))
        entries = entries.take(first)
        feature = (entries & entries.dtype.type((1 << bits) - 1)).astype(np.intp)
        start = np.flatnonzero(_differs(entries >> entries.dtype.type(bits)))
        value = self._idf.take(feature)
        again = np.flatnonzero(count > 1)
        value[again] *= _damped(count[again])
        square = np.add.reduceat(value * value, start) if len(start) else np.zeros(0)
        return Rows(feature, value, start, np.where(square > 0, 1 / np.sqrt(np.where(square > 0, square, 1)), 0))

    def logits(self, rows: Rows) -> NDArray[np.float64]:
        """float64, shape (n, 3), columns in the order of `LABELS`."""
        return np.asarray(rows.dot(self._weights) + self._intercept)

    def facet_logits(self, rows: Rows, label: Label) -> NDArray[np.float64]:
        """float64, shape (n, facets of the label); single precision in the sums, since facets are only ranked."""
        own = FACETS_OF[label]
        weights = self._facet_weights[label].take(rows.feature).view(np.int16).reshape(len(rows.feature), -1)
        sums = np.add.reduceat(weights * rows.value.astype(np.float32)[:, None], rows.start, axis=0)
        step = rows.scale[:, None] * FACET_STEP
        return np.asarray(sums[:, : own.stop - own.start] * step + self._facet_intercept[own])


def _by_feature(array: NDArray[Any], rows: NDArray[np.intp]) -> NDArray[Any]:
    """The rows of a model's array in the order of the features; zeros for what has no row."""
    found = array[rows]
    found[rows < 0] = 0
    return found


def _in_one(weights: NDArray[np.int16]) -> NDArray[np.complex128]:
    """Up to eight weights a row as one number of 16 bytes, which is gathered in one step where a row takes many."""
    packed = np.zeros((len(weights), 8), np.int16)
    packed[:, : weights.shape[1]] = weights
    return packed.view(np.complex128)[:, 0]


def _differs(values: NDArray[np.unsignedinteger]) -> NDArray[np.bool_]:
    """bool: where a value is not the one before it; true at the first."""
    return np.concatenate([np.ones(min(1, len(values)), np.bool_), values[1:] != values[:-1]])


def _damped(count: NDArray[np.int64]) -> NDArray[np.float64]:
    """1 + ln tf for each count."""
    return np.asarray(1 + np.log(count))


def softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities along the last axis; the largest logit is taken off first, so that nothing overflows."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def _bytewise(text: str) -> str:
    """A text with the same tokens and one character a byte: typography made plain, other letters as in UTF-8."""
    for mark, plain in TYPOGRAPHY.items():
        text = text.replace(mark, plain)
    return text if text.isascii() else " ".join(tokens(text)).encode().decode("latin-1")


# What each byte becomes: letters and digits folded by the one definition, what separates 0, bytes of UTF-8 themselves.
_FOLDED = ASCII.replace(" ", "\0").encode() + bytes(range(128, 256))


def _folded(word: str) -> bytes:
    return _bytewise(word).encode("latin-1").translate(_FOLDED)


def _is_long(word: str) -> bool:
    return len(_folded(word)) > _BYTES_A_KEY


def _separate(kind: NDArray[np.uint8], apostrophes: NDArray[np.int64]) -> None:
    """Makes 0 of the apostrophes that do not stand between two letters or digits of one word."""
    outer = (kind[apostrophes - 1] == 0) | (kind[apostrophes + 1] == 0)
    doubled = (kind[apostrophes - 1] == _APOSTROPHE) | (kind[apostrophes + 1] == _APOSTROPHE)
    kind[apostrophes[outer | doubled]] = 0


_ONES, _TOPS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)


def _keys(
    kind: NDArray[np.uint8], starts: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.int64]]:
    """The first 16 bytes of each token as two numbers, zeros behind its end, and which tokens are longer than that."""
    eight = np.ndarray((len(kind) - 7,), "<u8", kind, strides=(1,))  # the eight bytes from every place on
    low, full = _cut(eight.take(starts, mode="clip"))
    high = np.zeros_like(low)
    further = np.flatnonzero(full)
    high[further], full = _cut(eight.take(starts[further] + 8, mode="clip"))
    filled = further[full]
    return low, high, filled[kind[starts[filled] + _BYTES_A_KEY] != 0]


def _cut(bytes_of_eight: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """Makes 0 of all that follows upon the first zero byte, and says which numbers have none.

    The lowest top bit of ``(x - ones) & ~x & tops`` marks the first zero byte (Warren, Hacker's Delight, 6-1).
    """
    zeros = (bytes_of_eight - _ONES) & ~bytes_of_eight & _TOPS
    first = zeros & (~zeros + np.uint64(1))
    return bytes_of_eight & ((first >> np.uint64(7)) - np.uint64(1)), zeros == 0


def _length(kind: NDArray[np.uint8], start: int) -> int:
    """How many bytes a long token has."""
    step = 256
    while (rest := kind[start : start + step]).all():
        step *= 16
    return int(rest.argmin())
