"""Chance that comes out the same again, and ranks that meet a total exactly however a country is parted.

Everyone of one kind in England has a number, by authority. A rank moves these numbers about so that every
authority's are spread evenly over all ranks: "the first 4,130 ranks" are 4,130 children of all England, and
about their fair share in each authority, which can be made without the others.
"""

from dataclasses import dataclass
from math import gcd, sqrt

import polars as pl

_IRRATIONAL = [sqrt(prime) % 1 for prime in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53)]


@dataclass(frozen=True)
class Pool:
    """Everyone of a kind in one authority: how many, how many in the authorities before, and in all."""

    count: int
    before: int
    all: int

    def frame(self) -> pl.DataFrame:
        """One row each, with `number`, the number in all England."""
        return pl.DataFrame(
            {"number": pl.int_range(self.before, self.before + self.count, dtype=pl.Int64, eager=True)}
        )


def ranked(number: pl.Expr, count: int, way: int) -> pl.Expr:
    """The numbers from 0 to before `count` in another order, a different one for each `way`."""
    if count <= 1:
        return number
    step = max(1, round(count * _IRRATIONAL[way % len(_IRRATIONAL)]))
    while gcd(step, count) != 1:
        step += 1
    return (number * step + way) % count


def chance(way: int, seed: int = 0) -> pl.Expr:
    """A number from 0 to below 1 out of `number`, evenly spread; a different one for each `way`."""
    return ((pl.col("number") + 1 + seed) * _IRRATIONAL[way % len(_IRRATIONAL)] + way * 0.137) % 1.0


def upto(most: pl.Expr | int, way: int, seed: int = 0) -> pl.Expr:
    """A whole number from 0 to below `most`, by chance; 0 where `most` is less than one."""
    return (chance(way, seed) * most).floor().cast(pl.Int64).clip(0)


def one_of(values: list[str], way: int, seed: int = 0) -> pl.Expr:
    """One of the values, by chance."""
    return upto(len(values), way, seed).replace_strict(dict(enumerate(values)), return_dtype=pl.String)


def by_rank(rank: pl.Expr, counts: list[tuple[str, int]]) -> pl.Expr:
    """What a rank falls in, of things that have `counts` ranks each; the last where it is beyond them all."""
    found: pl.Expr = pl.lit(counts[-1][0])
    upper = sum(count for _, count in counts)
    for name, count in reversed(counts):
        found = pl.when(rank < upper).then(pl.lit(name)).otherwise(found)
        upper -= count
    return found
