"""Police protection and emergency orders: from which hour, until when, who was told."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record.chronology.entering import carry_on, enter, enter_each
from kith.record.chronology.policies import check_is_born, life_of
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids
from kith.record.protection import permissions, policies
from kith.record.protection.models import EmergencyStep
from kith.record.protection.queries import emergency_steps_of, extensions_of
from kith.record.protection.services.enquiries import check_days
from kith.record.said import NotSaid, check_said
from kith.standards.working_days import LONDON


@transaction.atomic
def use_emergency_power(
    *,
    children: Sequence[Person],
    kind: str,
    began_on: date,
    by: User,
    began_at: datetime | None = None,
    **more: Any,
) -> list[EmergencyStep]:
    """Write down that children are protected by an emergency power from a day, and from an hour if known.

    `more` are `until_at` (as the court set it), `where`, `who`, `terms`, `parents_told`, `child_told`.
    Raises NotAllowed, NoChildren, WrongDate, NotSaid.
    """
    permissions.check_can_use_emergency_powers(by, children)
    check_days(children, began_on)
    policies.check_moment(began_on, began_at)
    if kind not in set(EmergencyStep.Kind.values) - {EmergencyStep.Kind.EXTENSION}:
        raise NotSaid("Which power it is was not chosen.", "Choose one from the list.")
    for child in children:
        check_is_born(began_on, life_of(child), "an emergency power")
    return enter_each(
        [
            EmergencyStep(person=child, kind=kind, began_on=began_on, began_at=began_at, **more)
            for child in children
        ],
        by=by,
        act="use_emergency_power",
    )


@transaction.atomic
def extend_emergency_order(
    *, step: EmergencyStep, on: date, by: User, at: datetime | None = None, until_at: datetime | None = None
) -> EmergencyStep:
    """Write down that a court extended an emergency protection order, which it may once; the extension.

    Raises NotAllowed, WrongDate, NotPossible, AlreadyOpen.
    """
    permissions.check_can_use_emergency_powers(by, [step.person])
    check_days([step.person], on)
    policies.check_moment(on, at)
    policies.check_extends(step, extensions_of(step))
    return enter(
        EmergencyStep(
            person=step.person,
            kind=EmergencyStep.Kind.EXTENSION,
            began_on=on,
            began_at=at,
            until_at=until_at,
            extends_thread=step.thread,
        ),
        by=by,
        act="extend_emergency_order",
    )


@transaction.atomic
def end_emergency_power(
    *, step: EmergencyStep, at: datetime, because: str, by: User, expected: int | None = None
) -> EmergencyStep:
    """Write down when an emergency power ended, and what keeps the child safe now; its new version.

    Raises NotAllowed, NotOpen, NotSaid, WrongDate, VersionClash.
    """
    permissions.check_can_use_emergency_powers(by, [step.person])
    policies.check_step_may_end(step, at)
    why = check_said(because, "What keeps the child safe now", "Say where the child is, and why.")
    return carry_on(step, by=by, act="end_emergency_power", expected=expected, ended_at=at, ended_why=why)


def give_way(*, child: Person, on: date, because: str, by: User) -> list[EmergencyStep]:
    """Return the emergency powers of a child for whom nothing goes on, ended with that day.

    The act that ends them has checked who may.
    """
    last = min(timezone.now(), datetime.combine(on, time.max, LONDON))
    return [
        carry_on(
            step, by=by, act="end_emergency_power", because=because, ended_why=because,
            ended_at=max(last, step.began_at) if step.began_at else last,
        )
        for step in emergency_steps_of(same_person_ids(child))
        if step.ended_at is None
    ]  # fmt: skip
