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

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from leadclass.model import FACET_STEP, Model
from leadclass.table import Table
from leadclass.tokens import ASCII, MARKS, TYPOGRAPHY, tokens

CHUNK = 2048  # statements: their arrays stay in the second-level cache (measured: 1,024 and 8,192 are slower)
CHUNK_CHARACTERS = 2**19  # and no more text than this, so that long statements need no more memory than short ones

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
    """The known n-grams of a batch as a sparse matrix, one entry an n-gram and statement.

    Attributes:
        statement: int64, shape (m,), ascending: which statement an entry belongs to.
        feature: int64, shape (m,), ascending within a statement: which n-gram of the vocabulary it is.
        value: float64, shape (m,): (1 + ln tf) * idf.
        scale: float64, shape (n,): what makes the squares of a statement's values sum to 1; 0 where it has none.
    """

    statement: NDArray[np.int64]
    feature: NDArray[np.int64]
    value: NDArray[np.float64]
    scale: NDArray[np.float64]

    def dot(self, columns: Iterable[NDArray[np.floating]]) -> NDArray[np.float64]:
        """float64, shape (n, columns), a column in one piece: each row times each column of weights, of shape (V,).

        The sums run in the order of the features, whatever else is in the batch: the last bit is always the same.
        """
        sums = [
            np.bincount(self.statement, self.value * column.take(self.feature), len(self.scale)) for column in columns
        ]
        return (np.stack(sums) * self.scale).T

    def of_statements(self, wanted: NDArray[np.bool_]) -> Rows:
        """The rows of the wanted statements only, numbered anew."""
        kept = np.flatnonzero(wanted[self.statement])
        number = np.cumsum(wanted) - 1
        return Rows(number[self.statement[kept]], self.feature[kept], self.value[kept], self.scale[wanted])


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which n-grams the model knows, ready to be found by number.

    Attributes:
        short: tokens of up to 16 bytes, by their bytes.
        long: the others.
        pairs: two neighbouring tokens, as ``left * len(token_feature) + right``.
        token_feature: int64: the feature of each token, -1 where it is known only as half of a pair, and one more -1
            at the end, where -1 for an unknown token leads.
        pair_feature: int64: the feature of each pair.
    """

    short: Table
    long: dict[bytes, int]
    pairs: Table
    token_feature: NDArray[np.int64]
    pair_feature: NDArray[np.int64]

    @classmethod
    def of(cls, ngrams: Sequence[str]) -> Vocabulary:
        """Number the tokens of ``ngrams``, the short ones first."""
        feature = {ngram: at for at, ngram in enumerate(ngrams)}
        words = sorted(
            {token for ngram in ngrams for token in ngram.split(" ")}, key=lambda word: (_is_long(word), word)
        )
        number = {word: at for at, word in enumerate(words)}
        data = [_folded(word) for word in words]
        short = [word for word in data if len(word) <= _BYTES_A_KEY]
        low, high = np.frombuffer(b"".join(word.ljust(_BYTES_A_KEY, b"\0") for word in short), "<u8").reshape(-1, 2).T
        pairs = [(ngram.split(" "), at) for ngram, at in feature.items() if " " in ngram]
        halves = np.array([[number[left], number[right]] for (left, right), _ in pairs], np.uint64).reshape(-1, 2)
        return cls(
            short=Table(low.copy(), high.copy()),
            long={word: at for at, word in enumerate(data) if len(word) > _BYTES_A_KEY},
            pairs=Table(halves[:, 0] * np.uint64(len(words) + 1) + halves[:, 1]),
            token_feature=np.array([*(feature.get(word, -1) for word in words), -1], np.int64),
            pair_feature=np.array([at for _, at in pairs], np.int64),
        )

    def occurrences(self, buffer: Buffer) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Every known n-gram as it occurs, tokens first: (statement, feature), both int64, of one length."""
        starts = np.flatnonzero((buffer.kind[1:] != 0) & (buffer.kind[:-1] == 0)) + 1
        before = np.searchsorted(starts, buffer.ends)  # how many tokens there are up to the end of each statement
        statement = np.repeat(np.arange(len(before)), np.diff(before, prepend=0))
        token = self._tokens(buffer.kind, starts)
        feature = self.token_feature.take(token, mode="wrap")
        single = np.flatnonzero(feature >= 0)
        left, pair = self._pairs(token, before)
        return (
            statement.take(np.concatenate([single, left])),
            np.concatenate([feature.take(single), self.pair_feature.take(pair)]),
        )

    def _tokens(self, kind: NDArray[np.uint8], starts: NDArray[np.int64]) -> NDArray[np.int64]:
        """int64, shape (tokens,): the number of each token, -1 for an unknown one."""
        low, high, long = _keys(kind, starts)
        found = self.short.find(low, high)
        for at in long.tolist():
            start = int(starts[at])
            found[at] = self.long.get(kind[start : start + _length(kind, start)].tobytes(), -1)
        return found

    def _pairs(
        self, token: NDArray[np.int64], before: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The known pairs as they occur: the place of the left token, and the number of the pair.

        An unknown token, -1, makes a number that no pair has: below 0, or with a right half past the last token.
        """
        key = token[:-1] * len(self.token_feature) + token[1:]
        key[before[(before > 0) & (before < len(token))] - 1] = -1  # the last token of a statement has no neighbour
        found = self.pairs.find(key.view(np.uint64))
        known = np.flatnonzero(found >= 0)
        return known, found.take(known)


class Scorer:
    """Scores batches of statements with one model."""

    def __init__(self, model: Model) -> None:
        self._vocabulary = Vocabulary.of(model.ngrams)
        self._bits = max(1, model.size - 1).bit_length()
        self._idf = model.array("idf").astype(np.float64)
        self._weights = [column.astype(np.float64) for column in model.array("weights").T]
        self._intercept = model.array("intercept")
        self._facet_weights = [column.astype(np.float64) * FACET_STEP for column in model.array("facet_weights").T]
        self._facet_intercept = model.array("facet_intercept")

    def rows(self, buffer: Buffer) -> Rows:
        """The TF-IDF rows of a batch."""
        entry, count = self._counted(*self._vocabulary.occurrences(buffer), len(buffer.ends))
        statement, feature = entry >> self._bits, entry & ((1 << self._bits) - 1)
        value = self._idf.take(feature) * _damped(count)
        square = np.bincount(statement, value * value, len(buffer.ends))
        return Rows(statement, feature, value, np.where(square > 0, 1 / np.sqrt(np.where(square > 0, square, 1)), 0))

    def logits(self, rows: Rows) -> NDArray[np.float64]:
        """float64, shape (n, 3), columns in the order of `LABELS`."""
        return np.asarray(rows.dot(self._weights) + self._intercept)

    def facet_logits(self, rows: Rows, wanted: slice) -> NDArray[np.float64]:
        """float64, shape (n, facets): the wanted facets, a slice of `FACETS`."""
        return np.asarray(rows.dot(self._facet_weights[wanted]) + self._facet_intercept[wanted])

    def _counted(
        self, statement: NDArray[np.int64], feature: NDArray[np.int64], size: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Sorted entries, statement and feature in one number, and how often each occurs."""
        narrow = size << self._bits < 2**32  # half the bytes, twice the speed of sorting
        entries = (statement << self._bits | feature).astype(np.uint32 if narrow else np.uint64)
        entries.sort()
        first = np.flatnonzero(np.concatenate([[True], entries[1:] != entries[:-1]])[: entries.size])
        return entries[first].astype(np.int64), np.diff(first, append=entries.size)


def _damped(count: NDArray[np.int64]) -> NDArray[np.float64]:
    """1 + ln tf for each count, by the logarithm of plain Python, so that both ways to score agree to the last bit."""
    table = [1 + math.log(times) for times in range(1, int(count.max(initial=1)) + 1)]
    return np.array(table).take(count - 1)


def softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities along the last axis; the largest logit is taken off first, so that nothing overflows."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def chunks(texts: Iterable[str], size: int = CHUNK) -> Iterator[list[str]]:
    """``texts`` in lists of at most ``size`` statements and, but for one that is longer, `CHUNK_CHARACTERS`."""
    rest = iter(texts)
    while batch := list(itertools.islice(rest, size)):
        if sum(map(len, batch)) <= CHUNK_CHARACTERS:
            yield batch
            continue
        ends = itertools.accumulate(map(len, batch))
        for _, part in itertools.groupby(zip(batch, ends, strict=True), lambda each: each[1] // CHUNK_CHARACTERS):
            yield [text for text, _ in part]


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
