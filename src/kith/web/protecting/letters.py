"""A conference on paper, for one child: the invitation of one of the family, and what was decided.

Nobody of the family learns of a conference from a letter: there is an invitation only for who was told.
"""

from collections.abc import Sequence

from django.http import Http404

from kith.record.people.models import Person, User
from kith.record.people.queries import name_of, same_person_ids
from kith.record.protection.models import Conference, ConferenceOf, Invited
from kith.record.protection.queries import conference_parts, dissent_of, invited_of, meetings_of
from kith.record.versions import current_matters
from kith.record.visits.reading import names_of, reading, without
from kith.standards.dates import long_date
from kith.standards.working_days import legal_day
from kith.web.letters.kinds import Letter, LetterKind, Offered, Reader
from kith.web.letters.knowing import not_known_to

SAID, CHILD_SAID, FAMILY_VIEW = "said", "child_said", "family_view"


def _conference(user: User, person: Person, thread: int, reader: Reader | None) -> Letter:
    part, one = _held(person, thread)
    parts = conference_parts(thread)
    is_hidden = reading(user, parts).is_hidden
    others = [each.person_id for each in parts if each.thread != part.thread]
    names = names_of(not_known_to(reader, others), but_not={person.pk})
    name = name_of(person)
    assert one.held_at
    return Letter(
        title=f"{one.get_kind_display()} about {name}: what was decided",
        template="kith/protecting/decision_letter.html",
        context={
            "name": name,
            "part": part,
            "conference": one,
            "on": legal_day(one.held_at),
            "said": "" if is_hidden else without(one.said, names),
            "why": without(part.why, names),
            "dissent": dissent_of(same_person_ids(person), thread),
        },
        held_out=[
            *(["What was decided for the other children."] if others and not is_hidden else []),
            *(["What was said at the conference: it is held back from you."] if is_hidden else []),
        ],
        look_for=["where somebody lives, and what was shared without the family"],
        let_in=[(CHILD_SAID, f"What {name} said, in their own words")] if part.child_said else [],
        leave_out=[
            *([(FAMILY_VIEW, "What the family says")] if part.family_view else []),
            *([(SAID, "What was said at the conference")] if one.said and not is_hidden else []),
        ],
    )


def _held(person: Person, thread: int) -> tuple[ConferenceOf, Conference]:
    """A child's part of a conference that was held, with the conference. Raises Http404."""
    for part, one in meetings_of(same_person_ids(person)):
        if one.thread == thread and one.state == Conference.State.HELD:
            return part, one
    raise Http404("No such conference was held about this child")


def _conferences(user: User, person: Person, ids: Sequence[int]) -> list[Offered]:
    held = [(one, one.held_at) for _, one in meetings_of(ids) if one.state == Conference.State.HELD]
    return [Offered(one.thread, one.get_kind_display(), legal_day(at)) for one, at in reversed(held) if at]


def _invitation(user: User, person: Person, thread: int, reader: Reader | None) -> Letter:
    invited = current_matters(Invited, [thread]).get(thread)
    found = [
        one
        for _, one in _planned(same_person_ids(person))
        if invited and one.thread == invited.conference_thread
    ]
    if invited is None or not found or not _may_be_sent(invited):
        raise Http404("There is no invitation to be sent")
    one = found[0]
    return Letter(
        title=f"Invitation, {long_date(legal_day(one.planned_for))}",
        template="kith/protecting/invitation_letter.html",
        context={"conference": one, "invited": invited, "name": name_of(person)},
        held_out=["Who else is asked."],
        look_for=["a way to come by which they meet somebody whom they must not meet"],
        only_for=invited.relative_id,
    )


def _planned(ids: Sequence[int]) -> list[tuple[ConferenceOf, Conference]]:
    found = meetings_of(ids)
    return [
        (part, one)
        for part, one in found
        if one.state == Conference.State.PLANNED and not one.is_date_only_held
    ]


def _may_be_sent(invited: Invited) -> bool:
    """Whether one of the family was told in person, and is to be there."""
    return invited.is_family and invited.told_on is not None and not invited.kept_out_because


def _invitations(user: User, person: Person, ids: Sequence[int]) -> list[Offered]:
    planned = {one.thread: one for _, one in _planned(ids)}
    asked = [one for each in invited_of(planned).values() for one in each if _may_be_sent(one)]
    return [
        Offered(one.thread, f"For {one.name}", legal_day(planned[one.conference_thread].planned_for))
        for one in asked
    ]


LETTERS = [
    LetterKind("conference", "Conferences: what was decided", _conference, _conferences),
    LetterKind("invitation", "Invitations to a conference", _invitation, _invitations),
]
