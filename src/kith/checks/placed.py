"""Values put where their rows stand in a table, for the columns that are worked out of some of its rows."""

import polars as pl


def marked(rows: pl.Series, height: int) -> pl.Series:
    """True at each of `rows` of a table of `height`, else false."""
    nowhere = pl.Series([False]).new_from_index(0, height)
    return nowhere.scatter(rows, True) if rows.len() else nowhere


def of_the_first(values: pl.Series, begins: pl.Series) -> pl.Series:
    """For each row, the value in the first row of its run; a run lasts until the next row that `begins` one.

    The first row of all begins one.
    """
    return values.filter(begins)[begins.cum_sum() - 1]


def of_the_last(values: pl.Series, begins: pl.Series) -> pl.Series:
    """For each row, the value in the last row of its run."""
    ends = begins.shift(-1, fill_value=True)
    return values.filter(ends)[begins.cum_sum() - 1]


def placed(rows: pl.Series, values: pl.Series, height: int) -> pl.Series:
    """A value at each of `rows` of a table of `height` (the last one where a row comes twice), else null."""
    empty = pl.Series([None], dtype=values.dtype).new_from_index(0, height)
    return empty.scatter(rows, values) if rows.len() else empty
