"""Importing is free, and scikit-learn is loaded only to train."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import ROOT

import leadclass

HEAVY = ("sklearn", "scipy", "joblib", "pandas")
CASES = [
    ("import", "import leadclass", ("numpy", *HEAVY)),
    (
        "help",
        "from leadclass.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass",
        ("numpy", *HEAVY),
    ),
    ("classify", "import leadclass; leadclass.classify('Pay it')", ("numpy", *HEAVY)),
    ("classify_many", "import leadclass; leadclass.classify_many(['Pay it'] * 5000)", HEAVY),
    ("explain", "import leadclass; leadclass.explain('Pay it')", ("numpy", *HEAVY)),
    ("notes", "import leadclass; leadclass.read_notes('data/notes')", HEAVY),
    ("command", "from leadclass.cli import main; main(['data/notes'])", ("numpy", *HEAVY)),
    ("load_corpus", "import leadclass; leadclass.load_corpus()", HEAVY),
]


@pytest.mark.parametrize(("code", "absent"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_not_loaded(code: str, absent: tuple[str, ...]) -> None:
    probe = (
        f"{code}\nimport sys\nloaded = [name for name in {absent!r} if name in sys.modules]\nassert not loaded, loaded"
    )
    found = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr


def test_what_is_loaded_later_is_listed_at_once() -> None:
    assert set(leadclass.__all__) <= set(dir(leadclass))
    assert "__version__" in dir(leadclass)
