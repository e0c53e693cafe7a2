"""A number for each child (or referral, or plan) that a return's tables name, and counts by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import cast

import polars as pl


def different(texts: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The different texts, as they first come, and for each of all which of them it is; null for null."""
    own = pl.Categorical(pl.Categories.random())  # numbers of its own, from 0
    known = texts.cast(own)
    numbers = known.to_physical()
    each = pl.int_range(_count(numbers), dtype=pl.UInt32, eager=True).cat.to(own).cast(pl.String)
    return each.alias(texts.name), numbers


def parted(together: pl.Series, like: Sequence[pl.Series]) -> list[pl.Series]:
    """The parts of a column in which several lie one after the other, each as long as its own in `like`."""
    ends = accumulate(one.len() for one in like)
    return [together.slice(end - one.len(), one.len()) for one, end in zip(like, ends, strict=True)]


def _count(numbers: pl.Series) -> int:
    return 0 if numbers.null_count() == numbers.len() else cast(int, numbers.max()) + 1


def where_known(frame: pl.DataFrame, *names: str) -> pl.DataFrame:
    """The rows that have a value in each of the named columns; the frame itself where all rows have."""
    if not any(frame[name].null_count() for name in names):
        return frame
    return frame.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in names))


def counted(numbers: pl.Series, count: int) -> pl.Series:
    """How often each number below `count` comes."""
    found = numbers.drop_nulls().sort().rle().struct.unnest()  # takes half the time of grouping them
    none = pl.Series([0], dtype=pl.UInt32).new_from_index(0, count)
    return none.scatter(found["value"], found["len"]) if found.height else none


def or_none(counts: pl.Series) -> pl.Series:
    """The counts, 0 for a row that has no number to count by."""
    return counts.fill_null(0) if counts.null_count() else counts


@dataclass(frozen=True)
class Numbering:
    """A number below `count` for each row of each table, the same for the same key; null without one."""

    by_table: Mapping[str, pl.Series]
    count: int


def numbered(tables: Mapping[str, pl.DataFrame], keys: tuple[str, ...]) -> Numbering:
    """The numbers of the tables that have all the columns `keys`, by what stands in them together."""
    texts = {name: _joined(frame, keys) for name, frame in tables.items() if set(keys) <= set(frame.columns)}
    if not texts:
        return Numbering({}, 0)
    each = list(texts.values())
    own = pl.Categorical(pl.Categories.random())
    numbers = pl.concat(each).cast(own).to_physical()
    return Numbering(dict(zip(texts, parted(numbers, each), strict=True)), _count(numbers))


def _joined(frame: pl.DataFrame, keys: tuple[str, ...]) -> pl.Series:
    texts = [frame[key].cast(pl.String) for key in keys]
    if len(texts) == 1:
        return texts[0].alias("key")
    return pl.DataFrame(texts).select(pl.concat_str(keys, separator="\x1f").alias("key")).to_series()
