"""Figures of invented counts, as the answers give them: exact, with every group of each breakdown."""

import random
from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

SCHEMA = {
    "authority": pl.String(),
    "indicator": pl.String(),
    "measure": pl.String(),
    "period": pl.String(),
    "first": pl.Date(),
    "last": pl.Date(),
    "breakdown": pl.String(),
    "group": pl.String(),
    "value": pl.Float64(),
    "numerator": pl.Int64(),
    "denominator": pl.Int64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "state": pl.String(),
    "why_not": pl.String(),
}
YEAR = (date(2025, 4, 1), date(2026, 3, 31))
AS_OF = date(2026, 3, 31)
QUARTERS = (
    (date(2025, 4, 1), date(2025, 6, 30)),
    (date(2025, 7, 1), date(2025, 9, 30)),
    (date(2025, 10, 1), date(2025, 12, 31)),
    (date(2026, 1, 1), date(2026, 3, 31)),
)
Table = Mapping[str, Mapping[str, int]]


def figures(*rows: Sequence[dict]) -> pl.DataFrame:
    """One frame of the rows that `number`, `share` and `average` make."""
    return pl.DataFrame([row for each in rows for row in each], schema=SCHEMA)


def number(
    indicator: str,
    everyone: int | None,
    by: Table | None = None,
    span: tuple[date, date] = YEAR,
    authority: str = "301",
    population: int | None = None,
) -> list[dict]:
    """A number for everyone and by group; its rate too where the `population` is given."""
    rows = []
    for breakdown, group, count in _cells(everyone, by):
        row = _row(authority, indicator, span, breakdown, group)
        rows.append(row | {"measure": "number", "value": float(count), "numerator": count})
        if population is not None:
            rate = {"value": count / population * 10_000, "numerator": count, "denominator": population}
            rows.append(row | {"measure": "rate", "low": count * 0.9, "high": count * 1.1} | rate)
    return rows


def share(
    indicator: str,
    everyone: tuple[int, int],
    by: Mapping[str, Mapping[str, tuple[int, int]]] | None = None,
    span: tuple[date, date] = YEAR,
    authority: str = "301",
) -> list[dict]:
    """A share, each cell given as how many count and out of how many."""
    rows = []
    for breakdown, group, (counted, out_of) in _cells(everyone, by):
        told = {"measure": "share", "numerator": counted, "denominator": out_of}
        if out_of:
            value = counted / out_of * 100
            told |= {"value": value, "low": value * 0.9, "high": min(100.0, value * 1.1)}
        else:
            told |= {"state": "none_to_count", "why_not": "There was nothing to count in this period."}
        rows.append(_row(authority, indicator, span, breakdown, group) | told)
    return rows


def average(indicator: str, measure: str, value: float, values: int, **more: object) -> list[dict]:
    """A median or mean of so many values, with `more` columns or others instead."""
    told = {"measure": measure, "value": value, "numerator": values, "low": value - 1, "high": value + 1}
    return [_row("301", indicator, YEAR, None, None) | told | more]


def not_held(indicator: str, why: str) -> list[dict]:
    """What a source cannot tell."""
    nothing = {"state": "not_held", "why_not": why, "measure": "number"}
    return [_row("301", indicator, YEAR, None, None) | nothing]


def _cells(everyone, by):
    if everyone is not None:
        yield None, None, everyone
    for breakdown, groups in (by or {}).items():
        for group, count in groups.items():
            yield breakdown, group, count


def _row(authority, indicator, span, breakdown, group) -> dict:
    first, last = span
    return {
        "authority": authority,
        "indicator": indicator,
        "period": f"{first} to {last}",
        "first": first,
        "last": last,
        "breakdown": breakdown,
        "group": group,
        "state": "held",
    }


BREAKDOWNS = {
    "sex": 3,
    "age": 5,
    "ethnicity": 6,
    "need": 10,
    "area": 12,
    "deprivation": 10,
    "team": 8,
}


def an_authority(seed: int, indicators: int, years: int, size: int, breakdowns=None) -> pl.DataFrame:
    """Years of numbers, rates and shares of an invented authority, each child in one group of everything."""
    chance = random.Random(seed)
    groups = breakdowns or BREAKDOWNS
    rows = []
    for year in range(2026 - years, 2026):
        span = date(year, 4, 1), date(year + 1, 3, 31)
        children = [_child(chance, groups) for _ in range(chance.randint(size // 2, size))]
        for at in range(indicators):
            likely = chance.choice((0.02, 0.1, 0.5, 0.9, 0.98))
            counted = [chance.random() < likely for _ in children]
            if at % 2:
                rows += share(f"share_{at}", *_shares(children, counted, groups), span=span)
            else:
                some = [child for child, counts in zip(children, counted, strict=True) if counts]
                rows += number(
                    f"number_{at}", len(some), _numbers(some, groups), span=span, population=40_000
                )
        rows += number("children", len(children), _numbers(children, groups), span=span)
    return figures(rows)


def _child(chance: random.Random, groups: Mapping[str, int]) -> dict[str, str]:
    return {name: f"{int(many * chance.random() ** 2)}" for name, many in groups.items()}


def _numbers(children, groups) -> dict[str, dict[str, int]]:
    by = {name: {str(at): 0 for at in range(many)} for name, many in groups.items()}
    for child in children:
        for name, group in child.items():
            by[name][group] += 1
    return by


def _shares(children, counted, groups):
    some = [child for child, counts in zip(children, counted, strict=True) if counts]
    upper, lower = _numbers(some, groups), _numbers(children, groups)
    by = {name: {group: (upper[name][group], many) for group, many in lower[name].items()} for name in lower}
    return (len(some), len(children)), by
