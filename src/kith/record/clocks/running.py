"""What runs: the clocks that facts of the record have started, told by the rooms that hold those facts.

Rooms stand above this one, so they come here with what they know: each names, in its `apps.py`, the
function that tells (`told_by_room`). Nothing here knows a room.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Running:
    """A clock that a fact started for a person.

    `met` is when what was due was done, `events` the same for a clock that repeats, `ended` when the
    duty fell away. With `can_be_met` False the record does not hold what would meet it: the clock is
    shown until its day, and never called late.
    """

    clock: str
    person_id: int
    started: date
    fact_table: str
    fact_thread: int
    met: date | None = None
    events: tuple[date, ...] = ()
    ended: date | None = None
    can_be_met: bool = True


Tell = Callable[[Sequence[int], date], Iterable[Running]]

_TOLD_BY: list[Tell] = []


def told_by_room(tell: Tell) -> None:
    """Have a room's function asked, with person ids and a day, what runs for them. Once is enough."""
    if tell not in _TOLD_BY:
        _TOLD_BY.append(tell)


def running(person_ids: Sequence[int], on: date) -> list[Running]:
    """Every clock that runs or ran for these people in what is open on `on`, each room asked once."""
    return [found for tell in _TOLD_BY for found in tell(person_ids, on)] if person_ids else []
