"""Who may see whom (D8): a role and a real working relationship, or glass broken for a time.

Three levels. Index: known, named worker, how to ring. Record: the file. Restricted: only the
people its custodian names. Each rule is a pair: `check_...` raises, `can_...` says yes or no.
"""

import enum

from kith.record.people.models import Person, User
from kith.record.refusals import NotAllowed

__all__ = [
    "Level",
    "NotAllowed",
    "can_open",
    "check_can_open",
    "check_can_open_index",
    "level",
    "reason_known",
]


class Level(enum.IntEnum):
    """How much of a person somebody may see."""

    NOTHING = 0
    INDEX = 1
    RECORD = 2


def level(user: User, person: Person) -> Level:
    """How much of `person` this user may see now."""
    raise NotImplementedError


def reason_known(user: User, person: Person) -> str:
    """Why this user may open the record ("allocated worker"), or "" when nothing allows it."""
    raise NotImplementedError


def check_can_open(user: User, person: Person) -> None:
    """Raise NotAllowed(reason, next_step) unless `user` may open the record of `person`."""
    raise NotImplementedError


def can_open(user: User, person: Person) -> bool:
    """Whether `user` may open the record of `person`."""
    raise NotImplementedError


def check_can_open_index(user: User, person: Person) -> None:
    """Raise NotAllowed unless `user` may see that `person` is known, and by whom."""
    raise NotImplementedError
