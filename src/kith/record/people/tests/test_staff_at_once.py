"""Two who change who works here at the same moment: one waits for the other, and sees what they did."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from kith.record.people import staff as services
from kith.record.people.models import Membership, Role, Team, UserRole
from kith.record.refusals import NotPossible

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="NOT RUN: SQLite lets one write at a time anyway"
    ),
]

SOMEBODY_WAITS = """SELECT EXISTS (SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE NOT granted AND datname = current_database())"""


def at_once(act):
    """What the second gives, or raises, who does `act` while the first has not committed it."""

    def second():
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as others:
        with transaction.atomic():
            act()
            later = others.submit(second)
            wait_until_somebody_waits(later)
        return later.result(timeout=30)


def wait_until_somebody_waits(later):
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(SOMEBODY_WAITS)
            if cursor.fetchone()[0] or later.done():
                return
        time.sleep(0.05)


def test_of_two_teams_and_workers_made_alike_at_once_the_second_is_refused(staff):
    root = staff(Role.ADMINISTRATOR)
    with pytest.raises(NotPossible, match="There is a team called North already"):
        at_once(lambda: services.make_team(by=root, name="North"))
    with pytest.raises(NotPossible, match="Somebody signs in as"):
        at_once(lambda: services.add_user(by=root, email="jo@example.org", name="Jo New"))


def test_a_role_and_a_team_given_twice_at_once_are_one(staff):
    root, jo = staff(Role.ADMINISTRATOR), staff(name="Jo New")
    north = Team.objects.create(name="North")
    at_once(lambda: services.give_role(jo, Role.SOCIAL_WORKER, by=root))
    at_once(lambda: services.join_team(jo, north, by=root))
    assert (UserRole.objects.filter(user=jo).count(), Membership.objects.filter(user=jo).count()) == (1, 1)
