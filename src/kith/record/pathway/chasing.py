"""Asking again for what somebody else has not done yet: a message, counted, one an hour at most."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from kith.record.access import messages
from kith.record.access.permissions import check_can_open, may_know
from kith.record.assessment.models import FamilyAssessment, Stage
from kith.record.assessment.queries import link_to
from kith.record.audit import services as audit
from kith.record.audit.models import Entry
from kith.record.chronology.permissions import check_can_act
from kith.record.clocks.queries import DueLine
from kith.record.facts import Version
from kith.record.help.queries import asked_step_ups_of
from kith.record.people.models import Person, User
from kith.record.people.permissions import can
from kith.record.people.queries import managers_of, memberships_of, same_person_ids, teams_of_kind, workers_of
from kith.record.planning.models import PlanAction
from kith.record.planning.queries import actions_late_of_others

AN_HOUR = timedelta(hours=1)
ACT = "chased_manager"
ACT_OF_PLAN = "chased_action"
ACT_OF_LATE = "chased_late"


@transaction.atomic
def chase_assessment(thread: int, *, by: User) -> int | None:
    """Return how many managers were asked again to read an assessment that `by` asked them to read.

    None where no such assessment of theirs waits; 0 where they were asked within the last hour.
    """
    waiting = FamilyAssessment.current.select_for_update().filter(
        thread=thread, stage=Stage.ASKED, asked_by=by
    )
    found: FamilyAssessment | None = waiting.first()
    if found is None:
        return None
    text = f"{by} asks again: an assessment waits for you to read it."
    return _ask(ACT, found, _managers_of(by), text, link_to(found), by)


@transaction.atomic
def chase_step_up(thread: int, *, by: User, link: str) -> int | None:
    """Return how many managers were asked again to decide whether a family `by` helps needs more.

    None where no such question of theirs waits; 0 where they were asked within the last hour.
    """
    found = next((one for one in asked_step_ups_of(by) if one.thread == thread), None)
    if found is None:
        return None
    text = f"{by} asks again: does a family need more help? It waits for a manager to decide."
    return _ask(ACT, found, _who_decide(by), text, link, by)


@transaction.atomic
def chase_action(thread: int, *, by: User, person_ids: Sequence[int], link: str) -> int | None:
    """Return 1 where a colleague was asked again for what they took on in a plan of one of these people.

    None where nothing of theirs is late there; 0 where they were asked within the last hour. Raises
    NotAllowed, where `by` may not open the record of everybody it is for.
    """
    late = actions_late_of_others(by, person_ids, timezone.localdate())
    found = next((one for one in late if one.action.thread == thread), None)
    if found is None or found.action.owner is None:
        return None
    for pk in found.person_ids:
        check_can_open(by, Person(pk=pk))
    PlanAction.current.select_for_update().get(thread=thread)
    text = f"{by} asks again: something that you took on in a plan is late."
    return _ask(ACT_OF_PLAN, found.action, [found.action.owner], text, link, by)


@transaction.atomic
def chase_late(lines: Mapping[int, DueLine], *, by: User, link: str) -> int | None:
    """Return how many workers a manager asked for what is late for these children, by kept id.

    Each who works with one of them is asked once, of all. None where nobody but `by` works with them; 0 where
    they were asked within the last hour. Raises NotAllowed.
    """
    children = [Person(pk=pk) for pk in lines]
    check_can_act("decide_on_work", by, children)
    whom = [one.worker for pk in lines for one in workers_of(same_person_ids(Person(pk=pk)))]
    asked = [user for user in may_know(whom, children) if user.pk != by.pk]
    if not asked:
        return None
    first, line = next(iter(lines.items()))
    since = timezone.now() - AN_HOUR
    lately = Entry.objects.filter(act=ACT_OF_LATE, actor_id=by.pk, person_id=first, at__gte=since)
    about = {"fact": line.fact_table, "thread": line.fact_thread, "clock": line.clock}
    if lately.filter(about__thread=line.fact_thread, about__clock=line.clock).exists():
        return 0
    messages.tell(asked, f"{by} asks you for something that is late: {line.what}", link=link)
    audit.record_many(ACT_OF_LATE, by=by, persons=[*lines], about=about)
    return len(asked)


def _ask(act: str, about: Version, whom: Sequence[User], text: str, link: str, by: User) -> int:
    since = timezone.now() - AN_HOUR
    if Entry.objects.filter(act=act, actor_id=by.pk, at__gte=since, about__thread=about.thread).exists():
        return 0
    messages.tell(whom, text, link=link)
    audit.record(act, by=by, about={"fact": about._meta.label_lower, "thread": about.thread})
    return len(whom)


def _managers_of(by: User) -> list[User]:
    teams = [member.team_id for member in memberships_of(by)]
    return [user for user in managers_of(teams) if user.pk != by.pk]


def _who_decide(by: User) -> list[User]:
    """The managers of `by`'s teams who may decide it; else those of the front door."""
    front_door = managers_of(team.pk for team in teams_of_kind("front_door"))
    for managers in (_managers_of(by), front_door):
        if may := [user for user in managers if user.pk != by.pk and can("decide_contacts", user)]:
            return may
    return []
