import pytest

from kith.record.help import services
from kith.record.people.models import Role
from kith.record.tests.practice import (  # noqa: F401
    amira,
    analyst,
    chair,
    manager,
    stranger,
    team,
    twin,
    unborn,
    undated,
    worker,
)


@pytest.fixture
def helper(staff, team):  # noqa: F811
    """A family help lead practitioner of the team that works with Amira and her brother."""
    return staff(Role.FAMILY_HELP_LEAD, team=team, name="Fay Helper")


@pytest.fixture
def asked(db):
    return services.ask_for_help(
        what_would_help="We cannot sleep: there is one bed for three",
        how_and_when_safe="Text 07700 900123 after 6. Please do not leave a voicemail.",
        name="Sal",
    )


@pytest.fixture
def family(helper, amira, twin, asked):  # noqa: F811
    """Help for Amira and her twin, which their mother agreed to."""
    return services.begin_help(
        people=[amira, twin],
        basis="voluntary",
        agreed_by="Sal, their mum",
        agreed_how="phone",
        request=asked,
        need="housing",
        by=helper,
    )
