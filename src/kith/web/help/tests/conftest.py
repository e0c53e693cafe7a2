"""A family, whoever helps it, and what it asked for, for the tests of the pages of help."""

import json
from copy import deepcopy

import pytest
from django.utils import timezone

from kith.record.centres.models import DirectoryService
from kith.record.centres.services import import_directory
from kith.record.help import services
from kith.record.pathway.services import allocate_worker
from kith.record.people.models import Membership, Role
from kith.record.people.services import record_safe_contact
from kith.web.help.tests.pages import NO_BED
from kith.web.tests.families import LONG_AGO, the_okoros, user


@pytest.fixture(scope="module")
def okoros_once(module_db):
    return the_okoros(timezone.localdate())


@pytest.fixture
def okoros(okoros_once, db):
    return deepcopy(okoros_once)


@pytest.fixture
def helper(okoros):
    made = user("Fay Helper", Role.FAMILY_HELP_LEAD)
    Membership.objects.create(user=made, team=okoros.team, started_on=LONG_AGO)
    return made


@pytest.fixture
def stranger():
    return user("Sam Stranger", Role.SOCIAL_WORKER)


@pytest.fixture
def asked(db):
    return services.ask_for_help(what_would_help=NO_BED, how_and_when_safe="Text after 6", name="Grace")


@pytest.fixture
def family(okoros, helper, asked):
    return services.begin_help(
        people=[okoros.ada, okoros.ben], basis="voluntary", agreed_by="Grace", agreed_how="phone",
        request=asked, by=helper,
    )  # fmt: skip


@pytest.fixture
def agreed(family, helper):
    return services.agree_plan(
        help=family, goal="All sleep", action="Get a bed", owner_in_words="Grace", due_on=None, by=helper
    )


@pytest.fixture
def pantry(helper):
    given = {
        "id": "1", "name": "Pantry <b>", "description": "Food", "phones": [{"number": "01632 960001"}],
        "url": "https://pantry.example.test",
    }  # fmt: skip
    import_directory(content=json.dumps([given]).encode(), by=helper)
    return DirectoryService.current.get()


@pytest.fixture
def never_by_letter(okoros):
    record_safe_contact(
        okoros.mother, way="letter", is_safe=False, said_by="Grace", where="1 Secret Street",
        started_on=timezone.localdate(), by=okoros.manager,
    )  # fmt: skip
    allocate_worker(child=okoros.mother, on=timezone.localdate(), worker=okoros.worker, by=okoros.manager)
