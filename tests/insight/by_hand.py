"""Small readings that can be counted by hand, for tests of the slow counts themselves."""

from datetime import date
from typing import Any

from insight.slow_counts.every import count
from insight.slow_counts.told import Told
from kith.dataset.schema import from_rows

FIRST, LAST = date(2019, 4, 1), date(2020, 3, 31)
UNTIL = date(2021, 3, 31)


def told(columns: dict[str, str], **tables: list[tuple[Any, ...]]) -> Told:
    """A reading of tables: `columns` names those of each, and the rows follow."""
    rows = {
        table: from_rows(
            table, [dict(zip(columns[table].split(), row, strict=False)) for row in given]
        ).to_dicts()
        for table, given in tables.items()
    }
    return Told(rows, UNTIL)


def of_everyone(name: str, reading: Told) -> tuple[int, int | None, float | None]:
    """Numerator, denominator and value of a slow count of 2019-20."""
    found = count(name, reading, FIRST, LAST)[None, None]
    return found.numerator, found.denominator, found.value


def dated(*rows: str) -> list[tuple[Any, ...]]:
    """Rows out of text with blanks between the cells: a dash is nothing, and a day is a day."""
    return [tuple(_cell(cell) for cell in row.split()) for row in rows]


def _cell(text: str) -> Any:
    if text == "-":
        return None
    return date.fromisoformat(text) if text.count("-") == 2 else text
