"""Values put where their rows stand in a table, for the columns that are worked out of some of its rows."""

from functools import cached_property

import polars as pl


def marked(rows: pl.Series, height: int) -> pl.Series:
    """True at each of `rows` of a table of `height`, else false."""
    nowhere = pl.Series([False]).new_from_index(0, height)
    return nowhere.scatter(rows, True) if rows.len() else nowhere


class Runs:
    """Rows in runs: each lasts until the next row that `begins` one. The first row of all begins one."""

    def __init__(self, begins: pl.Series) -> None:
        self.begins = begins

    @cached_property
    def number(self) -> pl.Series:
        """For each row, which run it is of, from 1."""
        return self.begins.cum_sum()

    def firsts(self, values: pl.Series) -> pl.Series:
        """The value in the first row of each run."""
        return values.filter(self.begins)

    def lasts(self, values: pl.Series) -> pl.Series:
        """The value in the last row of each run."""
        return values.filter(self.begins.shift(-1, fill_value=True))

    def first(self, values: pl.Series) -> pl.Series:
        """For each row, the value in the first row of its run."""
        return self.firsts(values)[self.number - 1]

    def last(self, values: pl.Series) -> pl.Series:
        """For each row, the value in the last row of its run."""
        return self.lasts(values)[self.number - 1]


def runs_of(numbers: pl.Series) -> Runs:
    """A run for each number, such as a child's, of rows that are in order of it and all have one."""
    return Runs(numbers.ne_missing(numbers.shift(1)))


def placed(rows: pl.Series, values: pl.Series, height: int) -> pl.Series:
    """A value at each of `rows` of a table of `height` (the last one where a row comes twice), else null."""
    empty = pl.Series([None], dtype=values.dtype).new_from_index(0, height)
    return empty.scatter(rows, values) if rows.len() else empty
