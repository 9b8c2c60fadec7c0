"""From statements to logits, many at a time, in numpy alone.

For each statement, with tf the number of times an n-gram occurs in it::

    value(n-gram) = (1 + ln tf) * idf(n-gram), over the n-grams of the vocabulary
    row           = values / sqrt(sum of their squares)
    logits        = row @ weights + intercept

which is what scikit-learn's ``TfidfVectorizer(sublinear_tf=True)`` and ``LogisticRegression`` compute
(https://scikit-learn.org/stable/modules/feature_extraction.html#tfidf-term-weighting). How a batch gets there::

    texts      "We're late."          "Who pays?"
    buffer     · w e ' r e · l a t e · · w h o · p a y s ? · · ·     one byte a character, lower case, · is 0
    starts       ^           ^           ^       ^       ^           edges between kinds of bytes
    keys         "we're"     "late"      "who"   "pays"  "?"         a token's own bytes as a 16-byte number
    tokens       17          9           40      23      2           looked up in a table, -1 if unknown
    pairs        (17, 9)                 (40, 23) (23, 2)            neighbours in one statement, in another table
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
from leadclass.tokens import ASCII, TYPOGRAPHY, tokens

CHUNK = 2048  # statements: their arrays stay in the second-level cache (measured: 1,024 and 8,192 are slower)
CHUNK_CHARACTERS = 2**19  # and no more text than this, so that long statements need no more memory than short ones

# The bytes of a buffer. Letters and digits keep their own codes, all from _WORD on; so do the bytes of UTF-8.
_SPACE, _APOSTROPHE, _MARKS, _WORD = 0, 1, "?!%$", ord("0")
_BYTES_A_KEY = 16
_PAD = bytes(_BYTES_A_KEY)


class Buffer(NamedTuple):
    """A batch of statements, joined.

    Attributes:
        data: the folded bytes, see the head of this file; a space before the first statement and behind each.
        ends: int64, shape (n,): where in ``data`` each statement ends.
    """

    data: bytes
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Buffer:
        """Join and fold ``texts``."""
        plain = [text if text.isascii() else _bytewise(text) for text in texts]
        sizes = np.fromiter(map(len, plain), np.int64, len(plain))
        joined = " ".join(["", *plain, ""]).encode("latin-1") + _PAD
        return cls(joined.translate(_FOLDED), np.cumsum(sizes + 1))


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
        """float64, shape (n, columns): each row times each column of weights, of shape (V,).

        The sums run in the order of the features, whatever else is in the batch: the last bit is always the same.
        """
        sums = [
            np.bincount(self.statement, self.value * column.take(self.feature), len(self.scale)) for column in columns
        ]
        return np.stack(sums, axis=1) * self.scale[:, None]

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
        pairs: two neighbouring tokens, as ``left * number of tokens + right``.
        token_feature: int64: the feature of each token, -1 where it is known only as half of a pair.
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
            pairs=Table(halves[:, 0] * np.uint64(len(words)) + halves[:, 1]),
            token_feature=np.array([feature.get(word, -1) for word in words], np.int64),
            pair_feature=np.array([at for _, at in pairs], np.int64),
        )

    def occurrences(self, buffer: Buffer) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Every known n-gram as it occurs, tokens first: (statement, feature), both int64, of one length."""
        starts, ends = _edges(buffer.data)
        statement = np.repeat(np.arange(len(buffer.ends)), _per_statement(starts, buffer.ends))
        token = self._tokens(buffer.data, starts, ends)
        known = np.flatnonzero(token >= 0)
        of_token = self.token_feature.take(token[known])
        left, pair = self._pairs(token, statement)
        single = of_token >= 0
        return (
            np.concatenate([statement[known[single]], statement[left]]),
            np.concatenate([of_token[single], self.pair_feature.take(pair)]),
        )

    def _tokens(self, data: bytes, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
        """int64, shape (tokens,): the number of each token, -1 for an unknown one."""
        length = ends - starts
        found = self.short.find(*_keys(data, starts, length))
        long = np.flatnonzero(length > _BYTES_A_KEY)
        spans = zip(starts[long].tolist(), ends[long].tolist(), strict=True)
        found[long] = [self.long.get(data[start:end], -1) for start, end in spans]
        return found

    def _pairs(
        self, token: NDArray[np.int64], statement: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The known pairs as they occur: the place of the left token, and the number of the pair."""
        left, right = token[:-1], token[1:]
        beside = np.flatnonzero((left >= 0) & (right >= 0) & (statement[:-1] == statement[1:]))
        found = self.pairs.find((left[beside] * len(self.token_feature) + right[beside]).view(np.uint64))
        known = np.flatnonzero(found >= 0)
        return beside[known], found[known]


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
        value = self._idf.take(feature)
        again = np.flatnonzero(count > 1)
        value[again] *= [1 + math.log(times) for times in count[again].tolist()]
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


def softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities along the last axis; the largest logit is taken off first, so that nothing overflows."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def chunks(texts: Iterable[str], size: int = CHUNK) -> Iterator[list[str]]:
    """``texts`` in lists of at most ``size`` statements and, but for one that is longer, `CHUNK_CHARACTERS`."""
    rest = iter(texts)
    while batch := list(itertools.islice(rest, size)):
        ends = list(itertools.accumulate(map(len, batch)))
        if ends[-1] <= CHUNK_CHARACTERS:
            yield batch
            continue
        for _, part in itertools.groupby(zip(batch, ends, strict=True), lambda each: each[1] // CHUNK_CHARACTERS):
            yield [text for text, _ in part]


def _bytewise(text: str) -> str:
    """A text with the same tokens and one character a byte: typography made plain, other letters as in UTF-8."""
    for mark, plain in TYPOGRAPHY.items():
        text = text.replace(mark, plain)
    return text if text.isascii() else " ".join(tokens(text)).encode().decode("latin-1")


def _folding() -> bytes:
    """What each byte becomes, worked out from the definition of a token itself."""
    table = bytearray(range(256))
    for mark, folded in zip(range(128), ASCII, strict=True):
        table[mark] = (
            _MARKS.index(folded) + 2 if folded in _MARKS else {" ": _SPACE, "'": _APOSTROPHE}.get(folded, ord(folded))
        )
    return bytes(table)


_FOLDED = _folding()


def _folded(word: str) -> bytes:
    return _bytewise(word).encode("latin-1").translate(_FOLDED)


def _is_long(word: str) -> bool:
    return len(_folded(word)) > _BYTES_A_KEY


def _edges(data: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where tokens start and end: a run of word bytes, with single apostrophes inside it, or one mark."""
    kind = np.frombuffer(data, np.uint8)
    word = kind >= _WORD
    apostrophe = np.flatnonzero(kind == _APOSTROPHE)
    word[apostrophe] = word[apostrophe - 1] & word[apostrophe + 1]
    mark = (kind > _APOSTROPHE) & (kind < _WORD)
    starts, ends = mark.copy(), mark
    starts[1:] |= word[1:] & ~word[:-1]
    ends[:-1] |= word[:-1] & ~word[1:]
    return np.flatnonzero(starts), np.flatnonzero(ends) + 1


def _per_statement(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """int64, shape (n,): how many tokens each statement has."""
    return np.diff(np.searchsorted(starts, ends), prepend=0)


_FIRST_BYTES = np.array([(1 << 8 * min(length, 8)) - 1 for length in range(_BYTES_A_KEY + 1)], np.uint64)
_NEXT_BYTES = np.array([(1 << 8 * max(length - 8, 0)) - 1 for length in range(_BYTES_A_KEY + 1)], np.uint64)


def _keys(
    data: bytes, starts: NDArray[np.int64], length: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The first 16 bytes of each token as two numbers, zeros behind its end; no token holds a zero byte."""
    eight = np.ndarray((len(data) - 7,), "<u8", data, strides=(1,))  # the eight bytes from every place on
    low = eight.take(starts, mode="clip") & _FIRST_BYTES.take(length, mode="clip")
    high = np.zeros_like(low)
    over = np.flatnonzero(length > 8)
    high[over] = eight.take(starts[over] + 8, mode="clip") & _NEXT_BYTES.take(length[over], mode="clip")
    return low, high
