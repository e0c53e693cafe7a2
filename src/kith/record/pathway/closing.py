"""Closing a case once all that hangs on it has ended, as the CIN census asks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record.assessment.models import Assessment, ChildInNeedPlan
from kith.record.frontdoor import services
from kith.record.frontdoor.models import Referral
from kith.record.frontdoor.queries import concerned_waiting_on, waiting_messages
from kith.record.pathway.after_plan import say_what_follows
from kith.record.people.models import User
from kith.record.people.queries import name_of, same_person_ids
from kith.record.protection.models import InitialConference, ProtectionPlan, Section47Enquiry
from kith.record.refusals import NotPossible
from kith.record.versions import current_facts
from kith.standards.dates import day_in_words

WORK: tuple[tuple[Any, str, str], ...] = (  # what hangs on a referral, in words, and the day it began
    (Assessment, "The assessment", "started_on"),
    (Section47Enquiry, "The section 47 enquiry", "started_on"),
    (InitialConference, "The initial conference", "held_on"),
    (ChildInNeedPlan, "The child in need plan", "started_on"),
    (ProtectionPlan, "The protection plan", "started_on"),
)
AFTER_ASSESSMENT = frozenset({"RC8", "RC9"})  # code list `cin_closure_reason`


class WorkStillOpen(NotPossible):
    """Something of the case has not ended, or ends after it."""


class WrongReason(NotPossible):
    """The case holds more than this reason allows."""


@transaction.atomic
def close_case(*, referral: Referral, on: date, reason: str, by: User, because: str = "") -> Referral:
    """Close a case whose assessments, enquiries and plans have all ended by that day; its new version.

    Raises NotAllowed, WorkStillOpen, WrongReason, NotOpen, WrongDate, WrongCode, VersionClash.
    """
    check_can_close(referral, on, reason)
    closed = services.close_referral(referral=referral, on=on, reason=reason, by=by, because=because)
    say_what_follows(children=[referral.person], done=closed, by=by)
    return closed


@transaction.atomic
def close_cases(
    *, referrals: Sequence[Referral], on: date, reason: str, because: str, by: User
) -> list[Referral]:
    """Close the cases of brothers and sisters for one reason, in words too: all of them, or none.

    Raises what `close_case` does, and WorkStillOpen where a message about one of them waits for a decision;
    what has not ended is said with whose it is.
    """
    closed = []
    for referral in referrals:
        try:
            _check_nothing_waits(referral)
            closed.append(close_case(referral=referral, on=on, reason=reason, because=because, by=by))
        except (WorkStillOpen, WrongReason) as refusal:
            name = name_of(referral.person)
            raise type(refusal)(f"{name}: {refusal.reason}", refusal.next_step) from refusal
    return closed


def still_open(referral: Referral) -> list[str]:
    """What of a case has not ended, and what was told of the child and waits for a decision, in sentences."""
    open_now = [(what, began) for what, began, _, is_open in _endings_of(referral) if is_open]
    told = [f"A message of {day_in_words(day)}, which waits for a decision." for day in _waiting_of(referral)]
    return [*(f"{what}, begun on {day_in_words(began)}." for what, began in open_now), *told]


def _waiting_of(referral: Referral) -> list[date]:
    """The days of the messages about this child that nobody has decided about."""
    about = concerned_waiting_on(timezone.localdate()).filter(person__in=same_person_ids(referral.person))
    told = waiting_messages().filter(thread__in=about.values("message_thread"))
    return [timezone.localdate(one.received_at) for one in told]


def _check_nothing_waits(referral: Referral) -> None:
    """Raise WorkStillOpen where somebody told us of the child and nobody has decided yet."""
    for day in _waiting_of(referral):
        raise WorkStillOpen(
            f"A message of {day_in_words(day)} waits for a decision.", "Decide about it first, then close."
        )


def check_can_close(referral: Referral, on: date, reason: str) -> None:
    """Raise WorkStillOpen or WrongReason unless nothing of the case is open or later, and the reason fits.

    Source: CIN census rules 8565, 8867, 8868 and 2990.
    """
    for what, started_on, ended_on, is_open in _endings_of(referral):
        if is_open:
            raise WorkStillOpen(
                f"{what}, begun on {day_in_words(started_on)}, has not ended.", "End it first, then close."
            )
        last = ended_on or started_on
        if last > on:
            raise WorkStillOpen(
                f"{what} has a day after that: {day_in_words(last)}.", "Close the case on that day or later."
            )
    if reason in AFTER_ASSESSMENT and (more := _more_than_assessment(referral)):
        raise WrongReason(
            f"This reason is for a case that ended with its assessment, and this one had {more}.",
            "Choose another reason.",
        )


def last_day_of(referral: Referral) -> date:
    """The last day on which anything of a case began or ended."""
    days = [day for _, began, over, _ in _endings_of(referral) for day in (began, over) if day]
    return max([referral.received_on, *days])


def work_of(referral: Referral) -> Iterator[tuple[str, date, int]]:
    """(what, began, thread) of everything under a referral, open or ended."""
    ids = same_person_ids(referral.person)
    for kind, what, began in WORK:
        for one in _under(current_facts(kind, ids), referral):
            yield what, getattr(one, began), one.thread


def _endings_of(referral: Referral) -> Iterator[tuple[str, date, date | None, bool]]:
    """(what, began, ended, whether it is open) of everything under a referral."""
    ids = same_person_ids(referral.person)
    conferences = _under(current_facts(InitialConference, ids), referral)
    conferred = {held.enquiry_thread for held in conferences}
    for one in _under(current_facts(Assessment, ids), referral):
        yield "The assessment", one.started_on, one.authorised_on, one.authorised_on is None
    for enquiry in _under(current_facts(Section47Enquiry, ids), referral):
        is_over = enquiry.is_conference_not_required or enquiry.thread in conferred
        yield "The section 47 enquiry", enquiry.started_on, enquiry.ended_on, not is_over
    for held in conferences:
        yield "The initial conference", held.held_on, held.held_on, False
    for need_plan in _under(current_facts(ChildInNeedPlan, ids), referral):
        yield "The child in need plan", need_plan.started_on, need_plan.ended_on, need_plan.ended_on is None
    for plan in _under(current_facts(ProtectionPlan, ids), referral):
        yield "The protection plan", plan.started_on, plan.ended_on, plan.ended_on is None


def _under(facts: Iterable[Any], referral: Referral) -> list[Any]:
    return [one for one in facts if one.referral_thread == referral.thread]


def _more_than_assessment(referral: Referral) -> str:
    """What the case held besides its assessment, in words; "" where nothing."""
    ids = same_person_ids(referral.person)
    kinds: tuple[tuple[type, str], ...] = (
        (Section47Enquiry, "a section 47 enquiry"),
        (InitialConference, "an initial conference"),
        (ChildInNeedPlan, "a child in need plan"),
        (ProtectionPlan, "a protection plan"),
    )
    return next((words for kind, words in kinds if _under(current_facts(kind, ids), referral)), "")
