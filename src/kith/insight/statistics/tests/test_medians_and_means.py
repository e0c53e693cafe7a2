"""Medians and means of groups, with their limits."""

from math import comb
from statistics import NormalDist, median

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.insight.statistics.intervals import (
    USUAL,
    WIDE,
    Interval,
    mean_interval,
    mean_intervals,
    median_interval,
    median_intervals,
    median_ranks,
)
from kith.insight.statistics.tests.rows import same

DAYS = st.one_of(st.none(), st.integers(-1000, 5000))
GROUPED = st.lists(st.tuples(st.sampled_from("abc"), DAYS), max_size=60)


@pytest.mark.parametrize("number, ranks", [
    (0, None), (5, None), (6, (1, 6)), (8, (1, 8)), (9, (2, 8)), (10, (2, 9)), (20, (6, 15)), (50, (18, 33)),
    (100, (40, 61)),
])  # fmt: skip
def test_the_ranks_are_those_of_the_printed_tables(number, ranks):
    assert median_ranks(number) == ranks


@pytest.mark.parametrize("confidence", [USUAL, WIDE])
def test_no_ranks_closer_together_would_hold_the_median_as_often(confidence):
    """Added up: half of all values lie below the median, so how many of n do is a toss of n coins."""
    for number in range(1, 200):
        too_low = [sum(comb(number, k) for k in range(rank)) / 2**number for rank in range(number // 2 + 2)]
        ranks = median_ranks(number, confidence)
        if ranks is None:
            assert too_low[1] > confidence.tail
        else:
            assert too_low[ranks[0]] <= confidence.tail < too_low[ranks[0] + 1]
            assert sum(ranks) == number + 1


def test_a_million_values_have_the_ranks_of_the_normal_distribution():
    lower, _ = median_ranks(1_000_000)
    assert lower == pytest.approx(500_000 - NormalDist().inv_cdf(0.975) * 500, abs=1)


@pytest.mark.parametrize("values, interval", [
    ([], (None, None, None)),
    ([7], (7, None, None)),
    ([3, 1, 2, 4, 5], (3, None, None)),  # too few for limits
    ([6, 2, 3, 4, 5, 1], (3.5, 1, 6)),
    ([4] * 9, (4, 4, 4)),
    ([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], (5.5, 2, 9)),
])  # fmt: skip
def test_a_median_and_its_limits(values, interval):
    assert median_interval(values) == interval


@pytest.mark.parametrize("values, interval", [
    ([], (None, None, None)),
    ([7], (7, None, None)),
    ([4, 4, 4], (4, 4, 4)),
    ([1, 3], (2, 2 - 12.7062, 2 + 12.7062)),  # t of one degree of freedom, times 1
    ([1, 2, 3, 4, 5], (3, 3 - 2.77645 * 0.5**0.5, 3 + 2.77645 * 0.5**0.5)),
])  # fmt: skip
def test_a_mean_and_its_limits(values, interval):
    assert mean_interval(values) == tuple(
        pytest.approx(each, abs=1e-4) if each else each for each in interval
    )


@given(GROUPED, st.sampled_from([USUAL, WIDE]))
@pytest.mark.parametrize(
    "of_groups, alone", [(median_intervals, median_interval), (mean_intervals, mean_interval)]
)
def test_each_group_has_the_interval_of_its_values_alone(of_groups, alone, rows, confidence):
    frame = pl.DataFrame(rows, schema={"team": pl.String, "days": pl.Int64}, orient="row")
    told = of_groups(frame, ["team"], "days", confidence)
    assert told.columns == ["team", "numerator", "value", "low", "high"]
    assert told["team"].to_list() == sorted({team for team, _ in rows})
    for team, number, *interval in told.iter_rows():
        values = [days for its_team, days in rows if its_team == team and days is not None]
        assert number == len(values)
        assert same(Interval(*interval), alone(values, confidence))


@given(st.lists(st.integers(-50, 50), min_size=10, max_size=80))
def test_a_median_lies_in_its_limits_and_the_wider_hold_the_narrower(values):
    usual, wide = median_interval(values), median_interval(values, WIDE)
    assert min(values) <= wide.low <= usual.low <= median(values) <= usual.high <= wide.high <= max(values)
