"""As what a visit counts: the plan that each child had on its day, told by the rooms that hold the plans.

Those rooms stand above this one, so they come here with what they know: each names, in its `apps.py`, the
function that tells. The kind of a visit is worked out from the facts, and never asked of a worker.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

# As what a visit counts, the closest first: a child may have several of these at once.
ORDER = ("protection", "care", "child_in_need", "help")
WORDS = {
    "protection": "a visit of the protection plan",
    "care": "a visit to a child in care",
    "child_in_need": "a visit of the child in need plan",
    "help": "a visit of the help with the family",
    "": "a visit without a plan",
}


@dataclass(frozen=True)
class CountsAs:
    """As what a visit to a person counts: a kind of ORDER, and the thread of the plan it is of."""

    person_id: int
    kind: str
    plan_thread: int


Tell = Callable[[Iterable[int], date], Iterator[CountsAs]]

_TOLD_BY: list[Tell] = []


def told_by_room(tell: Tell) -> None:
    """Have a function asked, with person ids and a day, which plans were in force. Once is enough."""
    if tell not in _TOLD_BY:
        _TOLD_BY.append(tell)


def counts_as(person_ids: Iterable[int], on: date) -> dict[int, CountsAs]:
    """As what a visit on a day counts for each of these people who had a plan then: the closest one."""
    ids = list(person_ids)
    told = [plan for tell in _TOLD_BY for plan in tell(ids, on)]
    by_order = sorted(told, key=lambda plan: ORDER.index(plan.kind), reverse=True)
    return {plan.person_id: plan for plan in by_order}
