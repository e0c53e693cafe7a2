"""Intervals by column, of rows that a test gives, as it would get them one at a time."""

from collections.abc import Callable
from math import isclose
from typing import Any

import polars as pl

from kith.insight.statistics.intervals import Interval


def same(one: Interval, other: Interval) -> bool:
    """Whether two intervals tell the same, but for the rounding of fractions."""
    return all(
        (a is None and b is None)
        or (a is not None and b is not None and isclose(a, b, rel_tol=1e-9, abs_tol=1e-9))
        for a, b in zip(one, other, strict=True)
    )


def row_by_row(expression: Callable[..., pl.Expr], *rows: tuple[Any, ...], **more: Any) -> list[Interval]:
    names = [f"column_{i}" for i in range(len(rows[0]))]
    frame = pl.DataFrame(rows, schema=names, orient="row")
    return [Interval(*told) for told in frame.select(expression(*names, **more).struct.unnest()).iter_rows()]
