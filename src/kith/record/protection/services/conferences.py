"""A conference from the day it is arranged: who is asked and told, who comes, what is decided and sent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record.access import links
from kith.record.access.models import OneTimeLink
from kith.record.chronology.entering import (
    carry_on,
    carry_on_matter,
    enter,
    enter_each,
    enter_matter,
    leave,
)
from kith.record.chronology.policies import check_code
from kith.record.owed import services as owed
from kith.record.people.deciding import decided
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids
from kith.record.people.safe_contact import check_safe_to_send
from kith.record.protection import permissions, policies
from kith.record.protection.models import (
    Conference,
    ConferenceOf,
    Dissent,
    InitialConference,
    Invited,
)
from kith.record.protection.queries import (
    conference_parts,
    enquiries_to_confer_on,
    invited_to,
    meetings_of,
    planned_conferences,
)
from kith.record.protection.services.enquiries import check_days
from kith.record.said import NotSaid, check_said
from kith.standards.working_days import legal_day


@dataclass(frozen=True)
class Asked:
    """Somebody to be asked to a conference, as proposed from who knows the family, or as typed."""

    name: str
    job: str = ""
    agency: str = ""
    user: User | None = None
    professional_thread: int | None = None
    relative: Person | None = None
    apart: str = ""
    kept_out_because: str = ""
    is_report_wanted: bool = False


@dataclass(frozen=True)
class Decided:
    """What the conference decided for one child; `category` only where there is a plan."""

    decision: str
    because: str
    category: str = ""
    end_reason: str = ""
    instead: str = ""
    child_said: str = ""
    participation: str = ""
    family_view: str = ""


@dataclass(frozen=True)
class Otherwise:
    """How somebody would have decided about one child instead, and why."""

    child: Person
    who: str
    would_have: str
    agency: str = ""
    because: str = ""


@transaction.atomic
def convene_conference(
    *,
    children: Sequence[Person],
    kind: str,
    planned_for: datetime,
    by: User,
    now: datetime,
    people: Sequence[Asked] = (),
    family_told_by: str = "",
    family_not_told_because: str = "",
    of_each: Mapping[int, Mapping[str, int]] | None = None,
    **more: Any,
) -> Conference:
    """Arrange a conference about these children, and keep who is to be asked to it.

    Nobody is invited by it: a parent is told in person first, and a date only held invites nobody.
    `of_each` gives the threads of a child's enquiry, plan or transfer. `more` are `chair`, `room`,
    `is_by_video`, `minutes_long`, `interpreter`, `is_date_only_held`. Raises NotAllowed, NoChildren,
    WrongDate (gone by, or at a weekend), AlreadyOpen (one is planned), NotIndependent, NotSaid.
    """
    permissions.check_can_arrange(by, children)
    check_days(children, legal_day(now))
    policies.check_planned_for(planned_for, now)
    policies.check_none_planned(planned_conferences([child.pk for child in children], kind).values())
    if chair := more.get("chair"):
        policies.check_independent(chair, children, legal_day(now))
    conference = Conference(
        kind=Conference.Kind(kind),
        planned_for=planned_for,
        convened_on=legal_day(now),
        family_told_by=family_told_by,
        family_not_told_because=family_not_told_because,
        **more,
    )
    threads = of_each or {}
    parts = [ConferenceOf(person=child, **threads.get(child.pk, {})) for child in children]
    enter_matter(conference, parts, by=by, act="convene_conference")
    ask(conference=conference, people=people, by=by)
    return conference


def ask(*, conference: Conference, people: Iterable[Asked], by: User) -> list[Invited]:
    """Keep these people as asked to a conference; the caller has checked who may.

    Raises NotSaid where somebody has no name.
    """
    return [
        enter_matter(
            Invited(
                conference_thread=conference.thread,
                **{
                    **vars(one),
                    "name": check_said(one.name, "Who is to be asked", "Give a name."),
                },
            ),
            by=by,
            act="ask_to_conference",
        )
        for one in people
    ]


@transaction.atomic
def ask_to_conference(*, conference: Conference, person: Asked, by: User) -> Invited:
    """Ask one more person to a conference. Raises NotAllowed, NotOpen, NotSaid."""
    permissions.check_can_arrange(by, _children(conference))
    policies.check_planned(conference)
    return ask(conference=conference, people=[person], by=by)[0]


@transaction.atomic
def move_conference(
    *,
    conference: Conference,
    planned_for: datetime,
    because: str,
    safe_until_then: str,
    by: User,
    now: datetime,
    expected: int | None = None,
    **more: Any,
) -> Conference:
    """Move a conference to another day, with the reason and what keeps the children safe until then.

    Its clock does not move: after the limit it stays late. A link for a report that has not come goes with
    the conference. Raises NotAllowed, NotOpen, WrongDate, NotSaid,
    VersionClash.
    """
    permissions.check_can_arrange(by, _children(conference))
    policies.check_planned(conference)
    policies.check_planned_for(planned_for, now)
    why = check_said(because, "Why it moves", "Give the reason.")
    safe = check_said(
        safe_until_then, "What keeps the children safe until then", "Say what is agreed until the conference."
    )
    moved = _next(
        conference, by, "move_conference", expected,
        planned_for=planned_for, moved_because=why, safe_until_then=safe, **more,
    )  # fmt: skip
    for link in _report_links(one.thread for one in invited_to(conference.thread)):
        links.move_end(link, expires_at=planned_for, by=by)
    return moved


@transaction.atomic
def confirm_conference(
    *, conference: Conference, by: User, expected: int | None = None, now: datetime | None = None
) -> Conference:
    """Keep a date that was only held while the enquiry went on: people may be invited from now on.

    With `now`, it counts as convened on that day: no report was asked for before.
    Raises NotAllowed, NotOpen, VersionClash.
    """
    permissions.check_can_arrange(by, _children(conference))
    policies.check_planned(conference)
    convened = legal_day(now) if now else conference.convened_on
    return _next(
        conference, by, "confirm_conference", expected, is_date_only_held=False, convened_on=convened
    )


@transaction.atomic
def call_off_conference(
    *, conference: Conference, because: str, by: User, expected: int | None = None
) -> Conference:
    """Call a conference off: every invitation stops. Raises NotAllowed, NotOpen, NotSaid, VersionClash."""
    permissions.check_can_arrange(by, _children(conference))
    policies.check_planned(conference)
    why = check_said(because, "Why it is called off", "Give the reason.")
    return _next(
        conference, by, "call_off_conference", expected, state=Conference.State.CALLED_OFF, moved_because=why
    )


def leave_conferences(*, child: Person, because: str, by: User) -> list[Conference]:
    """Return the planned conferences that are called off, as they were about this child alone.

    A conference about brothers and sisters too goes on for them. The act that ends it has checked who may.
    """
    ids, off = same_person_ids(child), []
    for part, conference in meetings_of(ids):
        if conference.state != Conference.State.PLANNED:
            continue
        if any(other.person_id not in ids for other in conference_parts(conference.thread)):
            leave(part, by=by, act="leave_conference", because=because)
        else:
            off.append(
                _next(
                    conference, by, "call_off_conference", None, because=because,
                    state=Conference.State.CALLED_OFF, moved_because=because,
                )
            )  # fmt: skip
    return off


@transaction.atomic
def keep_out(*, invited: Invited, because: str, by: User, expected: int | None = None) -> Invited:
    """A chair decides that somebody is not to be at the conference, or comes apart, with the reason.

    Raises NotAllowed, NotSaid, VersionClash.
    """
    conference = _conference(invited)
    permissions.check_can_chair(by, _children(conference))
    why = check_said(because, "Why they are not to be there", "Give the reason.")
    return _said(invited, by, "keep_out_of_conference", expected, kept_out_because=why, came="kept_out")


@transaction.atomic
def share_report(*, invited: Invited, on: date, how: str, by: User, expected: int | None = None) -> Invited:
    """Write down that a report was shared with the family before the conference, and how.

    Raises NotAllowed, NotSaid, VersionClash.
    """
    _of(invited, by)
    told = check_said(how, "How it was shared", "Say with whom, and in which language.")
    return _said(
        invited, by, "share_report", expected,
        report_shared_on=on, report_shared_how=told[:300],
        report_received_on=invited.report_received_on or on,
    )  # fmt: skip


@transaction.atomic
def record_attendance(*, conference: Conference, came: Mapping[int, str], by: User) -> list[Invited]:
    """Write down who came and how, by the thread of each who was asked.

    Raises NotAllowed, NotSaid, VersionClash.
    """
    permissions.check_can_chair(by, _children(conference))
    changed = []
    for invited in invited_to(conference.thread):
        how = came.get(invited.thread, "")
        if how and how not in Invited.Came.values:
            raise NotSaid("How somebody came was not chosen.", "Choose one from the list.")
        if how and how != invited.came:
            changed.append(_said(invited, by, "record_attendance", None, came=how))
    return changed


@transaction.atomic
def came_unasked(*, conference: Conference, person: Asked, by: User) -> Invited:
    """Write down somebody who came to a conference though nobody had asked them.

    Raises NotAllowed, NotOpen (it was held, or called off), NotSaid.
    """
    permissions.check_can_chair(by, _children(conference))
    policies.check_planned(conference)
    [one] = ask(conference=conference, people=[person], by=by)
    return _said(one, by, "record_attendance", None, came=Invited.Came.THERE)


@transaction.atomic
def name_chair(*, conference: Conference, chair: User, by: User, expected: int | None = None) -> Conference:
    """Say who chairs a conference that is still to come. Raises NotAllowed, NotOpen, NotIndependent,
    VersionClash."""
    children = _children(conference)
    permissions.check_can_arrange(by, children)
    policies.check_planned(conference)
    policies.check_independent(chair, children, timezone.localdate())
    return _next(conference, by, "name_chair", expected, chair=chair)


@transaction.atomic
def hold_conference(
    *,
    conference: Conference,
    held_at: datetime,
    decisions: Mapping[int, Decided],
    by: User,
    quorum: int,
    went_on_because: str = "",
    said: str = "",
    otherwise: Sequence[Otherwise] = (),
    chair: User | None = None,
    expected: int | None = None,
) -> Conference:
    """Write down a conference as held: each child's decision with its reason, and who saw it otherwise.

    `quorum` is how many other agencies are needed beside social care; without them it went on for a reason.
    `chair` is who held it, where that is said; else whom it was planned with, else `by`.
    What the decisions begin and end is for the pathway. Raises NotAllowed, NotIndependent, NotOpen,
    WrongDate, WrongCode, NotSaid, VersionClash.
    """
    children = _children(conference)
    on = legal_day(held_at)
    permissions.check_can_chair(by, children)
    policies.check_independent(by, children, on)
    held_by = chair or conference.chair or by
    if chair and chair.pk != by.pk:
        policies.check_independent(chair, children, on)
    policies.check_planned(conference)
    policies.check_not_at_a_weekend(on)
    check_days(children, on)
    there = invited_to(conference.thread)
    policies.check_somebody_came(there)
    if not policies.is_quorate(policies.agencies_there(there), quorum):
        check_said(
            went_on_because,
            "Why the conference went on without its quorum",
            "Give the reason, or put it off to another day.",
        )
    for part in conference_parts(conference.thread):
        _decide(part, decisions.get(part.person_id), on, by)
    for one in otherwise:
        _keep_dissent(conference, one, on, by)
    return _next(
        conference, by, "hold_conference", expected,
        state=Conference.State.HELD, held_at=held_at, said=said, chair=held_by,
        went_on_because=went_on_because.strip(),
    )  # fmt: skip


@transaction.atomic
def send_what_was_decided(*, invited: Sequence[Invited], on: date, by: User) -> list[Invited]:
    """Write down that the decisions went to these people, or were handed over. Raises NotAllowed."""
    return _sent(invited, by, "send_decisions", "decisions_sent_on", on)


@transaction.atomic
def send_record(*, invited: Sequence[Invited], on: date, by: User) -> list[Invited]:
    """Write down that the record of the conference went to these people. Raises NotAllowed."""
    return _sent(invited, by, "send_conference_record", "record_sent_on", on)


@transaction.atomic
def hold_initial_conference(
    *,
    children: Sequence[Person],
    on: date,
    referrals: Mapping[int, int],
    by: User,
    is_plan_made: bool | None = None,
    conference: Conference | None = None,
) -> list[InitialConference]:
    """Hold one conference about the children; a row a child, each with the enquiry that led to it.

    `referrals` are the threads of open referrals, by person id. `conference` is the one arranged here.
    A child with no enquiry waiting comes by transfer. What was decided may differ between brothers
    and sisters: then hold it once for each decision. Raises NotAllowed, NoChildren, WrongDate.
    """
    permissions.check_can_chair(by, children)
    check_days(children, on)
    policies.check_not_at_a_weekend(on)
    enquiries = enquiries_to_confer_on(children, referrals.values())
    policies.check_conferring(enquiries, on)
    return enter_each(
        [
            InitialConference(
                person=child,
                referral_thread=referrals.get(child.pk),
                enquiry_thread=enquiries[child.pk].thread if child.pk in enquiries else None,
                held_on=on,
                is_plan_made=is_plan_made,
                conference_thread=conference.thread if conference else None,
                **decided(by, child, on),
            )
            for child in children
        ],
        by=by,
        act="hold_initial_conference",
    )


def _decide(part: ConferenceOf, decision: Decided | None, on: date, by: User) -> ConferenceOf:
    said = decision or Decided("", "")
    policies.check_decision(said.decision, said.category, said.because, on)
    policies.check_end_reason(said.decision, said.end_reason)
    if said.participation:
        check_code("review_participation", said.participation, on, "a way of taking part")
    return carry_on(part, by=by, act="decide_at_conference", held_on=on, **_kept(said))


def _kept(said: Decided) -> dict[str, Any]:
    """The decision as the child's part keeps it; `because` is why a version ended, so the reason is `why`."""
    kept = dict(vars(said))
    return {**kept, "why": kept.pop("because").strip()}


def _keep_dissent(conference: Conference, one: Otherwise, on: date, by: User) -> Dissent:
    return enter(
        Dissent(
            person=one.child,
            conference_thread=conference.thread,
            held_on=on,
            who=check_said(one.who, "Who saw it otherwise", "Give their name."),
            agency=one.agency,
            would_have=check_said(one.would_have, "What they would have decided", "Write it in their words."),
            because=one.because,
        ),
        by=by,
        act="record_dissent",
    )


def _sent(invited: Sequence[Invited], by: User, act: str, field: str, on: date) -> list[Invited]:
    for thread in {one.conference_thread for one in invited}:
        conference = Conference.current.get(thread=thread)
        children = _children(conference)
        if not permissions.can_chair(by, children):
            permissions.check_can_arrange(by, children)
        policies.check_held(conference)
        check_days(children, on, is_an_ending=True)
    return [_said(one, by, act, None, **{field: on}) for one in invited]


def _children(conference: Conference) -> list[Person]:
    return [part.person for part in conference_parts(conference.thread)]


def _conference(invited: Invited) -> Conference:
    found: Conference = Conference.current.get(thread=invited.conference_thread)
    return found


def _of(invited: Invited, by: User) -> Conference:
    """The conference that somebody is asked to, where `by` may arrange it. Raises NotAllowed."""
    conference = _conference(invited)
    permissions.check_can_arrange(by, _children(conference))
    return conference


def _next(conference: Conference, by: User, act: str, expected: int | None, **changes: Any) -> Conference:
    persons = [part.person_id for part in conference_parts(conference.thread)]
    return carry_on_matter(conference, by=by, act=act, persons=persons, expected=expected, **changes)


def _said(invited: Invited, by: User | None, act: str, expected: int | None, **changes: Any) -> Invited:
    return carry_on_matter(invited, by=by, act=act, persons=_about(invited), expected=expected, **changes)


def _about(invited: Invited) -> list[int]:
    return [part.person_id for part in conference_parts(invited.conference_thread)]


@transaction.atomic
def say_of_invited(
    *, invited: Invited, by: User, expected: int | None = None, although: str = "", **said: Any
) -> Invited:
    """Write down at once what happened with somebody who is asked; its new version.

    `although` is why something is sent that is not known to be safe, which the audit keeps. `said` are
    `told_on`, `told_by`, `apart`, `invited_on`, `invited_how`, `report_received_on`,
    `report_shared_on` and `report_shared_how`. No letter goes to family who were not told in
    person, nor to a relative in a way nobody named.
    Raises NotAllowed, NotOpen, NotSaid, NotPossible, WrongDate, VersionClash.
    """
    conference = _of(invited, by)
    changed = {name: value for name, value in said.items() if value != getattr(invited, name)}
    if not changed:
        return invited
    for name in ("told_on", "invited_on", "report_received_on", "report_shared_on"):
        if changed.get(name):
            check_days(_children(conference), changed[name])
    policies.check_told(said.get("told_on"), said.get("told_by", ""))
    policies.check_shared(said.get("report_shared_on"), said.get("report_shared_how", ""))
    if changed.get("invited_on"):
        policies.check_planned(conference)
        policies.check_may_invite(conference, invited, told_on=said.get("told_on"))
        policies.check_way(invited, said.get("invited_how", ""))
        _check_safe(invited, said.get("invited_how", ""), although)
    new = carry_on_matter(
        invited, by=by, act="say_of_invited", persons=_about(invited), expected=expected,
        about=_why(although), **changed,
    )  # fmt: skip
    if new.is_family and new.told_on:
        owed.settle(what="family_told", by=by, done=new, of=conference)
    return new


def _why(although: str) -> dict[str, str]:
    """What the audit keeps of sending something that was not known to be safe."""
    return {"although": although.strip()} if although.strip() else {}


def _check_safe(invited: Invited, how: str, although: str) -> None:
    """Raise NotSafe where something sent to a relative may be a danger, and nobody says why it goes."""
    if invited.relative and how:
        check_safe_to_send(invited.relative, how, because=although)


@transaction.atomic
def make_report_link(*, invited: Invited, expires_at: datetime, by: User) -> links.NewLink:
    """Return a link by which a professional without an account writes their report, once.

    One made before opens nothing any more: of two, the second answer would stand in place of the first.
    Raises NotAllowed, NotOpen, NotPossible (family, somebody not to be there, a time gone by).
    """
    conference = _of(invited, by)
    policies.check_planned(conference)
    policies.check_may_report(invited)
    for before in _report_links([invited.thread]):
        links.withdraw_link(before, by=by)
    return links.make_link(
        kind=REPORT, about_table=Invited._meta.label_lower, about_thread=invited.thread,
        expires_at=expires_at, by=by,
    )  # fmt: skip


def _report_links(invited: Iterable[int]) -> list[OneTimeLink]:
    """The links for their reports that were ever made, by the threads of who is asked."""
    return list(OneTimeLink.objects.filter(kind=REPORT, about_thread__in=list(invited)))


@transaction.atomic
def send_report(*, link: OneTimeLink, report: str) -> Invited:
    """Take the report that somebody wrote by their link; the next version of who was asked.

    Raises NotOpen, NotSaid, LinkEnded.
    """
    words = check_said(report, "The report", "Write it, or ring whoever asked you.")
    links.use_link(link)
    invited: Invited = Invited.current.get(thread=link.about_thread)
    policies.check_planned(_conference(invited))
    policies.check_may_report(invited)
    return _said(invited, None, "send_report", None, report=words, report_received_on=timezone.localdate())


REPORT = "conference_report"  # the kind of link
