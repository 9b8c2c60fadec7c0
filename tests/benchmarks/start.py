"""How long a fresh process takes to its first tag, beside bare Python and beside scikit-learn with joblib.

    python tests/benchmarks/start.py

Whole processes, by turns, medians of 21. Results go to ``results/start.json`` and into the README.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import interleaved, machine, show, write
from speed import scikit_learn

RUNS = 21
STATEMENT = "Priya sends the revised budget by Friday."


def saved_pipeline(folder: Path) -> Path:
    """scikit-learn's pipeline with the same model, as people ship it."""
    import joblib  # noqa: PLC0415

    file = folder / "pipeline.joblib"
    joblib.dump(scikit_learn().__self__, file)  # type: ignore[attr-defined]
    return file


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pipeline = saved_pipeline(folder)
        notes = folder / "notes.txt"
        notes.write_text(STATEMENT + "\n", encoding="utf-8")
        command = shutil.which("leadclass", path=str(Path(sys.executable).parent))
        assert command, "install leadclass in this environment first: pip install -e ."
        python = sys.executable
        # as on any machine but a build server, modules are compiled once and kept
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        asked = {
            "python -c pass": [python, "-c", "pass"],
            "import leadclass, classify": [python, "-c", f"import leadclass; leadclass.classify({STATEMENT!r})"],
            "leadclass notes.txt": [command, str(notes)],
            "leadclass explain": [command, "explain", STATEMENT],
            "import numpy": [python, "-c", "import numpy"],
            "scikit-learn, joblib.load, predict": [
                python,
                "-c",
                f"import joblib; joblib.load({str(pipeline)!r}).predict([{STATEMENT!r}])",
            ],
        }
        ways = {
            name: (lambda words=words: subprocess.run(words, check=True, capture_output=True, env=environment), 1000)
            for name, words in asked.items()
        }
        times = interleaved(ways, RUNS)
    bare = times["python -c pass"]
    results = {
        "machine": machine(),
        "milliseconds": times,
        "for one of bare Python": {n: round(t / bare, 2) for n, t in times.items()},
    }
    write("start", results)
    show(
        "start",
        ["a fresh process", "ms", "for one of bare Python"],
        [[n, f"{t:.0f}", f"{t / bare:.1f}"] for n, t in times.items()],
    )


if __name__ == "__main__":
    main()
