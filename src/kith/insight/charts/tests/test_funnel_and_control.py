import pytest

from kith.insight.charts import control, funnel
from kith.insight.charts.clipping import within
from kith.insight.charts.figure import Figure, suppressed
from kith.insight.charts.picture import NARROW, TEAL, WIDE
from kith.insight.charts.scales import Axis, Scale
from kith.insight.charts.tests.drawn import drawn, said
from kith.insight.charts.tests.sample_figures import RATE
from kith.insight.charts.tests.samples_of_places import FUNNELS
from kith.insight.charts.tests.samples_over_time import CONTROLS


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_only_own_and_named_places_are_labelled(frame):
    words = said(funnel.draw(FUNNELS["whole"], "a", frame))
    assert "Northbrook" in words and "Highmoor" in words
    assert not any(each.startswith("Place ") for each in words)


def test_every_place_that_is_held_is_drawn_and_the_others_are_counted():
    chart = FUNNELS["whole"]
    svg = funnel.draw(chart, "a")
    circles = len(drawn(svg, "circle")) - 2  # without the key's
    squares = len(drawn(svg, "polygon"))
    assert circles + squares == len(chart.places) - 1
    assert "1 not drawn: too few to show, or not held." in said(svg)
    assert "1 cannot be shown" in funnel.words(chart)
    assert ("Kept back", "9,000", "c") in funnel.table(chart).rows


def test_limits_differ_by_their_dashes():
    limits = {
        each.attributes.get("stroke-dasharray")
        for each in drawn(funnel.draw(FUNNELS["whole"], "a"), "polyline")
    }
    assert limits == {None, funnel.INNER}


def test_a_funnel_says_a_direction_only_where_told():
    assert "limit" not in funnel.words(FUNNELS["whole"])
    assert funnel.words(FUNNELS["high share"]).endswith(
        "Northbrook is below the 95% limit and above the 99.8% limit."
    )


def test_an_axis_that_does_not_start_at_nothing_says_so():
    assert "The axis starts at 86%, not at zero." in said(funnel.draw(FUNNELS["high share"], "a"))
    assert not any("not at zero" in each for each in said(funnel.draw(FUNNELS["whole"], "a")))


def test_an_own_figure_kept_back_is_not_drawn():
    svg = funnel.draw(FUNNELS["own suppressed"], "a")
    assert not any(each.attributes["fill"] == TEAL for each in drawn(svg, "circle")[1:])
    assert "is not shown, as too few children lie behind it" in funnel.words(FUNNELS["own suppressed"])


def test_two_places_of_one_name_are_both_labelled():
    places = (
        funnel.Place("Twin", 10, Figure(5), is_named=True),
        funnel.Place("Twin", 90, Figure(9), is_named=True),
    )
    assert said(funnel.draw(funnel.Funnel("Care", "2020", RATE, "children", places), "a")).count("Twin") == 2


@pytest.mark.parametrize(
    "line, pieces",
    [
        ([(0, 5), (10, 5)], [[(0, 5), (10, 5)]]),
        ([(0, 0), (10, 20)], [[(0, 0), (5, 10)]]),  # leaves over the top half way
        ([(-10, 5), (10, 5)], [[(0, 5), (10, 5)]]),
        ([(0, 20), (10, 20)], []),
        ([(0, 5), (2, 15), (4, 5)], [[(0, 5), (1, 10)], [(3, 10), (4, 5)]]),  # out and in again
    ],
)
def test_a_line_is_cut_where_it_leaves_the_drawing(line, pieces):
    assert within(line, Scale(0, 10, 0, 100), Axis(0, 10, 5)) == pieces


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_every_signal_is_ringed_lettered_and_said(frame):
    chart = CONTROLS["signals"]
    svg = control.draw(chart, "a", frame)
    rings = [each for each in drawn(svg, "circle") if each.attributes["fill"] == "none"]
    assert len(rings) - 1 == 8 + 1 + 1  # without the key's
    assert {"A", "B", "C"} <= set(said(svg))
    assert "B: Oct 2026, above the upper limit" in said(svg)
    assert "above the upper limit (Oct 2026)" in control.words(chart)
    assert control.table(chart).rows[21] == ("Oct 2026", "58", "18", "52", "above the upper limit")


def test_no_signal_is_said_only_where_there_are_limits():
    assert control.words(CONTROLS["calm"]) == (
        "In Northbrook the figure for 12 periods, from Jan 2025 to Dec 2025, lies about 86%, with limits of "
        "80% to 92%. Nothing in it is more than chance would give."
    )
    assert control.words(CONTROLS["all suppressed"]).startswith("Too few to show: 2010-11")


def test_the_centre_and_limits_stand_at_their_scaled_values():
    svg = control.draw(CONTROLS["one"], "a")
    low, high = drawn(svg, "polyline")
    centre = next(
        each
        for each in drawn(svg, "line")
        if each.right - each.left > 400
        and low.top > each.top > high.top
        and each.attributes["stroke-width"] == "1.25"
    )
    assert (low.top - centre.top) / (low.top - high.top) == pytest.approx(3 / 9, abs=0.001)


def test_a_point_kept_back_is_a_letter_and_parts_the_line():
    svg = control.draw(CONTROLS["gaps"], "a")
    assert said(svg).count("c") == 1 and said(svg).count("not held") == 1
    joined = [each for each in drawn(svg, "polyline") if each.attributes["stroke"] == TEAL]
    assert [len(each.attributes["points"].split()) for each in joined] == [2, 3, 3]


def test_limits_for_each_period_are_needed():
    with pytest.raises(ValueError, match="a lower and an upper limit"):
        control.Control("Care", "N", RATE, ("May",), (suppressed(),), None, (), ())
