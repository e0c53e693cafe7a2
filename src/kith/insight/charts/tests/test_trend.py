from dataclasses import replace

import pytest

from kith.insight.charts import spark, trend
from kith.insight.charts.figure import Beside, Figure, not_held, suppressed
from kith.insight.charts.picture import ENGLAND, NARROW, PALE_TEAL, TEAL, WIDE
from kith.insight.charts.tests.drawn import drawn, said
from kith.insight.charts.tests.sample_figures import RATE, YEARS, plain, ranged
from kith.insight.charts.tests.samples_over_time import TRENDS
from kith.insight.charts.trend import Break, Trend


def of(*figures: Figure, **more) -> Trend:
    return Trend("Children in care", "Northbrook", RATE, YEARS[: len(figures)], figures, **more)


def lines(svg: str, stroke: str) -> list[int]:
    """How many points each line of a colour joins."""
    every = [each for each in drawn(svg, "polyline") if each.attributes["stroke"] == stroke]
    return [len(each.attributes["points"].split()) for each in every]


def test_the_upright_axis_starts_at_nothing_and_places_are_to_scale():
    svg = trend.draw(of(*plain(0, 50, 100)), "a")
    middles = [
        (each.top + each.bottom) / 2 for each in drawn(svg, "circle")[1:]
    ]  # the first is the key's sample
    foot = next(each for each in drawn(svg, "text") if each.words == "0")
    head = next(each for each in drawn(svg, "text") if each.words == "100" and each.right < 60)
    assert middles[0] - middles[1] == pytest.approx(middles[1] - middles[2], abs=0.02)
    assert middles[0] - middles[2] == pytest.approx(foot.bottom - head.bottom, abs=0.02)


def test_a_line_is_never_drawn_through_a_period_that_is_not_there():
    svg = trend.draw(of(*plain(5, 6), not_held("no"), *plain(7, 8, 9), suppressed(), *plain(4)), "a")
    assert lines(svg, TEAL) == [2, 3]
    assert len(drawn(svg, "circle")) == 1 + 6
    assert said(svg).count("not held") == 1 and said(svg).count("c") == 1


def test_a_line_is_not_drawn_over_a_break_and_the_break_is_said():
    chart = of(
        *ranged(5, 6, 7, 8), beside=(Beside("England", plain(1, 2, 3, 4)),), breaks=(Break(2, "new count"),)
    )
    svg = trend.draw(chart, "a")
    assert lines(svg, TEAL) == [2, 2] and lines(svg, ENGLAND) == [2, 2]
    assert "A" in said(svg) and "A: from 2012-13 on, new count" in said(svg)
    assert "From 2012-13 on, new count." in trend.words(chart)
    assert "From 2012-13: new count" in trend.table(chart).notes


def test_a_range_is_a_band_and_a_whisker_where_a_period_stands_alone():
    svg = trend.draw(of(*ranged(5, 6), not_held(), *ranged(7)), "a")
    bands = [each for each in drawn(svg, "polygon") if each.attributes["fill"] == PALE_TEAL]
    whiskers = [
        each for each in drawn(svg, "line") if each.attributes["stroke"] == TEAL and each.left == each.right
    ]
    assert len(bands) == 1 and len(whiskers) == 1


def test_a_band_runs_from_low_to_high():
    svg = trend.draw(of(Figure(50, 25, 75), Figure(50, 0, 100)), "a")
    band = next(each for each in drawn(svg, "polygon") if each.attributes["fill"] == PALE_TEAL)
    points = [tuple(map(float, each.split(","))) for each in band.attributes["points"].split()]
    zero, top = (
        points[2][1],
        points[1][1],
    )  # high of the first, of the second, low of the second, of the first
    assert points[0][1] == pytest.approx(zero + (top - zero) * 0.75, abs=0.02)
    assert points[3][1] == pytest.approx(zero + (top - zero) * 0.25, abs=0.02)


def test_england_is_dashed_and_a_region_otherwise():
    svg = trend.draw(TRENDS["whole"], "a")
    dashes = [
        each.attributes.get("stroke-dasharray")
        for each in drawn(svg, "polyline")
        if each.attributes["stroke"] == ENGLAND
    ]
    assert len(dashes) == len(set(dashes)) == 2 and None not in dashes
    turned = replace(TRENDS["whole"], beside=TRENDS["whole"].beside[::-1])
    again = [
        each.attributes.get("stroke-dasharray")
        for each in drawn(trend.draw(turned, "a"), "polyline")
        if each.attributes["stroke"] == ENGLAND
    ]
    assert again == dashes[::-1]  # each keeps its own, in whatever order they come


def test_the_words_say_the_figure_its_range_and_england_and_no_direction_untold():
    told = TRENDS["whole"]
    assert trend.words(replace(told, direction="")) == (
        "The figure for Northbrook in 2019-20 was 84 per 10,000 children (95% range 77 to 91); "
        "in 2010-11 it was 61 per 10,000 children (95% range 56 to 66). "
        "The figure for England was 67 per 10,000 children and for North East was 107 per 10,000 children."
    )
    assert trend.words(told).endswith(
        "; Northbrook is higher than in 2010-11, by more than chance would give."
    )


def test_what_is_kept_back_or_not_held_is_said_and_never_nothing():
    chart = of(not_held("a 903 holds no referrals"), *plain(4), suppressed())
    assert trend.words(chart) == (
        "The figure for Northbrook in 2012-13 is not shown, as too few children lie behind it; "
        "in 2010-11 it is not held: a 903 holds no referrals."
    )
    table = trend.table(chart)
    assert table.rows == (("2010-11", "not held"), ("2011-12", "4"), ("2012-13", "c"))
    assert table.notes == ("c: too few to show", "Not held: a 903 holds no referrals")


def test_a_series_all_kept_back_has_no_line_and_no_dot():
    for frame in (WIDE, NARROW):
        svg = trend.draw(TRENDS["all suppressed"], "a", frame)
        assert lines(svg, TEAL) == [] and len(drawn(svg, "circle")) == 1
        assert said(svg).count("c") == len(YEARS)


def test_an_empty_series_says_that_it_is_empty():
    assert trend.words(TRENDS["none"]) == "There are no figures to show."
    assert "There are no figures to show." in said(trend.draw(TRENDS["none"], "a"))
    assert trend.table(TRENDS["none"]).rows == ()


def test_the_table_has_a_row_for_each_period():
    table = trend.table(TRENDS["gaps"])
    assert table.caption == "Children in care (per 10,000 children)"
    assert table.headings == ("Period", "Northbrook", "95% range", "England")
    assert table.rows[0] == ("2010-11", "58", "53 to 63", "58")
    assert table.rows[2] == ("2012-13", "not held", "", "60")


def test_a_figure_for_each_period_is_needed():
    with pytest.raises(ValueError, match="2 periods or groups, but 1 figures"):
        Trend("Care", "N", RATE, YEARS[:2], plain(1))


def test_a_spark_has_a_level_to_compare_with_where_nothing_stands_beside_it():
    def levels(chart: Trend, level: float | None) -> list[float]:
        every = drawn(spark.draw(chart, "a", level=level), "line")
        return [each.top for each in every if "stroke-dasharray" in each.attributes]

    alone = of(*plain(10, 20, 30))
    half, top = levels(alone, 15), levels(alone, 60)
    assert len(half) == len(top) == 1 and half[0] > top[0]
    assert levels(alone, None) == []
    assert levels(replace(alone, beside=(Beside("England", plain(5, 5, 5)),)), 15) == []


def test_a_spark_has_its_last_dot_or_says_why_not():
    assert len(drawn(spark.draw(TRENDS["whole"], "a"), "circle")) == 1
    assert said(spark.draw(TRENDS["whole"], "a")) == []
    assert said(spark.draw(TRENDS["last missing"], "a")) == ["c"]
    assert said(spark.draw(TRENDS["none to count"], "a")) == ["none to count"]
    assert said(spark.draw(TRENDS["none"], "a")) == ["no figures"]
