"""Who is working with a child, for how long they have been the child's, and whom to ring."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kith.record.people.models import Allocation
from kith.record.people.queries import workers_of
from kith.standards.codes import code_list


@dataclass(frozen=True)
class Working:
    """One worker or team, since when, and how to ring them ("" where no number is known)."""

    name: str
    role: str
    team: str
    since: date
    how_long: str
    phone: str
    team_phone: str


def working_with(ids: Sequence[int], on: date) -> list[Working]:
    """Everybody allocated to the child on a day, the longest first; the team of the unallocated is nobody."""
    found = [each for each in workers_of(ids, on=on) if each.team is None or not each.team.is_unallocated]
    lines = {_who(each): each for each in found}  # the earliest of several in the same role comes last
    return [_working(each, on) for each in sorted(lines.values(), key=lambda each: each.started_on)]


def _who(allocation: Allocation) -> tuple[object, ...]:
    team = None if allocation.worker_id else allocation.team_id
    return allocation.worker_id, team, allocation.worker_reference, allocation.role


def _working(allocation: Allocation, on: date) -> Working:
    worker, team = allocation.worker, allocation.team
    team_name = team.name if team else ""
    reference = f"Worker registered as {allocation.worker_reference}" if allocation.worker_reference else ""
    return Working(
        name=worker.name if worker else reference or team_name or "Not named",
        role=code_list("working_relationship_roles").label(allocation.role) if allocation.role else "",
        team=team_name if worker else "",
        since=allocation.started_on,
        how_long=how_long(allocation.started_on, on),
        phone=worker.phone if worker else "",
        team_phone=team.phone if team else "",
    )


def how_long(start: date, on: date) -> str:
    """A spell in words: "3 days", "5 weeks", "8 months", "2 years"; today counts as "today"."""
    days = (on - start).days
    months = (on.year - start.year) * 12 + on.month - start.month - (on.day < start.day)
    if days < 1:
        return "today"
    for number, unit in ((months // 12, "year"), (months, "month"), (days // 7, "week")):
        if number >= 2 or (unit == "year" and number):
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return f"{days} day{'' if days == 1 else 's'}"


def numbers(working: Iterable[Working]) -> list[tuple[str, str]]:
    """(whom, number) to ring, each number once, workers before their teams."""
    found: dict[str, str] = {}
    people = list(working)
    for each in people:
        if each.phone:
            found.setdefault(each.phone, each.name)
    for each in people:
        if each.team_phone:
            found.setdefault(each.team_phone, each.team or each.name)
    return [(whom, number) for number, whom in found.items()]
