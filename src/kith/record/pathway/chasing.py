"""Asking again for what somebody else has not done yet: a message, counted, one an hour at most."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from kith.record.access import messages
from kith.record.access.permissions import check_can_open
from kith.record.assessment.models import FamilyAssessment, Stage
from kith.record.assessment.queries import link_to
from kith.record.audit import services as audit
from kith.record.audit.models import Entry
from kith.record.facts import Version
from kith.record.help.queries import asked_step_ups_of
from kith.record.people.models import Person, User
from kith.record.people.permissions import can
from kith.record.people.queries import managers_of, memberships_of, teams_of_kind
from kith.record.planning.models import PlanAction
from kith.record.planning.queries import actions_late_of_others

AN_HOUR = timedelta(hours=1)
ACT = "chased_manager"
ACT_OF_PLAN = "chased_action"


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
