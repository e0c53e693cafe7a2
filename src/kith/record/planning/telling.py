"""The lines that a plan gives a person's story.

A child in need plan and a child protection plan are told by the facts of their own rooms.
"""

from kith.record.chronology.telling import Told, ended
from kith.record.planning.models import PlanKind, Planned

_STARTED = {
    PlanKind.FAMILY_HELP: ("help_plan", "A family help plan was agreed", "The family help plan ended"),
    PlanKind.OUTSIDE: (
        "outside_plan",
        "A plan about harm outside the home began",
        "The plan about harm outside the home ended",
    ),
}


def planned(fact: Planned) -> list[Told]:
    """When a plan for this person began and ended; what it says stays in the plan."""
    if fact.kind not in _STARTED:
        return []
    kind, began, over = _STARTED[PlanKind(fact.kind)]
    return [Told(fact.started_on, f"{kind}_started", began), *ended(fact.ended_on, f"{kind}_ended", over)]
