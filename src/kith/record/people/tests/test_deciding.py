"""Who decided, and in which team: the one they were in that day."""

from datetime import date

import pytest

from kith.record.people.deciding import decided, team_then
from kith.record.people.models import Allocation, Membership, Person, Role, Team, User

DAY = date(2026, 3, 2)

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams() -> list[Team]:
    return [Team.objects.create(name=name) for name in ("North", "South", "West")]


@pytest.fixture
def child(someone) -> Person:
    return someone("Amira", "Khan")


@pytest.fixture
def ada(staff) -> User:
    return staff(Role.SOCIAL_WORKER)


def join(worker, team, started_on=date(2025, 1, 1), ended_on=None):
    Membership.objects.create(user=worker, team=team, started_on=started_on, ended_on=ended_on)


def test_the_team_of_that_day_counts_and_not_the_one_before_or_after(ada, child, teams):
    north, south, _ = teams
    join(ada, north, ended_on=DAY)
    join(ada, south, started_on=DAY)
    assert team_then(ada, child, date(2026, 3, 1)) == north
    assert team_then(ada, child, DAY) == south


def test_somebody_in_no_team_decides_in_none(ada, child, teams):
    join(ada, teams[0], started_on=date(2026, 3, 3))
    assert team_then(ada, child, DAY) is None
    assert decided(ada, child, DAY) == {
        "decided_by": ada,
        "decided_by_reference": "",
        "deciding_team": None,
        "deciding_team_reference": "",
    }


def test_of_two_teams_it_is_the_first_joined_where_no_allocation_tells(ada, child, teams):
    north, south, west = teams
    join(ada, south, started_on=date(2025, 6, 1))
    join(ada, north)
    Allocation.objects.create(person=child, team=west, started_on=date(2026, 1, 1))
    Allocation.objects.create(
        person=child, worker=ada, team=south, started_on=date(2025, 7, 1), ended_on=date(2026, 1, 1)
    )
    assert team_then(ada, child, DAY) == north


def test_of_two_teams_it_is_the_one_on_the_childs_allocation(ada, child, teams, staff):
    north, south, _ = teams
    join(ada, north)
    join(ada, south, started_on=date(2025, 6, 1))
    Allocation.objects.create(person=child, worker=staff(), team=south, started_on=date(2026, 1, 1))
    assert team_then(ada, child, DAY) == south


def test_their_own_allocation_comes_before_one_of_their_team(ada, child, teams, staff):
    north, south, _ = teams
    join(ada, north)
    join(ada, south, started_on=date(2025, 6, 1))
    Allocation.objects.create(person=child, worker=ada, team=south, started_on=date(2026, 1, 1))
    Allocation.objects.create(person=child, worker=staff(), team=north, started_on=date(2026, 2, 1))
    assert team_then(ada, child, DAY) == south


def test_an_allocation_of_a_record_merged_into_the_childs_counts(ada, child, teams):
    north, south, _ = teams
    join(ada, north)
    join(ada, south, started_on=date(2025, 6, 1))
    merged = Person.objects.create(merged_into=child)
    Allocation.objects.create(person=merged, worker=ada, team=south, started_on=date(2026, 1, 1))
    assert team_then(ada, child, DAY) == south
