"""What a chair reads beside the outline: reports, what enquiries found and children said, the plan so far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kith.record.people.models import Person, User
from kith.record.people.queries import Shown, same_person_ids
from kith.record.planning.models import PlanKind
from kith.record.planning.permissions import is_held_back
from kith.record.planning.queries import PlanShown, open_plan
from kith.record.planning.queries import shown as lines_of
from kith.record.protection.models import EnquiryFinding, Invited
from kith.record.protection.queries import enquiries_of, findings_of
from kith.record.visits.queries import visits_of

WORDS = 3  # of a child, the newest first


@dataclass(frozen=True)
class OfChild:
    """Of one child: what the latest enquiry found, and their own words at visits, the newest first."""

    name: str
    found: EnquiryFinding | None
    words: Sequence[str]
    plan: PlanShown | None


@dataclass(frozen=True)
class Beside:
    """The reports that came, and what is known of each child of the conference."""

    reports: list[Invited]
    children: list[OfChild]


def beside(user: User, children: Iterable[Shown], people: Iterable[Invited]) -> Beside:
    """What the chair of these children's conference reads; a plan with somebody kept is left out."""
    return Beside([one for one in people if one.report], [_of_child(user, child) for child in children])


def _of_child(user: User, child: Shown) -> OfChild:
    ids = same_person_ids(Person(pk=child.person_id))
    latest, found = enquiries_of(ids)[-1:], findings_of(ids)
    words = [seen.own_words for seen in reversed(visits_of(ids)) if seen.own_words]
    plan = open_plan(child.person_id, PlanKind.PROTECTION)
    is_shown = plan is not None and not is_held_back(user, plan)
    return OfChild(
        child.name,
        next((found[one.thread] for one in latest if one.thread in found), None),
        words[:WORDS],
        lines_of(plan, [child.person_id]) if plan and is_shown else None,
    )
