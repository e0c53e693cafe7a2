"""Starting care, changing the legal status, placing, and ending care: the three time lines together."""

from datetime import date

from django.db import transaction

from kith.record.access.services import seal_adopted
from kith.record.care import permissions, policies
from kith.record.care.models import LegalStatus, PeriodOfCare, Placement
from kith.record.care.queries import (
    ADOPTED,
    last_period,
    open_liberty_order,
    open_missing,
    open_period,
    open_placement,
    open_status,
)
from kith.record.chronology.entering import carry_on, enter
from kith.record.chronology.policies import check_code, life_of
from kith.record.people.models import Person, User


@transaction.atomic
def start_care(
    *,
    child: Person,
    on: date,
    need: str,
    legal_status: str,
    placement_type: str,
    by: User,
    home_postcode: str | None = None,
    provider: str | None = None,
    urn: str | None = None,
    postcode: str | None = None,
    carer: str = "",
) -> PeriodOfCare:
    """Begin a time in care with its first legal status and placement.

    `carer` is the same text for the same carer or setting. Raises NotAllowed, WrongDate, WrongAge,
    WrongCode, NotTogether, AlreadyLookedAfter.
    """
    permissions.check_can_look_after(by, child)
    life = life_of(child)
    policies.check_can_start(on, life, last_period(child))
    check_code("need_codes", need, on, "a need")
    policies.check_new_status(legal_status, on, life, None)
    policies.check_placement(
        placement_type=placement_type, provider=provider or "", legal_status=legal_status, on=on, life=life
    )
    period = PeriodOfCare(person=child, started_on=on, need=need, home_postcode=home_postcode or "")
    enter(period, by=by, act="start_care")
    status = LegalStatus(person=child, period_thread=period.thread, code=legal_status, started_on=on)
    enter(status, by=by, act="start_legal_status")
    placement = _placement(period, on, placement_type, provider, urn, postcode, carer)
    enter(placement, by=by, act="start_placement")
    return period


@transaction.atomic
def change_legal_status(*, child: Person, on: date, legal_status: str, by: User) -> LegalStatus:
    """End the legal status in force and begin another on the same day.

    Raises NotAllowed, NotLookedAfter, WrongDate, WrongAge, WrongCode, NotTogether, OverlappingStatus.
    """
    permissions.check_can_look_after(by, child)
    life = life_of(child)
    policies.check_in_life(on, life, "a legal status")
    period = policies.check_looked_after(open_period(child), on)
    current = open_status(period)
    policies.check_new_status(legal_status, on, life, current)
    placement = open_placement(period)
    policies.check_together(
        {"legal_status": legal_status, "placement_type": placement.placement_type if placement else ""}, on
    )
    if current is not None:
        carry_on(current, by=by, act="end_legal_status", ended_on=on)
    status = LegalStatus(person=child, period_thread=period.thread, code=legal_status, started_on=on)
    return enter(status, by=by, act="change_legal_status")


@transaction.atomic
def place_child(
    *,
    child: Person,
    on: date,
    placement_type: str,
    by: User,
    provider: str | None = None,
    urn: str | None = None,
    postcode: str | None = None,
    carer: str = "",
    change_reason: str | None = None,
) -> Placement:
    """End the placement in force and begin another on the same day.

    `change_reason` is why the placement before ended. Raises NotAllowed, NotLookedAfter, WrongDate,
    WrongAge, WrongCode, NotTogether, OverlappingPlacement.
    """
    permissions.check_can_place(by, child)
    life = life_of(child)
    policies.check_in_life(on, life, "a placement")
    period = policies.check_looked_after(open_period(child), on)
    current = open_placement(period)
    policies.check_placement_start(on, current)
    status = open_status(period)
    policies.check_placement(
        placement_type=placement_type,
        provider=provider or "",
        legal_status=status.code if status else "",
        change_reason=change_reason or "",
        on=on,
        life=life,
    )
    if current is not None:
        carry_on(current, by=by, act="end_placement", ended_on=on, change_reason=change_reason or "")
    placement = _placement(period, on, placement_type, provider, urn, postcode, carer)
    return enter(placement, by=by, act="place_child")


@transaction.atomic
def end_care(*, child: Person, on: date, reason: str, by: User) -> PeriodOfCare:
    """End a time in care, with its legal status and placement; missing from it ends too.

    When an adoption order ends it, the child's file is sealed in the same act: from then on nobody finds
    it but custodians, and those whom they allow by name.

    Raises NotAllowed, NotLookedAfter, WrongDate, WrongAge, WrongCode.
    """
    permissions.check_can_look_after(by, child)
    life = life_of(child)
    policies.check_in_life(on, life, "leaving care", is_an_ending=True)
    period = policies.check_looked_after(open_period(child), on)
    policies.check_end_reason(reason, on, life)
    for part, act in (
        (open_status(period), "end_legal_status"),
        (open_placement(period), "end_placement"),
        (open_missing(child), "return_from_missing"),
    ):
        if part is not None:
            carry_on(part, by=by, act=act, ended_on=on)
    ended = carry_on(period, by=by, act="end_care", ended_on=on, end_reason=reason)
    if reason in ADOPTED:
        seal_adopted([child.pk], by=by)
    return ended


def end_with_life(*, child: Person, on: date, reason: str, because: str, by: User) -> PeriodOfCare | None:
    """Return the time in care that ended with the life of a child, its parts with it; None where none was.

    Missing from anywhere ends too. The act that ends it has checked who may.
    """
    period = open_period(child)
    for part, act in (
        (open_status(period) if period else None, "end_legal_status"),
        (open_placement(period) if period else None, "end_placement"),
        (open_missing(child), "return_from_missing"),
        (open_liberty_order(child), "end_liberty_order"),
    ):
        if part is not None:
            carry_on(part, by=by, act=act, because=because, ended_on=max(on, part.started_on))
    if period is None:
        return None
    last = max(on, period.started_on)
    return carry_on(period, by=by, act="end_care", because=because, ended_on=last, end_reason=reason)


def _placement(
    period: PeriodOfCare,
    on: date,
    placement_type: str,
    provider: str | None,
    urn: str | None,
    postcode: str | None,
    carer: str,
) -> Placement:
    return Placement(
        person=period.person,
        period_thread=period.thread,
        placement_type=placement_type,
        provider=provider or "",
        urn=urn or "",
        postcode=postcode or "",
        carer=carer,
        started_on=on,
    )
