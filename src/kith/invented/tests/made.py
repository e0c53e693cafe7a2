"""A small authority for the tests, on a made table of postcodes."""

from collections.abc import Sequence
from datetime import date
from functools import cache

import polars as pl

from kith.dataset.dataset import Dataset
from kith.dataset.returns import Return
from kith.invented.authority import Authority, invent
from kith.invented.frames import dataset_of, returns_of
from kith.invented.places import AREA
from kith.invented.rates import rows

UNTIL = date(2026, 11, 22)


class MadePostcodes:
    """Five hundred postcodes for each district, of areas that no letters stand for."""

    def of_district(self, ons_code: str) -> Sequence[str]:
        return _postcodes(ons_code)


@cache
def _postcodes(ons_code: str) -> list[str]:
    number = [*AREA, *(row["ons_code"] for row in rows("districts"))].index(ons_code)
    letters = "ABDEFGHJLN"
    return [f"QQ{number}{one} {two}{three}Z" for one in range(5) for two in range(10) for three in letters]


@cache
def northbrook(children: int = 500, years: int = 6, seed: int = 1) -> Authority:
    return invent(children, years, seed, UNTIL, MadePostcodes())


@cache
def facts() -> Dataset:
    return dataset_of(northbrook())


@cache
def returns() -> tuple[Return, ...]:
    return tuple(returns_of(northbrook(), facts()))


def tables(kind: str, name: str) -> pl.DataFrame:
    """One table of every year's return, with the year in `year`."""
    return pl.concat(
        [
            return_.tables[name].with_columns(pl.lit(return_.year).alias("year"))
            for return_ in returns()
            if return_.kind == kind
        ]
    )
