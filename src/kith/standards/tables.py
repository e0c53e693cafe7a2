"""Reading the tables that Kith ships with: CSV in UTF-8, dated rows, a blank for what is not known."""

import csv
from datetime import date
from pathlib import Path


def rows(path: Path) -> list[dict[str, str]]:
    """Every row of a table, by the headings in its first line; a cell may hold commas and lines in quotes."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(cell: str) -> date | None:
    """The day in a cell written YYYY-MM-DD, or None for a blank one. Raises ValueError for anything else."""
    return date.fromisoformat(cell) if cell else None


def number(cell: str) -> int | None:
    """The whole number in a cell, or None for a blank one. Raises ValueError for anything else."""
    return int(cell) if cell else None


def holds_on(on: date, valid_from: date | None, valid_to: date | None) -> bool:
    """Whether a row holds on the day `on`: both of its days are in, and None is no start or no end known."""
    return (valid_from or date.min) <= on <= (valid_to or date.max)


def share_a_day(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether two spans, each a first and a last day, hold on some same day."""
    first = max(one[0] or date.min, other[0] or date.min)
    return first <= min(one[1] or date.max, other[1] or date.max)
