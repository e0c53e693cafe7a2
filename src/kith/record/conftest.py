"""The smallest valid staff and persons for the record's tests. Everyone here is invented."""

from datetime import date
from itertools import count
from typing import Any

import pytest

from kith.record.people.models import (
    Membership,
    Person,
    PersonDetails,
    PersonName,
    Role,
    Team,
    User,
    UserRole,
)

LONG_AGO = date(2010, 1, 1)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """A folder of its own for what Kith keeps on this machine."""
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def staff(db):
    """Make somebody who works here: staff(Role.SOCIAL_WORKER, team=..., manages=...)."""
    number = count(1)

    def make(*roles: str, team: Team | None = None, manages: Team | None = None, name: str = "") -> User:
        n = next(number)
        user = User.objects.create_user(f"worker{n}@example.org", name=name or f"Worker {n}")
        for role in roles:
            UserRole.objects.create(user=user, role=Role(role), started_on=LONG_AGO)
        for joined, is_manager in ((team, False), (manages, True)):
            if joined:
                Membership.objects.create(user=user, team=joined, is_manager=is_manager, started_on=LONG_AGO)
        return user

    return make


@pytest.fixture
def someone(db):
    """Make a person: someone("Amira", "Khan", date_of_birth=...)."""

    def make(given_names: str = "", family_name: str = "", **details: Any) -> Person:
        person = Person.objects.create()
        PersonDetails.objects.create(person=person, **details)
        if given_names or family_name:
            PersonName.objects.create(person=person, given_names=given_names, family_name=family_name)
        return person

    return make
