"""What the benchmarks share: medians of interleaved runs, the machine, and where results go."""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
ROOT = Path(__file__).parent.parent.parent
RUNS = 7
PACKAGES = ("leadclass", "numpy", "scikit-learn", "joblib", "fasttext-wheel", "spacy", "sentence-transformers", "torch")


def interleaved(ways: dict[str, tuple[Callable[[], object], int]], runs: int = RUNS) -> dict[str, float]:
    """Microseconds a statement: the median of ``runs``, one of each way by turns, so that noise falls on all alike."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, (way, count) in ways.items():
            start = time.perf_counter()
            way()
            found[name].append((time.perf_counter() - start) / count * 1e6)
    return {name: round(statistics.median(times), 3) for name, times in found.items()}


def machine() -> dict[str, Any]:
    """Where and with what it was measured."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "packages": {name: found for name in PACKAGES if (found := _version(name))},
        "date": time.strftime("%Y-%m-%d"),
    }


def write(name: str, results: dict[str, Any]) -> None:
    """Raw results, beside the script."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=1))


def show(block: str, heading: list[str], rows: list[list[object]]) -> None:
    """A table into the README."""
    sys.path.insert(0, str(ROOT / "data"))
    from blocks import fill, table  # noqa: PLC0415 - a neighbour of the data

    fill(ROOT / "README.md", block, table(heading, rows))


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
