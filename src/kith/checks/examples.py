"""The examples beside each rule: tables written as text, with the rows that it must find marked.

    Episodes
    CHILD | DECOM      | DEC        |
    1     | 01/05/2026 | 30/04/2026 | found
    2     | 01/05/2026 | 02/05/2026 |

    LastYear.Episodes
    ...

A blank line parts tables; a blank cell is null. Settings may stand above, in lines of their own: "year 2024"
(else the rule's newest year) and "authority E06000001" (who sends the return). Every row of the rule's own
table that it finds is marked, and no other.
"""

from dataclasses import dataclass

import polars as pl

from kith.checks.paths import PROVIDER

PROVIDER_DAYS = ("REG_DATE", "REG_END")
MARK = "found"


@dataclass(frozen=True)
class Example:
    """Tables of text, the rows in each that are marked as found, and the settings written above them."""

    tables: dict[str, pl.DataFrame]
    found: dict[str, frozenset[int]]
    year: int | None
    authority: str | None


def parsed_example(text: str) -> Example:
    """An example as tables. Raises ValueError, naming the line, where a row has not its table's cells."""
    tables: dict[str, pl.DataFrame] = {}
    found: dict[str, frozenset[int]] = {}
    settings: dict[str, str] = {}
    for block in _blocks(text):
        if block[0].partition(" ")[0] in ("year", "authority"):
            settings |= dict(line.split(maxsplit=1) for line in block)
            continue
        name, headings, *rows = block
        tables[name], found[name] = _table(headings, rows)
        if name == PROVIDER:
            tables[name] = tables[name].with_columns(
                pl.col(day).str.to_date() for day in PROVIDER_DAYS if day in tables[name].columns
            )
    year = settings.get("year")
    return Example(tables, found, int(year) if year else None, settings.get("authority"))


def _blocks(text: str) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in text.strip().splitlines():
        if line.strip():
            blocks[-1].append(line.strip())
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _table(headings: str, rows: list[str]) -> tuple[pl.DataFrame, frozenset[int]]:
    names = [name.strip() for name in headings.rstrip("| ").split("|")]
    cells = [_cells(row, len(names)) for row in rows]
    columns = {
        name: pl.Series([row[at] or None for row in cells], dtype=pl.String) for at, name in enumerate(names)
    }
    marked = frozenset(at for at, row in enumerate(cells) if row[-1] == MARK)
    return pl.DataFrame(columns), marked


def _cells(row: str, count: int) -> list[str]:
    cells = [cell.strip() for cell in row.split("|")]
    if len(cells) != count + 1 or cells[-1] not in ("", MARK):
        raise ValueError(f"“{row}” has not {count} cells and then “{MARK}” or nothing.")
    return cells
