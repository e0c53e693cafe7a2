"""The family, their worker and a chair, for the tests of the pages of protection."""

from copy import deepcopy

import pytest
from django.utils import timezone

from kith.web.protecting.tests.steps import BACKEND, reviewing_officer
from kith.web.tests.families import the_okoros


@pytest.fixture(scope="module")
def family_once(module_db):
    return the_okoros(timezone.localdate())


@pytest.fixture
def family(family_once, db):
    return deepcopy(family_once)


@pytest.fixture
def chair():
    return reviewing_officer()


@pytest.fixture
def as_worker(client, family):
    client.force_login(family.worker, backend=BACKEND)
    return client
