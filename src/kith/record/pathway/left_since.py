"""Work of somebody who has left, where it is opened again: their team has it, and its manager is told."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from kith.record.access import messages
from kith.record.access.permissions import may_know
from kith.record.chronology.services import tell
from kith.record.facts import Matter
from kith.record.help.models import FamilyHelp
from kith.record.owed.models import Owed
from kith.record.people import queries as people
from kith.record.people import staff
from kith.record.people.models import Allocation, Person, Team, User
from kith.record.planning.models import PlanAction
from kith.record.protection.models import Conference

FIND_SOMEBODY = (
    "Work of somebody who has left your team is open again: a mistake was put right. Look whose it is now."
)
Without = Callable[[Team | None, User], dict[str, Any]]
HELD: Mapping[type[Matter], tuple[str, Without]] = {
    Owed: ("owed_by", lambda team, by: {"owed_by": None if team else by, "team": team}),
    PlanAction: (
        "owner",
        lambda team, by: {"owner": None if team else by, "owner_in_words": str(team) if team else ""},
    ),
    FamilyHelp: ("lead", lambda team, by: {"lead": None, "lead_named_on": None}),
    Conference: ("chair", lambda team, by: {"chair": None}),
}
"""Which field says who holds a matter; what it says without them, by their team and who opens it again."""


def is_left(allocation: Allocation) -> bool:
    """Whether whoever worked with somebody no longer works here."""
    return allocation.worker is not None and not allocation.worker.is_active


def pass_on_allocation(allocation: Allocation, by: User) -> None:
    """The team of whoever has left works with the person from today; the spell that ended stays ended."""
    made = staff.pass_to_team(allocation, by=by, on=timezone.localdate())
    tell(made)
    _tell_managers(made.team, allocation.person, by)


def held_otherwise(ended: Matter, child: Person, by: User) -> dict[str, Any]:
    """What a matter says otherwise than before its end, as its holder no longer works here; else {}."""
    if type(ended) not in HELD:
        return {}
    (field, without_them), before = HELD[type(ended)], ended.supersedes
    holder = getattr(before, field)
    if holder is None or holder.is_active:
        return {}
    team = getattr(before, "team", None) or people.last_team_of(holder)
    _tell_managers(team, child, by)
    return without_them(team, by)


def _tell_managers(team: Team | None, child: Person, by: User) -> None:
    managers = people.managers_of([team.pk]) if team else []
    told = [one for one in may_know(managers, [child]) if one != by]
    messages.tell(told, FIND_SOMEBODY, link=messages.page("story", child.pk))
