"""How often things happen in the invented authority: one table, each rate with where it is from."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of the table `name` of this package, as text by column."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def rates() -> Mapping[str, float]:
    """Rates by name, as declared in `data/rates.csv` (shares run 0 to 1 unless the note says otherwise)."""
    return {row["name"]: float(row["value"]) for row in rows("rates")}
