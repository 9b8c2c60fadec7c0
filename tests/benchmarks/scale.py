"""Cost from 1 to 10,000,000 statements and by length of statement: time, memory, and what a second process brings.

    python tests/benchmarks/scale.py

Each size runs in a process of its own that streams the statements from a file. Results go to ``results/scale.json``
and, as a picture, to ``results/scale.svg``.
"""

from __future__ import annotations

import json
import math
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import RESULTS, machine, write

SIZES = [10**power for power in range(8)]
LENGTHS = [5, 15, 50, 150, 500, 1500]  # words
AT_ONCE = 1_500_000  # words in the run of each length
RUNS = 3


def run(file: Path, jobs: int) -> None:
    """What a process of its own does: classify the lines of a file, and say how long it took and what it held."""
    from leadclass import classify, classify_many  # noqa: PLC0415

    classify("load the model first")
    classify_many(["load numpy too"] * 100)
    start = time.perf_counter()
    with file.open(encoding="utf-8") as lines:
        tags = classify_many(lines, n_jobs=jobs)
    seconds = time.perf_counter() - start
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"statements": len(tags), "seconds": seconds, "MiB": held}))


def measured(file: Path, jobs: int = 1, runs: int = 1) -> dict[str, float]:
    """The median run."""
    words = [sys.executable, __file__, "--run", str(file), str(jobs)]
    found = [json.loads(subprocess.run(words, check=True, capture_output=True).stdout) for _ in range(runs)]
    return {name: round(statistics.median(each[name] for each in found), 6) for name in found[0]}


def statements() -> list[str]:
    from leadclass import load_corpus  # noqa: PLC0415

    texts = [" ".join(text.split()) for text in load_corpus().column("text")]
    random.Random(0).shuffle(texts)
    return texts


def written(file: Path, texts: list[str], count: int) -> Path:
    with file.open("w", encoding="utf-8") as lines:
        for start in range(0, count, len(texts)):
            lines.writelines(f"{text}\n" for text in texts[: min(len(texts), count - start)])
    return file


def by_length(file: Path, texts: list[str]) -> list[dict[str, float]]:
    words = " ".join(texts).split()
    found = []
    for length in LENGTHS:
        count = AT_ONCE // length
        lines = [" ".join(words[at * length % len(words) :][:length]) for at in range(count)]
        result = measured(written(file, lines, count))
        found.append({"words": length, **result, "nanoseconds a word": round(result["seconds"] / AT_ONCE * 1e9, 2)})
    return found


def picture(results: dict[str, Any]) -> str:
    """Time and memory against size, both axes logarithmic, as SVG."""
    points = [(each["statements"], each["seconds"] * 1e3, each["MiB"]) for each in results["by size"]]
    across = lambda count: 70 + 75 * math.log10(count)  # noqa: E731
    up = lambda value: 300 - 42 * (math.log10(max(value, 1e-2)) + 2)  # noqa: E731
    lines = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 360" font-family="sans-serif" font-size="12">']
    lines.append('<rect width="660" height="360" fill="white"/>')
    for power in range(8):
        lines.append(f'<text x="{across(10**power):.0f}" y="322" text-anchor="middle">1e{power}</text>')
    for power in range(-2, 5):
        height = up(10.0**power)
        lines.append(f'<path d="M70 {height:.0f}H600" stroke="#ddd"/>')
        lines.append(f'<text x="62" y="{height + 4:.0f}" text-anchor="end">1e{power}</text>')
    for index, (name, colour, dash) in enumerate(
        (("milliseconds", "#0072b2", ""), ("MiB held at most", "#d55e00", "6 4"))
    ):
        path = "L".join(f"{across(point[0]):.1f} {up(point[index + 1]):.1f}" for point in points)
        lines.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>')
        lines.append(f'<text x="90" y="{30 + 18 * index}" fill="{colour}">{name}</text>')
    lines.append('<text x="335" y="345" text-anchor="middle">statements</text></svg>')
    return "\n".join(lines) + "\n"


def main() -> None:
    texts = statements()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "statements.txt"
        sizes = [measured(written(file, texts, size), runs=RUNS if size < 10**6 else 1) for size in SIZES]
        two = measured(written(file, texts, 2_000_000), jobs=2)
        one = measured(file)
        small = [measured(written(file, texts, 1_200_000), jobs=jobs, runs=RUNS)["seconds"] for jobs in (1, 2)]
        lengths = by_length(file, texts)
    results = {
        "machine": machine(),
        "by size": [
            {**each, "microseconds a statement": round(each["seconds"] / each["statements"] * 1e6, 3)} for each in sizes
        ],
        "by length": lengths,
        "2,000,000 statements, two processes for one": round(one["seconds"] / two["seconds"], 2),
        "1,200,000 statements, two processes for one": round(small[0] / small[1], 2),
    }
    write("scale", results)
    (RESULTS / "scale.svg").write_text(picture(results), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
