"""Who has open work, and about whom a message waits: told by rooms that stand above this one.

A room names, in its `apps.py`, what tells it. Nothing here knows a room.

    open_work.rows_tell(referrals_open_on)  # rows with a `person`, of whom each has open work on a day
    open_work.messages_tell(waiting_on, but=own)  # the same, where a message about the person waits for a
    # decision; `own` says which rows open nothing to a worker, as it is that worker who wrote them
    open_work.told_by(care_leavers_among)  # what no query alone can tell
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from kith.record.people.models import User

Rows = Callable[[date], "QuerySet[Any]"]
Tell = Callable[[Iterable[int], date], set[int]]
Own = Callable[[User, list[Any]], set[int]]  # of these rows, the ids of those that open nothing to a worker

_ROWS: dict[Rows, Own | None] = {}
_MESSAGES: dict[Rows, Own | None] = {}
_TOLD_BY: list[Tell] = []


def rows_tell(rows: Rows, *, but: Own | None = None) -> None:
    """Have each `person` of these rows, asked for with a day, count as in open work. Once is enough.

    `but` says which rows open no record to a worker: work that they began themselves.
    """
    _ROWS.setdefault(rows, but)


def messages_tell(rows: Rows, *, but: Own | None = None) -> None:
    """Have each `person` of these rows count as somebody about whom a message waits for a decision.

    That is open work too. `but` says which rows open no record to a worker: a message that they wrote
    themselves. Once is enough.
    """
    _MESSAGES.setdefault(rows, but)


def told_by(tell: Tell) -> None:
    """Have a function asked, with person ids and a day, which of them have open work. Once is enough."""
    if tell not in _TOLD_BY:
        _TOLD_BY.append(tell)


def in_open_work(person_ids: Iterable[int], on: date, *, to: User | None = None) -> set[int]:
    """Those of these records for whom something is open on `on`; nobody, where no room tells of any.

    With `to`, what this worker wrote or began themselves is left out, as it opens nothing to them.
    """
    ids = list(person_ids)
    if not ids:
        return set()
    told = [tell(ids, on) for tell in _TOLD_BY]
    return _among(_ROWS, ids, on, to).union(waits_for_a_decision(ids, on, to=to), *told)


def waits_for_a_decision(person_ids: Iterable[int], on: date, *, to: User | None = None) -> set[int]:
    """Those of these records about whom a message waits for a decision on `on`; `to` as in `in_open_work`."""
    return _among(_MESSAGES, list(person_ids), on, to)


def rows_in_open_work(on: date) -> Q:
    """Rows whose `person` has open work on `on`, for lists; what only a function tells is not among it."""
    found = Q(pk__in=[])
    for rows in (*_ROWS, *_MESSAGES):
        found |= Q(person__in=rows(on).order_by().values("person"))
    return found


def _among(told: Mapping[Rows, Own | None], ids: list[int], on: date, to: User | None) -> set[int]:
    found: set[int] = set()
    for rows, but in told.items() if ids else ():
        here = rows(on).filter(person__in=ids)
        if but is None or to is None:
            found.update(here.values_list("person_id", flat=True))
            continue
        held = list(here)
        own = but(to, held) if held else set()
        found.update(row.person_id for row in held if row.pk not in own)
    return found
