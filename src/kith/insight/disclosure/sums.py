"""Sums between indicators, which make one of them out of the others: rows of a table.

"parts": the whole is the parts together, in every period and group. "change": the whole on a period's last
day is the whole on the last day of the one before, and what was added to it and taken from it between.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kith.standards.tables import rows

_TABLE = Path(__file__).parent / "data" / "sums.csv"


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum: `kind` "parts" or "change", the whole, and its parts, each with 1 (added) or -1 (taken)."""

    kind: str
    whole: str
    parts: tuple[tuple[str, int], ...]


@cache
def declared_sums() -> tuple[Sum, ...]:
    """The sums of the table, in its order. An indicator that nobody asked for takes its sum with it."""
    return sums_of(rows(_TABLE))


def sums_of(table: Iterable[dict[str, str]]) -> tuple[Sum, ...]:
    """The sums of rows with `sum`, `kind`, `whole`, `part` and `sign`; rows of one `sum` belong together."""
    found: dict[tuple[str, str, str], list[tuple[str, int]]] = {}
    for row in table:
        found.setdefault((row["sum"], row["kind"], row["whole"]), []).append((row["part"], int(row["sign"])))
    return tuple(Sum(kind, whole, tuple(parts)) for (_, kind, whole), parts in found.items())
