"""Settings for the whole suite, made before Django reads its own."""

import gc
import os
import tempfile

import pytest
from django.contrib.contenttypes.management import create_contenttypes
from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_migrate
from hypothesis import settings

os.environ["KITH_TESTING"] = "1"
os.environ.setdefault("KITH_HOME", tempfile.mkdtemp(prefix="kith-tests-"))

# How long one example takes says how busy the machine is; speed is measured in bench/.
settings.register_profile("kith", deadline=None)
settings.load_profile("kith")

# The thousands of tests and all that they import stay until the end: what goes through them for what may be
# thrown away finds nothing, and took a tenth of the suite's time.
gc.set_threshold(50_000, 20, 100)


def pytest_collection_finish():
    gc.freeze()


@pytest.fixture(autouse=True)
def nobody_has_tried_before():
    """Each test may sign in and ask as often as the limits allow, however many others came before."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """The database, whose tables are emptied after a browser's test without filling two that Kith never asks.

    Django would write down its own permissions for every model again each time.
    """
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    post_migrate.disconnect(create_contenttypes)


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    """The database, for what is written once for the tests of a module: each is rolled back to it.

    Only in modules whose tests all run in a transaction, and where no test wants an empty database after
    one that asked for what was written.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
