"""The invented team and child of the record's tests."""

from kith.record.tests.practice import amira, analyst, manager, stranger, team, twin, worker

__all__ = ["amira", "analyst", "manager", "stranger", "team", "twin", "worker"]
