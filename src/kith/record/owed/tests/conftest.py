from kith.record.tests.practice import (  # noqa: F401
    amira,
    analyst,
    manager,
    stranger,
    team,
    twin,
    worker,
)
