"""The adult of concern whom a strategy discussion named, for visitors, and what keeps the children safe."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kith.record.people.models import Person, User
from kith.record.planning.models import PlanKind
from kith.record.planning.permissions import is_held_back
from kith.record.planning.queries import open_plan
from kith.record.protection.models import Conference
from kith.record.protection.queries import discussions_of, enquiries_open_on, meetings_of, plans_of
from kith.web.protecting.shared_words import read_together


@dataclass(frozen=True)
class OfConcern:
    """Who is of concern and what keeps the children safe meanwhile, as one reader may read the words."""

    who: str
    said_at: datetime
    safe: str
    is_hidden: bool = False


def of_concern(user: User, person: Person, ids: Sequence[int], on: date) -> OfConcern | None:
    """The latest that was said of it, while an enquiry, a conference to come or a plan is open."""
    said = [pair for pair in discussions_of(ids) if pair[1].of_concern]
    if not said or not _is_open(ids, on):
        return None
    [one] = read_together(user, said[-1:])
    talk = one.matter
    if one.read.is_hidden:
        return OfConcern("", talk.held_at, "", is_hidden=True)
    safe = _by_plan(user, person) or one.read.words(talk.actions)
    return OfConcern(one.read.words(talk.of_concern), talk.held_at, safe)


def _is_open(ids: Sequence[int], on: date) -> bool:
    return bool(
        enquiries_open_on([Person(pk=pk) for pk in ids], on)
        or plans_of(ids, on)
        or any(one.state == Conference.State.PLANNED for _, one in meetings_of(ids))
    )


def _by_plan(user: User, person: Person) -> str:
    """What the written plan says keeps the children safe, where this reader may read it."""
    plan = open_plan(person.pk, PlanKind.PROTECTION)
    return plan.safe_meanwhile if plan and not is_held_back(user, plan) else ""
