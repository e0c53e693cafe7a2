"""Totals are shared out exactly, within their limits, and the same whatever part of a country is made."""

import polars as pl
import pytest

from kith.invented.england.apportion import MarginsDisagree, balanced, spread, spread_within
from kith.invented.england.ranks import Pool, by_rank, ranked


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (10, [1, 1, 1], [3, 4, 3]),
        (7, [0, 2, 5], [0, 2, 5]),
        (0, [1, 2], [0, 0]),
        (5, [0, 0], [0, 0]),  # nobody to share it out among
    ],
)
def test_a_total_is_shared_out_as_the_weights_are(
    total: int, weights: list[float], shares: list[int]
) -> None:
    assert spread(total, weights) == shares


def test_a_total_is_shared_out_within_limits() -> None:
    assert spread_within(10, [5, 5, 0], [0, 0, 0], [3, 9, 9], "it") == [3, 7, 0]
    assert spread_within(10, [0, 0], [1, 2], [5, 9], "it") == [5, 5]
    with pytest.raises(MarginsDisagree, match="it: 10 is not between 0 and 9"):
        spread_within(10, [1, 1], [0, 0], [4, 5], "it")


def test_a_table_is_brought_to_its_sums_by_way_of_a_third_column() -> None:
    table = [[3, 0, 0], [0, 3, 0]]
    most = [[3, 3, 0], [0, 3, 3]]  # the first row has nothing of the third column
    even = balanced(table, [[0] * 3] * 2, most, [2, 3, 1], "it")
    assert [sum(row) for row in even] == [3, 3]
    assert [sum(column) for column in zip(*even, strict=True)] == [2, 3, 1]
    with pytest.raises(MarginsDisagree, match="the columns cannot come to"):
        balanced([[2, 0]], [[2, 0]], [[2, 2]], [1, 1], "it")


@pytest.mark.parametrize("count", [1, 2, 7, 100, 999])
def test_ranks_are_a_new_order_of_everyone(count: int) -> None:
    numbers = pl.DataFrame({"number": range(count)}, schema={"number": pl.Int64})
    for way in range(20):
        ranks = numbers.select(ranked(pl.col("number"), count, way)).to_series()
        assert sorted(ranks) == list(range(count))


def test_the_first_ranks_are_met_exactly_however_the_country_is_parted() -> None:
    kinds = [("few", 30), ("many", 970)]
    parts = [Pool(count, before, 1000) for count, before in ((10, 0), (390, 10), (600, 400))]
    found = [
        part.frame().select(by_rank(ranked(pl.col("number"), 1000, 2), kinds).alias("kind"))["kind"]
        for part in parts
    ]
    assert [(kind == "few").sum() for kind in found] != [30, 0, 0]
    assert sum((kind == "few").sum() for kind in found) == 30
    assert (found[2] == "few").sum() == pytest.approx(18, abs=2)
