"""Ratios and differences of two figures: published examples, the rules for zero, columns as single ones."""

from math import comb, exp, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.insight.statistics.intervals import (
    WIDE,
    ImpossibleCount,
    Interval,
    difference_interval,
    difference_intervals,
    difference_of_shares_interval,
    difference_of_shares_intervals,
    exactly,
    ratio_of_rates_interval,
    ratio_of_rates_intervals,
    ratio_of_shares_interval,
    ratio_of_shares_intervals,
)
from kith.insight.statistics.tests.rows import row_by_row, same

PART = st.integers(0, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
TWO_SHARES = st.tuples(PART, PART).map(lambda two: (*two[0], *two[1]))
COUNT, SIZE = st.integers(0, 10**5), st.integers(0, 10**7)
TWO_RATES = st.tuples(COUNT, SIZE, COUNT, SIZE)
NOTHING = (None, None, None)
HIGH = {ratio_of_rates_interval: 0.81531, ratio_of_shares_interval: 0.79307}  # of the halves, by hand


@pytest.mark.parametrize("counts, low, high", [
    ((56, 70, 48, 80), 5.24, 33.39),  # Newcombe 1998, table II, method 10
    ((9, 10, 3, 10), 17.05, 80.90),
    ((6, 7, 2, 7), 5.82, 80.62),
    ((5, 56, 0, 29), -3.81, 19.26),
    ((0, 10, 0, 20), -16.11, 27.75),
    ((10, 10, 0, 10), 60.75, 100),
])  # fmt: skip
def test_the_published_examples_of_newcombes_interval(counts, low, high):
    interval = difference_of_shares_interval(*counts)
    assert interval[1:] == (pytest.approx(low, abs=0.006), pytest.approx(high, abs=0.006))


def test_a_ratio_of_rates_is_that_of_the_textbook():
    """Breast cancer and X-rays (Boice & Monson 1977, in Rothman's textbook): 1.86, 1.03 to 3.36."""
    interval = ratio_of_rates_interval(41, 28_010, 15, 19_017)
    assert interval == tuple(pytest.approx(each, abs=0.006) for each in (1.86, 1.03, 3.35))


def test_a_ratio_of_shares_follows_its_formula():
    error = sqrt(1 / 30 - 1 / 100 + 1 / 20 - 1 / 120)
    interval = ratio_of_shares_interval(30, 100, 20, 120)
    assert interval == (
        pytest.approx(1.8),
        pytest.approx(exp(log(1.8) - 1.959964 * error)),
        pytest.approx(exp(log(1.8) + 1.959964 * error)),
    )


@pytest.mark.parametrize("ratio", [ratio_of_rates_interval, ratio_of_shares_interval])
def test_nobody_in_the_first_is_a_ratio_of_0_and_nobody_in_the_second_is_none(ratio):
    none_of_first = ratio(0, 50, 8, 40)
    assert none_of_first[:2] == (0, 0)
    assert none_of_first.high == pytest.approx(HIGH[ratio], abs=1e-5)
    assert ratio(8, 40, 0, 50) == ratio(0, 40, 0, 50) == ratio(8, 40, 0, 0) == ratio(0, 0, 8, 40) == NOTHING


def test_all_of_all_still_has_limits_that_more_children_bring_closer():
    few, many = ratio_of_shares_interval(5, 5, 7, 7), ratio_of_shares_interval(500, 500, 700, 700)
    assert few.low < many.low < 1 < many.high < few.high


@pytest.mark.parametrize("counts", [(3, 2, 1, 4), (1, 4, 3, 2), (-1, 4, 1, 4)])
def test_counts_that_cannot_be_are_refused(counts):
    for refuse in (ratio_of_shares_interval, difference_of_shares_interval):
        with pytest.raises(ImpossibleCount):
            refuse(*counts)
    for refuse in (ratio_of_shares_intervals, difference_of_shares_intervals):
        with pytest.raises(ImpossibleCount):
            row_by_row(refuse, (1, 2, 1, 2), counts)


@given(TWO_SHARES)
def test_two_shares_by_column_are_as_alone(counts):
    assert same(row_by_row(ratio_of_shares_intervals, counts)[0], ratio_of_shares_interval(*counts))
    assert same(row_by_row(difference_of_shares_intervals, counts)[0], difference_of_shares_interval(*counts))


@given(TWO_RATES)
def test_two_rates_by_column_are_as_alone(counts):
    assert same(row_by_row(ratio_of_rates_intervals, counts)[0], ratio_of_rates_interval(*counts))


@pytest.mark.parametrize(
    "by_column", [ratio_of_rates_intervals, ratio_of_shares_intervals, difference_of_shares_intervals]
)
@pytest.mark.parametrize("missing", range(4))
def test_a_null_gives_nulls(by_column, missing):
    row = tuple(None if place == missing else 2 for place in range(4))
    told = row_by_row(by_column, row, (2, 2, 2, 2))
    assert told[0] == NOTHING
    assert None not in told[1]


@given(TWO_SHARES.filter(lambda counts: counts[1] and counts[2] and counts[3]))
def test_a_ratio_lies_in_its_limits_and_the_wider_hold_the_narrower(counts):
    for ratio in (ratio_of_shares_interval, ratio_of_rates_interval):
        usual, wide = ratio(*counts), ratio(*counts, WIDE)
        assert 0 <= wide.low <= usual.low <= usual.value <= usual.high <= wide.high


@given(TWO_SHARES.filter(lambda counts: counts[1] and counts[3]))
def test_a_difference_turned_round_is_the_same_with_the_other_sign(counts):
    one, other = (
        difference_of_shares_interval(*counts),
        difference_of_shares_interval(*counts[2:], *counts[:2]),
    )
    assert same(one, Interval(-other.value, -other.high, -other.low))
    assert -100 - 1e-9 <= one.low <= one.value <= one.high <= 100 + 1e-9


@pytest.mark.parametrize("figure, other, difference", [
    (Interval(5, 3, 8), exactly(4), (1, -1, 4)),  # a target brings no chance of its own
    (Interval(10, 7, 16), Interval(6, 2, 10), (4, -1, 4 + sqrt(52))),
    (Interval(5, None, None), exactly(4), (1, None, None)),  # too few for limits
    (Interval(None, None, None), exactly(4), NOTHING),
])  # fmt: skip
def test_a_difference_of_any_two_figures(figure, other, difference):
    assert same(difference_interval(figure, other), Interval(*difference))
    columns = lambda *names: difference_intervals(names[:3], names[3:])  # noqa: E731
    told = row_by_row(columns, (9.0, 8.0, 9.5, 1.0, 1.0, 1.0), (*figure, *other))
    assert same(told[1], Interval(*difference))


@pytest.mark.parametrize("chances, of_difference, of_ratio", [
    ((0.3, 0.2), 93.85, 97.38), ((0.9, 0.8), 95.35, 96.72), ((0.5, 0.5), 94.37, 95.88),
])  # fmt: skip
def test_how_often_the_intervals_of_two_shares_hold_the_truth(chances, of_difference, of_ratio):
    """Added up over every pair of counts out of 20 and 30; a ratio, of those pairs that have one."""
    one, other = (
        [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
        for n, p in zip((20, 30), chances, strict=True)
    )

    def held(interval, truth, of_other):
        told = {(a, b): interval(a, 20, b, 30) for a in range(21) for b in of_other}
        return sum(one[a] * other[b] for (a, b), each in told.items() if each.low <= truth <= each.high)

    difference = held(difference_of_shares_interval, 100 * (chances[0] - chances[1]), range(31))
    ratio = held(ratio_of_shares_interval, chances[0] / chances[1], range(1, 31)) / (1 - other[0])
    assert (100 * difference, 100 * ratio) == pytest.approx((of_difference, of_ratio), abs=0.01)
