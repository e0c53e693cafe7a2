import math

import pytest

from kith.insight.charts.figure import Figure, cell, listed, not_held, range_cell, reasons, said, suppressed
from kith.insight.figures_in_words import Measure

SHARE = Measure("share")


@pytest.mark.parametrize("value", [-1, -0.001, None, math.nan, math.inf])
def test_a_held_figure_is_nothing_or_more(value):
    with pytest.raises(ValueError, match="nothing or more"):
        Figure(value)


def test_a_state_that_is_not_known_is_refused():
    with pytest.raises(ValueError, match="not a state"):
        Figure(state="missing")


def test_a_range_is_cut_at_nothing():
    assert Figure(1, -3, 5).range == (0, 5)


def test_a_figure_kept_back_does_not_give_its_value_away():
    kept = Figure(3, 1, 5, "suppressed")
    assert kept.held is None and kept.range is None
    assert cell(kept, SHARE) == "c" and range_cell(kept, SHARE) == "" and "3" not in said(kept, SHARE)


def test_a_row_of_the_figures_frame_is_a_figure():
    row = {"value": 38.0, "low": 36.0, "high": 41.0, "state": "held", "why_not": None, "authority": "E06"}
    assert Figure.of(row) == Figure(38, 36, 41)
    kept = {"value": None, "low": None, "high": None, "state": "held", "marker": "c", "why_not": "Too few."}
    assert cell(Figure.of(kept), SHARE) == "c" and said(Figure.of(kept), SHARE) == "is not shown: too few"
    missing = {"value": None, "low": None, "high": None, "state": "not_held", "why_not": "no referrals."}
    assert said(Figure.of(missing), SHARE) == "is not held: no referrals"


@pytest.mark.parametrize(
    "figure, in_a_cell, in_a_sentence",
    [
        (Figure(38, 36, 41), "38%", "was 38% (95% range 36% to 41%)"),
        (Figure(0), "0%", "was 0%"),
        (suppressed(), "c", "is not shown, as too few children lie behind it"),
        (not_held(), "not held", "is not held"),
        (Figure(state="none_to_count"), "none to count", "cannot be worked out, as there was none to count"),
    ],
)
def test_a_figure_in_a_cell_and_in_a_sentence(figure, in_a_cell, in_a_sentence):
    assert cell(figure, SHARE) == in_a_cell
    assert said(figure, SHARE) == in_a_sentence


def test_each_reason_is_given_once_and_signs_come_first():
    figures = [
        not_held("A 903 holds no referrals."),
        suppressed(),
        not_held("a 903 holds no referrals"),
        Figure(state="suppressed", why_not="Too few to tell this of."),
        not_held("SDQ scores are not in it"),
        Figure(3),
        not_held(),
    ]
    assert reasons(figures) == (
        "c: too few to show",
        "c: too few to tell this of",
        "Not held: a 903 holds no referrals",
        "Not held: SDQ scores are not in it",
    )


def test_a_list_in_a_sentence():
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
