"""Meetings at which a family makes its own plan: a family network meeting, family group decision making."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record.chronology import policies as story
from kith.record.chronology.entering import carry_on_matter, enter_matter
from kith.record.help import permissions, policies, queries
from kith.record.help.models import FamilyHelp, FamilyMeeting, Way
from kith.record.people.family import PARENTS, ties_of
from kith.record.people.models import Person, SafeContact, User
from kith.record.people.queries import same_person_ids
from kith.record.people.safe_contact import check_none_unsafe
from kith.record.said import check_said

REACHES = {
    Way.PHONE: {SafeContact.Way.CALL}, Way.TEXT: {SafeContact.Way.TEXT},
    Way.VISIT: {SafeContact.Way.IN_PERSON},
    Way.LETTER: {SafeContact.Way.LETTER, SafeContact.Way.EMAIL}, Way.PARTNER: {SafeContact.Way.SOMEBODY},
    Way.PAGE: set(),
}  # fmt: skip


@transaction.atomic
def offer_meeting(
    *, help: FamilyHelp, kind: str, offered_to: str, on: date, how: str, by: User, although: str = ""
) -> FamilyMeeting:
    """Return a meeting as offered; one person with parental responsibility is enough.

    Where a parent must never be reached that way, `although` says why it had to be. Raises NotAllowed,
    HelpEnded, NotSaid, NotSafe and WrongDate.
    """
    _check(help, by, on)
    check_none_unsafe(_parents_of(help), REACHES[Way(how)], because=although)
    meeting = FamilyMeeting(
        family_thread=help.thread,
        kind=kind,
        offered_on=on,
        offered_to=check_said(offered_to, "To whom it was offered"),
        offered_how=how,
    )
    return _write(meeting, help, by, "offer_meeting", although)


@transaction.atomic
def not_offer_meeting(*, help: FamilyHelp, kind: str, because: str, by: User) -> FamilyMeeting:
    """Return that a meeting is not offered, and why that is best for the children.

    Raises NotAllowed, HelpEnded and NotSaid.
    """
    _check(help, by, timezone.localdate())
    why = check_said(because, "Why it is not offered")
    meeting = FamilyMeeting(family_thread=help.thread, kind=kind, not_offered_because=why)
    return _write(meeting, help, by, "not_offer_meeting")


@transaction.atomic
def answer_meeting(
    *,
    meeting: FamilyMeeting,
    reply: str,
    on: date,
    by: User,
    prepared_by: str = "",
    expected: int | None = None,
) -> FamilyMeeting:
    """Return a meeting with what the family said to it, and who prepares it with them.

    Raises NotAllowed, HelpEnded, WrongDate and VersionClash.
    """
    help = _help_of(meeting)
    _check(help, by, on)
    if meeting.offered_on:
        story.check_not_before(on, meeting.offered_on, "the offer")
    changes = {"reply": reply, "replied_on": on, "prepared_by": prepared_by.strip()}
    return _carry(meeting, help, by, "answer_meeting", expected, **changes)


@transaction.atomic
def hold_meeting(
    *,
    meeting: FamilyMeeting,
    on: date,
    by: User,
    familys_plan: str,
    expected: int | None = None,
    **held: Any,
) -> FamilyMeeting:
    """Return a meeting as held: who came, the family's own plan, what was agreed and what not, and why.

    What was not agreed has its reason. Raises NotAllowed, HelpEnded, NotSaid, WrongDate and VersionClash.
    """
    help = _help_of(meeting)
    _check(help, by, on)
    if meeting.offered_on:
        story.check_not_before(on, meeting.offered_on, "the offer")
    plan = check_said(familys_plan, "The family’s plan")
    if held.get("not_agreed", "").strip():
        check_said(held.get("not_agreed_because", ""), "Why part of the plan was not agreed")
    return _carry(meeting, help, by, "hold_meeting", expected, held_on=on, familys_plan=plan, **held)


@transaction.atomic
def review_meeting(
    *,
    meeting: FamilyMeeting,
    on: date,
    how_it_goes: str,
    by: User,
    review_on: date | None = None,
    expected: int | None = None,
) -> FamilyMeeting:
    """Return a meeting whose plan was looked at again: how it goes, and when it is looked at next, if ever.

    What was said the time before stays in the version before. Raises NotAllowed, HelpEnded, NotHeldYet,
    NotSaid, WrongDate and VersionClash.
    """
    help = _help_of(meeting)
    _check(help, by, on)
    newest = queries.matter_of(FamilyMeeting, meeting.thread) or meeting
    held_on = policies.check_was_held(newest)
    story.check_not_before(on, held_on, "the meeting")
    said = check_said(how_it_goes, "How it goes")
    changes = {"reviewed_on": on, "how_it_goes": said, "review_on": review_on}
    return _carry(meeting, help, by, "review_meeting", expected, **changes)


def _check(help: FamilyHelp, by: User, on: date) -> None:
    people = queries.people_helped(help)
    permissions.check_can_write(by, people)
    policies.check_open(queries.help_of(help.thread) or help)
    for life in story.lives_of(people).values():
        story.check_day(on, life)


def _help_of(meeting: FamilyMeeting) -> FamilyHelp:
    help = queries.help_of(meeting.family_thread)
    if help is None:
        raise policies.HelpEnded("This family’s help was taken out of the record.", "Look for it anew.")
    return help


def _parents_of(help: FamilyHelp) -> list[int]:
    """The records of the parents of the children who are helped."""
    ties = [tie for child in queries.people_helped(help) for tie in ties_of(child)]
    parents = {tie.person_id for tie in ties if tie.kind in PARENTS}
    return [pk for parent in parents for pk in same_person_ids(Person(pk=parent))]


def _write(meeting: FamilyMeeting, help: FamilyHelp, by: User, act: str, although: str = "") -> FamilyMeeting:
    about: dict[str, Any] = {"for": queries.ids_helped([help.thread])[help.thread]}
    if although.strip():
        about["although_not_safe"] = although.strip()[:200]
    return enter_matter(meeting, by=by, act=act, about=about)


def _carry(
    meeting: FamilyMeeting, help: FamilyHelp, by: User, act: str, expected: int | None, **changes: Any
) -> FamilyMeeting:
    ids = queries.ids_helped([help.thread])[help.thread]
    return carry_on_matter(meeting, by=by, act=act, persons=ids, expected=expected, **changes)
