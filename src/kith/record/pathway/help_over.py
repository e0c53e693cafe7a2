"""What goes on when family help ends, and with whom: who led it stops, and may no longer open the record.

Told to whoever ends it before they do, from the same answer that the ending follows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kith.record.access import messages
from kith.record.access.permissions import may_know
from kith.record.assessment.queries import open_assessments
from kith.record.care.queries import periods_open_on
from kith.record.frontdoor.queries import concerned_waiting_on, referrals_open_on
from kith.record.help import queries
from kith.record.help.models import FamilyHelp
from kith.record.help.services.families import LEADS
from kith.record.owed import services as owed
from kith.record.owed.queries import owed_for
from kith.record.people.models import Person, User
from kith.record.people.queries import managers_of, memberships_of, same_person_ids, workers_of
from kith.record.protection.queries import plans_open_on

BECAUSE = "Family help ended, and nothing else is open for them"
OPEN_BESIDE = (referrals_open_on, plans_open_on, periods_open_on, concerned_waiting_on)
NOBODY_LEFT = (
    "Family help ended for a child whose case goes on and who has no worker now. Say who takes it on."
)


@dataclass(frozen=True)
class GoesOn:
    """What goes on for one child: who led, with whom it goes on, and whether the case waits for a worker.

    `to` is never somebody whom the child is kept from. It is None where nothing is open and what was owed
    ends; and where the case waits and nobody here may be told: then it stays owed. `owed` is what the leads
    owe, in words.
    """

    child: Person
    leads: tuple[User, ...]
    to: User | None
    waits: bool
    is_assessed: bool
    owed: tuple[str, ...]


def what_goes_on(help: FamilyHelp, on: date) -> list[GoesOn]:
    """For each child of a family's help, what goes on once it has ended on a day."""
    children = queries.people_helped(help)
    assessed = open_assessments(children)
    return [_of_child(help, child, on, is_assessed=child.pk in assessed) for child in children]


def _of_child(help: FamilyHelp, child: Person, on: date, *, is_assessed: bool) -> GoesOn:
    ids = same_person_ids(child)
    held = [one for one in workers_of(ids, on=on) if one.worker]
    leads = {one.worker_id: one.worker for one in held if one.role == LEADS and one.worker}
    others = may_know((one.worker for one in held if one.role != LEADS), [child])
    lines = [line for line in owed_for(ids, timezone.now()) if line.owed.owed_by_id in leads]
    waits = not others and _is_open_without_help(ids, on)
    to = next(iter(others), _manager(leads.values(), child, on) if waits else None)
    words = tuple(dict.fromkeys(line.words for line in lines if line.owed.owed_by_id != getattr(to, "pk", 0)))
    return GoesOn(child, tuple(leads.values()), to, waits, is_assessed, words)


def _is_open_without_help(person_ids: Sequence[int], on: date) -> bool:
    return any(rows(on).filter(person__in=person_ids).exists() for rows in OPEN_BESIDE)


def _manager(leads: Iterable[User], child: Person, on: date) -> User | None:
    """A manager of the teams that these leads are in, from whom the child is not kept; else None."""
    teams = {member.team_id for lead in leads for member in memberships_of(lead, on=on)}
    return next(iter(may_know(managers_of(teams, on=on).order_by("pk"), [child])), None)


def pass_on(goes_on: Iterable[GoesOn], *, by: User) -> None:
    """Let what the leads owed go to whoever goes on with each child, or end where nothing is open.

    Where a case waits for a worker now, the manager is told; where none may be, the leads go on owing.
    For the act that ends the help, in its own transaction, which has checked who may.
    """
    told: dict[int, User] = {}
    for (leads, to, waits), ids in _alike(goes_on).items():
        for lead in leads if to or not waits else ():
            if to is None:
                owed.fall_away_for(person_ids=ids, because=BECAUSE, by=by, owed_by=lead)
            elif to != lead:
                owed.go_with_the_work(person_ids=ids, before=lead, after=to, by=by)
    for one in goes_on:
        if one.waits and one.to and one.to != by:
            told[one.to.pk] = one.to
    messages.tell(told.values(), NOBODY_LEFT, link=messages.page("my_work", part="waiting"))


def _alike(goes_on: Iterable[GoesOn]) -> dict[tuple[tuple[User, ...], User | None, bool], list[int]]:
    """The records of the children for whom the same people stop and go on: what they share stays one."""
    found: dict[tuple[tuple[User, ...], User | None, bool], list[int]] = {}
    for one in goes_on:
        found.setdefault((one.leads, one.to, one.waits), []).extend(same_person_ids(one.child))
    return found
