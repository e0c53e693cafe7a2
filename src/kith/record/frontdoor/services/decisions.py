"""What was decided about a message, for all and for each child; what it starts is the pathway's to start."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record import versions
from kith.record.chronology.entering import add_part, carry_on_matter, enter_matter
from kith.record.chronology.policies import Life, check_day, check_not_before
from kith.record.facts import Ending
from kith.record.frontdoor import permissions, policies
from kith.record.frontdoor.codes import (
    CONSENT_POSITIONS,
    DECISIONS,
    LAWFUL_BASES,
    THRESHOLDS,
    check_choice,
)
from kith.record.frontdoor.models import Concerned, DecidedFor, Decision, Message
from kith.record.owed.models import Owed
from kith.record.owed.permissions import check_can_answer_for
from kith.record.owed.policies import check_open
from kith.record.owed.queries import persons_of
from kith.record.owed.services import settle, settle_one
from kith.record.people.models import Person, Team, User
from kith.record.people.queries import memberships_of
from kith.standards.dates import long_date
from kith.standards.working_days import legal_day

LONGEST_TOLD = 200  # Decision.family_told


def enter_decision(
    *,
    message: Message,
    decision: str,
    threshold: str,
    reason: str,
    consent_position: str,
    lawful_basis: str,
    by: User,
    family_told: str = "",
    partners: Sequence[str] = (),
    is_urgent: bool = False,
    decided_at: datetime | None = None,
) -> Decision:
    """Return what was decided about a waiting message, now or when it is said, and the message decided.

    For the pathway's act, in its own transaction, which has checked who may and starts what follows. An
    urgent decision may come without threshold, reason, position and power: these are owed.
    Raises AlreadyDecided, WrongDate, WrongCode, NothingSaid.
    """
    policies.check_waiting(message)
    now = decided_at or timezone.now()
    policies.check_received(now, timezone.now())
    today = legal_day(now)
    check_not_before(today, legal_day(message.received_at), "the message")
    check_choice(DECISIONS, decision, today, "a decision")
    if not is_urgent:
        check_choice(THRESHOLDS, threshold, today, "a level of need")
        position = check_choice(CONSENT_POSITIONS, consent_position, today, "where the family stands")
        check_choice(LAWFUL_BASES, lawful_basis, today, "the power we act under")
        without = position.more["is_without_agreement"] == "yes"
        reason = policies.check_reasoned(reason, is_without_agreement=without)
    made = Decision(
        message_thread=message.thread,
        decided_at=now,
        decided_by=by,
        deciding_team=team_of(by, today),
        decision=decision,
        threshold=threshold,
        reason=reason,
        consent_position=consent_position,
        lawful_basis=lawful_basis,
        family_told=family_told[:200],
        partners=list(partners),
        is_urgent=is_urgent,
    )
    enter_matter(made, by=by, act="decide_message", about={"message": message.thread, "decision": decision})
    carry_on_matter(message, by=by, act="message_decided", decided_at=now)
    return made


def enter_decision_for(
    *, decision: Decision, concerned: Concerned, person: Person | None, by: User, chosen: str, **own: Any
) -> DecidedFor | None:
    """Return what was decided for one child; None for one who is not on record, whose row says it alone.

    `chosen` is this child's decision. `own` are the other fields of `DecidedFor`.
    """
    versions.supersede(
        concerned,
        by=by,
        ended_as=Ending.CONTINUED,
        person=person or concerned.person,
        decision_thread=decision.thread,
    )
    if person is None:
        return None
    part = DecidedFor(
        person=person,
        concerned_thread=concerned.thread,
        decision=chosen,
        decided_on=legal_day(decision.decided_at),
        **own,
    )
    return add_part(part, decision, by=by)


@transaction.atomic
def agree_decision(
    *, decision: Decision, by: User, because: str = "", expected: int | None = None
) -> Decision:
    """Return an urgent decision, agreed by a manager afterwards. Raises NotAllowed, VersionClash."""
    permissions.check_can_agree(by, decision)
    if decision.agreed_at is not None:
        return decision
    agreed = carry_on_matter(
        decision,
        by=by,
        act="agree_decision",
        expected=expected,
        agreed_at=timezone.now(),
        agreed_by=by,
        agreed_because=because.strip(),
    )
    settle(what="managers_agreement", of=decision, done=agreed, by=by)
    return agreed


@transaction.atomic
def complete_decision(
    *,
    decision: Decision,
    threshold: str,
    consent_position: str,
    lawful_basis: str,
    by: User,
    expected: int | None = None,
) -> Decision:
    """Return an urgent decision with what was not asked in the hurry, which is owed no more.

    Raises NotAllowed, WrongCode, VersionClash.
    """
    permissions.check_can_protect_at_once(by)
    today = legal_day(timezone.now())
    check_choice(THRESHOLDS, threshold, today, "a level of need")
    check_choice(CONSENT_POSITIONS, consent_position, today, "where the family stands")
    check_choice(LAWFUL_BASES, lawful_basis, today, "the power we act under")
    whole = carry_on_matter(
        decision,
        by=by,
        act="complete_decision",
        expected=expected,
        threshold=threshold,
        consent_position=consent_position,
        lawful_basis=lawful_basis,
    )
    settle(what="decision_details", of=decision, done=whole, by=by)
    return whole


@transaction.atomic
def say_family_is_told(
    *, left: Owed, by: User, told_by: str = "", on: date | None = None, not_told_because: str = ""
) -> Decision:
    """Return the decision with who told the family of it and when, or why nobody did; it is owed no more.

    `left` is the telling that a decision left owed. Raises NotAllowed, NotOwed, NothingSaid, WrongDate.
    """
    check_can_answer_for(by, left)
    check_open(left)
    if why := not_told_because.replace("\x00", "").strip():
        words = f"Not told: {why}"
    else:
        who, day = policies.check_told(told_by, on)
        check_day(day, Life())
        words = f"{who} told them on {long_date(day)}"
    decision: Decision = Decision.current.get(thread=left.fact_thread)
    told = carry_on_matter(
        decision, by=by, act="say_family_is_told", persons=persons_of(left), family_told=words[:LONGEST_TOLD]
    )
    settle_one(left, done=told, by=by)
    return told


def team_of(user: User, on: date) -> Team | None:
    """The team in which somebody decides on a day: of several, the one they have been in longest."""
    first = memberships_of(user, on=on).order_by("started_on", "pk").first()
    return first.team if first else None
