"""Who has open work: told by the pathway, which stands above this room and comes here with what it knows.

The pathway names, in its `apps.py`, the function that tells (`told_by`). Nothing here knows a room of it.
"""

from collections.abc import Callable, Iterable
from datetime import date

Tell = Callable[[Iterable[int], date], set[int]]

_TOLD_BY: list[Tell] = []


def told_by(tell: Tell) -> None:
    """Have a function asked, with person ids and a day, which of them have open work. Once is enough."""
    if tell not in _TOLD_BY:
        _TOLD_BY.append(tell)


def in_open_work(person_ids: Iterable[int], on: date) -> set[int]:
    """Those of these records for whom something is open on `on`; nobody, where no room tells of any."""
    ids = list(person_ids)
    return set().union(*(tell(ids, on) for tell in _TOLD_BY)) if ids else set()
