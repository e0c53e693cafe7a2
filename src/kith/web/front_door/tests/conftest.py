from kith.record.conftest import home, someone, staff  # noqa: F401
from kith.record.tests.practice import (  # noqa: F401
    amira,
    analyst,
    manager,
    stranger,
    team,
    twin,
    unborn,
    worker,
)
