"""Two who change who works here at the same moment: one waits for the other, and sees what they did."""

import pytest

from kith.record.people import staff as services
from kith.record.people.models import Membership, Role, Team, UserRole
from kith.record.refusals import NotPossible
from kith.record.tests.at_once import ON_POSTGRESQL, at_once

pytestmark = ON_POSTGRESQL


def test_of_two_teams_and_workers_made_alike_at_once_the_second_is_refused(staff):
    root = staff(Role.ADMINISTRATOR)
    with pytest.raises(NotPossible, match="There is a team called North already"):
        twice_at_once(lambda: services.make_team(by=root, name="North"))
    with pytest.raises(NotPossible, match="Somebody signs in as"):
        twice_at_once(lambda: services.add_user(by=root, email="jo@example.org", name="Jo New"))


def test_a_role_and_a_team_given_twice_at_once_are_one(staff):
    root, jo = staff(Role.ADMINISTRATOR), staff(name="Jo New")
    north = Team.objects.create(name="North")
    twice_at_once(lambda: services.give_role(jo, Role.SOCIAL_WORKER, by=root))
    twice_at_once(lambda: services.join_team(jo, north, by=root))
    assert (UserRole.objects.filter(user=jo).count(), Membership.objects.filter(user=jo).count()) == (1, 1)


def twice_at_once(act):
    return at_once(act, act)
