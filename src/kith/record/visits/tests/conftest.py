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
