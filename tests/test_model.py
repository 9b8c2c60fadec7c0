"""A model file is what it says, or is refused with a reason."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from leadclass.classifier import Classifier
from leadclass.model import SHIPPED, Model, ModelError


def test_saving_gives_the_same_bytes_and_the_same_answers(shipped: Classifier, tmp_path: Path) -> None:
    shipped.save(tmp_path / "copy.npz")
    assert (tmp_path / "copy.npz").read_bytes() == SHIPPED.read_bytes()
    assert Classifier.load(tmp_path / "copy.npz").classify("Who signs?") == shipped.classify("Who signs?")


def test_the_shipped_file_is_small() -> None:
    assert SHIPPED.stat().st_size <= 4_000_000


def _changed(tmp_path: Path, name: str, array: np.ndarray | None) -> Path:
    """The shipped file with one array replaced, or left out."""
    path = tmp_path / "changed.npz"
    with np.load(SHIPPED) as file:
        arrays = {each: file[each] for each in file.files}
    if array is None:
        del arrays[name]
    else:
        arrays[name] = array
    np.savez(path, **arrays)
    return path


def _settings(**changes: object) -> np.ndarray:
    """The shipped settings with some of them changed."""
    with np.load(SHIPPED) as file:
        found = json.loads(file["settings"].tobytes())
    return np.frombuffer(json.dumps({**found, **changes}).encode(), np.uint8)


BROKEN = [
    ("weights of the wrong shape", "weights", np.zeros((3, 3), np.float32), "weights must be float32"),
    ("weights of the wrong type", "intercept", np.zeros(3, np.int64), "intercept must be float64"),
    ("no idf", "idf", None, "idf"),
    ("no settings", "settings", None, "settings"),
    ("settings that are no JSON", "settings", np.frombuffer(b"{", np.uint8), "Expecting"),
    ("another format", "settings", np.frombuffer(b'{"format": 99}', np.uint8), "format 1"),
    ("an infinite intercept", "intercept", np.array([0.0, np.inf, 0.0]), "finite"),
    ("n-grams that are not UTF-8", "ngrams", np.frombuffer(b"\xff\xfe", np.uint8), "utf-8"),
    ("a pickle inside", "idf", np.array([{"a": 1}], dtype=object), "allow_pickle"),
    ("settings without an end", "settings", np.frombuffer(b"[" * 100_000, np.uint8), "recursion"),
    ("a threshold that is true", "settings", _settings(threshold=True), "threshold must lie between 0 and 1, got True"),
    ("a threshold in words", "settings", _settings(threshold="0.5"), "threshold must lie between 0 and 1"),
    ("a threshold without end", "settings", _settings(threshold=10**400), "threshold must lie between 0 and 1"),
    ("mixed that is no number", "settings", _settings(mixed=float("nan")), "mixed must lie between 0 and 1, got nan"),
    ("mixed that is false", "settings", _settings(mixed=False), "mixed must lie between 0 and 1, got False"),
    ("a hash that is no text", "settings", _settings(data=7), "data must be a str, got 7"),
    ("figures in a list", "settings", _settings(figures=[]), "figures must be a dict"),
]


@pytest.mark.parametrize(("name", "array", "said"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_damaged_file_is_refused_with_its_path_and_the_cure(
    tmp_path: Path, name: str, array: np.ndarray | None, said: str
) -> None:
    path = _changed(tmp_path, name, array)
    with pytest.raises(ModelError, match=said) as error:
        Classifier.load(path)
    assert str(path) in str(error.value)
    assert "leadclass train" in str(error.value)


def _declared(path: Path, change: Callable[[zipfile.ZipInfo], None]) -> Path:
    """The shipped file with another entry for its first member in the table of contents."""
    path.write_bytes(SHIPPED.read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("more", b"")  # only a changed archive has its table written anew
        change(archive.filelist[0])
    return path


MISDECLARED = [
    ("a password", "flag_bits", 1, "password"),
    ("a patch", "flag_bits", 0x20, "patched"),
    ("a later zip", "extract_version", 99, "version"),
    ("another compression", "compress_type", 93, "must be stored uncompressed"),
    ("a gigabyte", "file_size", 2**30, "must have at most 256 MiB, got 102"),
]


@pytest.mark.parametrize(
    ("field", "value", "said"), [case[1:] for case in MISDECLARED], ids=[case[0] for case in MISDECLARED]
)
def test_an_archive_that_declares_what_no_model_has_is_refused(
    tmp_path: Path, field: str, value: int, said: str
) -> None:
    path = _declared(tmp_path / "changed.npz", lambda member: setattr(member, field, value))
    with pytest.raises(ModelError, match=said) as error:
        Classifier.load(path)
    assert str(path) in str(error.value)
    assert "leadclass train" in str(error.value)


def test_compressed_arrays_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    """A gigabyte of zeros fits into a megabyte."""
    path = tmp_path / "bomb.npz"
    with np.load(SHIPPED) as file:
        np.savez_compressed(path, **file)
    with pytest.raises(ModelError, match="must be stored uncompressed"):
        Classifier.load(path)


@pytest.mark.filterwarnings("ignore")  # numpy warns of headers that it repairs
def test_no_broken_byte_raises_anything_else(tmp_path: Path) -> None:
    """A header cut short makes numpy raise TokenError, for one; whatever it is, it comes as ModelError."""
    random = np.random.default_rng(3)
    path = tmp_path / "changed.npz"
    with np.load(SHIPPED) as file:
        intercept = io.BytesIO()
        np.save(intercept, file["intercept"])
    good = intercept.getvalue()
    for _ in range(300):
        bad = bytearray(good)
        bad[random.integers(len(bad))] = random.integers(256)
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("intercept.npy", bytes(bad))
        with pytest.raises(ModelError):
            Model.load(path)


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 broken", SHIPPED.read_bytes()[:5000]])
def test_what_is_no_model_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "no.npz"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="no usable leadclass model"):
        Classifier.load(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such file"):
        Classifier.load(tmp_path / "absent.npz")


def test_arrays_lie_uncompressed_so_that_they_can_be_read_in_place() -> None:
    with zipfile.ZipFile(io.BytesIO(SHIPPED.read_bytes())) as archive:
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}


def test_a_threshold_outside_0_to_1_is_refused(shipped: Classifier) -> None:
    with pytest.raises(ModelError, match="threshold must lie between 0 and 1"):
        replace(shipped.model, settings=replace(shipped.model.settings, threshold=1.5))


def test_repeated_ngrams_are_refused(shipped: Classifier) -> None:
    ngrams = (shipped.model.ngrams[0], *shipped.model.ngrams[:-1])
    with pytest.raises(ModelError, match="sorted and without repeats"):
        Model(**{name: getattr(shipped.model, name) for name in Model.__slots__} | {"ngrams": ngrams})
