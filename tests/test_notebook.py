"""The notebook runs from a clean kernel, and what is stored in it is what it prints."""

from __future__ import annotations

import os

import nbformat
import pytest
from conftest import ROOT

NOTEBOOK = ROOT / "notebooks" / "quickstart.ipynb"


# The kernel's own libraries warn about their sockets and loops; none of that is ours to mend.
@pytest.mark.filterwarnings("ignore")
def test_the_quickstart_runs_and_prints_what_it_shows() -> None:
    from nbclient import NotebookClient  # noqa: PLC0415 - warns at import

    stored = nbformat.read(NOTEBOOK, as_version=4)
    fresh = nbformat.read(NOTEBOOK, as_version=4)
    os.environ["JUPYTER_PLATFORM_DIRS"] = "1"
    NotebookClient(fresh, timeout=120, resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()
    for before, after in zip(stored.cells, fresh.cells, strict=True):
        if before.cell_type == "code":
            assert [out.get("text") or out["data"]["text/plain"] for out in after.outputs] == [
                out.get("text") or out["data"]["text/plain"] for out in before.outputs
            ]
