"""An invented team at work with an invented child: what the tests of the pathway's rooms share."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest

from kith.record.audit.models import Entry
from kith.record.chronology.models import Line
from kith.record.people.models import Allocation, Decided, Person, Role, Team, User
from kith.record.refusals import Refused

BORN = date(2016, 5, 14)
MONDAY = date(2026, 3, 2)


@pytest.fixture
def team(db) -> Team:
    return Team.objects.create(name="Assessment east")


@pytest.fixture
def worker(staff, team) -> User:
    """The social worker of Amira and her brother."""
    return staff(Role.SOCIAL_WORKER, team=team, name="Ada Osei")


@pytest.fixture
def manager(staff, team) -> User:
    return staff(Role.TEAM_MANAGER, manages=team, name="Mo Manager")


@pytest.fixture
def chair(staff) -> User:
    """A conference chair and reviewing officer, of another team."""
    return staff(Role.REVIEWING_OFFICER, name="Cleo Chair")


@pytest.fixture
def stranger(staff) -> User:
    """A social worker who works with neither child."""
    return staff(Role.SOCIAL_WORKER, name="Sam Stranger")


@pytest.fixture
def analyst(staff) -> User:
    return staff(Role.ANALYST, name="Ann Analyst")


def worked_with(child: Person, worker: User, team: Team) -> Person:
    Allocation.objects.create(person=child, worker=worker, team=team, started_on=date(2016, 1, 1))
    return child


@pytest.fixture
def amira(someone, worker, team) -> Person:
    return worked_with(someone("Amira", "Khan", date_of_birth=BORN, sex="F"), worker, team)


@pytest.fixture
def twin(someone, worker, team) -> Person:
    """Amira's twin: the same date of birth, a record of their own."""
    return worked_with(someone("Adam", "Khan", date_of_birth=BORN, sex="M"), worker, team)


@pytest.fixture
def unborn(someone, worker, team) -> Person:
    child = someone("", "Khan", expected_date_of_birth=date(2026, 6, 1), sex="U")
    return worked_with(child, worker, team)


@pytest.fixture
def undated(someone, worker, team) -> Person:
    """A child whose date of birth nobody knows."""
    return worked_with(someone("Noor", "Khan"), worker, team)


def acts_about(person: Person) -> list[str]:
    return list(Entry.objects.filter(person_id=person.pk).order_by("id").values_list("act", flat=True))


def told_of(person: Person) -> list[tuple[date | None, str, str]]:
    """The lines that stand in a person's story, in order."""
    lines = Line.objects.filter(person=person, struck_at=None).order_by("on", "id")
    return list(lines.values_list("on", "kind", "text"))


def refused(kind: type[Refused], match: str) -> AbstractContextManager[Any]:
    """That something is refused with those words, and with what to do next."""
    return pytest.raises(kind, match=match)


def kind_of(act: Callable[..., Any], given: Mapping[str, Any]) -> Refused | None:
    """How an act is refused, or None where it is not."""
    try:
        act(**given)
    except Refused as refusal:
        return refusal
    return None


def who_decided(fact: Decided) -> tuple[User | None, Team | None, str, str]:
    """Who decided and in which team, and the ids by which an extract named them, as stored."""
    stored = type(fact).objects.get(pk=fact.pk)
    return (
        stored.decided_by,
        stored.deciding_team,
        stored.decided_by_reference,
        stored.deciding_team_reference,
    )
