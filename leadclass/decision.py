"""From logits to a label: the same rules for one statement, in plain Python, and for a batch, in numpy.

1. The probabilities are the softmax of the logits; where the choice is forced, that of leadership and management alone.
2. A statement without a known word is ``neither``, and not mixed.
3. A first choice that is less probable than the model's threshold is ``neither``. A forced choice knows no threshold.
4. A statement is mixed where leadership and management are both at least as probable as the model's line, unforced.
5. The facet is the most probable one among those of the label; ``neither`` has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadclass.labels import FACET_NAMES, FACETS_OF, LABELS, Label, Tag, Tags, rest, tagged, with_rest
from leadclass.single import softmax

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from leadclass.model import Settings
    from leadclass.scoring import Rows, Scorer
    from leadclass.single import Row, SingleScorer

NEITHER = LABELS.index("neither")


def decide(row: Row, scorer: SingleScorer, settings: Settings, *, neither: bool) -> Tag:
    """The tag of one statement."""
    known = bool(row.features)
    free = softmax(row.logits)
    lead, manage = free[:NEITHER] if neither else softmax(row.logits[:NEITHER])
    chances = (lead, manage, rest(lead, manage))
    best = chances.index(max(chances))
    if neither and not (known and chances[best] >= settings.threshold):
        best = NEITHER
    facet = None if best == NEITHER else _best_facet(row, scorer, LABELS[best])
    mixed = known and min(free[:NEITHER]) >= settings.mixed
    return tagged(chances, LABELS[best], facet, mixed=mixed, known=known)


def decide_many(rows: Rows, scorer: Scorer, settings: Settings, *, neither: bool) -> Tags:
    """The tags of a batch."""
    import numpy as np  # noqa: PLC0415 - a single statement needs none

    from leadclass.scoring import softmax as softmax_of_rows  # noqa: PLC0415

    logits, known = scorer.logits(rows), rows.scale > 0
    free = softmax_of_rows(logits)
    pair = free[:, :NEITHER] if neither else softmax_of_rows(logits[:, :NEITHER])
    chances = with_rest(pair)
    best = chances.argmax(axis=1)
    if neither:
        best[~known | (chances.max(axis=1, initial=0) < settings.threshold)] = NEITHER
    mixed = known & (free[:, :NEITHER].min(axis=1, initial=1) >= settings.mixed)
    return Tags(pair, best.astype(np.int8), _best_facets(rows, scorer, best), mixed, known)


def _best_facet(row: Row, scorer: SingleScorer, label: Label) -> str:
    own = FACETS_OF[label]
    logits = scorer.facet_logits(row, own)
    return FACET_NAMES[int(own.start) + logits.index(max(logits))]


def _best_facets(rows: Rows, scorer: Scorer, labels: NDArray[np.intp]) -> NDArray[np.int8]:
    """int8, shape (n,): the most probable facet of each statement's own label, or -1 for ``neither``."""
    import numpy as np  # noqa: PLC0415 - a single statement needs none

    best = np.full(len(labels), -1, np.int8)
    for label, own in FACETS_OF.items():
        wanted = labels == LABELS.index(label)
        if wanted.any():
            best[wanted] = own.start + scorer.facet_logits(rows.of_statements(wanted), label).argmax(axis=1)
    return best
