"""Values put where their rows stand in a table, for the columns that are worked out of some of its rows."""

import polars as pl


def marked(rows: pl.Series, height: int) -> pl.Series:
    """True at each of `rows` of a table of `height`, else false."""
    nowhere = pl.Series([False]).new_from_index(0, height)
    return nowhere.scatter(rows, True) if rows.len() else nowhere


def placed(rows: pl.Series, values: pl.Series, height: int) -> pl.Series:
    """A value at each of `rows` of a table of `height` (the last one where a row comes twice), else null."""
    empty = pl.Series([None], dtype=values.dtype).new_from_index(0, height)
    return empty.scatter(rows, values) if rows.len() else empty
