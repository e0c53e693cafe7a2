"""Deciding about a message: the decision, its contacts, and the next step it starts, in one transaction.

Brothers and sisters may be in different places: one has a case open, two have none. What is decided then
begins for those who have none, and is added to the open work of the others; the act says who is which.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from kith.record.access import messages
from kith.record.assessment import services as assessment
from kith.record.assessment.models import Assessment
from kith.record.assessment.queries import open_assessments
from kith.record.chronology.entering import carry_on_matter
from kith.record.frontdoor import permissions, policies, services
from kith.record.frontdoor.codes import DECISIONS, Choice, check_choice
from kith.record.frontdoor.models import (
    Concerned,
    Contact,
    Decision,
    Match,
    Message,
    Referral,
    Together,
)
from kith.record.frontdoor.queries import concerned_by, contacts_by_message, open_referrals, said_by
from kith.record.help import services as help_room
from kith.record.help.models import HelpRequest
from kith.record.help.models import Way as HelpWay
from kith.record.owed import services as owed
from kith.record.owed.queries import open_of
from kith.record.pathway.known import Known, known_of
from kith.record.pathway.telling_workers import tell_named_workers
from kith.record.people import services as people
from kith.record.people.models import Person, Team, User
from kith.record.people.queries import managers_of, teams_of_kind
from kith.record.people.staff import leave_with_the_unallocated
from kith.record.refusals import NotPossible
from kith.standards.working_days import legal_day

BEGINS_A_REFERRAL = frozenset({"assessment", "strategy", "transfer_in", "referral_no_action"})
IS_WORKED_ON = frozenset({"assessment", "strategy", "transfer_in"})
NEXT_STEPS = {  # what is decided -> what whoever decided owes then
    "other_authority": "pass_on",
    "strategy": "strategy_discussion",
    "transfer_in": "their_plan",
}
TIES: dict[str, str] = {
    Together.SIBLINGS: "sibling",
    Together.HOUSEHOLD: "household_member",
}  # list `family_relationships`
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)
FAMILY_KNOWS = frozenset({"agree", "disagree", "young_person"})  # data/consent_positions.csv
SELF_OR_NOBODY = frozenset({"9", "10"})  # code list `referral_source`: anonymous, unknown


class NoOpenWork(NotPossible):
    """A message was to be added to open work, and there is none."""


class SourceMissing(NotPossible):
    """Nobody said who told us, which a contact has to say."""


@dataclass(frozen=True)
class ForChild:
    """What is decided for one child. A blank `decision`, `reason` or `primary_need` is as for all."""

    decision: str = ""
    reason: str = ""
    primary_need: str = ""
    child_said: str = ""


@dataclass
class Decided:
    """What deciding did. `added_to` are open referrals that got the message; `registered` are new people."""

    decision: Decision
    persons: dict[int, Person] = field(default_factory=dict)  # by the thread of the child's row
    registered: list[Person] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    added_to: dict[int, Referral] = field(default_factory=dict)  # by person id
    left_out: list[Concerned] = field(default_factory=list)  # a manager will confirm who they are
    help_request: HelpRequest | None = None


@transaction.atomic
def decide_contact(
    *,
    message: Message,
    decision: str,
    threshold: str,
    reason: str,
    consent_position: str,
    lawful_basis: str,
    by: User,
    children: Mapping[int, ForChild] | None = None,
    primary_need: str = "",
    family_told: str = "",
    partners: Sequence[str] = (),
) -> Decided:
    """Decide about a message, for all its children or differently for some, and start what follows.

    `children` are by the thread of the child's row (`Concerned`). Those who are new are registered as the
    decision asks for it, and nobody by a decision that starts nothing. The referral's day is the day the
    message came. Without a need, the need is owed. Raises NotAllowed, AlreadyDecided, NotMatched,
    WrongCode, NothingSaid, SourceMissing, NoOpenWork.
    """
    rows = concerned_by([message.thread])[message.thread]
    known_persons = [row.person for row in rows if row.person is not None]
    permissions.check_can_decide(by, message, known_persons)
    policies.check_waiting(message)
    policies.check_all_matched(rows)
    _check_source(message)
    own = children or {}
    today = timezone.localdate()
    chosen = {row.thread: _choice(own.get(row.thread, ForChild()), decision, today) for row in rows}
    made = services.enter_decision(
        message=message,
        decision=decision,
        threshold=threshold,
        reason=reason,
        consent_position=consent_position,
        lawful_basis=lawful_basis,
        by=by,
        family_told=family_told,
        partners=partners,
    )
    done = Decided(made, left_out=[row for row in rows if row.match == Match.CONFIRM])
    register_new(rows, chosen, message, done, by)
    rows = [row for row in concerned_by([message.thread])[message.thread] if row.match != Match.CONFIRM]
    known = known_of((person.pk for person in done.persons.values()), legal_day(message.received_at))
    for choice in {one.code: one for one in chosen.values()}.values():
        of_choice = [row for row in rows if chosen[row.thread] is choice]
        carry_out_for(choice, of_choice, message, done, own, primary_need, by)
    for row in rows:
        enter_for(row, chosen[row.thread], own.get(row.thread, ForChild()), done, known, by)
    if any(choice.more["starts"] == "help" for choice in chosen.values()):
        done.help_request = ask_family_help(message, done.decision, by)
    _leave_owed(message, done, chosen, family_told, by)
    return done


def _choice(of_child: ForChild, for_all: str, on: date) -> Choice:
    return check_choice(DECISIONS, of_child.decision or for_all, on, "a decision")


def _check_source(message: Message) -> None:
    if not message.source:
        raise SourceMissing("Nobody has said who told us.", "Choose who told us, then decide.")


def register_new(
    rows: Sequence[Concerned], chosen: Mapping[int, Choice], message: Message, done: Decided, by: User
) -> None:
    """Who each child is; those who are new get a record where the decision starts something for them."""
    done.persons |= {row.thread: row.person for row in rows if row.person is not None}
    new = [
        row
        for row in rows
        if row.person is None
        and row.match != Match.CONFIRM
        and chosen[row.thread].more["starts"] in BEGINS_A_REFERRAL | {"help"}
    ]
    if new:
        registered = register_named(new, message, by)
        done.persons |= registered
        done.registered = list(registered.values())


def register_named(rows: Sequence[Concerned], message: Message, by: User) -> dict[int, Person]:
    """Return new people, by the thread of the row in which a message named them.

    Each has a child id and waits with the team of the unallocated. They are tied to each other, and to
    those of the message who are on record, as whoever told us said it; and live where they said, where it
    is known whether that has to be hidden. The message is about them from then on, so that whoever decides
    it may act for them.
    """
    on = legal_day(message.received_at)
    made = people.register_family(
        by=by, people=[_new(row) for row in rows], ties=_ties(rows, message), address=_home(message), on=on
    )
    persons = {row.thread: made[str(row.thread)] for row in rows}
    for row in rows:
        services.set_person(concerned=row, person=persons[row.thread], by=by)
    return persons


def _ties(new: Sequence[Concerned], message: Message) -> list[people.NewTie]:
    """What the new children are to each other and to the others of the message, as it was said.

    Those on record already are tied to each other by nobody's word on the phone.
    """
    kind = TIES.get(message.together)
    if kind is None:
        return []
    known = [row for row in concerned_by([message.thread])[message.thread] if row.person is not None]
    pairs = [(one, other) for place, one in enumerate(new) for other in [*new[place + 1 :], *known]]
    return [
        people.NewTie(
            one=str(one.thread),
            other=other.person or str(other.thread),
            kind=kind,
            is_born_together=kind == TIES[Together.SIBLINGS] and _is_same_birth(one, other),
            said_by=said_by(message),
        )
        for one, other in pairs
    ]


def _is_same_birth(one: Concerned, other: Concerned) -> bool:
    """Whether two brothers or sisters were born on one day, or are expected on one: never one person."""
    return any(
        first is not None and first == second
        for first, second in (
            (one.date_of_birth, other.date_of_birth),
            (one.expected_date_of_birth, other.expected_date_of_birth),
        )
    )


def _home(message: Message) -> people.NewHome | None:
    """The address as it was said, where somebody said whether it has to be hidden; that is never assumed."""
    if not message.home.strip() or message.is_home_hidden is None:
        return None
    found = POSTCODE.search(message.home)
    lines = message.home[: found.start()] if found else message.home
    return people.NewHome(
        lines=lines.strip(" ,;\n"),
        postcode=found[0] if found else "",
        is_confidential=message.is_home_hidden,
        said_by=said_by(message),
    )


def _new(row: Concerned) -> people.NewPerson:
    is_unborn = row.expected_date_of_birth is not None and row.date_of_birth is None
    return people.NewPerson(
        key=str(row.thread),
        is_child=True,
        details={
            "given_names": row.given_names,
            "family_name": row.family_name,
            "sex": "U" if is_unborn else row.sex,
            "date_of_birth": row.date_of_birth,
            "expected_date_of_birth": row.expected_date_of_birth if is_unborn else None,
        },
    )


def carry_out_for(
    choice: Choice,
    rows: Sequence[Concerned],
    message: Message,
    done: Decided,
    own: Mapping[int, ForChild],
    primary_need: str,
    by: User,
) -> None:
    """Write the contacts of those children, and begin what this decision starts for them.

    Whoever has a case and no worker waits for one where managers see it.
    """
    starts, on = choice.more["starts"], legal_day(message.received_at)
    children = [done.persons[row.thread] for row in rows if row.thread in done.persons]
    if not children:
        return
    opened = open_referrals(children, on) | open_referrals(children, timezone.localdate())
    is_begun = starts in BEGINS_A_REFERRAL
    begin = [child for child in children if is_begun and child.pk not in opened]
    added = [child for child in children if child.pk in opened and (is_begun or starts == "existing")]
    _check_has_open_work(starts, rows, done, opened)
    contacts = _receive(begin, choice.more["contact_outcome"], message, by)
    contacts += _receive(added, "EXISTING_REFERRAL_FLAG", message, by)
    rest = [child for child in children if child not in begin and child not in added]
    done.contacts += contacts + _receive(rest, choice.more["contact_outcome"], message, by)
    done.added_to |= {child.pk: opened[child.pk] for child in added}
    needs = {
        done.persons[row.thread].pk: own.get(row.thread, ForChild()).primary_need
        for row in rows
        if row.thread in done.persons
    }
    for child in begin:
        done.referrals += services.receive_referral(
            children=[child],
            on=on,
            source=message.source,
            by=by,
            is_no_further_action=starts == "referral_no_action",
            primary_need=needs.get(child.pk) or primary_need,
            contacts=contacts,
            is_need_owed=True,
        )
    if starts in IS_WORKED_ON:
        leave_with_the_unallocated((child.pk for child in begin), on=timezone.localdate())
    if starts == "assessment":
        done.assessments += begin_assessments(begin, done.referrals, timezone.localdate(), by)


def ask_family_help(message: Message, decision: Decision, by: User) -> HelpRequest:
    """Return a request that family help answers, with why help was decided; nothing has to be typed again.

    Who told us stays at the front door: it is a third party's. A family that does not know is not rung.
    """
    request = help_room.write_request(
        what_would_help=decision.reason,
        way=HelpWay.PARTNER,
        by=by,
        does_family_know=decision.consent_position in FAMILY_KNOWS,
        asked_at=decision.decided_at,
        asked_by="The front door",
        where=message.home[:200],
        anything_else=message.what_they_want,
        message_thread=message.thread,
    )
    current = Message.current.get(thread=message.thread)
    carry_on_matter(current, by=by, act="offer_help", help_request_thread=request.thread)
    messages.tell(
        managers_of(team.pk for team in teams_of_kind(Team.Kind.FAMILY_HELP)),
        "The front door asks family help for a family. Read it and answer.",
        link=messages.page("help_request", request.thread),
    )
    return request


def _check_has_open_work(
    starts: str, rows: Sequence[Concerned], done: Decided, opened: Mapping[int, Referral]
) -> None:
    for row in rows:
        person = done.persons.get(row.thread)
        if starts == "existing" and (person is None or person.pk not in opened):
            raise NoOpenWork(
                f"{row.called} has no open work to add this to.", "Choose another decision for this child."
            )


def _receive(children: Sequence[Person], outcome: str, message: Message, by: User) -> list[Contact]:
    """The contact of each of these children; one that there is already says from now on what came of it."""
    held = contacts_by_message(message, [child.pk for child in children])
    fresh = [child for child in children if child.pk not in held]
    why = "The decision about the message was changed."
    told = [services.say_outcome(one, outcome=outcome, because=why, by=by) for one in held.values()]
    if not fresh:
        return told
    return told + services.receive_contact(
        children=fresh,
        on=legal_day(message.received_at),
        source=message.source,
        outcome=outcome,
        by=by,
        message_thread=message.thread,
    )


def begin_assessments(
    children: Sequence[Person], referrals: Sequence[Referral], on: date, by: User
) -> list[Assessment]:
    """Return the assessments begun for those of the children who have none open, under their referrals."""
    opened = open_assessments(children)
    threads = {one.person_id: one.thread for one in referrals}
    new = [child for child in children if child.pk not in opened and child.pk in threads]
    return assessment.start_with(children=new, on=on, referrals=threads, by=by) if new else []


def enter_for(
    row: Concerned,
    choice: Choice,
    own: ForChild,
    done: Decided,
    known: Mapping[int, Known],
    by: User,
) -> None:
    person = done.persons.get(row.thread)
    of_child = known.get(person.pk) if person else None
    begun = {one.person_id: one.thread for one in [*done.added_to.values(), *done.referrals]}
    services.enter_decision_for(
        decision=done.decision,
        concerned=row,
        person=person,
        by=by,
        chosen=choice.code,
        reason=own.reason.strip(),
        child_said=own.child_said.strip(),
        known_then=of_child.sentences if of_child else [],
        is_referred_again=bool(of_child and of_child.is_referred_again and person and person.pk in begun),
        referral_thread=begun.get(person.pk) if person else None,
    )


def _leave_owed(
    message: Message, done: Decided, chosen: Mapping[int, Choice], family_told: str, by: User
) -> None:
    """What the decision leaves to be done, and by whom; workers of open work are told at once."""
    team = done.decision.deciding_team
    everyone = [person.pk for person in done.persons.values()]
    owe_needs(done.referrals, team, by)
    if done.decision.consent_position == "will_be_told":
        owed.owe(
            what="family_told", fact=done.decision, persons=everyone, by=by, owed_by=by, because=family_told
        )
    if message.source not in SELF_OR_NOBODY and not _is_the_child(message):
        owe_reply(message, everyone, team, by)
    owe_next_steps(message, done.decision, done.persons, {t: one.code for t, one in chosen.items()}, by)
    tell_named_workers(message, done.added_to, done.decision, by)


def owe_next_steps(
    message: Message, decision: Decision, persons: Mapping[int, Person], codes: Mapping[int, str], by: User
) -> None:
    """Leave owed what these decisions ask of whoever decided; what is owed for the same children stays.

    `codes` are what is decided now, by the thread of the child's row; what they ask no longer falls away.
    """
    for code, what in NEXT_STEPS.items():
        rows = [thread for thread, chosen in codes.items() if chosen == code]
        about = [persons[thread].pk for thread in rows if thread in persons]
        fact = message if what == "pass_on" else decision
        held = open_of(what, of=fact)
        if rows and any(set(line.person_ids) == set(about) for line in held):
            continue
        for line in held:
            owed.fall_away(line.owed, because="The decision about the message was changed.", by=by)
        if rows:
            since = None if what == "pass_on" else message.received_at
            owed.owe(what=what, fact=fact, persons=about, by=by, owed_by=by, started_at=since)


def _is_the_child(message: Message) -> bool:
    return message.source == "1C"


def owe_needs(referrals: Sequence[Referral], team: Team | None, by: User) -> None:
    """Leave the need of each referral owed that is acted on and does not say it."""
    for referral in referrals:
        if not referral.primary_need and not referral.is_no_further_action:
            owed.owe(
                what="primary_need",
                fact=referral,
                persons=[referral.person_id],
                by=by,
                owed_by=None if team else by,
                team=team,
            )


def owe_reply(message: Message, persons: Sequence[int], team: Team | None, by: User) -> None:
    """Leave the reply to whoever told us owed by the team that decided."""
    owed.owe(
        what="reply_to_referrer",
        fact=message,
        persons=persons,
        by=by,
        owed_by=None if team else by,
        team=team,
        started_at=message.received_at,
    )
