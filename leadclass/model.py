"""The model file: named arrays and a page of JSON settings, read with checks and written with reproducible bytes.

The file is an uncompressed ``.npz`` that holds

========================  ========  ==========  =====================================================================
name                      dtype     shape       meaning
========================  ========  ==========  =====================================================================
``ngrams``                uint8     (bytes,)    the n-grams, sorted, UTF-8, one a line
``idf``                   float32   (V,)        inverse document frequency of each n-gram
``weights``               float32   (V, 3)      logistic-regression weights, columns in the order of `LABELS`
``intercept``             float64   (3,)        their intercepts
``facet_weights``         float16   (V, 13)     weights of the facet model, columns in the order of `FACETS`
``facet_intercept``       float64   (13,)       their intercepts
``settings``              uint8     (bytes,)    JSON: format number, labels, facets, thresholds, data hash, counts
========================  ========  ==========  =====================================================================
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leadclass.labels import FACETS, LABELS

FORMAT = 1
SHIPPED = Path(__file__).parent / "models" / "leadclass.npz"
_MAX_BYTES = 256 * 2**20
_EPOCH = (1980, 1, 1, 0, 0, 0)


class ModelError(ValueError):
    """A model file that cannot be used; the message names the file, what is wrong and the cure."""


@dataclass(frozen=True, slots=True)
class Settings:
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


@dataclass(frozen=True, slots=True)
class Model:
    """Weights and settings, checked on construction; shapes and dtypes stand at the head of this file."""

    ngrams: tuple[str, ...]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    intercept: NDArray[np.float64]
    facet_weights: NDArray[np.float16]
    facet_intercept: NDArray[np.float64]
    settings: Settings

    def __post_init__(self) -> None:
        rows = len(self.ngrams)
        for name, dtype, shape in _layout(rows):
            array = getattr(self, name)
            if array.shape != shape or array.dtype != dtype:
                raise ModelError(f"{name} must be {dtype} of shape {shape}, got {array.dtype} of shape {array.shape}")
            if not np.isfinite(array).all():
                raise ModelError(f"{name} must be finite everywhere")
        if any(left >= right for left, right in zip(self.ngrams, self.ngrams[1:], strict=False)):
            raise ModelError("ngrams must be sorted and without repeats")
        _check_settings(self.settings)

    def save(self, path: str | Path) -> None:
        """Write the file; the same model always gives the same bytes."""
        arrays = {name: getattr(self, name) for name, _, _ in _layout(len(self.ngrams))}
        arrays["ngrams"] = _bytes("\n".join(self.ngrams))
        arrays["settings"] = _bytes(json.dumps(_described(self.settings), indent=1, sort_keys=True))
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            for name in sorted(arrays):
                buffer = io.BytesIO()
                np.lib.format.write_array(buffer, np.ascontiguousarray(arrays[name]), allow_pickle=False)
                archive.writestr(zipfile.ZipInfo(f"{name}.npy", _EPOCH), buffer.getvalue())

    @classmethod
    def load(cls, path: str | Path = SHIPPED) -> Model:
        """Read a model file. A file that is missing, damaged or foreign raises `ModelError` and says what to do."""
        try:
            if Path(path).stat().st_size > _MAX_BYTES:
                raise ModelError(f"the file is larger than {_MAX_BYTES >> 20} MiB")
            arrays = _arrays(Path(path))
            settings = json.loads(arrays.pop("settings").tobytes())
            ngrams = tuple(arrays.pop("ngrams").tobytes().decode("utf-8").split("\n"))
            return cls(ngrams=ngrams, settings=_settings(settings), **arrays)
        except Exception as error:  # damage may raise anything: zlib.error, tokenize.TokenError, RecursionError ...
            raise ModelError(
                f"{path} is no usable leadclass model: {_plainly(error)}. Make one with `leadclass train -o FILE`, or "
                "leave the path out to use the model that ships with the package."
            ) from error


def _plainly(error: Exception) -> str:
    """What is wrong, in words for somebody who never heard of errno or zip."""
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return "it is not a file of arrays" if isinstance(error, zipfile.BadZipFile) else str(error)


def _layout(rows: int) -> tuple[tuple[str, str, tuple[int, ...]], ...]:
    return (
        ("idf", "float32", (rows,)),
        ("weights", "float32", (rows, len(LABELS))),
        ("intercept", "float64", (len(LABELS),)),
        ("facet_weights", "float16", (rows, len(FACETS))),
        ("facet_intercept", "float64", (len(FACETS),)),
    )


def _arrays(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        with zipfile.ZipFile(file) as archive:
            _check_members(archive.infolist())
        file.seek(0)
        with np.load(file, allow_pickle=False) as found:
            return {name: found[name] for name in found.files}


def _check_members(members: Sequence[zipfile.ZipInfo]) -> None:
    """Before anything is unpacked: a small file may declare arrays that fill the memory."""
    for member in members:
        if member.compress_type != zipfile.ZIP_STORED:
            raise ModelError(f"{member.filename} must be stored uncompressed")
    declared = sum(member.file_size for member in members)
    if declared > _MAX_BYTES:
        raise ModelError(f"its arrays must have at most {_MAX_BYTES >> 20} MiB, got {declared >> 20}")


def _check_settings(settings: Settings) -> None:
    for name in ("threshold", "mixed"):
        value = getattr(settings, name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise ModelError(f"settings: {name} must lie between 0 and 1, got {value!r}")
    for name, kind in (("data", str), ("figures", dict)):
        value = getattr(settings, name)
        if not isinstance(value, kind):
            raise ModelError(f"settings: {name} must be a {kind.__name__}, got {value!r}")


def _described(settings: Settings) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "labels": list(LABELS),
        "facets": list(FACETS),
        "threshold": settings.threshold,
        "mixed": settings.mixed,
        "data": settings.data,
        "figures": settings.figures,
    }


def _settings(found: Any) -> Settings:
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ModelError(f"settings must be a JSON object of format {FORMAT}")
    for name, expected in (("labels", list(LABELS)), ("facets", list(FACETS))):
        if found.get(name) != expected:
            raise ModelError(f"settings: {name} must be {expected}, got {found.get(name)!r}")
    return Settings(found["threshold"], found["mixed"], found["data"], found["figures"])


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8"), dtype=np.uint8)
