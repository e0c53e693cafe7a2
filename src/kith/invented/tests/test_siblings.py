"""Who in care shares a home with a brother or sister, and until when."""

from datetime import date
from typing import Any, cast

import polars as pl

from kith.insight.answers import answer
from kith.insight.catalogue import indicator_called
from kith.insight.facts import Facts
from kith.insight.periods import twelve_months_to
from kith.insight.sources import whole_source
from kith.invented.care import Period, Stay
from kith.invented.homes import Home
from kith.invented.siblings import Beside, beside, shared

from .made import UNTIL, facts

PARTED = "children_parted_from_brothers_and_sisters"

FOSTER, KIN, OTHER_FOSTER, CHILDRENS_HOME = (
    Home(kind, "PR1", "SC900001", postcode, postcode)
    for kind, postcode in (("U6", "AA1 1AA"), ("U3", "BB1 1BB"), ("U6", "CC1 1CC"), ("K2", "DD1 1DD"))
)
MAY, JUNE, JULY, AUGUST = (date(2025, month, 1) for month in (5, 6, 7, 8))


def of(*homes: tuple[date, Home]) -> Beside:
    """A brother or sister with these homes, up to August."""
    return Beside([Stay(start, home) for start, home in homes], AUGUST)


def told(other: Beside, start: date, until: date, mode: str = "") -> tuple[list[tuple[date, Home]], date]:
    stays, parted_on = shared(other, start, until, mode)
    return [(stay.start, stay.home) for stay in stays], parted_on


def test_two_who_come_together_share_every_home_until_one_leaves():
    homes = ((MAY, FOSTER), (JUNE, OTHER_FOSTER))
    assert told(of(*homes), MAY, date(2025, 12, 1)) == ([*homes], AUGUST)
    assert told(of(*homes), MAY, JULY) == ([*homes], JULY)
    assert told(of(*homes), MAY, JUNE) == ([(MAY, FOSTER)], JUNE)


def test_one_who_comes_later_joins_the_home_of_that_day():
    assert told(of((MAY, FOSTER), (JULY, KIN)), JUNE, AUGUST) == ([(JUNE, FOSTER), (JULY, KIN)], AUGUST)


def test_they_part_where_the_next_home_fits_only_one_of_them():
    assert told(of((MAY, FOSTER), (JULY, CHILDRENS_HOME)), MAY, AUGUST) == ([(MAY, FOSTER)], JULY)
    assert told(of((MAY, KIN), (JULY, FOSTER)), MAY, AUGUST, "kin") == ([(MAY, KIN)], JULY)


def test_they_share_nothing_where_the_home_of_the_first_day_does_not_fit():
    for mode in ("foster", "custody"):
        assert told(of((MAY, KIN), (JULY, FOSTER)), MAY, AUGUST, mode) == ([], MAY)


def test_a_shared_home_is_no_part_of_the_others_history():
    other = of((MAY, FOSTER))
    shared(other, MAY, AUGUST, "")[0][0].left_because = "CARPL"
    assert other.stays[0].left_because is None


def test_the_one_who_came_last_and_is_still_there_is_joined():
    periods = [period(MAY, AUGUST, FOSTER), period(JUNE, JULY, KIN)]
    assert [found(beside(periods, on)) for on in (MAY, JUNE, JULY, AUGUST)] == [FOSTER, KIN, FOSTER, None]


def period(start: date, until: date, home: Home) -> Period:
    nobody = cast(Any, None)
    return Period(
        nobody, start, until, "E4A", "N1", None, [], as_found=(Stay(start, home),), homes_until=until
    )


def found(other: Beside | None) -> Home | None:
    return other.stays[0].home if other else None


def test_about_half_of_brothers_and_sisters_in_care_live_together() -> None:
    source = whole_source(facts(), "record", UNTIL)
    told = answer(
        Facts(facts(), source, "989"), [twelve_months_to(UNTIL)], [indicator_called(PARTED)]
    ).figures.row(by_predicate=pl.col("measure") == "share", named=True)
    assert told["denominator"] >= 20
    assert 30 < told["value"] < 80
