"""Changing what was decided about a message: the earlier decision stays readable, and what it began is told.

What the earlier decision began and nobody touched is taken back. What somebody worked on stands, and
whoever changed the decision is told what to end by hand, and owes it. What came of it is kept, child by
child, with the decision.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from kith.record.access import messages
from kith.record.access.permissions import may_know
from kith.record.assessment import services as assessment
from kith.record.assessment.models import Assessment
from kith.record.assessment.queries import assessments_of, family_of
from kith.record.frontdoor import permissions, policies, services
from kith.record.frontdoor.codes import DECISIONS, Choice, check_choice, choice, told_of
from kith.record.frontdoor.models import (
    Came,
    Concerned,
    Contact,
    DecidedFor,
    Decision,
    Match,
    Message,
    Referral,
)
from kith.record.frontdoor.queries import (
    concerned_by,
    contacts_by_message,
    message_of,
    open_referrals,
    parts_of_decision,
    referrals_from,
    replies_to,
    sent_elsewhere,
)
from kith.record.help import services as help_room
from kith.record.help.models import Answer, HelpRequest
from kith.record.help.queries import replies_to as tries_to_reach
from kith.record.owed import services as owed
from kith.record.owed.queries import open_of
from kith.record.pathway.closing import work_of
from kith.record.pathway.deciding_contacts import (
    BEGINS_A_REFERRAL,
    IS_WORKED_ON,
    SELF_OR_NOBODY,
    Decided,
    ForChild,
    ask_family_help,
    begin_assessments,
    carry_out_for,
    enter_for,
    owe_needs,
    owe_next_steps,
    owe_reply,
    register_new,
)
from kith.record.pathway.known import known_of
from kith.record.pathway.telling_workers import tell_named_workers
from kith.record.people.models import Allocation, Person, Team, User
from kith.record.people.queries import managers_of, same_person_ids, teams_of_kind, workers_of
from kith.record.people.staff import leave_with_the_unallocated
from kith.record.protection.queries import transfers_in
from kith.record.refusals import NotPossible
from kith.record.visits.queries import visits_of
from kith.standards.dates import day_in_words
from kith.standards.working_days import legal_day

NOBODY_ACTED = "referral_no_action"
HELP_ENDED = (Came.UNDONE.value, "Family help was asked, and had not begun: it is asked no more.")
HELP_GOES_ON = (
    Came.BY_HAND.value,
    "Family help has been in touch with the family. They are told: agree with them what goes on.",
)


class CaseClosed(NotPossible):
    """The case that a decision began has been worked on and closed."""


@dataclass
class _Child:
    """A child whose decision changes, with what the earlier decision began for them."""

    row: Concerned
    person: Person | None
    part: DecidedFor | None
    contact: Contact | None = None
    referral: Referral | None = None  # begun by this message; None once it is taken back
    came: list[tuple[str, str]] = field(default_factory=list)

    def say(self, kind: Came, words: str) -> None:
        self.came.append((kind.value, words))


@dataclass(frozen=True)
class Changed:
    """What changing did. `came` are (`Came`, sentence) of the whole message; each child's is on its part."""

    decision: Decision
    parts: tuple[DecidedFor, ...]
    came: tuple[tuple[str, str], ...]
    is_reply_owed: bool


@transaction.atomic
def change_decision(
    *,
    decision: Decision,
    to: str,
    because: str,
    by: User,
    children: Collection[int] | None = None,
    threshold: str = "",
    consent_position: str = "",
    lawful_basis: str = "",
    primary_need: str = "",
    family_told: str = "",
    expected: int | None = None,
) -> Changed:
    """Decide otherwise about a message that was decided, for all its children or for some, with a reason.

    `children` are threads of rows (`Concerned`); None is all. A blank level, position or power stays as it
    was. Raises NotAllowed, NotDecided, NothingChanges, NothingSaid, WrongCode, NoOpenWork, CaseClosed,
    VersionClash.
    """
    message = message_of(decision.message_thread)
    assert message is not None  # a decision is made with its message, which is never taken away
    rows = [row for row in concerned_by([message.thread])[message.thread] if row.match != Match.CONFIRM]
    permissions.check_can_change(by, message, [row.person for row in rows if row.person is not None])
    policies.check_decided(message)
    policies.check_all_matched(rows)
    chosen = check_choice(DECISIONS, to, timezone.localdate(), "a decision")
    why = services.check_reason(because, consent_position)
    before = decided_before(decision, rows)
    about = [row for row in rows if children is None or row.thread in children]
    is_kept = (threshold, consent_position, lawful_basis) == ("", "", "")
    _check_changes(about, before, to, is_kept=is_kept)
    is_for_all = len(about) == len(rows)
    now = {**before, **{row.thread: to for row in about}}
    asked = _help_asked(message)
    came = _came_of_all(message, asked, before, now)
    changed = services.enter_change(
        decision, because=why, by=by, expected=expected, came_of_change=came, threshold=threshold,
        consent_position=consent_position, lawful_basis=lawful_basis, family_told=family_told[:200],
        decision=to if is_for_all else "", reason=why if is_for_all else "",
    )  # fmt: skip
    done = Decided(changed)
    changing = _children([row for row in about if before[row.thread] != to], changed, message)
    for child in changing:
        _take_back(child, chosen, why, by)
    _begin(changing, chosen, message, done, primary_need, why, by)
    parts = [_enter(child, chosen, message, done, why, by) for child in changing]
    _follow_help(message, asked, changed, now, why, by)
    _owe(message, done, changed, rows, now, by)
    is_reply_owed = _ask_reply_again(message, changed, rows, before, now, by)
    _tell_workers(changing, done, message, changed, by)
    return Changed(changed, tuple(part for part in parts if part is not None), tuple(came), is_reply_owed)


def decided_before(decision: Decision, rows: Sequence[Concerned]) -> dict[int, str]:
    """What is decided of each of these children now, by the thread of the child's row.

    "" for one who was left out of the decision, as a manager was to confirm who that is.
    """
    parts = parts_of_decision(decision)
    for_all = {row.thread: decision.decision if row.decision_thread else "" for row in rows}
    return for_all | {thread: part.decision for thread, part in parts.items() if thread in for_all}


def what_stands(part: DecidedFor) -> list[str]:
    """What a decision began for a child, and what a change would do with it, in sentences; [] for nothing."""
    if part.referral_thread is None:
        return []
    referral = Referral.current.filter(thread=part.referral_thread).select_related("person").first()
    contacts = Contact.current.filter(thread=referral.contact_thread or 0) if referral else ()
    decision = Decision.current.get(thread=part.matter_thread)
    if referral is None or decision.message_thread not in {one.message_thread for one in contacts}:
        return ["It was added to a case that was open before. That case stays as it is."]
    if referral.closed_on is not None:
        return [f"The case that was opened was closed on {day_in_words(referral.closed_on)}."]
    if referral.is_no_further_action:
        return ["A referral is on record, on which nobody was to act."]
    if done := what_was_done(part.person, referral):
        return [
            f"A case is open, and work was done: {'; '.join(done)}. It stays open until you end it by hand."
        ]
    return [
        "A case is open, and nothing was done in it yet. It is taken back where you decide what needs none."
    ]


def what_stands_of_all(message: Message) -> list[str]:
    """What a decision began for all its children, and what a change would do with it; [] for nothing."""
    asked = _help_asked(message)
    said = [f"It was sent to {one.authority}." for one in sent_elsewhere([message.thread])[message.thread]]
    if asked is None:
        return said
    if _may_be_taken_back(asked):
        return [
            *said,
            "Family help is asked, and has not begun. If you decide otherwise, it is asked no more.",
        ]
    return [*said, "Family help has been in touch with the family. If you decide otherwise, they are told."]


def _check_changes(about: Sequence[Concerned], before: Mapping[int, str], to: str, *, is_kept: bool) -> None:
    if not about:
        raise policies.NothingChanges("No child was chosen.", "Choose for whom the decision changes.")
    if is_kept and all(before[row.thread] == to for row in about):
        raise policies.NothingChanges("That is what was decided before.", "Choose what you decide now.")


def _children(rows: Sequence[Concerned], decision: Decision, message: Message) -> list[_Child]:
    parts = parts_of_decision(decision)
    contacts = contacts_by_message(message, [row.person_id for row in rows if row.person_id])
    referrals = referrals_from(contacts.values())
    return [
        _Child(
            row,
            row.person,
            parts.get(row.thread),
            contacts.get(row.person_id or 0),
            referrals.get(row.person_id or 0),
        )
        for row in rows
    ]


def _take_back(child: _Child, chosen: Choice, why: str, by: User) -> None:
    """Undo what was begun for a child where the new decision begins none of it and nobody touched it."""
    referral, starts = child.referral, chosen.more["starts"]
    if referral is None or child.person is None:
        return
    if starts in IS_WORKED_ON:
        _go_on_with(child, referral, why, by)
        return
    if starts == "existing" and not referral.is_no_further_action:
        child.say(Came.STANDS, "The case stays open: it is the open work that this is added to.")
        return
    if referral.closed_on is not None:
        child.say(Came.STANDS, f"The case was closed on {day_in_words(referral.closed_on)}.")
        return
    if referral.is_no_further_action and starts == NOBODY_ACTED:
        return
    if done := what_was_done(child.person, referral):
        _leave_to_hand(child, referral, done, by)
        return
    _undo(child, referral, is_kept=starts == NOBODY_ACTED, why=why, by=by)


def _go_on_with(child: _Child, referral: Referral, why: str, by: User) -> None:
    """The case stands for the new decision; one on which nobody was to act is acted on from now on."""
    if referral.closed_on is not None:
        raise CaseClosed(
            f"The case that this began was closed on {day_in_words(referral.closed_on)}.",
            "Write down what is known now as a new message, and decide that.",
        )
    if not referral.is_no_further_action:
        child.say(Came.STANDS, f"The case of {day_in_words(referral.received_on)} goes on.")
    elif not open_referrals([referral.person], timezone.localdate()):
        child.referral = services.say_whether_acted_on(referral, is_acted_on=True, because=why, by=by)
        owe_needs([child.referral], None, by)
        leave_with_the_unallocated([referral.person_id], on=timezone.localdate())
        child.say(Came.BEGAN, "The referral is acted on now: the case is open.")
    else:
        child.referral = None  # there is another case, to which the message is added


def _undo(child: _Child, referral: Referral, *, is_kept: bool, why: str, by: User) -> None:
    """Take an untouched case back with its assessment, or keep it as a referral nobody acted on."""
    for one in _assessments_under(referral):
        assessment.take_back_with(assessment=one, because=why, by=by)
        child.say(Came.UNDONE, "The assessment that had begun is taken back: nothing was written in it.")
    for line in open_of("primary_need", of=referral):
        owed.fall_away(line.owed, because=why, by=by)
    if is_kept:
        child.referral = services.say_whether_acted_on(referral, is_acted_on=False, because=why, by=by)
        child.say(Came.UNDONE, "The case is open no more: it stays as a referral with no further action.")
        return
    services.take_back_referral(referral, because=why, by=by)
    child.referral = None
    child.say(Came.UNDONE, "The case that had been opened is taken back: nothing was done in it.")


def _leave_to_hand(child: _Child, referral: Referral, done: Sequence[str], by: User) -> None:
    child.say(
        Came.BY_HAND,
        f"The case stays open, as work was done: {'; '.join(done)}. End that, then close the case.",
    )
    if not open_of("undo_case", of=referral):
        owed.owe(what="undo_case", fact=referral, persons=[referral.person_id], by=by, owed_by=by)


def what_was_done(person: Person, referral: Referral) -> list[str]:
    """What was done in a case beside what a decision begins by itself, in words; [] for nothing.

    An assessment in which nobody wrote is nothing yet.
    """
    ids = same_person_ids(person)
    opened = Referral.objects.filter(thread=referral.thread, supersedes=None).first() or referral
    since = opened.recorded_at
    untouched = {one.thread for one in _assessments_under(referral) if _is_untouched(one)}
    done = [
        f"{what[0].lower()}{what[1:]} began on {day_in_words(began)}"
        for what, began, thread in work_of(referral)
        if thread not in untouched
    ]
    named = Allocation.current.filter(
        person_id__in=ids, worker__isnull=False, ended_on=None, recorded_at__gt=since
    ).select_related("worker")
    done += [f"{one.worker} became the worker" for one in named]
    if any(one.recorded_at > since for one in visits_of(ids)):
        done.append("the child was visited")
    if transfers_in([person]):
        done.append("a protection plan from another area is kept here")
    return done


def _assessments_under(referral: Referral) -> list[Assessment]:
    ids = same_person_ids(referral.person)
    return [one for one in assessments_of(ids) if one.referral_thread == referral.thread]


def _is_untouched(one: Assessment) -> bool:
    return one.supersedes_id is None and not family_of([one])


def _begin(
    changing: Sequence[_Child],
    chosen: Choice,
    message: Message,
    done: Decided,
    primary_need: str,
    why: str,
    by: User,
) -> None:
    """Begin what the new decision begins, for those whose case goes on and for those who have none."""
    register_new(
        [child.row for child in changing], {child.row.thread: chosen for child in changing}, message, done, by
    )
    starts = chosen.more["starts"]
    goes_on = [child for child in changing if child.referral is not None and starts in BEGINS_A_REFERRAL]
    for child in goes_on:
        if child.contact is not None:
            services.say_outcome(child.contact, outcome=chosen.more["contact_outcome"], because=why, by=by)
    if starts == "assessment":
        cases = [child.referral for child in goes_on if child.referral is not None]
        done.assessments += begin_assessments([one.person for one in cases], cases, timezone.localdate(), by)
    rest = [child.row for child in changing if child not in goes_on]
    current = [
        row
        for row in concerned_by([message.thread])[message.thread]
        if row.thread in {r.thread for r in rest}
    ]
    carry_out_for(chosen, current, message, done, {}, primary_need, by)
    begun = {one.person_id for one in done.referrals}
    assessed = {one.person_id for one in done.assessments}
    for child in changing:
        person = done.persons.get(child.row.thread)
        if person is not None and person.pk in begun:
            child.say(Came.BEGAN, "A case was opened.")
        if person is not None and person.pk in assessed:
            child.say(Came.BEGAN, "An assessment began.")
        if person is not None and person.pk in done.added_to:
            child.say(Came.BEGAN, "It was added to the open work, and the worker is told.")


def _enter(
    child: _Child, chosen: Choice, message: Message, done: Decided, why: str, by: User
) -> DecidedFor | None:
    """What is decided for a child from now on; None for one who is still on no record."""
    person = done.persons.get(child.row.thread)
    if child.part is None:
        if person is None:
            return None
        row = Concerned.current.get(thread=child.row.thread)
        known = known_of([person.pk], legal_day(message.received_at))
        enter_for(row, chosen, ForChild(reason=why), done, known, by)
        return parts_of_decision(done.decision).get(child.row.thread)
    begun = {one.person_id: one.thread for one in [*done.added_to.values(), *done.referrals]}
    stands = child.referral.thread if child.referral else None
    return services.enter_change_for(
        child.part, chosen=chosen.code, because=why, by=by, came_of_change=child.came,
        referral_thread=begun.get(person.pk if person else 0, stands),
    )  # fmt: skip


def _help_asked(message: Message) -> HelpRequest | None:
    """What family help was last asked for a message and has not been taken back; None for nothing."""
    found: HelpRequest | None = (
        HelpRequest.current.filter(message_thread=message.thread)
        .exclude(answer=Answer.TAKEN_BACK)
        .order_by("-asked_at", "-pk")
        .first()
    )
    return found


def _came_of_all(
    message: Message, asked: HelpRequest | None, before: Mapping[int, str], now: Mapping[int, str]
) -> list[tuple[str, str]]:
    """What comes, for all the children together, of the help that was asked for and of what was sent on."""
    came: list[tuple[str, str]] = []
    wants_help = _wants_help(now)
    if wants_help and asked is None:
        came.append((Came.BEGAN.value, "Family help is asked, and answers the family."))
    elif asked is not None and not wants_help:
        came.append(HELP_ENDED if _may_be_taken_back(asked) else HELP_GOES_ON)
    if "other_authority" in before.values() and "other_authority" not in now.values():
        came += [
            (Came.BY_HAND.value, f"It was sent to {one.authority}: tell them that we decided otherwise.")
            for one in sent_elsewhere([message.thread])[message.thread]
        ]
    return came


def _wants_help(codes: Mapping[int, str]) -> bool:
    on = timezone.localdate()
    found = [choice(DECISIONS, code, on) for code in codes.values()]
    return any(one is not None and one.more["starts"] == "help" for one in found)


def _may_be_taken_back(asked: HelpRequest) -> bool:
    """Whether nobody has answered a request for help, or tried to reach the family."""
    return not asked.answer and not tries_to_reach([asked.thread])[asked.thread]


def _follow_help(
    message: Message,
    asked: HelpRequest | None,
    decision: Decision,
    now: Mapping[int, str],
    why: str,
    by: User,
) -> None:
    """Ask family help, or take back what it was asked; where it has begun, tell them."""
    if _wants_help(now):
        if asked is None:
            ask_family_help(message, decision, by)
    elif asked is not None and _may_be_taken_back(asked):
        help_room.answer_request(request=asked, answer=Answer.TAKEN_BACK, in_words=why, by=by)
    elif asked is not None:
        messages.tell(
            managers_of(team.pk for team in teams_of_kind(Team.Kind.FAMILY_HELP)),
            "The front door decided otherwise about a family that it asked you to help. Ask what goes on.",
            link=messages.page("help_request", asked.thread),
        )


def _owe(
    message: Message,
    done: Decided,
    decision: Decision,
    rows: Sequence[Concerned],
    now: Mapping[int, str],
    by: User,
) -> None:
    """What is owed follows the decision as it is now; what the earlier one alone asked falls away."""
    persons = {row.thread: row.person for row in rows if row.person is not None} | done.persons
    owe_next_steps(message, decision, persons, now, by)
    owe_needs(done.referrals, decision.deciding_team, by)
    if decision.consent_position == "will_be_told" and not open_of("family_told", of=decision):
        about = [person.pk for person in persons.values()]
        owed.owe(
            what="family_told", fact=decision, persons=about, by=by, owed_by=by, because=decision.family_told
        )


def _ask_reply_again(
    message: Message,
    decision: Decision,
    rows: Sequence[Concerned],
    before: Mapping[int, str],
    now: Mapping[int, str],
    by: User,
) -> bool:
    """Whether a reply is owed: asked again where whoever told us has heard something that is no longer so."""
    if open_of("reply_to_referrer", of=message):
        return True
    if message.source in SELF_OR_NOBODY or not replies_to([message.thread])[message.thread]:
        return False
    on = timezone.localdate()
    heard, hears = (
        [told_of(message.source, codes[row.thread], on) for row in rows] for codes in (before, now)
    )
    if heard == hears:
        return False
    about = [row.person_id for row in rows if row.person_id]
    owe_reply(message, about, decision.deciding_team, by)
    return True


def _tell_workers(
    changing: Sequence[_Child], done: Decided, message: Message, decision: Decision, by: User
) -> None:
    """Tell who works with these children; those whose open work got the message now owe reading it."""
    tell_named_workers(message, done.added_to, decision, by)
    others = [child.row.person_id for child in changing if child.row.person_id not in done.added_to]
    named = [Person(pk=child.row.person_id) for child in changing if child.row.person_id]
    workers = [one.worker for one in workers_of(pk for pk in others if pk) if one.worker != by]
    messages.tell(
        may_know(workers, named),
        "What the front door decided about a child you work with has changed. Read what stands now.",
        link=messages.page("message", message.thread),
    )
