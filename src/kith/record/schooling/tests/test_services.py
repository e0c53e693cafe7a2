"""Where a child learns: one place at a time, no school shown loudly, and nothing that cannot be right."""

from datetime import date
from decimal import Decimal

import pytest

from kith.record.chronology.policies import WrongCode, WrongDate
from kith.record.people.services import merge
from kith.record.refusals import NotAllowed
from kith.record.said import NotSaid
from kith.record.schooling import queries, services
from kith.record.schooling.models import ExclusionKind, PlaceKind, SchoolPlace, SpecialNeed, Support
from kith.record.schooling.policies import OutOfRange
from kith.record.tests.practice import BORN, MONDAY, acts_about, refused, told_of, worked_with

JANUARY = date(2026, 1, 12)


@pytest.fixture
def at_school(amira, worker):
    return services.start_school(
        child=amira,
        kind=PlaceKind.SCHOOL,
        school="Elm Road School",
        year_group="Year 5",
        on=JANUARY,
        by=worker,
    )


def test_a_new_school_ends_the_one_before_on_that_day(amira, worker, at_school):
    services.start_school(child=amira, kind=PlaceKind.SCHOOL, school="Oak Lane School", on=MONDAY, by=worker)
    before, after = SchoolPlace.current.order_by("started_on")
    assert (before.school, before.ended_on) == ("Elm Road School", MONDAY)
    assert (after.school, after.ended_on) == ("Oak Lane School", None)
    assert queries.schooling_of([amira.pk], MONDAY).schools == 2
    assert acts_about(amira) == ["start_school", "leave_school", "start_school"]


def test_a_child_without_a_school_is_told_as_a_turning_point(amira, worker, at_school):
    services.start_school(child=amira, kind=PlaceKind.OFF_ROLL, on=MONDAY, by=worker)
    assert queries.schooling_of([amira.pk], MONDAY).has_no_school
    assert told_of(amira) == [
        (JANUARY, "school_started", "At school: Elm Road School: Year 5"),
        (MONDAY, "without_school", "Off the roll: no longer at any school"),
    ]


def test_what_is_known_of_school_is_told_as_of_the_day(amira, twin, worker, at_school):
    for percent, last in (("91.5", date(2026, 2, 13)), ("62", MONDAY)):
        services.record_attendance(
            child=amira, percent=Decimal(percent), first=JANUARY, last=last, by=worker, said_by="School"
        )
    services.record_exclusion(
        child=amira, kind=ExclusionKind.SUSPENSION, on=date(2026, 2, 2), days=Decimal("1.5"), by=worker
    )
    services.record_special_need(child=amira, support=Support.SCHOOL, needs=["SEMH"], on=MONDAY, by=worker)
    told = queries.schooling_of([amira.pk], MONDAY)
    assert told.attendance.percent == 62
    assert [fact.days for fact in told.exclusions] == [Decimal("1.5")]
    assert told.special_need.needs == ["SEMH"]
    assert not queries.schooling_of([twin.pk], MONDAY).is_known
    assert queries.schooling_of([amira.pk], date(2026, 2, 20)).attendance.percent == Decimal("91.5")


def test_an_exclusion_of_more_than_a_year_ago_is_not_told_as_one_of_now(amira, worker):
    services.record_exclusion(child=amira, kind=ExclusionKind.PERMANENT, on=date(2025, 3, 2), by=worker)
    assert len(queries.schooling_of([amira.pk], date(2026, 3, 1)).exclusions) == 1
    assert queries.schooling_of([amira.pk], date(2026, 3, 2)).exclusions == []


@pytest.mark.parametrize(
    ("kind", "school"),
    [
        (PlaceKind.SCHOOL, " "),  # a school has a name
        (PlaceKind.NO_PLACE, "Elm Road School"),  # who waits for a place is at none
        ("castle", "Elm Road School"),
    ],
)
def test_a_place_that_tells_nothing_is_refused(amira, worker, kind, school):
    with refused(NotSaid, "name|school|where"):
        services.start_school(child=amira, kind=kind, school=school, on=MONDAY, by=worker)
    assert acts_about(amira) == []


@pytest.mark.parametrize("percent", ["-0.1", "100.1"])
def test_attendance_is_a_share(amira, worker, percent):
    with refused(OutOfRange, "0 to 100"):
        services.record_attendance(
            child=amira, percent=Decimal(percent), first=JANUARY, last=MONDAY, by=worker
        )


@pytest.mark.parametrize("days", ["0", "0.3", "46"])
def test_a_suspension_has_half_days_and_a_limit(amira, worker, days):
    with refused(OutOfRange, "half a day"):
        services.record_exclusion(
            child=amira, kind=ExclusionKind.SUSPENSION, on=MONDAY, days=Decimal(days), by=worker
        )


def test_no_school_before_birth_or_in_1900(unborn, amira, worker, at_school):
    with refused(WrongDate, "not recorded as born"):
        services.start_school(child=unborn, kind=PlaceKind.NO_PLACE, on=MONDAY, by=worker)
    with refused(WrongDate, "years ago"):
        services.start_school(child=amira, kind=PlaceKind.AT_HOME, on=date(1900, 1, 1), by=worker)
    with refused(WrongDate, "before what the record says"):
        services.start_school(child=amira, kind=PlaceKind.AT_HOME, on=date(2026, 1, 5), by=worker)
    with refused(WrongDate, "before"):
        services.record_attendance(child=amira, percent=Decimal(9), first=MONDAY, last=JANUARY, by=worker)


def test_a_child_whose_birth_nobody_knows_may_be_at_school(undated, worker):
    assert services.start_school(child=undated, kind=PlaceKind.AT_HOME, on=MONDAY, by=worker).pk


def test_special_needs_are_codes_and_none_is_none(amira, worker):
    with refused(WrongCode, "special need"):
        services.record_special_need(child=amira, support=Support.PLAN, needs=["QQ"], on=MONDAY, by=worker)
    with refused(NotSaid, "no need is known"):
        services.record_special_need(child=amira, support=Support.NONE, needs=["ASD"], on=MONDAY, by=worker)


def test_who_may_not(amira, stranger, analyst):
    for by in (stranger, analyst):
        with pytest.raises(NotAllowed):
            services.start_school(child=amira, kind=PlaceKind.AT_HOME, on=MONDAY, by=by)
    assert acts_about(amira) == []


def test_after_a_merge_there_is_one_school_and_one_special_need_at_a_time(
    someone, amira, worker, manager, team, at_school
):
    services.record_special_need(child=amira, support=Support.SCHOOL, needs=["SEMH"], on=JANUARY, by=worker)
    services.record_exclusion(child=amira, kind=ExclusionKind.SUSPENSION, on=JANUARY, by=worker)
    kept = worked_with(someone("Amira", "Khan", date_of_birth=BORN), worker, team)
    merge(kept, amira, by=manager, reason="One girl")
    services.start_school(child=kept, kind=PlaceKind.SCHOOL, school="Oak Lane School", on=MONDAY, by=worker)
    services.record_special_need(child=kept, support=Support.PLAN, needs=["SEMH"], on=MONDAY, by=worker)
    assert [one.person for one in SchoolPlace.current.filter(ended_on=None)] == [kept]
    assert [one.person for one in SpecialNeed.current.filter(ended_on=None)] == [kept]
    told = queries.schooling_of([kept.pk, amira.pk], MONDAY)
    assert (told.place.school, told.special_need.support) == ("Oak Lane School", Support.PLAN)
    assert len(told.exclusions) == 1  # of the other record
    assert told.schools == 2
