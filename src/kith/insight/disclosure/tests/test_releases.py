"""All that is given out, together: pages, report and workbook, with their breakdowns and periods."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from kith.insight.catalogue import every_indicator
from kith.insight.disclosure import (
    NoSuchAudience,
    NoSuchRelease,
    audience_called,
    audit,
    declared_sums,
    part,
    release_all,
    releases,
    releases_on,
)
from kith.insight.disclosure.fixed_periods import kind_of_period
from kith.insight.disclosure.tests.invented_figures import AS_OF, an_authority
from kith.standards.tables import rows
from kith.standards.verified import Verified

OUTSIDE = ("partners", "public")


@pytest.fixture(scope="module")
def living() -> pl.DataFrame:
    return an_authority(seed=4, indicators=8, years=3, size=120)


@pytest.mark.parametrize("audience", OUTSIDE)
def test_nothing_kept_back_can_be_worked_out_of_all_releases_together(living, audience):
    released = release_all(living, audience, as_of=AS_OF)
    assert (released.figures["marker"] == "c").sum() > 100, "nothing was there to find"
    assert audit(released) == []


@pytest.mark.parametrize("audience", OUTSIDE)
def test_page_report_and_workbook_agree_to_the_cell(living, audience):
    released = release_all(living, audience, as_of=AS_OF)
    names = [each.name for each in releases_on(AS_OF) if each.audience == audience]
    parts = [part(released, name, AS_OF) for name in names]
    assert all(len(one) for one in parts)
    every = pl.concat(parts).unique()
    cells = ["authority", "indicator", "measure", "first", "last", "breakdown", "group"]
    assert every.select(cells).is_duplicated().sum() == 0
    assert len(every) == len(released.figures)


def test_the_same_figures_are_always_told_the_same(living):
    one = release_all(living, "public", as_of=AS_OF).figures
    other = release_all(living.sample(fraction=1, shuffle=True, seed=1), "public", as_of=AS_OF).figures
    assert one.equals(other)


def test_figures_in_no_release_of_an_audience_are_left_out(living):
    assert "team" not in set(release_all(living, "public", as_of=AS_OF).figures["breakdown"])


def test_a_release_that_is_not_declared_is_refused(living):
    released = release_all(living, "public", as_of=AS_OF)
    with pytest.raises(NoSuchRelease, match="public_page"):
        part(released, "partner_page", AS_OF)


@pytest.mark.parametrize("declared", releases_on(AS_OF), ids=lambda each: each.name)
def test_a_release_holds_nothing_that_its_audience_may_not_be_given(declared):
    who = audience_called(declared.audience, AS_OF)
    assert declared.breakdowns <= set(who.breakdowns)
    assert declared.periods <= set(who.periods)


def test_an_audience_that_is_not_in_the_table_is_refused():
    with pytest.raises(NoSuchAudience, match="inside, partners, public"):
        audience_called("press", AS_OF)


@pytest.mark.parametrize("name", OUTSIDE)
def test_every_number_that_is_shown_was_not_small_and_says_where_the_rule_is_from(name):
    who = audience_called(name, AS_OF)
    assert who.verified is not Verified.KNOWLEDGE and who.source and who.why
    for count in range(who.smallest_shown, 200):
        low, high = who.box(who.rounded(count))
        assert who.smallest_shown <= low <= count <= high
        assert high - low < who.round_to


@pytest.mark.parametrize(
    "first, last, kind",
    [
        (date(2025, 4, 1), date(2026, 3, 31), "year"),
        (date(2025, 1, 1), date(2025, 12, 31), None),
        (date(2025, 10, 1), date(2025, 12, 31), "quarter"),
        (date(2025, 11, 1), date(2026, 1, 31), None),
        (date(2024, 2, 1), date(2024, 2, 29), "month"),
        (date(2025, 4, 1), date(2027, 3, 31), None),
    ],
)
def test_a_period_is_a_whole_month_quarter_or_year_or_of_no_kind(first, last, kind):
    assert kind_of_period(first, last) == kind


def test_every_sum_is_between_figures_that_there_are():
    """A sum whose names are nobody's would protect nothing, and say nothing."""
    names = {each.id for each in every_indicator()}
    for one in declared_sums():
        for count in (one.whole, *(name for name, _ in one.parts)):
            assert count.partition(" ")[0] in names, count


def test_every_release_is_of_figures_that_there_are():
    names = {each.id for each in every_indicator()}
    for row in rows(Path(releases.__file__).parent / "data" / "releases.csv"):
        assert row["indicators"] == "all" or set(row["indicators"].split()) <= names
