"""A row a statement as .parquet, for data frames; pyarrow writes it, which not everybody needs."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from leadclass.report.rows import COLUMNS, Value, row

if TYPE_CHECKING:
    from leadclass.report.tagged import Tagged

_TYPES = {"line": "int64", "leadership": "float64", "management": "float64", "neither": "float64", "mixed": "bool_"}


def check(path: Path) -> None:
    """Refuse to begin where pyarrow is missing.

    Raises:
        ValueError: it is; the message has the line that installs it.
    """
    if find_spec("pyarrow") is None:
        raise ValueError(f"{path}: .parquet needs pyarrow, which is not installed; pip install 'leadclass[parquet]'")


def write_parquet(tagged: Sequence[Tagged], path: Path) -> None:
    """The columns of the .csv with their types; what is absent is null."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.parquet as pq  # noqa: PLC0415

    fields = pa.schema([(name, getattr(pa, _TYPES.get(name, "string"))()) for name in COLUMNS])
    columns = zip(*map(row, tagged), strict=True) if tagged else [()] * len(COLUMNS)
    arrays = [pa.array(map(_encodable, column), type=field.type) for column, field in zip(columns, fields, strict=True)]
    pq.write_table(pa.table(arrays, schema=fields), path)


def _encodable(value: Value) -> Value:
    return value.encode("utf-8", errors="replace").decode() if isinstance(value, str) else value
