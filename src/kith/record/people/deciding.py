"""Who decided something, and in which team: what a service writes beside the fact that was decided."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from kith.record.people.models import Allocation, Person, Team, User
from kith.record.people.queries import in_force, memberships_of, same_person_ids


def decided(by: User, child: Person, on: date) -> dict[str, Any]:
    """The fields of `people.Decided` for a decision that `by` takes about `child` on a day.

    Where an extract named somebody else for what was still open, they give way.
    """
    return {
        "decided_by": by,
        "decided_by_reference": "",
        "deciding_team": team_then(by, child, on),
        "deciding_team_reference": "",
    }


def team_then(worker: User, child: Person, on: date) -> Team | None:
    """The team that `worker` was in on a day when working with `child`; None where they were in none.

    Of several it is the one on an allocation of this child in force that day (their own allocation before
    one of their team's), else the one that they joined first.
    """
    members = memberships_of(worker, on=on).order_by("started_on", "pk")
    teams = list({member.team_id: member.team for member in members}.values())
    if len(teams) < 2:
        return teams[0] if teams else None
    with_child = _teams_with(worker, child, on)
    return next((team for pk in with_child for team in teams if team.pk == pk), teams[0])


def _teams_with(worker: User, child: Person, on: date) -> Iterable[int]:
    """The ids of the teams on the child's allocations of a day, the worker's own first, the newest first."""
    found = Allocation.current.filter(
        in_force(on), person_id__in=same_person_ids(child), team__isnull=False
    ).order_by("-started_on", "-pk")
    pairs = list(found.values_list("team_id", "worker_id"))
    return [team for team, _ in sorted(pairs, key=lambda pair: pair[1] != worker.pk)]
