"""A model file is what it says, or is refused with a reason."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file

from leadclass.classifier import Classifier
from leadclass.model import SHIPPED, Model, ModelError, Settings

FILE = Path(SHIPPED).read_bytes()


def test_saving_gives_the_same_bytes_and_the_same_answers(shipped: Classifier, tmp_path: Path) -> None:
    shipped.save(tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == FILE
    assert Classifier.load(tmp_path / "copy").classify("Who signs?") == shipped.classify("Who signs?")


def test_saving_over_a_file_that_lies_open_harms_nobody(shipped: Classifier, tmp_path: Path) -> None:
    shipped.save(tmp_path / "model")
    opened = Classifier.load(tmp_path / "model")
    opened.save(tmp_path / "model")
    made().save(tmp_path / "model")
    assert opened.classify("Pay the rent by Friday.") == shipped.classify("Pay the rent by Friday.")
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_the_shipped_file_is_small_and_sound(shipped: Classifier) -> None:
    assert len(FILE) <= 4_000_000
    shipped.model.check()


def test_the_public_library_of_the_layout_reads_the_file(shipped: Classifier) -> None:
    """Nobody depends on us to read what the model holds."""
    for name, array in load_file(SHIPPED).items():
        assert (array == shipped.model.array(name)).all()


def test_numbers_are_the_same_for_plain_python_and_for_numpy(shipped: Classifier) -> None:
    for name in ("intercept", "facet_intercept", "idf", "weights", "facet_weights"):
        assert shipped.model.view(name).tolist() == shipped.model.array(name).ravel().tolist()


def test_every_ngram_is_found_at_its_row_and_no_other_is(shipped: Classifier) -> None:
    model = shipped.model
    for row in (*range(0, model.size, 997), model.size - 1):
        assert model.ngram(row) == model.ngrams[row]
        assert model.find(model.ngrams[row]) == row
        assert model.find(model.ngrams[row] + "\x01") is None
    assert model.find("") is None


def taken_apart() -> tuple[dict[str, Any], dict[str, Any], bytes]:
    """Header, settings and arrays of the shipped file."""
    length = int.from_bytes(FILE[:8], "little")
    header = json.loads(FILE[8 : 8 + length])
    return header, json.loads(header["__metadata__"]["settings"]), FILE[8 + length :]


def put_together(header: dict[str, Any], settings: object, body: bytes) -> bytes:
    """A file whose checksum is right, whatever else is wrong."""
    header["__metadata__"] = {"settings": json.dumps(settings), "crc32": str(zlib.crc32(body))}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + body


def with_header(change: Callable[[dict[str, Any]], object]) -> bytes:
    header, settings, body = taken_apart()
    change(header)
    return put_together(header, settings, body)


def with_settings(**changes: object) -> bytes:
    header, settings, body = taken_apart()
    return put_together(header, {**settings, **changes}, body)


def with_numbers(name: str, value: np.generic) -> bytes:
    """The first number of an array replaced."""
    header, settings, body = taken_apart()
    at = header[name]["data_offsets"][0]
    return put_together(header, settings, body[:at] + value.tobytes() + body[at + value.nbytes :])


def without(name: str) -> bytes:
    return with_header(lambda header: header.pop(name))


BROKEN = [
    ("nothing at all", b"", "empty"),
    ("a few words", b"hello, I am a model", "not a file of arrays"),
    ("a zip", b"PK\x03\x04 broken " * 9, "not a file of arrays"),
    ("a header without an end", (2**60).to_bytes(8, "little") + b"{" * 90, "not a file of arrays"),
    ("a header that is no JSON", (9).to_bytes(8, "little") + b"{" * 90, "Expecting"),
    ("a header of brackets", (10**5).to_bytes(8, "little") + b"{" + b'"a":[' * 10**5, "recursion|Expecting"),
    ("the end cut off", FILE[:-1], "checksum"),
    ("the middle cut off", FILE[: len(FILE) // 2], "checksum"),
    ("one bit turned over", FILE[:-9] + bytes([FILE[-9] ^ 1]) + FILE[-8:], "checksum"),
    ("more behind the end", FILE + b"\0", "checksum"),
    ("weights of the wrong shape", with_header(lambda each: each["weights"]["shape"].append(1)), "weights must be F32"),
    ("weights of the wrong type", with_header(lambda each: each["weights"].update(dtype="F16")), "weights must be an"),
    ("arrays over each other", with_header(lambda each: each["idf"].update(data_offsets=[0, 8])), "idf must lie at"),
    ("a shape below nothing", with_header(lambda each: each["idf"].update(shape=[-1])), "no usable"),
    ("a shape beyond the file", with_header(lambda each: each["idf"].update(shape=[10**12])), "must lie|must be"),
    ("no idf", without("idf"), "idf must be an array"),
    ("one array more", with_header(lambda each: each.update(extra=each["idf"])), "nothing more"),
    ("no settings", with_header(lambda each: each) and put_together(taken_apart()[0], None, b""), "format 2"),
    ("another format", with_settings(format=99), "format 2"),
    ("other labels", with_settings(labels=["a", "b", "c"]), "labels must be"),
    ("other facets", with_settings(facets=[]), "facets must be"),
    ("a threshold that is true", with_settings(threshold=True), "threshold must lie between 0 and 1, got True"),
    ("a threshold in words", with_settings(threshold="0.5"), "threshold must lie between 0 and 1"),
    ("a threshold without end", with_settings(threshold=10**400), "threshold must lie between 0 and 1"),
    ("mixed that is no number", with_settings(mixed=float("nan")), "mixed must lie between 0 and 1, got nan"),
    ("mixed that is false", with_settings(mixed=False), "mixed must lie between 0 and 1, got False"),
    ("a hash that is no text", with_settings(data=7), "data must be a str, got 7"),
    ("figures in a list", with_settings(figures=[]), "figures must be a dict"),
    ("an infinite intercept", with_numbers("intercept", np.float64(math.inf)), "intercept must be finite"),
    ("an idf that is no number", with_numbers("idf", np.float32(math.nan)), "idf must be finite"),
    ("an infinite weight", with_numbers("weights", np.float32(-math.inf)), "weights must be finite"),
    ("a word moved", with_numbers("offsets", np.uint32(1)), "offsets must say"),
    ("words out of order", with_numbers("ngrams", np.uint8(255)), "utf-8|sorted"),
    ("words run together", with_numbers("ngrams", np.uint8(10)), "offsets must say"),
]


@pytest.mark.parametrize(("content", "said"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_damaged_file_is_refused_with_its_path_and_the_cure(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "changed.safetensors"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=said) as error:
        Classifier.load(path)
    assert str(path) in str(error.value)
    assert "no usable leadclass model" in str(error.value)
    assert "leadclass train" in str(error.value)


def test_no_broken_byte_of_the_header_raises_anything_else(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    path = tmp_path / "changed"
    length = 8 + int.from_bytes(FILE[:8], "little")
    for _ in range(150):
        bad = bytearray(FILE)
        bad[random.integers(length)] = random.integers(256)
        path.write_bytes(bad)
        try:
            Model.load(path)
        except ModelError:
            continue  # a space or a digit of the figures may well be another one and do no harm


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such file"):
        Classifier.load(tmp_path / "absent")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(ModelError, match="larger than 256 MiB"):
        Classifier.load(tmp_path / "huge")


def made(**changes: Any) -> Model:
    """A model of two words."""
    arrays: dict[str, Any] = {
        "idf": np.ones(2),
        "weights": np.zeros((2, 3)),
        "intercept": np.zeros(3),
        "facet_weights": np.zeros((2, 13)),
        "facet_intercept": np.zeros(13),
    }
    ngrams = changes.pop("ngrams", ["pay", "trust"])
    return Model.of(ngrams, Settings(0.0, 0.3, "", {}), **(arrays | changes))


UNSOUND = [
    ("repeated n-grams", {"ngrams": ["pay", "pay"]}, "sorted and without repeats"),
    ("unsorted n-grams", {"ngrams": ["trust", "pay"]}, "sorted and without repeats"),
    (
        "no n-gram",
        {"ngrams": [], "idf": [], "weights": np.zeros((0, 3)), "facet_weights": np.zeros((0, 13))},
        "an n-gram",
    ),
    ("three words", {"ngrams": ["pay", "pay the rent"]}, "one token or two"),
    ("a capital", {"ngrams": ["Pay", "trust"]}, "one token or two, folded"),
    ("an idf of nothing", {"idf": np.array([1.0, 0.0])}, "idf above 0"),
    ("too few weights", {"weights": np.zeros((1, 3))}, "weights must be F32 of shape"),
    ("a weight that is no number", {"weights": np.full((2, 3), np.nan)}, "weights must be finite"),
    ("a facet weight beyond the steps", {"facet_weights": np.full((2, 13), 32.0)}, "less than 32 either way"),
    ("a facet weight that is no number", {"facet_weights": np.full((2, 13), np.nan)}, "facet_weights must be finite"),
]


@pytest.mark.parametrize(("changes", "said"), [case[1:] for case in UNSOUND], ids=[case[0] for case in UNSOUND])
def test_an_unsound_model_cannot_be_made(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        made(**changes)


def test_a_threshold_outside_0_to_1_is_refused() -> None:
    with pytest.raises(ModelError, match="threshold must lie between 0 and 1"):
        made().with_settings(threshold=1.5)
