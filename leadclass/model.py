"""The model file: named arrays and a page of JSON settings, read in place, checked, written with reproducible bytes.

The layout is that of safetensors (https://github.com/huggingface/safetensors#format): eight bytes with the length of a
JSON header, the header, then the arrays, one after the other, little-endian. Nothing is unpacked or copied: plain
Python reads a number where it lies, and numpy lays an array over the same bytes.

========================  ====  ==========  ==========================================================================
name                      type  shape       meaning
========================  ====  ==========  ==========================================================================
``intercept``             F64   (3,)        logistic-regression intercepts, in the order of `LABELS`
``facet_intercept``       F64   (13,)       intercepts of the facet model, in the order of `FACETS`
``idf``                   F32   (V,)        inverse document frequency of each n-gram
``weights``               F32   (V, 3)      logistic-regression weights, columns in the order of `LABELS`
``offsets``               U32   (V + 1,)    where each n-gram begins in ``ngrams``, and where one more would
``facet_weights``         I16   (V, 13)     weights of the facet model in steps of `FACET_STEP`
``ngrams``                U8    (bytes,)    the n-grams, sorted, UTF-8, a line feed behind each
========================  ====  ==========  ==========================================================================

The header's ``__metadata__`` holds ``settings`` (JSON: format number, labels, facets, thresholds, data hash, counts)
and ``crc32`` of all bytes behind the header.
"""

from __future__ import annotations

import json
import math
import mmap
import os
import sys
import zlib
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from leadclass.labels import FACETS, LABELS
from leadclass.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

FORMAT = 2
FACET_STEP = 2.0**-10
SHIPPED = os.path.join(os.path.dirname(__file__), "models", "leadclass.safetensors")  # noqa: PTH118, PTH120 - see below
# pathlib, dataclasses and numpy stay out of this room: importing them costs more than the first answer does.
_MAX_BYTES = 256 * 2**20
_LENGTH = 8  # bytes that hold the length of the header

# The array types of safetensors that we use: their code in `memoryview.cast` and their name in numpy.
_CODES: dict[str, tuple[Any, str]] = {
    "F64": ("d", "<f8"),
    "F32": ("f", "<f4"),
    "U32": ("I", "<u4"),
    "I16": ("h", "<i2"),
    "U8": ("B", "u1"),
}


class ModelError(ValueError):
    """A model file that cannot be used; the message names the file, what is wrong and the cure."""


class Settings(NamedTuple):
    """What the model decided besides its weights.

    Attributes:
        threshold: a first choice less probable than this becomes ``neither`` (0 switches it off).
        mixed: a statement is mixed where leadership and management are both at least this probable.
        data: SHA-256 of the training statements.
        figures: counts of what the model was trained on; what it is worth stands in the model card.
    """

    threshold: float
    mixed: float
    data: str
    figures: dict[str, Any]


class Model:
    """Weights and settings as they lie in the file.

    Attributes:
        settings: the thresholds and where the model comes from.
        size: V, the number of n-grams.
        path: the file that it lies in, or None where it was made in memory.
    """

    def __init__(self, data: bytes | mmap.mmap, path: str | None = None) -> None:
        if len(data) > _MAX_BYTES:
            raise ModelError(f"the file is larger than {_MAX_BYTES >> 20} MiB")
        header, start = _header(data)
        self.data, self.path = data, path
        self.settings = _settings(header.pop("__metadata__", {}), memoryview(data)[start:])
        self.size = int(_described(header, "idf", "F32")[0])
        self._views = _views(header, memoryview(data)[start:], self.size)

    @classmethod
    def load(cls, path: str | os.PathLike[str] | None = None) -> Model:
        """Open a model file; without a path, the one that ships with the package.

        Raises:
            ModelError: the file is missing, damaged or foreign; it says what to do.
        """
        name = SHIPPED if path is None else os.path.abspath(path)  # noqa: PTH100 - no pathlib here
        try:
            with open(name, "rb") as file:  # noqa: PTH123 - no pathlib here
                model = cls(_mapped(file.fileno()), name)
            if path is not None:
                model.check()
            return model
        except Exception as error:  # damage may raise anything: KeyError, RecursionError, UnicodeDecodeError ...
            raise ModelError(
                f"{name} is no usable leadclass model: {_plainly(error)}. Make one with `leadclass train -o FILE`, or "
                "leave the path out to use the model that ships with the package."
            ) from error

    @classmethod
    def of(
        cls,
        ngrams: Iterable[str],
        settings: Settings,
        **arrays: ArrayLike,
    ) -> Model:
        """A model of sorted n-grams, settings and the arrays named at the head of this file, weights as floats.

        Raises:
            ModelError: an array has another shape, is not finite, or the n-grams are not sorted.
        """
        import numpy as np  # noqa: PLC0415 - only training comes here

        lines = [f"{ngram}\n".encode() for ngram in ngrams]
        arrays["ngrams"] = np.frombuffer(b"".join(lines), np.uint8)
        arrays["offsets"] = np.cumsum([0, *map(len, lines)])
        model = cls(_file(settings, {name: _typed(name, array) for name, array in arrays.items()}, len(lines)))
        model.check()
        return model

    def with_settings(self, **changes: Any) -> Model:
        """The same weights with other settings."""
        arrays = {name: self.array(name) for name in _layout(self.size, 0)}
        return type(self)(_file(self.settings._replace(**changes), arrays, self.size))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the file; the same model always gives the same bytes.

        It takes the place of an older one in one step, since that may lie open in this or another process.
        """
        from pathlib import Path  # noqa: PLC0415 - see `SHIPPED`

        from leadclass.target import replacing  # noqa: PLC0415

        with replacing(Path(path)) as beside:
            beside.write_bytes(self.data)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the whole file."""
        import hashlib  # noqa: PLC0415 - few need it

        return hashlib.sha256(self.data).hexdigest()

    def view(self, name: str) -> memoryview[Any]:
        """The numbers of an array in one row, in place, for plain Python."""
        return self._views[name]

    def array(self, name: str) -> NDArray[Any]:
        """An array in its shape, in place, for numpy; read-only."""
        import numpy as np  # noqa: PLC0415 - the only door to numpy in this room

        code, shape = _layout(self.size, len(self._views["ngrams"]))[name]
        return np.frombuffer(self._views[name], np.dtype(_CODES[code][1])).reshape(shape)

    @cached_property
    def ngrams(self) -> tuple[str, ...]:
        """The vocabulary, sorted."""
        return tuple(bytes(self._views["ngrams"]).decode().split("\n")[:-1])

    def ngram(self, row: int) -> str:
        """One n-gram by its row."""
        return self._bytes(row).decode()

    def find(self, ngram: str) -> int | None:
        """The row of an n-gram, by bisection in the file's own sorted text; None where it is unknown."""
        wanted = ngram.encode("utf-8", "surrogatepass")
        row = bisect_left(range(self.size), wanted, key=self._bytes)
        return row if row < self.size and self._bytes(row) == wanted else None

    def check(self) -> None:
        """What only a look at every number can tell: all are finite, and the n-grams are sorted and such as texts have.

        Raises:
            ModelError: it is not so.
        """
        import numpy as np  # noqa: PLC0415 - see `array`

        for name in ("intercept", "facet_intercept", "idf", "weights"):
            if not np.isfinite(self.array(name)).all():
                raise ModelError(f"{name} must be finite everywhere")
        ends = np.array([0, *np.flatnonzero(self.array("ngrams") == ord("\n")) + 1])
        if not np.array_equal(ends, self.array("offsets")):
            raise ModelError("offsets must say where each of the ngrams begins")
        if not self.size or not (self.array("idf") > 0).all():
            raise ModelError("there must be an n-gram or more, each with an idf above 0")
        for ngram in self.ngrams:
            if " ".join(found := tokens(ngram)) != ngram or len(found) > 2:
                raise ModelError(f"ngrams must be one token or two, folded, got {ngram!r}")
        if any(left >= right for left, right in zip(self.ngrams, self.ngrams[1:], strict=False)):
            raise ModelError("ngrams must be sorted and without repeats")

    def __reduce__(self) -> tuple[Any, ...]:
        """What travels to another process."""
        return Model, (bytes(self.data),)

    def _bytes(self, row: int) -> bytes:
        offsets = self._views["offsets"]
        return bytes(self._views["ngrams"][offsets[row] : offsets[row + 1] - 1])


def _mapped(file: int) -> mmap.mmap:
    if os.fstat(file).st_size == 0:  # which mmap refuses in words of its own
        raise ModelError("the file is empty")
    return mmap.mmap(file, 0, access=mmap.ACCESS_READ)


def _layout(rows: int, blob: int) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Type and shape of each array, in the order of the file: the widest types first, so that all lie aligned."""
    return {
        "intercept": ("F64", (len(LABELS),)),
        "facet_intercept": ("F64", (len(FACETS),)),
        "idf": ("F32", (rows,)),
        "weights": ("F32", (rows, len(LABELS))),
        "offsets": ("U32", (rows + 1,)),
        "facet_weights": ("I16", (rows, len(FACETS))),
        "ngrams": ("U8", (blob,)),
    }


def _header(data: bytes | mmap.mmap) -> tuple[dict[str, Any], int]:
    """The JSON header and where the arrays begin."""
    length = int.from_bytes(data[:_LENGTH], "little")
    if len(data) < _LENGTH or length > min(len(data) - _LENGTH, 2**20) or data[_LENGTH : _LENGTH + 1] != b"{":
        raise ModelError("it is not a file of arrays in the safetensors layout")
    header = json.loads(data[_LENGTH : _LENGTH + length])
    return header, _LENGTH + length


def _described(header: dict[str, Any], name: str, code: str) -> list[int]:
    """The shape that the header gives an array of the type that we expect."""
    found = header.get(name)
    if not isinstance(found, dict) or found.get("dtype") != code or not isinstance(found.get("shape"), list):
        raise ModelError(f"{name} must be an array of type {code}, got {found!r}")
    return list(found["shape"])


def _views(header: dict[str, Any], body: memoryview, rows: int) -> dict[str, memoryview[Any]]:
    """A view a name, after a look at every type, shape and place."""
    if sys.byteorder != "little":
        raise ModelError("it can be read in place only where numbers are little-endian")
    blob = int(_described(header, "ngrams", "U8")[0])
    views: dict[str, memoryview[Any]] = {}
    at = 0
    for name, (code, shape) in _layout(rows, blob).items():
        if _described(header, name, code) != list(shape):
            raise ModelError(f"{name} must be {code} of shape {shape}, got shape {header[name]['shape']}")
        end = at + math.prod(shape) * _width(code)
        if header[name].get("data_offsets") != [at, end] or end > len(body):
            raise ModelError(f"{name} must lie at bytes {at} to {end}, got {header[name].get('data_offsets')}")
        views[name] = body[at:end].cast(_CODES[code][0])
        at = end
    if at != len(body) or set(header) != set(views):
        raise ModelError(f"it must hold {', '.join(views)} and nothing more")
    return views


def _width(code: str) -> int:
    return int(code[1:]) // 8


def _typed(name: str, array: ArrayLike) -> NDArray[Any]:
    """An array in the type of the file; facet weights in steps."""
    import numpy as np  # noqa: PLC0415 - see `Model.of`

    code, _ = _layout(0, 0)[name]
    values = np.asarray(array)
    if name == "facet_weights":
        values = np.round(values / FACET_STEP)
        if not (np.abs(values) < 2**15).all():
            raise ModelError(f"{name} must be finite and less than {2**15 * FACET_STEP:.0f} either way")
    return np.ascontiguousarray(values, dtype=_CODES[code][1])


def _file(settings: Settings, arrays: dict[str, NDArray[np.generic]], rows: int) -> bytes:
    """The bytes of a file."""
    layout = _layout(rows, arrays["ngrams"].size)
    parts = [arrays[name].tobytes() for name in layout]
    header: dict[str, Any] = {
        "__metadata__": {
            "settings": json.dumps(_listed(settings), sort_keys=True),
            "crc32": str(zlib.crc32(b"".join(parts))),
        }
    }
    at = 0
    for (name, (code, _)), part in zip(layout.items(), parts, strict=True):
        header[name] = {"dtype": code, "shape": list(arrays[name].shape), "data_offsets": [at, at + len(part)]}
        at += len(part)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % _LENGTH)  # so that the arrays lie aligned
    return len(text).to_bytes(_LENGTH, "little") + text + b"".join(parts)


def _listed(settings: Settings) -> dict[str, Any]:
    return {"format": FORMAT, "labels": list(LABELS), "facets": list(FACETS), **settings._asdict()}


def _settings(metadata: Any, body: memoryview) -> Settings:
    found = json.loads(metadata["settings"])
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ModelError(f"settings must be a JSON object of format {FORMAT}")
    for name, expected in (("labels", list(LABELS)), ("facets", list(FACETS))):
        if found.get(name) != expected:
            raise ModelError(f"settings: {name} must be {expected}, got {found.get(name)!r}")
    settings = Settings(*(found[name] for name in Settings._fields))
    _check_settings(settings)
    if metadata.get("crc32") != str(zlib.crc32(body)):
        raise ModelError("its checksum does not fit: the file is damaged or cut short")
    return settings


def _check_settings(settings: Settings) -> None:
    for name in ("threshold", "mixed"):
        value = getattr(settings, name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise ModelError(f"settings: {name} must lie between 0 and 1, got {value!r}")
    for name, kind in (("data", str), ("figures", dict)):
        value = getattr(settings, name)
        if not isinstance(value, kind):
            raise ModelError(f"settings: {name} must be a {kind.__name__}, got {value!r}")


def _plainly(error: Exception) -> str:
    """What is wrong, in words for somebody who never heard of errno."""
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)
