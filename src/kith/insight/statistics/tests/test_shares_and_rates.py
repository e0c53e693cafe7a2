"""Shares and rates with their intervals: known values, edges, how often they hold the true figure."""

from math import comb, exp, factorial, inf, nan

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.insight.statistics.distributions import poisson_limits
from kith.insight.statistics.intervals import (
    USUAL,
    WIDE,
    ImpossibleCount,
    count_interval,
    count_intervals,
    rate_interval,
    rate_intervals,
    share_interval,
    share_intervals,
)
from kith.insight.statistics.intervals.rates import _byar
from kith.insight.statistics.tests.rows import row_by_row, same

PARTS = st.integers(0, 10**9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
EVENTS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**8))


@pytest.mark.parametrize("count, out_of, low, high", [
    (81, 263, 25.53, 36.62),  # Newcombe 1998, table I, method 3
    (15, 148, 6.24, 16.05),
    (0, 20, 0, 16.11),
    (1, 29, 0.61, 17.18),
])  # fmt: skip
def test_the_published_examples_of_wilsons_interval(count, out_of, low, high):
    interval = share_interval(count, out_of)
    assert interval.value == 100 * count / out_of
    assert interval[1:] == (pytest.approx(low, abs=0.006), pytest.approx(high, abs=0.006))


@pytest.mark.parametrize("count, out_of, ends", [
    (0, 1, {"low": 0}), (0, 10**15, {"low": 0}),  # none of n
    (1, 1, {"high": 100}), (10**15, 10**15, {"high": 100}),  # all of n
    (0, 0, {"value": None, "low": None, "high": None}),  # nothing to count out of
])  # fmt: skip
def test_none_all_and_nothing(count, out_of, ends):
    for interval in [share_interval(count, out_of), row_by_row(share_intervals, (count, out_of))[0]]:
        assert {name: getattr(interval, name) for name in ends} == ends


@pytest.mark.parametrize("count, out_of", [(3, 2), (1, 0), (-1, 2), (1.5, 2), (nan, 2), (1, inf), (0, -1)])
def test_a_share_that_cannot_be_is_refused(count, out_of):
    with pytest.raises(ImpossibleCount, match=r"were counted out of|whole number"):
        share_interval(count, out_of)
    with pytest.raises(ImpossibleCount, match=r"were counted out of|whole number"):
        row_by_row(share_intervals, (1.0, 2.0), (float(count), float(out_of)))


def test_a_null_gives_nulls_and_stops_no_other_row():
    intervals = row_by_row(share_intervals, (None, 5), (2, None), (-1, None), (1, 2))
    assert intervals[:3] == [(None, None, None)] * 3
    assert intervals[3].value == 50


@pytest.mark.parametrize("count, low, high", [
    (0, 0, 3.689), (3, 0.619, 8.767), (9, 4.115, 17.085),  # exact
    (10, 4.79, 18.39), (56, 42.30, 72.72), (100, 81.36, 121.63),  # Byar's
])  # fmt: skip
def test_a_count_has_exact_limits_below_10_and_byars_from_there(count, low, high):
    assert count_interval(count)[1:] == (pytest.approx(low, abs=0.006), pytest.approx(high, abs=0.006))


def test_a_rate_is_for_10000_and_may_count_a_child_twice():
    assert rate_interval(56, 20_000).value == 28
    assert rate_interval(56, 20_000).low == pytest.approx(count_interval(56).low / 2)
    assert rate_interval(3, 2).value == 15_000


def test_no_population_gives_no_rate_and_a_count_below_zero_is_refused():
    for give in (rate_interval, lambda *row: row_by_row(rate_intervals, row)[0]):
        assert give(0, 0) == (None, None, None)
        assert give(4, 0) == (None, None, None)
        with pytest.raises(ImpossibleCount, match="whole number"):
            give(-4, 100)


@given(PARTS, st.sampled_from([USUAL, WIDE]))
def test_a_share_by_column_is_the_share_alone(part, confidence):
    alone = share_interval(*part, confidence)
    assert same(row_by_row(share_intervals, part, confidence=confidence)[0], alone)


@given(EVENTS, st.sampled_from([USUAL, WIDE]))
def test_a_rate_by_column_is_the_rate_alone(events, confidence):
    alone = rate_interval(*events, confidence)
    assert same(row_by_row(rate_intervals, events, confidence=confidence)[0], alone)


@given(st.integers(0, 10**6))
def test_a_count_by_column_is_the_count_alone(count):
    by_column = pl.DataFrame({"count": [count]}).select(count_intervals("count").struct.unnest()).row(0)
    assert by_column == pytest.approx(count_interval(count), rel=1e-9)


@given(PARTS.filter(lambda part: part[1] > 0), st.integers(2, 50))
def test_a_share_lies_in_its_interval_and_more_children_make_it_narrower(part, times):
    usual, wide = share_interval(*part), share_interval(*part, WIDE)
    more = share_interval(part[0] * times, part[1] * times)
    assert 0 <= wide.low <= usual.low <= usual.value <= usual.high <= wide.high <= 100
    assert more.high - more.low < usual.high - usual.low


@given(st.integers(0, 10**6))
def test_a_count_lies_in_its_interval_and_a_higher_one_has_higher_limits(count):
    usual, wide, next_one = count_interval(count), count_interval(count, WIDE), count_interval(count + 1)
    assert 0 <= wide.low <= usual.low <= usual.value < usual.high < wide.high
    assert usual.low < next_one.low and usual.high < next_one.high


@pytest.mark.parametrize("confidence, from_ten, of_one", [(USUAL, 0.0017, 0.48), (WIDE, 0.015, 3.8)])
def test_how_far_byars_limits_are_from_the_exact_ones(confidence, from_ten, of_one):
    """The reason for exact limits below 10: relative differences, the greatest from 10 on and that of 1."""

    def apart(count):
        exact = poisson_limits(count, confidence.tail)
        return max(abs(b / e - 1) for b, e in zip(_byar(float(count), confidence.z), exact, strict=True))

    assert max(apart(count) for count in range(10, 200)) == pytest.approx(from_ten, rel=0.03)
    assert apart(1) == pytest.approx(of_one, rel=0.03)


@pytest.mark.parametrize("out_of, least, least_inside, mean", [
    (5, 83.2, 89.1, 95.5), (10, 83.5, 89.3, 95.4), (20, 83.7, 91.6, 95.3), (50, 83.8, 93.1, 95.2),
])  # fmt: skip
def test_how_often_wilsons_interval_holds_the_true_share(out_of, least, least_inside, mean):
    """Added up over every count. On average it holds the true share 95 times in 100, as it says.

    At worst, for one true share near 0 or 100 per cent, it holds it 83 times; between 5 and 95 per cent, 89.
    """
    intervals = [share_interval(count, out_of) for count in range(out_of + 1)]

    def held(share):
        return 100 * sum(
            comb(out_of, count) * share**count * (1 - share) ** (out_of - count)
            for count, interval in enumerate(intervals)
            if interval.low <= 100 * share <= interval.high
        )

    at_worst = {share: held(share) for share in _beside_limits(intervals, 100) if 0 < share < 1}
    assert min(at_worst.values()) == pytest.approx(least, abs=0.06)
    inside = [often for share, often in at_worst.items() if 0.05 < share < 0.95]
    assert min(inside) == pytest.approx(least_inside, abs=0.06)
    steps = [held((step + 0.5) / 1000) for step in range(1000)]
    assert sum(steps) / 1000 == pytest.approx(mean, abs=0.06)


@pytest.mark.parametrize("confidence, least, mean", [(USUAL, 95.02, 96.45), (WIDE, 99.80, 99.88)])
def test_how_often_the_interval_of_a_count_holds_the_true_average(confidence, least, mean):
    """Added up over every count, for averages up to 40: never less often than it says."""
    intervals = [count_interval(count, confidence) for count in range(150)]

    def held(average):
        return 100 * sum(
            exp(-average) * average**count / factorial(count)
            for count, interval in enumerate(intervals)
            if interval.low <= average <= interval.high
        )

    at_worst = min(held(average) for average in _beside_limits(intervals, 1) if 0 < average < 40)
    assert at_worst == pytest.approx(least, abs=0.01)
    assert sum(held(step / 10) for step in range(1, 401)) / 400 == pytest.approx(mean, abs=0.01)


def _beside_limits(intervals, scale):
    """True figures just outside and just inside each limit: how often they are held jumps there."""
    limits = {limit / scale for interval in intervals for limit in interval[1:]}
    return [limit + step for limit in limits for step in (-1e-9, 1e-9)]
