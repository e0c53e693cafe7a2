"""Each way in which a small count could get out, and that it does not. With the guard taken away, it does."""

from datetime import date
from importlib import import_module

import polars as pl
import pytest

from kith.insight.disclosure import NotForThisAudience, Sum, audit, release
from kith.insight.disclosure.tests.invented_figures import (
    AS_OF,
    QUARTERS,
    average,
    figures,
    not_held,
    number,
    share,
)
from kith.insight.disclosure.ways import Ways

LAST_YEAR = (date(2024, 4, 1), date(2025, 3, 31))


def by(name: str, *counts):
    return {name: {f"{at}": count for at, count in enumerate(counts)}}


def of_quarters(*counts):
    rows = [number("x", count, span=span) for count, span in zip(counts, QUARTERS, strict=True)]
    return figures(number("x", sum(counts)), *rows)


def of_authorities(**counts):
    rows = [number("x", count, authority=code) for code, count in counts.items()]
    return figures(number("x", sum(counts.values()), authority="England"), *rows)


PARTS = (Sum("parts", "whole", (("p", 1), ("q", 1), ("r", 1))),)
FLOW = (Sum("change", "stock", (("starts", 1), ("ends", -1))),)
GIVEN_AWAY_BY_SUMS = {
    "a: everyone less the other groups": (figures(number("x", 17, by("sex", 8, 8, 1))), ()),
    "b: everyone known better from another breakdown": (
        figures(number("x", 13, by("sex", 7, 6) | by("age", 0, 8, 5, 0))),
        (),
    ),
    "c: the rest of a share": (
        figures(share("x", (26, 31), by("sex", (10, 12), (9, 12), (7, 7)))),
        (),
    ),
    "e: months, quarters and years": (of_quarters(8, 1, 8, 5), ()),
    "f: everyone less the other areas": (figures(number("x", 17, by("area", 8, 8, 1))), ()),
    "f: England less the other authorities": (of_authorities(E1=8, E2=1, E3=18), ()),
    "i: parts of a whole": (
        figures(number("whole", 37), number("p", 18), number("q", 1), number("r", 18)),
        PARTS,
    ),
    "i: what began less what ended": (
        figures(
            number("stock", 33, span=LAST_YEAR),
            number("stock", 27),
            number("starts", 0),
            number("ends", 6),
        ),
        FLOW,
    ),
}


@pytest.mark.parametrize("threat", GIVEN_AWAY_BY_SUMS)
def test_what_sums_would_give_away_is_kept_back(threat, monkeypatch):
    frame, sums = GIVEN_AWAY_BY_SUMS[threat]
    assert audit(release(frame, "partners", as_of=AS_OF, sums=sums)) == []
    monkeypatch.setattr(import_module("kith.insight.disclosure.release"), "protect", lambda *_: None)
    assert audit(release(frame, "partners", as_of=AS_OF, sums=sums)) != [], "rounding alone would do"


def test_two_breakdowns_that_are_safe_alone_are_not_together(monkeypatch):
    monkeypatch.setattr(import_module("kith.insight.disclosure.release"), "protect", lambda *_: None)
    for alone in (by("sex", 7, 6), by("age", 0, 8, 5, 0)):
        assert audit(release(figures(number("x", 13, alone)), "partners", as_of=AS_OF)) == []


def test_no_more_is_kept_back_than_has_to_be():
    """Of 17, 8, 8 and 1, one 8 hides the 1."""
    shown = told(figures(number("x", 17, by("sex", 8, 8, 1))))
    assert shown["numerator"].to_list() == [15, None, 10, None]
    assert shown["marker"].to_list() == ["", "c", "", "c"]


def test_a_small_group_stays_hidden_where_rounding_hides_it_and_nothing_else_is_lost():
    assert told(figures(number("x", 43, by("sex", 41, 2))))["numerator"].to_list() == [45, 40, None]


@pytest.mark.parametrize("rest", range(5))
def test_c_a_share_of_nearly_all_tells_of_the_rest_no_more_than_that_it_may_be_none_or_nine(rest):
    """97 of 98: one was not counted. Shown are 95 of 100."""
    row = told(figures(share("x", (98 - rest, 98)))).row(0, named=True)
    low, high = (
        row["denominator"] - 2 - (row["numerator"] + 2),
        row["denominator"] + 2 - (row["numerator"] - 2),
    )
    assert low <= 1 and high >= 4


def test_d_a_rate_gives_back_the_rounded_count_and_no_other():
    """The population of an authority is known to anybody, so a rate times it is a count."""
    rate = (
        told(figures(number("x", 43, population=12_345)))
        .filter(pl.col("measure") == "rate")
        .row(0, named=True)
    )
    assert rate["denominator"] == 12_345
    assert rate["value"] == round(45 / 12_345 * 10_000)


@pytest.mark.parametrize(
    "span",
    [
        (date(2025, 3, 1), date(2026, 2, 28)),  # a year, but not from April: overlaps with two that are
        (date(2025, 11, 30), date(2026, 3, 31)),  # 12 months to any day
        (date(2025, 5, 1), date(2025, 7, 31)),  # three months across two quarters
        (date(2026, 3, 31), date(2026, 3, 31)),  # one day
    ],
)
def test_e_periods_that_overlap_do_not_leave(span):
    with pytest.raises(NotForThisAudience, match="overlaps"):
        release(figures(number("x", 40, span=span)), "partners", as_of=AS_OF)


@pytest.mark.parametrize("measure", ["median", "mean"])
def test_g_averages_of_few_values_do_not_leave_and_others_leave_whole_without_their_ends(measure):
    """9 are shown as 10, so are 8: it is the shown number that decides, or "c" would tell them apart."""
    few = told(figures(average("x", measure, 31.25, 7))).row(0, named=True)
    enough = told(figures(average("x", measure, 31.25, 8))).row(0, named=True)
    assert (few["value"], few["marker"]) == (None, "c")
    assert (enough["value"], enough["low"], enough["high"]) == (31.0, None, None)


def test_g_least_and_most_are_no_measures_that_leave():
    assert told(figures(average("x", "max", 31.25, 80))).row(0, named=True)["value"] is None


def test_h_ranges_are_worked_out_from_rounded_counts():
    def ends(count: str, out_of: str) -> pl.Expr:
        return pl.struct(low=pl.col(count) - 0.4, high=pl.col(count) + pl.col(out_of))

    frame = figures(share("x", (41, 79)), number("y", 43, population=1000))
    shown = release(frame, "partners", as_of=AS_OF, ranges={"share": ends, "rate": ends}).figures
    assert shown.filter(pl.col("measure") == "share").select("low", "high").row(0) == (40.0, 120.0)
    assert shown.filter(pl.col("measure") == "rate").select("low", "high").row(0) == (45.0, 1045.0)


def test_h_two_truths_that_round_alike_are_told_alike_in_every_column():
    """So nothing that is drawn or worked out of it later can tell them apart."""

    def frame(more: int) -> pl.DataFrame:
        table = by("sex", (40 + more, 79 + more), (10 + more, 20 + more))
        return figures(
            share("x", (50 + more, 99 + more), table),
            number("y", 43 + more, by("age", 20 - more, 23 + more), population=1000),
        )

    assert told(frame(0)).equals(told(frame(1)))


def test_h_rows_are_in_order_of_names_not_of_numbers():
    names = {"one": 10, "two": 30, "three": 20}
    shown = told(figures(number("x", 60, {"area": dict(sorted(names.items(), key=lambda item: -item[1]))})))
    assert shown["group"].to_list() == [None, "one", "three", "two"]


@pytest.mark.parametrize("audience", ["partners", "public"])
@pytest.mark.parametrize("few", range(1, 5))
def test_j_none_is_not_told_apart_from_a_few(audience, few):
    none = figures(number("x", 60, by("age", 30, 30, 0, 0)))
    some = figures(number("x", 60, by("age", 30, 30 - few // 3, few, 0)))
    assert told(none, audience).equals(told(some, audience))


def test_j_nobody_to_count_is_not_told_apart_from_a_few():
    none, few = (figures(share("x", (20, 40), by("age", (20, 40 - n), (0, n)))) for n in (0, 3))
    assert told(none, "public").equals(told(few, "public"))


@pytest.mark.parametrize("as_of", [None, date(2026, 3, 30), date(2026, 2, 28), date(2026, 4, 30)])
def test_k_what_leaves_is_of_a_fixed_day(as_of):
    """Figures of 29 November less those of 28 November are the children of one day."""
    with pytest.raises(NotForThisAudience, match="last day of a quarter"):
        release(figures(number("x", 40)), "partners", as_of=as_of)


def test_k_a_period_leaves_when_it_is_over():
    with pytest.raises(NotForThisAudience, match="not over"):
        release(figures(number("x", 40)), "partners", as_of=date(2025, 12, 31))


def test_figures_by_worker_do_not_leave():
    with pytest.raises(NotForThisAudience, match="worker"):
        release(figures(number("x", 40, by("worker", 20, 20))), "partners", as_of=AS_OF)


def test_what_is_out_of_the_same_children_is_kept_back_in_every_share():
    """Two shares and a number tell of the same 17 children: what one keeps back, no other shows."""
    table = by("sex", (8, 8), (8, 8), (1, 1))
    frame = figures(share("x", (17, 17), table), number("children", 17, by("sex", 8, 8, 1)))
    kept = told(frame).filter(pl.col("breakdown") == "sex")
    out_of = kept.filter(pl.col("measure") == "share")["denominator"].to_list()
    assert out_of == kept.filter(pl.col("measure") == "number")["numerator"].to_list()
    assert out_of.count(None) >= 2


def test_people_who_may_open_the_children_are_shown_every_number():
    frame = figures(number("x", 17, by("sex", 8, 8, 1)), average("y", "median", 31.25, 3))
    shown = release(frame, "inside").figures
    assert shown.drop("marker", "rounded").equals(frame)
    assert set(shown["marker"]) == {""} and not shown["rounded"].any()


def test_an_eight_told_twice_over_by_two_small_groups_is_kept_back_with_what_tells_of_it():
    """4 and 4 of 8, shown as c and c of 10, could be nothing else, if both are known to be small."""
    shown = told(figures(number("x", 8, by("sex", 8, 0, 0) | by("age", 4, 4))))
    assert shown["numerator"].to_list() == [None] * 6


def test_what_cannot_be_protected_does_not_leave(monkeypatch):
    monkeypatch.setattr(Ways, "values_possible", lambda *_, **__: 1)
    monkeypatch.setattr(
        import_module("kith.insight.disclosure.protecting"), "cheapest_plan", lambda *_, **__: None
    )
    shown = told(figures(number("x", 17, by("sex", 8, 8, 1)), number("y", 40)))
    assert set(shown.filter(pl.col("indicator") == "x")["marker"]) == {"c"}
    assert shown.filter(pl.col("indicator") == "x")["numerator"].null_count() == 4
    assert shown.filter(pl.col("indicator") == "y")["value"].to_list() == [40]


def test_what_is_not_held_stays_so_with_its_reason():
    shown = told(figures(not_held("x", "No dates."))).row(0, named=True)
    assert (shown["state"], shown["why_not"], shown["marker"]) == ("not_held", "No dates.", "")


def test_a_ratio_leaves_only_where_it_is_a_quotient_of_its_two_counts():
    own = average("x", "ratio", 43 / 21, 43, denominator=21, low=None, high=None)
    other = average("y", "ratio", 3.3, 43, denominator=21, low=None, high=None)
    shown = told(figures(own, other))
    assert shown["value"].to_list() == [round(45 / 20, 1), None]
    assert shown["marker"].to_list() == ["", "c"]


def told(frame: pl.DataFrame, audience: str = "partners") -> pl.DataFrame:
    return release(frame, audience, as_of=AS_OF).figures
