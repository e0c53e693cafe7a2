"""Gathers rows read from XML into typed tables, in columns."""

from collections.abc import Mapping, Sequence

import polars as pl

from kith.dataset.formats import Column
from kith.dataset.readers.cells import RAW_COLUMN, DateForm, Typed, typed
from kith.dataset.returns import LINE_COLUMN


class RowsOfText:
    """Rows of one table, as text, gathered one at a time: each value, and the line it stands on."""

    def __init__(self, columns: Sequence[Column], extra: Sequence[str] = ()) -> None:
        self._columns = tuple(columns)
        self._names = (*(column.name for column in columns), *extra)
        self._values: dict[str, list[str | None]] = {name: [] for name in self._names}
        self._lines: list[int] = []

    def __len__(self) -> int:
        return len(self._lines)

    def add(self, line: int, values: Mapping[str, str | None]) -> None:
        """Add one row; a column that `values` does not name is blank."""
        self._lines.append(line)
        for name in self._names:
            self._values[name].append(values.get(name))

    def texts(self) -> pl.DataFrame:
        """The rows as text, with `_line`."""
        columns = {name: pl.Series(values, dtype=pl.String) for name, values in self._values.items()}
        return pl.DataFrame({**columns, LINE_COLUMN: pl.Series(self._lines, dtype=pl.Int64)})

    def typed(self, *, file: str, child: str, dates: DateForm) -> Typed:
        """The rows typed, and those that cannot be."""
        frame = self.texts().with_columns(pl.lit(None, dtype=pl.String).alias(RAW_COLUMN))
        return typed(frame, self._columns, file=file, child=child, dates=dates)
