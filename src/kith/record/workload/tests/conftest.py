from kith.record.tests.practice import amira, manager, stranger, team, twin, worker  # noqa: F401
