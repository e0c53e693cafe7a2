"""Control charts: centre, limits, signs of change, and the sentence that tells them."""

from itertools import pairwise
from math import sqrt
from random import Random
from statistics import fmean

import pytest

from kith.insight.statistics.control_charts import rate_chart, share_chart, value_chart
from kith.insight.statistics.intervals import ImpossibleCount
from kith.insight.statistics.signals import Rule, Signal, Span

ORDINARY = "No more than the ordinary up and down from month to month."
STEADY_YEAR = [50, 53, 49, 51, 47, 52, 50, 48, 51, 49, 52, 48]


def labels(number):
    return [f"month {i + 1}" for i in range(number)]


def chart_of(values, span=Span.MONTH):
    return value_chart(labels(len(values)), values, span)


def test_single_values_have_limits_of_2_66_mean_ranges():
    values = [39, 41, 41, 41, 43, 44, 41, 42, 40, 41, 44, 40]
    mean_range = fmean(abs(b - a) for a, b in pairwise(values))
    chart = chart_of(values)
    assert chart.centre == pytest.approx(fmean(values))
    for point in chart.points:
        assert point.low == pytest.approx(fmean(values) - 2.66 * mean_range, abs=0.001)
        assert point.high == pytest.approx(fmean(values) + 2.66 * mean_range, abs=0.001)


def test_shares_that_vary_as_chance_has_it_have_the_plain_limits_of_each_month():
    counts, sizes = [5, 11, 6, 9, 5, 10, 6, 8], [20, 40, 22, 30, 20, 38, 21, 30]
    chart = share_chart(labels(8), counts, sizes)
    share = sum(counts) / sum(sizes)
    assert chart.centre == pytest.approx(100 * share)
    for point, count, size in zip(chart.points, counts, sizes, strict=True):
        error = sqrt(share * (1 - share) / size)
        assert point[1:] == (
            pytest.approx(100 * count / size),
            pytest.approx(max(100 * (share - 3 * error), 0)),
            pytest.approx(100 * (share + 3 * error)),
        )


@pytest.mark.parametrize("chart, scale, variance", [
    (share_chart, 100, lambda centre: centre * (1 - centre)),
    (rate_chart, 10_000, lambda centre: centre),
])  # fmt: skip
def test_a_series_that_varies_more_than_chance_has_limits_as_much_wider(chart, scale, variance):
    """Laney's correction, worked out step by step."""
    counts = [4200, 4800, 4100, 4900, 4300, 4700, 4250, 4750, 4500, 4400]
    sizes = [10_000, 10_100] * 5
    centre = sum(counts) / sum(sizes)
    errors = [sqrt(variance(centre) / size) for size in sizes]
    scores = [
        (count / size - centre) / error for count, size, error in zip(counts, sizes, errors, strict=True)
    ]
    varies = fmean(abs(b - a) for a, b in pairwise(scores)) / 1.128
    assert varies > 5
    told = chart(labels(10), counts, sizes)
    assert told.signals == ()
    assert [point.high for point in told.points] == pytest.approx(
        [scale * (centre + 3 * varies * error) for error in errors]
    )


@pytest.mark.parametrize("values, signals, sentence", [
    (STEADY_YEAR, [], ORDINARY),
    ([7] * 12, [], ORDINARY),  # always the same is no change
    ([0.1] * 24, [], ORDINARY),  # nor is what only rounding tells apart
    (
        [*STEADY_YEAR, 90],
        [Signal(Rule.BEYOND_LIMITS, True, 12, 12)],
        "A change: month 13 was higher than the ordinary up and down would give.",
    ),
    (
        [90, *STEADY_YEAR],
        [Signal(Rule.BEYOND_LIMITS, True, 0, 0)],  # and the others are no run below a centre that it lifts
        "A change: month 1 was higher than the ordinary up and down would give.",
    ),
    (
        [50, 46, 52, 47, 51, 48, 50, 46, 58, 62, 57, 60, 58, 62, 57, 60],
        [Signal(Rule.ONE_SIDE, False, 0, 7), Signal(Rule.ONE_SIDE, True, 8, 15)],
        "A change: the last 8 months were all above the usual level.",
    ),
    (
        [50, 55, 45, 55, 45, 55, 44, 46, 48, 50, 52, 54],
        [Signal(Rule.STEADY, True, 6, 11)],
        "A change: the last 6 months went up every time.",
    ),
    (
        [56, 54, 52, 50, 48, 46, 55, 45, 55, 45, 55, 50],
        [Signal(Rule.STEADY, False, 0, 5)],
        "A change: the 6 months from month 1 to month 6 went down every time.",
    ),
])  # fmt: skip
def test_the_signs_of_change_and_the_sentence(values, signals, sentence):
    chart = chart_of(values)
    assert list(chart.signals) == signals
    assert chart.sentence == sentence


@pytest.mark.parametrize("values, rule", [
    ([40] * 7 + [60] * 7, Rule.ONE_SIDE),  # seven on one side
    ([50, 60, 40, 60, 40, 42, 44, 46, 48, 40, 60, 50], Rule.STEADY),  # five rising
    ([50, 60, 40, 42, 44, 44, 46, 48, 40, 60, 50, 40], Rule.STEADY),  # two alike among those rising
])  # fmt: skip
def test_one_fewer_is_no_sign(values, rule):
    assert rule not in {signal.rule for signal in chart_of(values).signals}


def test_a_point_on_the_centre_line_ends_a_run():
    values = [60] * 5 + [50] + [60] * 5 + [40] * 5 + [50] + [40] * 5
    assert chart_of(values).centre == 50
    assert Rule.ONE_SIDE not in {signal.rule for signal in chart_of(values).signals}


def test_a_missing_month_stays_missing_and_ends_a_run():
    shift = [47, 46, 52, 47, 51, 46, 47, 46, 58, 62, 57, 60, 58, 62, 57, 60]
    assert Rule.ONE_SIDE in {signal.rule for signal in chart_of(shift).signals if signal.is_upwards}
    with_gap = [*shift[:11], None, *shift[12:]]
    chart = chart_of(with_gap)
    assert chart.points[11].value is None
    assert Rule.ONE_SIDE not in {signal.rule for signal in chart.signals if signal.is_upwards}


def test_nobody_in_a_month_is_a_month_without_a_share():
    chart = share_chart(labels(10), [1, 2, 0, 1, 2, 1, None, 1, 2, 1], [4, 4, 0, 4, 4, 4, 4, 4, 4, 4])
    assert chart.points[2] == ("month 3", None, None, None)
    assert chart.points[6].value is None
    assert chart.centre == pytest.approx(100 * 11 / 32)


def test_all_or_none_every_month_is_no_change():
    for counts in ([0] * 9, [5] * 9):
        chart = share_chart(labels(9), counts, [5] * 9)
        assert chart.sentence == ORDINARY
        assert {(point.low, point.high) for point in chart.points} == {(chart.centre, chart.centre)}


@pytest.mark.parametrize("values, has", [
    ([], "There are no months to go by"),
    ([3], "There is 1 month to go by"),
    ([3, 4, 5, 3, 4, 5, 3, None], "There are 7 months to go by"),
    ([3, None] * 8, "There are 8 months to go by"),  # none next to another
])  # fmt: skip
def test_too_few_points_have_no_limits_and_it_is_said(values, has):
    chart = chart_of(values)
    assert chart.centre is None and chart.signals == ()
    assert [point[1:] for point in chart.points] == [(value, None, None) for value in values]
    assert chart.sentence == (
        f"Too few to tell a change from chance. {has}; 8 are needed, some of them one after the other."
    )


def test_quarters_are_called_quarters():
    assert chart_of(STEADY_YEAR, Span.QUARTER).sentence == (
        "No more than the ordinary up and down from quarter to quarter."
    )


def test_what_cannot_be_charted_is_refused():
    with pytest.raises(ImpossibleCount, match="counted out of"):
        share_chart(labels(1), [3], [2])
    assert rate_chart(labels(1), [3], [2]).points[0].value == 15_000
    with pytest.raises(ValueError, match="9 and 8"):
        value_chart(labels(9), [1.0] * 8)


@pytest.mark.parametrize("months, most", [(12, 0.06), (24, 0.13), (36, 0.22)])
def test_how_many_series_that_do_not_change_show_a_sign(months, most):
    """Played 600 times: 30 children a month, of whom three in ten by chance."""
    chance = Random(months)
    counts = [[sum(chance.random() < 0.3 for _ in range(30)) for _ in range(months)] for _ in range(600)]
    signs = sum(bool(share_chart(labels(months), each, [30] * months).signals) for each in counts)
    assert 0 < signs / 600 < most


def test_a_share_that_doubles_is_seen_within_8_months():
    """Played 100 times: 40 children a month, of whom two in ten for a year and then four in ten."""
    chance = Random(7)
    seen = 0
    for _ in range(100):
        counts = [
            sum(chance.random() < (0.2 if month < 12 else 0.4) for _ in range(40)) for month in range(20)
        ]
        seen += bool(share_chart(labels(20), counts, [40] * 20).signals)
    assert seen >= 85
