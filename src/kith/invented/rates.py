"""How often things happen in the invented authority: one table, each rate with where it is from."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kith.standards import tables

_DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of the table `name` of this package, as text by column."""
    return tables.rows(_DATA / f"{name}.csv")


@cache
def rates() -> Mapping[str, float]:
    """Rates by name, as declared in `data/rates.csv` (shares run 0 to 1 unless the note says otherwise)."""
    return {row["name"]: float(row["value"]) for row in rows("rates")}
