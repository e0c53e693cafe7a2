"""Why a person with open work has nobody: in words, from who worked with them and how they came."""

from collections.abc import Iterable
from datetime import date

from kith.record.people.models import Allocation
from kith.record.people.queries import allocations_of
from kith.standards.dates import long_date


def why_nobody(person_ids: Iterable[int], on: date) -> dict[int, str]:
    """By person: whoever worked with them last has left, an import brought them, or they are new."""
    held: dict[int, list[Allocation]] = {pk: [] for pk in person_ids}
    for one in allocations_of(held) if held else []:
        held[one.person_id].append(one)
    return {pk: _why(each, on) for pk, each in held.items()}


def _why(held: Iterable[Allocation], on: date) -> str:
    known = list(held)
    ended = [(one.ended_on, one) for one in known if one.worker and one.ended_on and one.ended_on <= on]
    if ended:
        day, last = max(ended, key=lambda pair: pair[0])
        return f"{last.worker} worked with them until {long_date(day)}"
    waits = [one for one in known if one.worker is None and one.ended_on is None]
    since = min((one.started_on for one in waits), default=None)
    if any(one.batch_id for one in waits):
        return f"Came with an import on {long_date(since)}"
    return f"New since {long_date(since)}: not given to anybody yet" if since else "Not given to anybody yet"
