import pytest

from kith.insight.figures_in_words import (
    Measure,
    count_in_words,
    number_in_words,
    one_of,
    state_in_words,
)


@pytest.mark.parametrize(
    "measure, unit, value, short, long",
    [
        ("number", "children", 1234, "1,234", "1,234 children"),
        ("number", "children", 1, "1", "1 child"),
        ("number", "section 47 enquiries", 1, "1", "1 section 47 enquiry"),
        ("number", "children", 0, "0", "0 children"),
        ("number", "children", 12_345_678, "12,345,678", "12,345,678 children"),
        ("rate", "children", 52.4, "52", "52 per 10,000 children"),
        ("rate", "children", 7.25, "7.3", "7.3 per 10,000 children"),  # a half goes up
        ("rate", "children", 0.004, "under 0.1", "under 0.1 per 10,000 children"),  # never nothing
        ("share", "children", 38.2, "38%", "38%"),
        ("share", "children", 4.04, "4.0%", "4.0%"),
        ("share", "children", 4, "4%", "4%"),
        ("share", "children", 99.7, "over 99%", "over 99%"),  # never all
        ("share", "children", 100, "100%", "100%"),
        ("median", "days", 44.5, "44.5", "44.5 days"),  # a middle of two values
        ("median", "days", 1, "1", "1 day"),
        ("mean", "days", 44.5, "45", "45 days"),
        ("ratio", "", 1.806, "1.81", "1.81 times"),
        ("ratio", "", 2, "2.00", "2.00 times"),
        ("ratio", "", 12.06, "12.1", "12.1 times"),
        ("ratio", "", 480.2, "480", "480 times"),
        ("ratio", "", 0, "0", "0 times"),
    ],
)
def test_a_figure_is_written_by_its_measure_and_unit(measure, unit, value, short, long):
    assert Measure(measure, unit).short(value) == short
    assert Measure(measure, unit).long(value) == long


@pytest.mark.parametrize(
    "measure, value, low, high, written",
    [
        ("share", 38.2, 35.9, 40.6, "38% (95% range 36% to 41%)"),
        ("share", 9.1, 7.2, 11.6, "9.1% (95% range 7.2% to 11.6%)"),  # both ends as the figure between
        ("rate", 52, 48.4, 56, "52 per 10,000 children (95% range 48 to 56)"),
        ("ratio", 1.1, 0.96, 1.24, "1.10 times (95% range 0.96 to 1.24)"),  # one can be seen to be inside
        ("number", 52, None, None, "52 children"),
        ("rate", 0.01, 0, 0.02, "under 0.1 per 10,000 children (95% range 0 to under 0.1)"),
        ("rate", 0.02, 0.01, 0.03, "under 0.1 per 10,000 children (95% range under 0.1)"),
        ("share", 0, 0, 3.4, "0% (95% range 0% to 3.4%)"),
    ],
)
def test_a_range_is_written_after_its_figure(measure, value, low, high, written):
    assert Measure(measure).with_range(value, low, high) == written


@pytest.mark.parametrize(
    "step, value, written", [(20, 40, "40%"), (0.5, 1, "1.0%"), (0.002, 0.004, "0.004%")]
)
def test_an_axis_has_the_decimal_places_of_its_steps(step, value, written):
    assert Measure("share").tick(value, step) == written


def test_large_steps_have_no_decimal_places():
    assert Measure("number").tick(2_000_000, 1_000_000.0) == "2,000,000"


def test_a_count_in_words():
    assert count_in_words(1, "children in care") == "1 child in care"
    assert count_in_words(2, "children in care") == "2 children in care"
    assert one_of("sheep") == "sheep"
    assert number_in_words(2.5) == "3"


def test_what_is_not_there_says_why():
    assert state_in_words("suppressed") == "too few to show"
    assert state_in_words("not_held") == "not held"
    assert state_in_words("held") == ""


def test_another_measure_is_refused():
    with pytest.raises(ValueError, match="not a measure"):
        Measure("percentile")
