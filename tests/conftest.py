"""What the tests of the whole house share."""

import socket
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # so that tests find `reference` and `terminal` beside them


@pytest.fixture
def unused_port() -> int:
    """A port at which nothing answers just now."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
