"""Beginning a section 47 enquiry for several children at once, adding to it, finding, concluding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record.access import messages
from kith.record.chronology.entering import carry_on, enter, enter_each, enter_matter
from kith.record.chronology.policies import (
    check_case_open,
    check_children,
    check_code,
    check_day,
    life_of,
    lives_of,
)
from kith.record.facts import Ending
from kith.record.owed import services as owed
from kith.record.owed.queries import open_of, owed_for
from kith.record.people.deciding import decided, team_then
from kith.record.people.models import Person, User
from kith.record.people.queries import name_of, same_person_ids
from kith.record.protection import permissions, policies
from kith.record.protection.models import (
    EnquiryFinding,
    HarmSuspected,
    HarmSuspectedOf,
    Section47Enquiry,
)
from kith.record.protection.queries import (
    conferences_about,
    conferences_of,
    conferences_under,
    discussions_of,
    enquiries_going_on,
    enquiries_of,
    finding_of,
    managers_over,
    open_enquiries,
)
from kith.record.said import NotSaid, check_said
from kith.record.visits.queries import was_seen_alone
from kith.standards.working_days import legal_day

# What an enquiry found -> whether a conference follows, and the code of its outcome (`s47_outcome`).
LEADS_TO = {
    EnquiryFinding.Finding.CONTINUING: (True, "CP_CONFERENCE_FLAG"),
    EnquiryFinding.Finding.NOT_CONTINUING: (False, "NFA_CONTINUE_SINGLE_FLAG"),
    EnquiryFinding.Finding.NOT_BORNE_OUT: (False, "NFA_FLAG"),
    EnquiryFinding.Finding.TO_COURT: (False, "LEGAL_ACTION_FLAG"),
}


OTHER_OUTCOME = "OTHER_OUTCOMES_EXIST_FLAG"  # code list `s47_outcome`
SENT_BACK = "A manager sent back what you wrote that an enquiry found. Write it again."


@dataclass(frozen=True)
class Begun:
    """What beginning an enquiry did, child by child.

    `enquiries` are those that began now, by person id; `added_to` those that were going on already, which
    got the new information.
    """

    harm: HarmSuspected
    enquiries: dict[int, Section47Enquiry]
    added_to: dict[int, Section47Enquiry]


@dataclass(frozen=True)
class Found:
    """What the enquiry found about one child, in a worker's words; None or "" is what nobody said."""

    finding: str
    because: str = ""
    child_said: str = ""
    seen_on: date | None = None
    is_seen_alone: bool | None = None
    not_seen_because: str = ""
    help_offered: str = ""


@transaction.atomic
def start_section_47(
    *,
    children: Sequence[Person],
    on: date,
    referrals: Mapping[int, int],
    by: User,
    is_joint: bool | None = None,
    conference_target_on: date | None = None,
) -> list[Section47Enquiry]:
    """Begin an enquiry about each of the children with the strategy discussion held on `on`.

    `referrals` are the threads of open referrals, by person id. `is_joint` is None while nobody has
    said whether the police enquire too: an urgent enquiry may start before all is known.
    Raises NotAllowed, NoChildren, WrongDate, NoCaseOpen, AlreadyOpen.
    """
    permissions.check_can_enquire(by, children)
    check_days(children, on)
    check_case_open(children, referrals, on)
    policies.check_no_enquiry(open_enquiries(children).values())
    policies.check_after_conference(conferences_under(children, referrals.values()), on)
    return enter_each(
        [
            Section47Enquiry(
                person=child,
                referral_thread=referrals[child.pk],
                started_on=on,
                is_joint=is_joint,
                conference_target_on=conference_target_on,
            )
            for child in children
        ],
        by=by,
        act="start_section_47",
    )


@transaction.atomic
def begin_enquiry(
    *,
    children: Sequence[Person],
    suspected_harm: str,
    at: datetime,
    referrals: Mapping[int, int],
    by: User,
    kinds: Sequence[str] = (),
    is_danger_now: bool | None = None,
    is_joint: bool | None = None,
    help_before: Mapping[int, Sequence[Any]] | None = None,
) -> Begun:
    """Suspect harm to these children, and begin an enquiry about each who has none going on.

    A child whose enquiry goes on already gets the new information added to it; nobody's refusal holds up
    the others. `at` is when the message came. `help_before` is kept with each child's own part, as it was
    known then. Raises NotAllowed, NoChildren, WrongDate, WrongCode, NotSaid, NoCaseOpen.
    """
    permissions.check_can_enquire(by, children)
    on = legal_day(at)
    check_days(children, on)
    words = check_said(suspected_harm, "What harm is suspected", "Say what happened, to whom.")
    for kind in kinds:
        check_code("category_of_abuse", kind, on, "a kind of harm")
    added_to = enquiries_going_on(children, referrals.values(), on)
    new = [child for child in children if child.pk not in added_to]
    check_case_open(new, referrals, on)
    harm = HarmSuspected(words=words, kinds=list(kinds), suspected_at=at, is_danger_now=is_danger_now)
    begun = enter_each(
        [
            Section47Enquiry(
                person=child,
                referral_thread=referrals[child.pk],
                started_on=on,
                started_at=at,
                is_joint=is_joint,
                harm_thread=harm.thread,
            )
            for child in new
        ],
        by=by,
        act="start_section_47",
    )
    of_each = {**added_to, **{one.person_id: one for one in begun}}
    known = help_before or {}
    parts = [
        HarmSuspectedOf(
            person=child,
            enquiry_thread=of_each[child.pk].thread,
            suspected_at=at,
            is_danger_now=is_danger_now,
            is_added=child.pk in added_to,
            help_before=list(known.get(child.pk, ())),
        )
        for child in children
    ]
    enter_matter(harm, parts, by=by, act="suspect_harm")
    return Begun(harm, {one.person_id: one for one in begun}, added_to)


@transaction.atomic
def count_from(
    *, enquiry: Section47Enquiry, on: date, because: str, by: User, expected: int | None = None
) -> Section47Enquiry:
    """Count an enquiry from another day, which a manager says with the reason; its new version.

    Raises NotAllowed, NotSaid, NotOpen, WrongDate, VersionClash.
    """
    permissions.check_can_agree(by, [enquiry.person])
    check_day(on, life_of(enquiry.person))
    if enquiry.ended_on is not None:
        policies.check_concluding(enquiry, on, "")
    why = check_said(because, "Why it counts from another day", "Give the reason.")
    return carry_on(
        enquiry,
        by=by,
        act="count_section_47_from",
        ended_as=Ending.CORRECTED,
        because=why,
        expected=expected,
        started_on=on,
    )


@transaction.atomic
def conclude_section_47(
    *,
    enquiry: Section47Enquiry,
    on: date,
    is_conference_required: bool,
    by: User,
    outcome: str = "",
) -> Section47Enquiry:
    """End an enquiry, with a conference to follow or none needed; its new version.

    Raises NotAllowed, NotOpen, WrongDate, WrongCode, VersionClash.
    """
    permissions.check_can_enquire(by, [enquiry.person])
    check_day(on, life_of(enquiry.person), is_an_ending=True)
    policies.check_concluding(enquiry, on, outcome)
    return carry_on(
        enquiry,
        by=by,
        act="conclude_section_47",
        ended_on=on,
        is_conference_not_required=not is_conference_required,
        outcome=outcome,
        **decided(by, enquiry.person, on),
    )


def end_with(*, child: Person, under: int, on: date, because: str, by: User) -> list[Section47Enquiry]:
    """Return the enquiries under a referral of a child for whom nothing goes on, ended: none is conferred on.

    The act that ends them has checked who may.
    """
    ids = same_person_ids(child)
    conferred = {held.enquiry_thread for held in conferences_of(ids)}
    return [
        carry_on(
            one, by=by, act="conclude_section_47", because=because, is_conference_not_required=True,
            ended_on=one.ended_on or max(on, one.started_on), outcome=OTHER_OUTCOME,
        )
        for one in enquiries_of(ids)
        if one.referral_thread == under
        and one.thread not in conferred
        and not one.is_conference_not_required
    ]  # fmt: skip


@transaction.atomic
def find(
    *,
    enquiries: Sequence[Section47Enquiry],
    on: date,
    found: Mapping[int, Found],
    by: User,
    family_told_on: date | None = None,
    family_told_by: str = "",
    family_not_told_because: str = "",
) -> list[EnquiryFinding]:
    """Write down what the enquiry found about each child, and conclude each that can be concluded.

    `found` is by person id; findings may differ between brothers and sisters. An enquiry ends once a
    strategy discussion was held and the child was seen, or it is said why not. A harm that goes on, or goes
    to court, stands without: the rest is owed. A worry is put down only with both said, and with a reason. A
    manager's agreement is owed too, and holds nothing up.
    Raises NotAllowed, NoChildren, NotSaid, NotOpen, WrongDate.
    """
    children = [enquiry.person for enquiry in enquiries]
    permissions.check_can_enquire(by, children)
    check_days(children, on, is_an_ending=True)
    findings = []
    for enquiry in enquiries:
        policies.check_concluding(enquiry, on, "")
        one = _finding(enquiry, on, found[enquiry.person_id], by=by)
        one.family_told_on, one.family_told_by = family_told_on, family_told_by
        one.family_not_told_because = family_not_told_because
        findings.append(_keep(one, by=by))
        policies.check_rests_on(findings[-1], name_of(enquiry.person))
    _leave_owed(findings, by)
    if family_told_on and family_told_by.strip():
        owed.settle(what="family_told", by=by, done=findings[0], persons=[child.pk for child in children])
    for enquiry, one in zip(enquiries, findings, strict=True):
        _conclude_when_ready(enquiry, one, by)
    return findings


@transaction.atomic
def say_seen(
    *,
    finding: EnquiryFinding,
    by: User,
    seen_on: date | None = None,
    is_seen_alone: bool | None = None,
    not_seen_because: str = "",
    expected: int | None = None,
) -> EnquiryFinding:
    """Say when the child was seen, or why not, and conclude the enquiry that waited for it.

    Raises NotAllowed, NotSaid, WrongDate, VersionClash.
    """
    permissions.check_can_enquire(by, [finding.person])
    if seen_on is None:
        check_said(
            not_seen_because, "When the child was seen", "Give the day, or say why they were not seen."
        )
    else:
        check_day(seen_on, life_of(finding.person))
    new = carry_on(
        finding,
        by=by,
        act="say_child_seen",
        expected=expected,
        seen_on=seen_on,
        is_seen_alone=_is_seen_alone(finding.person, seen_on, is_seen_alone),
        not_seen_because=not_seen_because.strip(),
    )
    enquiry = Section47Enquiry.current.get(thread=finding.enquiry_thread)
    if enquiry.ended_on is None:
        _conclude_when_ready(enquiry, new, by)
    return new


def conclude_what_waits(enquiries: Sequence[Section47Enquiry], by: User) -> None:
    """End each of these enquiries that goes on and whose finding waited only for a strategy discussion.

    For the act that writes the discussion, in its own transaction, which has checked who may.
    """
    for enquiry in enquiries:
        finding = finding_of(enquiry.thread)
        if enquiry.ended_on is None and finding is not None:
            _conclude_when_ready(enquiry, finding, by)


@transaction.atomic
def agree_finding(*, finding: EnquiryFinding, by: User, expected: int | None = None) -> EnquiryFinding:
    """A manager agrees what an enquiry found, which somebody else wrote; its new version.

    Raises NotAllowed, NotOpen (it was agreed), NotSaid (no reason, or nobody says whether the child was
    seen), VersionClash.
    """
    permissions.check_can_agree_finding(by, finding)
    policies.check_not_agreed(finding)
    policies.check_may_agree(finding, name_of(finding.person))
    new = carry_on(
        finding,
        by=by,
        act="agree_finding",
        expected=expected,
        agreed_by=by,
        agreed_at=timezone.now(),
        sent_back_because="",
    )
    for what in ("finding_agreed", "finding_again"):
        owed.settle(what=what, by=by, done=new, of=finding)
    return new


@transaction.atomic
def send_finding_back(*, finding: EnquiryFinding, because: str, by: User) -> EnquiryFinding:
    """A manager does not agree yet, and says why; nothing that was decided waits for it.

    Whoever wrote it is told, and owes it again. Raises NotAllowed, NotOpen (it was agreed), NotSaid,
    VersionClash.
    """
    permissions.check_can_agree_finding(by, finding)
    policies.check_not_agreed(finding)
    why = check_said(because, "Why it goes back", "Say what is needed.")
    new = carry_on(finding, by=by, act="send_finding_back", sent_back_because=why)
    wrote = finding.recorded_by or by
    if not open_of("finding_again", of=finding):
        owed.owe(what="finding_again", fact=finding, persons=[finding.person_id], by=by, owed_by=wrote)
    messages.tell([wrote], SENT_BACK, link=messages.page("enquiry", finding.person_id))
    return new


@transaction.atomic
def find_again(
    *, finding: EnquiryFinding, found: Found, by: User, expected: int | None = None
) -> EnquiryFinding:
    """Write again what an enquiry found, which a manager sent back; its new version waits for agreement.

    Where the enquiry ended already and another finding leads elsewhere, how it ended is corrected with it.
    Raises NotAllowed, NotSaid, NotOpen (it was not sent back), NotPossible (a conference follows from it),
    WrongDate, VersionClash.
    """
    permissions.check_can_enquire(by, [finding.person])
    policies.check_sent_back(finding)
    enquiry: Section47Enquiry = Section47Enquiry.current.get(thread=finding.enquiry_thread)
    if found.seen_on is not None:
        check_day(found.seen_on, life_of(finding.person))
    one = _finding(enquiry, finding.found_on, found, by=by)
    check_said(one.why, "Why it was found", "Give the reason.")
    policies.check_rests_on(one, name_of(finding.person))
    if not LEADS_TO[EnquiryFinding.Finding(one.finding)][0]:
        policies.check_no_conference(conferences_about(enquiry))
    said = {name: getattr(one, name) for name in OF_CHILD}
    new = carry_on(
        finding, by=by, act="find_in_section_47", expected=expected, sent_back_because="", agreed_by=None,
        agreed_at=None, **said,
    )  # fmt: skip
    owed.settle(what="finding_again", by=by, done=new, of=finding)
    if enquiry.ended_on is None:
        _conclude_when_ready(enquiry, new, by)
    else:
        _end_otherwise(enquiry, new, by)
    return new


def _end_otherwise(enquiry: Section47Enquiry, one: EnquiryFinding, by: User) -> None:
    """Correct how an enquiry ended where it was found to be otherwise."""
    required, outcome = LEADS_TO[EnquiryFinding.Finding(one.finding)]
    if outcome == enquiry.outcome:
        return
    carry_on(
        enquiry,
        by=by,
        act="correct_section_47_outcome",
        ended_as=Ending.CORRECTED,
        because="What was found was sent back and written again.",
        is_conference_not_required=not required,
        outcome=outcome,
    )


def _finding(enquiry: Section47Enquiry, on: date, said: Found, *, by: User) -> EnquiryFinding:
    if said.finding not in EnquiryFinding.Finding.values:
        raise NotSaid("What the enquiry found was not chosen.", "Choose one for each child.")
    return EnquiryFinding(
        person=enquiry.person,
        enquiry_thread=enquiry.thread,
        finding=said.finding,
        found_on=on,
        why=said.because.strip(),
        child_said=said.child_said.strip(),
        seen_on=said.seen_on,
        is_seen_alone=_is_seen_alone(enquiry.person, said.seen_on, said.is_seen_alone),
        not_seen_because=said.not_seen_because.strip(),
        help_offered=said.help_offered.strip(),
    )


def _is_seen_alone(child: Person, seen_on: date | None, said: bool | None) -> bool | None:
    """Whether the child was seen alone that day: as it is said now, else as a visit of the day tells."""
    if seen_on is None or said is not None:
        return said if seen_on else None
    return was_seen_alone(same_person_ids(child), seen_on)


def _keep(one: EnquiryFinding, *, by: User) -> EnquiryFinding:
    """Store a finding, or the next version of the one that stands for this enquiry."""
    before = finding_of(one.enquiry_thread)
    if before is None:
        return enter(one, by=by, act="find_in_section_47")
    said = {name: getattr(one, name) for name in FOUND}
    kept = {name: getattr(before, name) if value in (None, "") else value for name, value in said.items()}
    return carry_on(before, by=by, act="find_in_section_47", agreed_by=None, agreed_at=None, **kept)


OF_CHILD = (
    "finding", "found_on", "why", "child_said", "seen_on", "is_seen_alone", "not_seen_because", "help_offered"
)  # fmt: skip
FOUND = (*OF_CHILD, "family_told_on", "family_told_by", "family_not_told_because")


def _leave_owed(findings: Sequence[EnquiryFinding], by: User) -> None:
    """A manager's agreement, which nobody gives to their own: owed by who manages the team."""
    for one in findings:
        if open_of("finding_agreed", of=one):
            continue
        team = team_then(by, one.person, one.found_on)
        managers = [user for user in managers_over([one.person], one.found_on) if user != by]
        owed_by = managers[0] if managers else (None if team else by)
        owed.owe(what="finding_agreed", fact=one, persons=[one.person_id], by=by, owed_by=owed_by, team=team)


def _conclude_when_ready(enquiry: Section47Enquiry, one: EnquiryFinding, by: User) -> None:
    """End the enquiry where a discussion was held and the child seen, or it is said why not; else owe it."""
    is_seen = one.seen_on is not None or bool(one.not_seen_because)
    held = discussions_of([enquiry.person_id], enquiry.thread)
    if is_seen:
        owed.settle(what="child_seen", by=by, done=one, of=one)
    elif not open_of("child_seen", of=one):
        owed.owe(what="child_seen", fact=one, persons=[one.person_id], by=by, owed_by=by)
    if not held and not _is_owed("strategy_discussion", one.person_id):
        owed.owe(what="strategy_discussion", fact=one, persons=[one.person_id], by=by, owed_by=by)
    if is_seen and held:
        first = legal_day(held[0][1].held_at)
        _conclude(enquiry, EnquiryFinding.Finding(one.finding), max(one.found_on, first), by)


def _is_owed(what: str, person_id: int) -> bool:
    """Whether something is owed about this child already, alone or with others."""
    return any(line.owed.what == what for line in owed_for([person_id], timezone.now()))


def _conclude(enquiry: Section47Enquiry, finding: EnquiryFinding.Finding, on: date, by: User) -> None:
    """End an enquiry as its finding leads to, for an act that has checked who may."""
    required, outcome = LEADS_TO[finding]
    day = max(on, enquiry.started_on)
    policies.check_concluding(enquiry, day, outcome)
    carry_on(
        enquiry, by=by, act="conclude_section_47", ended_on=day, is_conference_not_required=not required,
        outcome=outcome, **decided(by, enquiry.person, day),
    )  # fmt: skip


def check_days(children: Sequence[Person], on: date, *, is_an_ending: bool = False) -> None:
    """Raise NoChildren or WrongDate unless `on` may stand in the life of each of these children."""
    check_children(children)
    for life in lives_of(children).values():
        check_day(on, life, is_an_ending=is_an_ending)
