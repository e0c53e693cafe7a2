"""Bringing the rows of several years together: for one key, the rows of the latest return are kept (D4)."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from kith.dataset.returns import FILE_COLUMN, HASH_COLUMN, LINE_COLUMN, Kind, Return

YEAR = "_year"
RETURN = "_return"
Types = Mapping[str, type[pl.DataType]]
SOURCES = "_sources"
TWIN = "_twin"


def rows_of(returns: Iterable[Return], kind: Kind, table: str, schema: Types) -> pl.DataFrame:
    """All rows of one table in every return of `kind`; what a return lacks is null.

    `_year` is the return's year, and `_return` its place among `returns`.
    """
    types: Types = {**schema, FILE_COLUMN: pl.String, LINE_COLUMN: pl.Int64, HASH_COLUMN: pl.String}
    frames = [
        _shaped(one.tables[table], types).with_columns(
            pl.lit(one.year, dtype=pl.Int64).alias(YEAR), pl.lit(number, dtype=pl.Int64).alias(RETURN)
        )
        for number, one in enumerate(returns)
        if one.kind == kind and table in one.tables
    ]
    if frames:
        return pl.concat(frames)
    return pl.DataFrame(schema={**types, YEAR: pl.Int64, RETURN: pl.Int64})


def _shaped(frame: pl.DataFrame, types: Types) -> pl.DataFrame:
    present = set(frame.columns)
    return frame.select(
        pl.col(name).cast(kind) if name in present else pl.lit(None, dtype=kind).alias(name)
        for name, kind in types.items()
    )


def latest(rows: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """For each `key` the rows of the latest return, each once, with `_sources` and `_twin`.

    `_sources` are the hashes of all rows with that key, from every year. `_twin` numbers, from 0, the
    rows that share a key in one return but differ: files contradict themselves, and nothing is dropped.
    The answer does not depend on the order of `rows`.
    """
    keys = [pl.col(name) for name in key]
    hashes = rows.group_by(keys).agg(pl.col(HASH_COLUMN).unique().sort().alias(SOURCES))
    return (
        rows.filter(pl.col(YEAR) == pl.col(YEAR).max().over(keys))
        .unique([*key, HASH_COLUMN], maintain_order=False)
        .sort([*key, HASH_COLUMN])
        .with_columns(pl.int_range(pl.len()).over(keys).alias(TWIN))
        .join(hashes, on=list(key), how="left", nulls_equal=True)
    )


def natural_id(parts: Sequence[str]) -> pl.Expr:
    """An id made of a row's own values, always the same: `C1|2020-03-01`, its twin `C1|2020-03-01|2`."""
    values = [pl.col(name).cast(pl.String).fill_null("") for name in parts]
    plain = pl.concat_str(values, separator="|")
    twin = pl.concat_str([plain, pl.lit("|"), (pl.col(TWIN) + 1).cast(pl.String)])
    return pl.when(pl.col(TWIN) > 0).then(twin).otherwise(plain)
