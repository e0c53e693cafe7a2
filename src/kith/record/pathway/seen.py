"""When a child was last seen, and alone: by a visit, or as what an enquiry found says.

What an enquiry found says when its worker saw the child, and nobody writes that down twice: so the pages
that say when a child was seen last ask here, and not the visits alone.
"""

from collections.abc import Iterable
from datetime import date

from kith.record.protection.queries import findings_of
from kith.record.visits import queries as visits


def last_seen(person_ids: Iterable[int]) -> dict[int, date]:
    """The last day on which each of these people was seen in person; those never seen are left out."""
    ids = [*person_ids]
    found = ((one.person_id, one.seen_on) for one in findings_of(ids).values())
    return _later(visits.last_seen(ids), found)


def last_seen_alone(person_ids: Iterable[int]) -> dict[int, date]:
    """The last day on which each of these people was seen alone, in person."""
    ids = [*person_ids]
    found = ((one.person_id, one.seen_on) for one in findings_of(ids).values() if one.is_seen_alone)
    return _later(visits.last_seen_alone(ids), found)


def was_seen_alone(person_ids: Iterable[int], on: date) -> bool | None:
    """Whether this person was seen alone on that day; None where nobody said so."""
    ids = [*person_ids]
    found = [one.is_seen_alone for one in findings_of(ids).values() if one.seen_on == on]
    said = [visits.was_seen_alone(ids, on), *found]
    return max((each for each in said if each is not None), default=None)


def _later(days: dict[int, date], found: Iterable[tuple[int, date | None]]) -> dict[int, date]:
    for pk, day in found:
        if day:
            days[pk] = max(day, days.get(pk, day))
    return days
