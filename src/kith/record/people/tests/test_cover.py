"""Somebody else does the work for some days, and opens what has to be opened on them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kith.record.access import permissions, services
from kith.record.audit.models import Entry
from kith.record.people import queries
from kith.record.people import staff as staff_module
from kith.record.people.models import Allocation, Role, Team
from kith.record.refusals import NotAllowed, NotPossible

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
WEEK = timedelta(days=7)


@pytest.fixture
def ada(staff):
    return staff(Role.SOCIAL_WORKER, name="Ada Osei", team=Team.objects.create(name="North"))


@pytest.fixture
def ben(staff):
    return staff(Role.SOCIAL_WORKER, name="Ben Rowe")


@pytest.fixture
def child(ada, someone):
    child = someone("Amira", "Khan")
    Allocation.objects.create(person=child, worker=ada, started_on=date(2020, 1, 1))
    return child


def cover(ada, ben, *, by=None, start=TODAY, end=TODAY + WEEK):
    days = {"started_on": start, "ended_on": end}
    return staff_module.arrange_cover(worker=ada, covered_by=ben, by=by or ada, **days)


def test_who_covers_opens_what_the_worker_opens_and_why_is_said(ada, ben, child):
    assert not permissions.can_open(ben, child)
    cover(ada, ben)
    assert permissions.reason_known(ben, child) == "covers for Ada Osei"
    assert [one.for_user for one in queries.covers_for(ben)] == [ada]


@pytest.mark.parametrize(
    "start, end",
    [(TODAY + timedelta(days=1), TODAY + WEEK), (TODAY - WEEK, TODAY)],
    ids=["not begun", "over since today"],
)
def test_cover_opens_nothing_before_it_begins_and_ends_by_itself(ada, ben, child, start, end):
    cover(ada, ben, start=start, end=end)
    assert not permissions.can_open(ben, child)


def test_cover_ends_early_and_then_opens_nothing(ada, ben, child):
    arranged = cover(ada, ben, start=TODAY - WEEK)
    staff_module.end_cover(arranged, by=ada, on=TODAY)
    assert not permissions.can_open(ben, child)


def test_cover_opens_no_restricted_record_and_gives_no_role(ada, ben, child, staff):
    cover(ada, ben)
    custodian = staff(Role.CUSTODIAN)
    services.place_restriction(
        child, by=custodian, kind="police", reason="Operation", custodian=custodian, allowed=[ada]
    )
    assert permissions.can_open(ada, child) and not permissions.can_open(ben, child)


def test_an_analyst_who_covers_sees_nothing(ada, staff, child):
    analyst = staff(Role.ANALYST)
    cover(ada, analyst)
    assert not permissions.can_open(analyst, child)


def test_a_manager_arranges_it_for_their_own_team_and_a_head_of_service_for_all(ada, ben, staff):
    north = Team.objects.get(name="North")
    manager, head = staff(Role.TEAM_MANAGER, manages=north), staff(Role.SENIOR_MANAGER)
    for by in (manager, head):
        assert cover(ada, ben, by=by).arranged_by == by


def test_nobody_gives_themselves_the_work_of_somebody_else(ada, ben, staff):
    with pytest.raises(NotAllowed, match="who covers"):
        cover(ada, ben, by=ben)
    with pytest.raises(NotAllowed, match="do not manage a team"):
        cover(ada, ben, by=staff(Role.TEAM_MANAGER, manages=Team.objects.create(name="South")))


@pytest.mark.parametrize(
    "end, said",
    [(TODAY, "last no day"), (TODAY + timedelta(weeks=13, days=1), "more than 13 weeks")],
)
def test_cover_lasts_a_day_at_least_and_thirteen_weeks_at_most(ada, ben, end, said):
    with pytest.raises(NotPossible, match=said):
        cover(ada, ben, end=end)


def test_nobody_covers_for_themselves_and_nobody_who_left_covers(ada, ben):
    with pytest.raises(NotPossible, match="for themselves"):
        cover(ada, ada)
    ben.is_active = False
    with pytest.raises(NotPossible, match="no longer works here"):
        cover(ada, ben)


def test_arranging_and_ending_are_written_down(ada, ben):
    staff_module.end_cover(cover(ada, ben), by=ada, on=TODAY)
    acts = Entry.objects.filter(act__startswith="cover_").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["cover_arranged", "cover_ended"]


def test_teams_are_found_by_their_kind(staff, ada):
    administrator = staff(Role.ADMINISTRATOR)
    from_start = staff_module.make_team(by=administrator, name="Duty", kind=Team.Kind.FRONT_DOOR)
    north = staff_module.say_what_team(Team.objects.get(name="North"), by=administrator, kind="front_door")
    assert list(queries.teams_of_kind(Team.Kind.FRONT_DOOR)) == [from_start, north]
    assert not queries.teams_of_kind(Team.Kind.OUT_OF_HOURS)
    with pytest.raises(NotAllowed):
        staff_module.say_what_team(north, by=ada, kind="care")
