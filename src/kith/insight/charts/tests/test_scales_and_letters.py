import pytest

from kith.insight.charts.letters import clean, shorten, width_of, wrap
from kith.insight.charts.scales import RatioScale, Scale, axis_around, axis_from_zero
from kith.insight.figures_in_words import Measure

RATE, SHARE, NUMBER = Measure("rate"), Measure("share"), Measure("number")


@pytest.mark.parametrize(
    "top, measure, ticks",
    [
        (67, RATE, (0, 20, 40, 60, 80)),
        (100, SHARE, (0, 25, 50, 75, 100)),
        (0, SHARE, (0, 25, 50, 75, 100)),
        (0, NUMBER, (0, 1)),
        (1, NUMBER, (0, 1)),  # no half children
        (3, NUMBER, (0, 1, 2, 3)),
        (0.0004, RATE, (0, 0.0001, 0.0002, 0.0003, 0.0004)),
        (9.9e9, NUMBER, (0, 2.5e9, 5e9, 7.5e9, 1e10)),
    ],
)
def test_an_axis_from_nothing_has_round_ticks_and_covers_its_top(top, measure, ticks):
    assert axis_from_zero(top, measure).ticks == ticks


@pytest.mark.parametrize(
    "low, high, measure, ends",
    [
        (88, 96, SHARE, (86, 98)),
        (99.1, 99.9, SHARE, (99, 100)),  # never over 100 %
        (100, 100, SHARE, (95, 100)),
        (20, 96, SHARE, (0, 100)),  # from nothing where that is near
        (44.5, 44.5, RATE, (40, 45)),
        (0, 0, NUMBER, (0, 1)),
    ],
)
def test_an_axis_about_its_figures(low, high, measure, ends):
    axis = axis_around(low, high, measure)
    assert (axis.low, axis.high) == ends
    assert axis.low <= low and high <= axis.high


def test_places_beyond_a_scale_stand_at_its_edge():
    scale = Scale(0, 10, 100, 200)
    assert [scale.at(value) for value in (-5, 0, 5, 10, 50)] == [100, 100, 150, 200, 200]


def test_a_ratio_scale_goes_by_doublings():
    scale = RatioScale(0.25, 4, 0, 400)
    assert [round(scale.at(value)) for value in (0, 0.25, 0.5, 1, 2, 4, 99)] == [
        0,
        0,
        100,
        200,
        300,
        400,
        400,
    ]


def test_wide_letters_take_more_room():
    assert width_of("iii", 13) < width_of("nnn", 13) < width_of("mmm", 13) < width_of("mmm", 13, bold=True)
    assert width_of("漢字", 13) > width_of("ab", 13)


def test_words_are_cut_to_their_room():
    assert shorten("Northbrook", 500, 13) == "Northbrook"
    assert shorten("Northbrook", 40, 13).endswith("…") and width_of(shorten("Northbrook", 40, 13), 13) <= 40


def test_words_are_wrapped_and_the_last_line_cut():
    lines = wrap("one two three four five six seven eight", 60, 13, most=2)
    assert len(lines) == 2 and lines[1].endswith("…")
    assert all(width_of(line, 13) <= 60 for line in lines)
    assert wrap("", 60, 13) == [""]


def test_what_cannot_be_shown_is_left_out():
    assert clean("a\x00b\n\tc\u202ed\ud800") == "ab cd"
