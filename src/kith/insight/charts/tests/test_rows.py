"""Bars, ratios and dot lines: a row for each group or place."""

from dataclasses import replace

import pytest

from kith.insight.charts import bars, dot_line, ratios
from kith.insight.charts.figure import Beside, Figure, not_held, suppressed
from kith.insight.charts.picture import INK, NARROW, PALE_TEAL, TEAL, WIDE
from kith.insight.charts.tests.drawn import Drawn, drawn, said
from kith.insight.charts.tests.sample_figures import SHARE, plain
from kith.insight.charts.tests.samples_by_row import BARS, DOT_LINES, RATIOS

KEY = 12  # how high the key's samples are, lower than any bar


def bar_rows(svg: str) -> list[Drawn]:
    every = [each for each in drawn(svg, "rect") if each.attributes["fill"] == PALE_TEAL]
    return [each for each in every if each.bottom - each.top > KEY + 0.1]


def whiskers(svg: str) -> list[Drawn]:
    """The lines of ranges, without that of the key."""
    lying = [
        each for each in drawn(svg, "line") if each.attributes["stroke"] == INK and each.top == each.bottom
    ]
    return [each for each in lying if each.right - each.left != 22]


def of(*figures: Figure, **more) -> bars.Bars:
    groups = tuple(f"Group {number}" for number in range(len(figures)))
    return bars.Bars("Care", "Northbrook", "2019-20", "age", SHARE, groups, figures, **more)


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_bars_start_at_nothing_and_are_to_scale(frame):
    svg = bars.draw(of(*plain(10, 20, 40)), "a", frame)
    drawn_bars = bar_rows(svg)
    long = [each.right - each.left for each in drawn_bars]
    assert len({each.left for each in drawn_bars}) == 1
    assert long[1] == pytest.approx(long[0] * 2, abs=0.03) and long[2] == pytest.approx(long[0] * 4, abs=0.05)
    zero = next(each for each in drawn(svg, "text") if each.words == "0%")
    assert zero.left - 1 <= drawn_bars[0].left <= zero.right + 1


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_a_whisker_ends_at_the_scaled_ends_of_its_range(frame):
    svg = bars.draw(of(Figure(20, 10, 40)), "a", frame)
    bar, (whisker,) = bar_rows(svg)[0], whiskers(svg)
    unit = (bar.right - bar.left) / 20
    assert whisker.left == pytest.approx(bar.left + 10 * unit, abs=0.05)
    assert whisker.right == pytest.approx(bar.left + 40 * unit, abs=0.05)


def test_a_whisker_far_beyond_the_bars_ends_in_an_arrow_and_its_end_is_said():
    svg = bars.draw(of(Figure(2, 0.1, 90), Figure(4, 3, 5)), "a")
    arrows = drawn(svg, "polyline")
    assert len(arrows) == 1 and "0.1% to 90%" in said(svg)
    bar = bar_rows(svg)[1]
    assert bar.right - bar.left > 80  # the long range does not squash the bars


def test_england_is_marked_at_its_value_in_every_row_even_where_the_own_figure_is_kept_back():
    svg = bars.draw(of(Figure(20), suppressed(), beside=(Beside("England", plain(20, 10)),)), "a")
    _, first, second = drawn(svg, "polygon")  # the first is the key's
    bar = bar_rows(svg)[0]
    assert (first.left + first.right) / 2 == pytest.approx(bar.right, abs=0.03)
    assert (second.left + second.right) / 2 == pytest.approx((bar.left + bar.right) / 2, abs=0.03)


def test_a_group_kept_back_or_not_held_has_words_and_no_bar():
    chart = of(suppressed(), not_held("no population"), Figure(state="none_to_count"), Figure(0))
    svg = bars.draw(chart, "a")
    assert bar_rows(svg) == []
    assert {"c: too few to show", "not held", "none to count", "0%", "Not held: no population"} <= set(
        said(svg)
    )
    table = bars.table(chart)
    assert [row[1] for row in table.rows] == ["c", "not held", "none to count", "0%"]
    assert "Too few to show: Group 0." in bars.words(chart) and "None to count: Group 2." in bars.words(chart)


def test_nothing_is_a_line_at_the_start_and_so_is_seen():
    svg = bars.draw(of(Figure(0), Figure(5)), "a")
    zero = [each for each in drawn(svg, "line") if each.attributes["stroke"] == TEAL]
    assert len(zero) == 1 and zero[0].left == bar_rows(svg)[0].left


def test_bars_in_words():
    assert bars.words(BARS["share"]) == (
        "In Northbrook, 2019-20, by age, the figure runs from 8% (95% range 5.5% to 11.5%) for 5 to 9 to 18% "
        "(95% range 15% to 22%) for 16 and 17. For 5 to 9 and 16 and 17, in England it is 8.4% and 14%."
    )
    assert bars.words(BARS["none"]) == "There are no figures to show."


def test_ratios_stand_by_doublings_about_one():
    groups = ("Half", "One", "Two")
    chart = ratios.Ratios("Care", "N", "2020", "in care", "White", groups, plain(0.5, 1, 2))
    for frame in (WIDE, NARROW):
        dots = drawn(ratios.draw(chart, "a", frame), "circle")[1:]
        half, one, two = ((each.left + each.right) / 2 for each in dots)
        assert one - half == pytest.approx(two - one, abs=0.02)


def test_a_ratio_range_is_on_the_same_scale_as_its_dot():
    figures = (Figure(1, 0.5, 2), Figure(2, 1, 4))
    svg = ratios.draw(ratios.Ratios("Care", "N", "2020", "in care", "White", ("A", "B"), figures), "a")
    first, second = whiskers(svg)[-2:]
    dot = drawn(svg, "circle")[-1]
    assert first.right == pytest.approx((dot.left + dot.right) / 2, abs=0.02)
    assert first.right - first.left == pytest.approx(second.right - second.left, abs=0.02)


def test_a_ratio_of_nothing_or_beyond_the_drawing_is_said():
    svg = ratios.draw(RATIOS["edges"], "a")
    assert "A dot at the edge of the drawing lies beyond it." in said(svg)
    assert "0" in said(svg) and "500" in said(svg)


def test_ratios_in_words():
    assert ratios.words(RATIOS["ethnicity"]).startswith(
        "In Northbrook, 2019-20, how likely children were to be in care, beside White children: "
        "Mixed or multiple ethnic groups 1.62 times (95% range 1.31 to 2.00);"
    )
    assert ratios.words(RATIOS["ethnicity"]).endswith("Too few to show: Other ethnic group.")


def test_a_dot_line_has_all_its_places_on_one_axis():
    chart = replace(DOT_LINES["whole"], figure=Figure(98, 52, 98), beside=(("England", Figure(52)),))
    svg = dot_line.draw(chart, "a")
    own = drawn(svg, "circle")[0]
    near = next(each for each in drawn(svg, "rect") if "rx" in each.attributes)
    (england,) = drawn(svg, "polygon")
    assert (own.left + own.right) / 2 == pytest.approx(near.right, abs=0.02)
    assert (england.left + england.right) / 2 == pytest.approx(near.left, abs=0.02)
    assert whiskers(svg)[0].left == pytest.approx(near.left, abs=0.02)


def test_a_dot_line_in_words_and_as_a_table():
    assert dot_line.words(DOT_LINES["whole"]) == (
        "The figure for Northbrook in 2019-20 was 84 per 10,000 children (95% range 79 to 90). Among its "
        "10 neighbours it ran from 52 to 98; the figure for North East "
        "was 107 per 10,000 children and for England "
        "was 67 per 10,000 children; Northbrook is within its neighbours' range."
    )
    assert dot_line.table(DOT_LINES["whole"]).rows[1] == (
        "its 10 neighbours",
        "",
        "52 to 98 (lowest to highest)",
    )
    assert dot_line.words(DOT_LINES["suppressed"]).startswith(
        "The figure for Northbrook in 2019-20 is not shown, as too few children lie behind it. Among"
    )


def test_a_dot_line_kept_back_has_no_dot():
    svg = dot_line.draw(DOT_LINES["suppressed"], "a")
    assert drawn(svg, "circle") == [] and "c: too few to show" in said(svg)
