"""Asking whether social workers have to help as well. That a family stops is never a reason by itself."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record.chronology import policies as story
from kith.record.chronology.entering import carry_on_matter, enter_matter
from kith.record.help import permissions, policies, queries
from kith.record.help.models import FamilyHelp, SteppedUp, StepUp
from kith.record.people.models import Person, User
from kith.record.refusals import NotAllowed
from kith.record.said import check_said


@transaction.atomic
def ask_step_up(
    *,
    help: FamilyHelp,
    people: Sequence[Person],
    what_has_changed: str,
    was_family_told: bool,
    by: User,
    not_told_because: str = "",
) -> StepUp:
    """Return that somebody who helps a family asks for more, for these of its children.

    Raises NotAllowed, HelpEnded, NoChildren and NotSaid.
    """
    permissions.check_can_help(by, people)
    policies.check_open(queries.help_of(help.thread) or help)
    story.check_children(people)
    if not was_family_told:
        check_said(not_told_because, "Why the family was not told")
    now = timezone.now()
    step = StepUp(
        family_thread=help.thread,
        asked_at=now,
        what_has_changed=check_said(what_has_changed, "What has changed"),
        was_family_told=was_family_told,
        not_told_because=not_told_because.strip(),
    )
    parts = [SteppedUp(person=person, asked_on=timezone.localdate(now)) for person in people]
    return enter_matter(step, parts, by=by, act="ask_step_up")


@transaction.atomic
def step_up_decided(
    *,
    step: StepUp,
    decision: str,
    because: str,
    by: User,
    expected: int | None = None,
    **links: Any,
) -> StepUp:
    """Return a step up as a manager decided it, who is not the one who asked.

    `pathway.help_steps` tells the front door. Raises NotAllowed, AlreadyDecided, NotSaid and VersionClash.
    """
    ids = queries.ids_stepped_up([step.thread])[step.thread]
    permissions.check_can_decide_step_up(by, [Person(pk=pk) for pk in ids])
    if by.pk == _asked_by(step):
        raise NotAllowed("You asked for this, so somebody else decides.", "Ask another manager.")
    policies.check_undecided(queries.matter_of(StepUp, step.thread) or step)
    return carry_on_matter(
        step,
        by=by,
        act="decide_step_up",
        persons=ids,
        expected=expected,
        decision=decision,
        decided_because=check_said(because, "Why"),
        decided_at=timezone.now(),
        decided_by=by,
        **links,
    )


@transaction.atomic
def withdraw_step_up(*, step: StepUp, because: str, by: User) -> StepUp:
    """Return a step up that is not asked for any more, and why.

    Raises NotAllowed, AlreadyDecided and NotSaid.
    """
    ids = queries.ids_stepped_up([step.thread])[step.thread]
    permissions.check_can_help(by, [Person(pk=pk) for pk in ids])
    policies.check_undecided(queries.matter_of(StepUp, step.thread) or step)
    why = check_said(because, "Why it is not needed")
    return carry_on_matter(step, by=by, act="withdraw_step_up", persons=ids, withdrawn_because=why)


def _asked_by(step: StepUp) -> int | None:
    first = StepUp.objects.filter(thread=step.thread).order_by("recorded_at", "pk").first()
    return first.recorded_by_id if first else None
