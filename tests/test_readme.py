"""What the README shows is what happens."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_python() -> None:
    """All blocks in order, as a reader would type them."""
    code = "".join(code for kind, code in BLOCKS if kind == "python")
    found = doctest.DocTestRunner(verbose=False).run(doctest.DocTestParser().get_doctest(code, {}, "README", None, 0))
    assert found.attempted > 0
    assert found.failed == 0


SHOWN = [code for kind, code in BLOCKS if kind == "console"]


@pytest.mark.parametrize("code", SHOWN)
def test_commands_print_what_is_shown(code: str) -> None:
    """A line `$ leadclass ...` and below it what it prints; `...` stands for lines left out."""
    first, _, expected = code.partition("\n")
    words = shlex.split(first.removeprefix("$ "))
    assert words[0] == "leadclass"
    environment = {**os.environ, "COLUMNS": "100"}
    found = subprocess.run(
        [sys.executable, "-m", *words], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
    )
    pieces = [re.escape(piece.strip("\n")) for piece in expected.strip("\n").split("\n...\n")]
    assert re.fullmatch(r".*\n".join(pieces), found.stdout.strip("\n"), re.DOTALL), found.stdout


def test_the_test_command_is_the_one_that_ci_runs() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    shell = [line for kind, code in BLOCKS if kind == "sh" for line in code.splitlines()]
    assert "python -m pytest" in shell
    assert "python -m pytest" in [line.strip() for line in ci.splitlines()]


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", README):
        assert (ROOT / target).exists(), target


def test_python_files_are_where_the_readme_runs() -> None:
    assert SHOWN
    assert Path(ROOT / "data" / "notes").is_dir()
