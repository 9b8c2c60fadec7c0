"""`Recipe`: the few numbers that training needs besides the data, and where they come from."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from leadclass.calibration import Calibration, Rules
from leadclass.corpus import data_folder


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to make a model from statements.

    Attributes:
        C: inverse strength of the L2 penalty.
        min_pairs: a word pair becomes a feature if at least so many statements have it.
        prior: what a word vector weighs beside its word.
        plain: what a statement of plain style weighs beside a vivid one.
        calibration: brings probabilities in line with how often the model is right on text from elsewhere.
        rules: when an answer counts as unsure, and when as mixed.
    """

    C: float = 1.0
    min_pairs: int = 3
    prior: float = 2.0
    plain: float = 1.0
    calibration: Calibration = field(default_factory=Calibration)
    rules: Rules = field(default_factory=Rules)

    @classmethod
    def load(cls, path: str | Path | None = None) -> Recipe:
        """The recipe in ``data/recipe.json``; ``data/choose_recipe.py`` wrote it and says on what it was chosen."""
        found = json.loads(Path(path or data_folder() / "recipe.json").read_text(encoding="utf-8"))
        calibration, rules = found.pop("calibration"), found.pop("rules")
        offset = tuple(calibration["offset"])
        return cls(**found, calibration=Calibration(calibration["temperature"], offset), rules=Rules(**rules))

    def save(self, path: str | Path) -> None:
        """Write it as JSON."""
        Path(path).write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")
