"""What the tests of the whole house share."""

import os
import socket
import sys
from pathlib import Path

import pytest

DATABASES = {"db", "transactional_db", "django_db_setup", "live_server"}

sys.path.insert(0, str(Path(__file__).parent))  # so that tests find `reference` and `terminal` beside them


@pytest.fixture
def unused_port() -> int:
    """A port at which nothing answers just now."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def pytest_collection_modifyitems(config, items):
    """Where only what has a database is asked for, leave out the tests that ask it nothing."""
    if os.environ.get("KITH_TESTS_WITH_A_DATABASE") != "only":
        return
    asked = [item for item in items if has_a_database(item)]
    left = [item for item in items if not has_a_database(item)]
    config.hook.pytest_deselected(items=left)
    items[:] = asked


def has_a_database(item) -> bool:
    """Whether a test asks the database anything: by its mark, or by a fixture."""
    return bool(item.get_closest_marker("django_db") or DATABASES & {*item.fixturenames})
