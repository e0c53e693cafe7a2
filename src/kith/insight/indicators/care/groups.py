"""Codes of care in the groups that figures show them in, from the tables beside."""

from functools import cache
from pathlib import Path

import polars as pl

from kith.standards.tables import rows

_DATA = Path(__file__).parent / "data"


@cache
def group_of(table: str) -> dict[str, str]:
    """The group of each code in `data/TABLE.csv`."""
    return {row["code"]: row["group"] for row in rows(_DATA / f"{table}.csv")}


@cache
def groups(table: str) -> tuple[str, ...]:
    """The groups of `data/TABLE.csv`, in its order."""
    return tuple(dict.fromkeys(group_of(table).values()))


def grouped(column: str, table: str) -> pl.Expr:
    """The group of the code in `column`; null for a blank, or a code that the table does not have."""
    return pl.col(column).replace_strict(group_of(table), default=None, return_dtype=pl.String)
