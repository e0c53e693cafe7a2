"""Settings for the whole suite, made before Django reads its own."""

import os
import tempfile

import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import settings

os.environ["KITH_TESTING"] = "1"
os.environ.setdefault("KITH_HOME", tempfile.mkdtemp(prefix="kith-tests-"))

# How long one example takes says how busy the machine is; speed is measured in bench/.
settings.register_profile("kith", deadline=None)
settings.load_profile("kith")


@pytest.fixture(autouse=True)
def nobody_has_tried_before():
    """Each test may sign in and ask as often as the limits allow, however many others came before."""
    cache.clear()


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    """The database, for what is written once for the tests of a module: each is rolled back to it.

    Only in modules whose tests all run in a transaction, and where no test wants an empty database after
    one that asked for what was written.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
