"""Protecting at once: a section 47 enquiry from two facts, for children with a case, an enquiry, or no file.

Everything else is asked for afterwards, and is owed. Nothing that one child has open holds up another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record.assessment.models import Assessment
from kith.record.assessment.queries import assessments_of
from kith.record.chronology.policies import check_children
from kith.record.frontdoor import permissions, policies, services
from kith.record.frontdoor.models import Concerned, Decision, Match, Message, Referral, Way
from kith.record.frontdoor.queries import concerned_by, open_referrals
from kith.record.frontdoor.services import Named
from kith.record.owed import services as owed
from kith.record.owed.models import Owed
from kith.record.pathway.alerting import tell_managers_now, tell_own_managers, who_agrees
from kith.record.pathway.deciding_contacts import (
    begin_assessments,
    owe_needs,
    owe_reply,
    register_named,
)
from kith.record.pathway.known import Known, known_of
from kith.record.pathway.telling_workers import tell_named_workers
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids
from kith.record.people.staff import leave_with_the_unallocated
from kith.record.protection import services as protection
from kith.record.protection.models import Section47Enquiry
from kith.record.protection.queries import enquiries_going_on
from kith.record.protection.services import discussion_day
from kith.standards.working_days import legal_day

DISCUSSION = "strategy_discussion"
BEGUN = "A section 47 enquiry was begun at once. Look at it and agree."
BEGUN_FOR_YOURS = "A section 47 enquiry was begun at once about a child of your team. Look at it now."
UNKNOWN_SOURCE = "10"  # code list `referral_source`: what is said of who told us is owed


@dataclass
class StartedUrgently:
    """What an urgent start did, child by child.

    `enquiries` began now, by person id; `added_to` went on already and got the new information. The same
    for `referrals` (begun now) and `open_before`. `left_out` are kept from whoever started it: a manager
    will confirm. `owed` is what was not asked.
    """

    message: Message
    decision: Decision
    persons: list[Person]
    registered: list[Person] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    open_before: dict[int, Referral] = field(default_factory=dict)
    assessments: list[Assessment] = field(default_factory=list)
    enquiries: dict[int, Section47Enquiry] = field(default_factory=dict)
    added_to: dict[int, Section47Enquiry] = field(default_factory=dict)
    left_out: list[Concerned] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)


@transaction.atomic
def start_urgently(
    *,
    suspected_harm: str,
    by: User,
    children: Sequence[Person] = (),
    new: Sequence[Named] = (),
    message: Message | None = None,
    at: datetime | None = None,
    is_danger_now: bool | None = None,
    is_joint: bool | None = None,
    kinds: Sequence[str] = (),
    **told: Any,
) -> StartedUrgently:
    """Begin a section 47 enquiry about these children now, from who they are and what harm is suspected.

    `children` are on record and `new` are not (no birth date or surname is needed); or the children are
    those of a `message` that waits. Where no message was written, one is, with `told` (fields of
    `Message`) and what is missing owed. Whoever has no case gets one, received the day the message came;
    whoever has no assessment gets one. Managers are told at once, those of the children's own teams too, and
    one agrees afterwards.
    Raises NotAllowed, NoChildren, NothingSaid, AlreadyDecided, WrongDate.
    """
    permissions.check_can_protect_at_once(by, children)
    message = message or _write_down(children, new, suspected_harm, at, told, by)
    if is_danger_now is None and message.is_urgent:  # whoever told us said so
        is_danger_now = True
    policies.check_waiting(message)
    rows = concerned_by([message.thread])[message.thread]
    permissions.check_can_protect_at_once(by, [row.person for row in rows if row.person])
    # first of all: an act that managers know of opens the record to whoever goes on with their own message
    message = tell_managers_now(message, by, text=BEGUN)
    persons, registered = _who_they_are(rows, message, by)
    check_children(list(persons.values()))
    tell_own_managers(list(persons.values()), message, by, text=BEGUN_FOR_YOURS)
    known = known_of((person.pk for person in persons.values()), legal_day(message.received_at))
    done = StartedUrgently(message, None, list(persons.values()), registered)  # type: ignore[arg-type]
    done.left_out = [row for row in rows if row.match == Match.CONFIRM]
    _open_what_is_missing(done, by)
    _enquire(done, suspected_harm, by, known, is_joint=is_joint, is_danger_now=is_danger_now, kinds=kinds)
    done.decision = services.enter_decision(
        message=message, decision="strategy", threshold="", reason=suspected_harm, consent_position="",
        lawful_basis="protect", by=by, is_urgent=True,
    )  # fmt: skip
    for row in concerned_by([message.thread])[message.thread]:
        person = persons.get(row.thread)
        if person is not None:
            services.enter_decision_for(
                decision=done.decision, concerned=row, person=person, by=by, chosen="strategy",
                known_then=known[person.pk].sentences, is_referred_again=known[person.pk].is_referred_again,
                referral_thread=_referral_of(done, person),
            )  # fmt: skip
    _leave_owed(done, is_joint, by, is_danger_now=bool(is_danger_now))
    return done


def _write_down(
    children: Sequence[Person],
    new: Sequence[Named],
    suspected_harm: str,
    at: datetime | None,
    told: dict[str, Any],
    by: User,
) -> Message:
    """The message that an urgent start begins with: the words are those of the harm suspected."""
    named = [*(Named(person=child) for child in children), *new]
    return services.write_message(
        children=named, what_was_said=suspected_harm, by=by, received_at=at,
        **{"way": Way.PHONE, "source": UNKNOWN_SOURCE, **told},
    )  # fmt: skip


def _who_they_are(
    rows: Sequence[Concerned], message: Message, by: User
) -> tuple[dict[int, Person], list[Person]]:
    """(each child's person by the thread of their row, those just registered).

    Nobody whom a manager has to confirm is among them.
    """
    persons = {row.thread: row.person for row in rows if row.person is not None}
    new = [row for row in rows if row.person is None and row.match != Match.CONFIRM]
    registered = register_named(new, message, by) if new else {}
    return persons | registered, list(registered.values())


def _open_what_is_missing(done: StartedUrgently, by: User) -> None:
    """A contact for each child; a referral for those without an open case, an assessment without one."""
    on = legal_day(done.message.received_at)
    done.open_before = open_referrals(done.persons, on) | open_referrals(done.persons, timezone.localdate())
    fresh = [child for child in done.persons if child.pk not in done.open_before]
    known = [child for child in done.persons if child.pk in done.open_before]
    source = done.message.source or UNKNOWN_SOURCE
    contacts = []
    for some, outcome in ((fresh, "CP_ENQUIRY_FLAG"), (known, "EXISTING_REFERRAL_FLAG")):
        if some:
            contacts += services.receive_contact(
                children=some, on=on, source=source, outcome=outcome, by=by,
                message_thread=done.message.thread,
            )  # fmt: skip
    if fresh:
        leave_with_the_unallocated((child.pk for child in fresh), on=timezone.localdate())
        done.referrals = services.receive_referral(
            children=fresh, on=on, source=source, by=by, is_no_further_action=False, is_need_owed=True,
            contacts=contacts,
        )  # fmt: skip
    referrals = [*done.referrals, *done.open_before.values()]
    threads = {one.person_id: one.thread for one in referrals}
    going_on = enquiries_going_on(done.persons, threads.values(), on)
    to_assess = [
        child
        for child in done.persons
        if child.pk not in going_on or needs_assessing(child, threads[child.pk])
    ]
    done.assessments = begin_assessments(to_assess, referrals, timezone.localdate(), by)


def needs_assessing(child: Person, referral_thread: int) -> bool:
    """Whether more that is told while an enquiry goes on asks for an assessment: there is none in the case.

    What was finished while the enquiry went on is not begun anew by it.
    """
    ever = assessments_of(same_person_ids(child))
    return all(one.referral_thread != referral_thread for one in ever)


def _enquire(
    done: StartedUrgently,
    suspected_harm: str,
    by: User,
    known: Mapping[int, Known],
    **said: Any,
) -> None:
    """Begin an enquiry about each child who has none; the information is added to those that go on."""
    threads = {child.pk: _referral_of(done, child) for child in done.persons}
    begun = protection.begin_enquiry(
        children=done.persons,
        suspected_harm=suspected_harm,
        at=done.message.received_at,
        referrals={pk: thread for pk, thread in threads.items() if thread},
        by=by,
        help_before={pk: one.sentences for pk, one in known.items()},
        **said,
    )
    done.enquiries, done.added_to = begun.enquiries, begun.added_to


def _referral_of(done: StartedUrgently, child: Person) -> int | None:
    begun = {one.person_id: one.thread for one in [*done.open_before.values(), *done.referrals]}
    return begun.get(child.pk)


def _leave_owed(done: StartedUrgently, is_joint: bool | None, by: User, *, is_danger_now: bool) -> None:
    """What was not asked, by whom it is owed, and who is told at once."""
    everyone = [child.pk for child in done.persons]
    agrees, team = who_agrees(by)
    of_decision = [DISCUSSION, "contact_details", "decision_details"]
    if is_joint is None and done.enquiries:
        of_decision.append("single_or_joint")
    for what in of_decision:
        day = discussion_day(done.message.received_at) if is_danger_now and what == DISCUSSION else None
        done.owed.append(
            owed.owe(what=what, fact=done.decision, persons=everyone, by=by, owed_by=by, due_on=day)
        )
    done.owed.append(
        owed.owe(
            what="managers_agreement", fact=done.decision, persons=everyone, by=by, owed_by=agrees, team=team
        )
    )
    owe_needs(done.referrals, team, by)
    owe_reply(done.message, everyone, team, by)
    tell_named_workers(done.message, done.open_before, done.decision, by, is_danger_now=is_danger_now)
