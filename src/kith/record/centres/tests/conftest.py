from datetime import date, time

import pytest

from kith.record.centres import services
from kith.record.people.models import Role
from kith.record.tests.practice import manager, stranger, team, worker  # noqa: F401

TUESDAY = date(2026, 3, 3)


@pytest.fixture
def helper(staff):
    """A family help lead, who runs the centre."""
    return staff(Role.FAMILY_HELP_LEAD, name="Hope Lead")


@pytest.fixture
def centre(helper):
    return services.open_centre(
        name="Mill Lane", address="1 Mill Lane", postcode="NB1 4AA", district="Northbrook West", by=helper
    )


@pytest.fixture
def run(centre, helper):
    """Run a session at the centre: Tuesdays from ten to twelve, unless the test says otherwise."""

    def run_one(**given):
        usual = {
            "name": "Stay and play",
            "repeats": "weekly",
            "started_on": TUESDAY,
            "opens_at": time(10),
            "closes_at": time(12),
            "is_bookable": False,
        }
        return services.run_session(centre=centre, by=helper, **{**usual, **given})

    return run_one
