"""Funnel limits keep what chance gives inside, and over-dispersion widens them by its rule."""

from fractions import Fraction
from math import comb, exp, factorial, sqrt
from statistics import NormalDist

import polars as pl
import pytest

from kith.insight.statistics.confidence import USUAL, WIDE
from kith.insight.statistics.funnels import (
    Beyond,
    Measure,
    beyond,
    funnel,
    limits,
    sizes_between,
    standard_error,
    standard_score,
)
from kith.insight.statistics.intervals import ImpossibleCount
from kith.insight.statistics.over_dispersion import (
    CHANCE_ALONE,
    Spread,
    spread_between,
    spread_of,
    winsorised,
)

SHARE, RATE = Measure.SHARE, Measure.RATE


@pytest.mark.parametrize("size, target", [(1, 50), (5, 20), (12, 3), (40, 67), (40, 100), (40, 0), (100, 10)])
def test_a_share_is_beyond_where_so_few_or_so_many_come_up_less_often_than_the_tail(size, target):
    """Added up in whole fractions, for every count."""
    chance = Fraction(target, 100)
    exactly = [comb(size, k) * chance**k * (1 - chance) ** (size - k) for k in range(size + 1)]
    for count in range(size + 1):
        assert beyond(SHARE, count, size, target) is _by_tails(
            sum(exactly[: count + 1]), sum(exactly[count:])
        )


@pytest.mark.parametrize("expected", [0.01, 0.5, 3, 11.5, 40])
def test_a_rate_is_beyond_where_so_few_or_so_many_happen_less_often_than_the_tail(expected):
    exactly = [exp(-expected) * expected**k / factorial(k) for k in range(120)]
    for count in range(90):
        answer = beyond(RATE, count, 50_000, expected / 5)
        assert answer is _by_tails(sum(exactly[: count + 1]), sum(exactly[count:]))


def _by_tails(so_few: float, so_many: float) -> Beyond:
    if so_few < USUAL.tail:
        return Beyond.FAR_LOWER if so_few < WIDE.tail else Beyond.LOWER
    if so_many < USUAL.tail:
        return Beyond.FAR_HIGHER if so_many < WIDE.tail else Beyond.HIGHER
    return Beyond.WITHIN


def test_limits_lie_on_the_straight_line_between_two_counts():
    """Of 2 with a half each: none 1/4, at most one 3/4. No count is rare enough, so the line goes below 0
    and stops there. Of 8: none 1/256, at most one 9/256, so 1/40 is met at 27/40 of the way to one."""
    assert limits(SHARE, 50, 2) == (0, 100)
    low, high = limits(SHARE, 50, 8)
    along = (1 / 40 - 1 / 256) / (8 / 256)
    assert low == pytest.approx(100 * along / 8)
    assert high == pytest.approx(100 - low)


@pytest.mark.parametrize("measure, target", [(SHARE, 32.5), (RATE, 67)])
def test_the_lines_of_a_funnel_come_together_and_far_lines_lie_outside(measure, target):
    lines = funnel(measure, target, [0, 30, 300, 300, 30_000, 3_000_000])
    assert lines["denominator"].to_list() == [30, 300, 30_000, 3_000_000]
    assert lines.select(pl.all_horizontal(
        pl.col("far_low") <= pl.col("low"), pl.col("low") < target, pl.col("high") > target,
        pl.col("far_high") >= pl.col("high"),
    ).all()).item()  # fmt: skip
    width = lines["high"] - lines["low"]
    assert width.to_list() == sorted(width, reverse=True)


def test_with_many_children_limits_are_those_of_the_normal_distribution():
    low, high = limits(SHARE, 30, 1_000_000)
    reach = NormalDist().inv_cdf(0.975) * standard_error(SHARE, 1_000_000, 30)
    assert (low, high) == (pytest.approx(30 - reach, abs=0.0002), pytest.approx(30 + reach, abs=0.0002))


def test_an_empty_funnel_has_its_columns():
    assert funnel(SHARE, 30, []).columns == ["denominator", "low", "high", "far_low", "far_high"]


@pytest.mark.parametrize("smallest, largest", [(0, 0), (1, 1), (7, 900), (50, 400_000)])
def test_sizes_go_from_the_smallest_to_the_largest(smallest, largest):
    sizes = sizes_between(smallest, largest, 20)
    assert (sizes[0], sizes[-1]) == (max(smallest, 1), max(largest, 1))
    assert sizes == sorted(set(sizes)) and len(sizes) <= 22


@pytest.mark.parametrize("count, size, target", [(None, 5, 20), (1, None, 20), (1, 5, None), (0, 0, 20)])
def test_what_is_not_known_cannot_be_told(count, size, target):
    assert beyond(SHARE, count, size, target) is Beyond.CANNOT_TELL


@pytest.mark.parametrize(
    "count, size, target", [(6, 5, 20), (-1, 5, 20), (1, 5, 101), (1, 5, -1), (1, 5, float("nan"))]
)
def test_what_cannot_be_is_refused(count, size, target):
    with pytest.raises(ImpossibleCount):
        beyond(SHARE, count, size, target)


def test_a_funnel_of_nobody_is_refused():
    with pytest.raises(ImpossibleCount, match="leave those out"):
        limits(RATE, 20, 0)


def test_no_word_of_it_judges():
    words = " ".join(Beyond).lower()
    assert not {"good", "bad", "worse", "better", "red", "amber", "green", "poor"} & set(words.split())


def test_the_extreme_tenth_is_brought_in():
    assert winsorised([5, -9, 1, 2, 3, 4, 0, -1, -2, 30]) == [-2, -2, -1, 0, 1, 2, 3, 4, 5, 5]
    assert winsorised([3, 1, 2]) == [1, 2, 3]
    assert winsorised([]) == []


def test_scores_that_chance_gives_widen_nothing():
    scores = [NormalDist().inv_cdf((i + 0.5) / 150) for i in range(150)]
    assert spread_of(scores) is CHANCE_ALONE
    assert spread_of([9.0] * 9) is CHANCE_ALONE, "nine are too few to judge"
    assert spread_between(scores, [1.0] * 150) is CHANCE_ALONE


def test_phi_is_the_mean_square_of_the_scores_brought_in():
    scores = [-40.0, -3, -3, -2, -1, 1, 2, 3, 3, 40]
    assert spread_of(scores).phi == (4 * 9 + 2 * 4 + 2 * 1 + 2 * 9) / 10


def test_where_all_have_one_size_the_two_ways_nearly_agree():
    """phi = 9 of 150 with a standard error of 2: between^2 = 4 (150 * 9 - 149) / 149."""
    scores = [3.0, -3.0] * 75
    spread = spread_between(scores, [2.0] * 150)
    assert spread.between == pytest.approx(sqrt(4 * (150 * 9 - 149) / 149))
    assert spread.wider_by(2.0) == pytest.approx(spread_of(scores).wider_by(2.0), rel=0.01)
    assert spread.wider_by(0.5) > spread.wider_by(2.0)


def test_limits_are_as_many_times_as_wide_and_stay_between_0_and_100():
    narrow, wide = limits(SHARE, 40, 500), limits(SHARE, 40, 500, spread=Spread(phi=4))
    assert (40 - wide.low, wide.high - 40) == (
        pytest.approx(2 * (40 - narrow.low)),
        pytest.approx(2 * (narrow.high - 40)),
    )
    assert limits(SHARE, 40, 10, spread=Spread(phi=100)) == (0, 100)
    assert beyond(SHARE, 245, 500, 40) is Beyond.FAR_HIGHER
    assert beyond(SHARE, 245, 500, 40, Spread(phi=9)) is Beyond.WITHIN


@pytest.mark.parametrize("measure, count, size, target, score", [
    (SHARE, 60, 100, 50, 2), (RATE, 30, 10_000, 25, 1), (SHARE, 1, 4, 0, 0),
])  # fmt: skip
def test_a_score_counts_standard_errors_from_the_target(measure, count, size, target, score):
    assert standard_score(measure, count, size, target) == pytest.approx(score)
