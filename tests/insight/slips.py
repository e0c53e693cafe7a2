"""Slips that systems make in rows, by chance: doubles, gaps, ends before starts, and odd spellings."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random
from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]
YES, NO = ("Y", "y", "1", "T", "true", "Yes"), ("N", "n", "0", "F", "false", "No")
NEVER = (None, "", "?")


def some(chance: Random, rows: Sequence[Row], of_hundred: int) -> Iterator[Row]:
    """So many of a hundred rows, one after another."""
    for row in list(rows):
        if chance.randrange(100) < of_hundred:
            yield row


def doubled(tables: Tables, chance: Random, table: str, id: str, **changes: Any) -> None:
    """Some rows twice, the second with its own id and without what it came to."""
    tables[table] += [row | changes | {id: f"{row[id]}x"} for row in some(chance, tables[table], 5)]


def slips(tables: Tables, chance: Random, table: str, start: str, end: str) -> None:
    """Some rows that end before they begin, on the day they begin, or not at all."""
    for row in some(chance, tables[table], 9):
        if row[start] and row[end]:
            row[end] = chance.choice([row[start] - timedelta(days=3), row[start], None])


def set_in(
    tables: Tables, chance: Random, table: str, of_hundred: int, column: str, values: Sequence[Any]
) -> None:
    """Some rows with another value in a column."""
    for row in some(chance, tables.get(table, []), of_hundred):
        row[column] = chance.choice(values)


def respelt(tables: Tables, chance: Random, table: str, column: str) -> None:
    """Yes and no in every spelling, and some that are neither."""
    for row in tables[table]:
        if row[column] in ("Y", "N"):
            row[column] = chance.choice(YES if row[column] == "Y" else NO)
    set_in(tables, chance, table, 8, column, NEVER)


def outcomes_respelt(tables: Tables, chance: Random, table: str, column: str, codes: Sequence[str]) -> None:
    """Outcomes as a list, as an object of flags, as bare text, as what cannot be read, and as none."""
    for row in some(chance, tables[table], 40):
        one, other = chance.choice(codes), chance.choice(codes)
        row[column] = chance.choice(
            [f'["{one}", "{other}"]', f'{{"{one}": "Y", "{other}": "N"}}', one, "[broken", "", None]
        )
