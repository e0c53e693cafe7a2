"""Looks at a place of few figures, for tests."""

from datetime import date
from typing import Any

import polars as pl

from kith.insight.case.look import Look
from kith.insight.figures import FIGURES, HELD, NOT_HELD
from kith.insight.periods import Period, months_to, year_ending
from kith.insight.statistics.intervals.shares import share_interval

Row = dict[str, Any]
NOW = year_ending(2020)


def share(indicator: str, of: tuple[int, int], period: Period = NOW) -> Row:
    """A share of so many out of so many, with its range."""
    value, low, high = share_interval(*of)
    return _row(indicator, "share", period) | {
        "value": value,
        "low": low,
        "high": high,
        "numerator": of[0],
        "denominator": of[1],
    }


def rate(indicator: str, of: tuple[int, int], period: Period = NOW) -> Row:
    """So many for every 10,000 of so many children."""
    value = of[0] / of[1] * 10_000
    return _row(indicator, "rate", period) | {"value": value, "numerator": of[0], "denominator": of[1]}


def number(indicator: str, count: int, period: Period = NOW) -> Row:
    """So many."""
    return _row(indicator, "number", period) | {"value": float(count), "numerator": count}


def not_held(indicator: str, measure: str, why_not: str) -> Row:
    """A figure that the source cannot tell."""
    return _row(indicator, measure, NOW) | {"state": NOT_HELD, "why_not": why_not}


def look(*rows: Row, months: tuple[Row, ...] = ()) -> Look:
    """A look at these figures of 2019-20, those of earlier years set beside them, and these months."""
    years = sorted({row["period"] for row in rows})
    return Look(_frame(rows), NOW.label, tuple(years), _frame(months) if months else None)


def months_of_shares(indicator: str, counts: list[int], out_of: int) -> tuple[Row, ...]:
    """A share in each of the months up to March 2020, earliest first."""
    months = months_to(date(2020, 3, 31), len(counts))
    return tuple(
        share(indicator, (count, out_of), month) for count, month in zip(counts, months, strict=True)
    )


def _row(indicator: str, measure: str, period: Period) -> Row:
    empty = dict.fromkeys(FIGURES)
    named = {"authority": "999", "indicator": indicator, "measure": measure, "period": period.label}
    return empty | named | {"first": period.first, "last": period.last, "state": HELD}


def _frame(rows: tuple[Row, ...]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=FIGURES)
