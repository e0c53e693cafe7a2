"""Changing what was decided about a message; what the change undoes and begins is the pathway's to do.

Each is for the pathway's act, in its own transaction, which has checked who may.
"""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from kith.record.chronology.entering import carry_on, carry_on_matter, take_back
from kith.record.facts import Ending
from kith.record.frontdoor import policies
from kith.record.frontdoor.codes import (
    CONSENT_POSITIONS,
    LAWFUL_BASES,
    THRESHOLDS,
    check_choice,
)
from kith.record.frontdoor.models import Contact, DecidedFor, Decision, Referral
from kith.record.frontdoor.services.decisions import team_of
from kith.record.owed.services import settle
from kith.record.people.models import User
from kith.standards.working_days import legal_day

_OF_DECISION = (
    ("threshold", THRESHOLDS, "a level of need"),
    ("consent_position", CONSENT_POSITIONS, "where the family stands"),
    ("lawful_basis", LAWFUL_BASES, "the power we act under"),
)


def enter_change(
    decision: Decision,
    /,
    *,
    because: str,
    by: User,
    came_of_change: Sequence[Sequence[str]] = (),
    expected: int | None = None,
    **changes: Any,
) -> Decision:
    """Return the next version of a decision, by whoever changed it, now; the one before stays readable.

    `changes` are fields of `Decision`; a level, a position or a power left blank stays as it was. A
    decision taken in a hurry is agreed by it, where somebody else took it.
    Raises NothingSaid, WrongCode, VersionClash.
    """
    now = timezone.now()
    kept = {name: value for name, value in changes.items() if value}
    for name, table, what in _OF_DECISION:
        if name in kept:
            check_choice(table, kept[name], legal_day(now), what)
    if decision.is_urgent and decision.agreed_at is None and decision.decided_by_id != by.pk:
        kept |= {"agreed_at": now, "agreed_by": by, "agreed_because": because}
    changed = carry_on_matter(
        decision, by=by, act="change_decision", ended_as=Ending.CORRECTED, because=because, expected=expected,
        came_of_change=[list(one) for one in came_of_change], decided_at=now, decided_by=by,
        deciding_team=team_of(by, legal_day(now)), **kept,
    )  # fmt: skip
    if changed.agreed_at is not None:
        settle(what="managers_agreement", of=changed, done=changed, by=by)
    if all((changed.threshold, changed.consent_position, changed.lawful_basis)):
        settle(what="decision_details", of=changed, done=changed, by=by)
    return changed


def enter_change_for(
    part: DecidedFor,
    *,
    chosen: str,
    because: str,
    by: User,
    came_of_change: Sequence[Sequence[str]],
    **own: Any,
) -> DecidedFor:
    """Return what is decided for one child from now on, and what came of the change."""
    return carry_on(
        part,
        by=by,
        act="change_decision",
        ended_as=Ending.CORRECTED,
        because=because,
        decision=chosen,
        reason=because,
        decided_on=legal_day(timezone.now()),
        came_of_change=[list(one) for one in came_of_change],
        **own,
    )


def say_outcome(contact: Contact, *, outcome: str, because: str, by: User) -> Contact:
    """Return a contact, with what came of it by the decision as it is now."""
    if contact.outcome == outcome:
        return contact
    return carry_on(
        contact, by=by, act="change_decision", ended_as=Ending.CORRECTED, because=because, outcome=outcome
    )


def take_back_referral(referral: Referral, *, because: str, by: User) -> Referral:
    """Return a case in which nothing was done, and which the decision as it is now does not begin."""
    return take_back(referral, by=by, act="take_back_referral", because=because)


def say_whether_acted_on(referral: Referral, *, is_acted_on: bool, because: str, by: User) -> Referral:
    """Return a referral that is acted on after all, or not. Raises AlreadyOpen."""
    return carry_on(
        referral,
        by=by,
        act="change_decision",
        ended_as=Ending.CORRECTED,
        because=because,
        is_no_further_action=not is_acted_on,
    )


def check_reason(because: str, consent_position: str) -> str:
    """The reason for a change without blanks around it. Raises NothingSaid where there is none."""
    position = check_choice(
        CONSENT_POSITIONS, consent_position, legal_day(timezone.now()), "where the family stands"
    ) if consent_position else None  # fmt: skip
    without = position is not None and position.more["is_without_agreement"] == "yes"
    return policies.check_reasoned(because, is_without_agreement=without)
