"""What runs: the clocks that facts of the record have started, told by the rooms that hold those facts.

Rooms stand above this one, so they come here with what they know: each names, in its `apps.py`, the
function that tells (`told_by_room` of people, `told_of_matters` of what is about no child, or about
several). Nothing here knows a room.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from kith.record.people.models import PersonDetails
from kith.record.versions import current_facts
from kith.standards.clocks import LocalLimit, Moment


@dataclass(frozen=True)
class Running:
    """A clock that a fact started, for a person or about a matter.

    `person_id` is None where it is about no child, or about several: then `about` names the matter
    (its table and thread), and `subject` says in words whose it is. `started`, `met`, `events` and
    `ended` have their hour where it is known; a limit in hours is counted to the minute then, and in
    whole days else. `met` is when what was due was done, `events` the same for a clock that repeats,
    `ended` when the duty fell away. `asked_on` is when what a clock counts back to was asked for: it is not
    due before. With `can_be_met` False the record does not hold what would meet it: the clock is shown until
    its day, and never called late.

    `act` is the words of the one button that does what is due, `url_name` and `url_args` its page; with
    no arguments the page is the person's, or the matter's by its thread. `own` are the limits that this
    fact itself sets, such as a plan its visits: they go before the authority's. `is_at_once`: somebody may
    be in danger until it is done, so that its limit is no reason to wait.
    """

    clock: str
    person_id: int | None
    started: Moment
    fact_table: str
    fact_thread: int
    met: Moment | None = None
    events: tuple[Moment, ...] = ()
    ended: Moment | None = None
    asked_on: date | None = None
    can_be_met: bool = True
    about: tuple[str, int] | None = None
    subject: str = ""
    act: str = ""
    url_name: str = ""
    url_args: tuple[int | str, ...] = ()
    own: tuple[LocalLimit, ...] = ()
    is_at_once: bool = False

    def __post_init__(self) -> None:
        """Refuse a clock of nobody and nothing: no page could say whose it is."""
        if self.person_id is None and not (self.about and self.subject):
            raise ValueError(f"The clock {self.clock} names no person, so it has to say what it is about.")


class Recorded(Protocol):
    """What came into the record: a fact about a person, or a matter about several."""

    batch_id: Any
    source_rows: Any


Tell = Callable[[Sequence[int], date], Iterable[Running]]

Aside = Callable[[Sequence[int]], set[tuple[int, str, int, date | None]]]

_TOLD_BY: list[Tell] = []
_PUT_ASIDE_BY: list[Aside] = []
_TOLD_OF: dict[str, list[Tell]] = {}


def told_by_room(tell: Tell) -> None:
    """Have a room's function asked, with person ids and a day, what runs for them. Once is enough."""
    if tell not in _TOLD_BY:
        _TOLD_BY.append(tell)


def told_of_matters(table: str, tell: Tell) -> None:
    """Have a room's function asked, with threads of a table's rows and a day, what runs about them."""
    if tell not in _TOLD_OF.setdefault(table, []):
        _TOLD_OF[table].append(tell)


def put_aside_by(tell: Aside) -> None:
    """Have a room's function asked, with person ids, what nobody has to do for them: (person, clock, the
    thread of the fact that started it, the day it is due)."""
    if tell not in _PUT_ASIDE_BY:
        _PUT_ASIDE_BY.append(tell)


def put_aside(person_ids: Sequence[int]) -> set[tuple[int, str, int, date | None]]:
    """What nobody has to do for these people, as a manager said with a reason."""
    return {each for tell in _PUT_ASIDE_BY for each in tell(person_ids)} if person_ids else set()


def running(person_ids: Sequence[int], on: date) -> list[Running]:
    """Every clock that runs or ran for these people in what is open on `on`, each room asked once.

    None runs for a child who had died, or whose pregnancy had ended, by then.
    """
    if not person_ids:
        return []
    known = current_facts(PersonDetails, person_ids)
    over = {one.person_id for one in known if _is_over(one, on)}
    left = [pk for pk in person_ids if pk not in over] if over else person_ids
    return [found for tell in _TOLD_BY for found in tell(left, on)] if left else []


def _is_over(one: PersonDetails, on: date) -> bool:
    return any(day is not None and day <= on for day in (one.date_of_death, one.pregnancy_ended_on))


def running_about(table: str, threads: Sequence[int], on: date) -> list[Running]:
    """Every clock that runs or ran about these rows of a table on `on`."""
    return [found for tell in _TOLD_OF.get(table, ()) for found in tell(threads, on)] if threads else []


def is_written_here(fact: Recorded) -> bool:
    """Whether a fact was typed into this record from the first, and did not come by an import.

    An imported child has a referral or a plan but none of the visits, meetings and decisions that a file
    does not carry, so all of it would look late on the first day. A room gives this as `can_be_met`. A
    correction made here keeps the file's rows, so it does not make an imported fact one of ours.
    """
    return fact.batch_id is None and not fact.source_rows
