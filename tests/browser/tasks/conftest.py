"""A task to be counted: `counted("visit", children=3)` gives it; what it cost is written at the end."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # so that tests find `counting` beside them
from counting import Task, limits, passed, write


@pytest.fixture
def counted(page, arrived):
    """Begin to count a task of limits.csv; the test fails where it costs more than its limit."""
    tasks = []

    def begin(name, *, children=1):
        assert name in limits(), f"{name} has no row in limits.csv"
        tasks.append(Task(name, page, arrived, children=children))
        return tasks[-1]

    yield begin
    for task in tasks:
        cost = task.cost()
        write(cost)
        assert passed(vars(cost), limits()[task.name]) == []
