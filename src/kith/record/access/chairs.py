"""Who chairs what was decided about somebody: told by rooms above this one (docs/decisions/0036).

A room names, in its `apps.py`, what tells it: `chairs.told_by(chaired_by)`. Nothing here knows a room.
"""

from collections.abc import Callable, Iterable
from datetime import date

from kith.record.people.models import User

Tell = Callable[[User, Iterable[int], date], set[int]]

_TOLD_BY: list[Tell] = []


def told_by(tell: Tell) -> None:
    """Have a function asked, with a user, person ids and a day, for whom they chair. Once is enough."""
    if tell not in _TOLD_BY:
        _TOLD_BY.append(tell)


def chaired_by(user: User, person_ids: Iterable[int], on: date) -> set[int]:
    """Those of these people for whom `user` held the meeting whose plan is in force on a day."""
    ids = list(person_ids)
    return set().union(*(tell(user, ids, on) for tell in _TOLD_BY)) if ids else set()
