"""What people do before court: the work under the public law outline, written down when it ends."""

from datetime import date

from django.db import transaction

from kith.record.chronology.entering import enter
from kith.record.chronology.policies import check_day, life_of
from kith.record.courts import permissions, policies
from kith.record.courts.models import PreProceedings
from kith.record.people.models import Person, User


@transaction.atomic
def record_pre_proceedings(
    *,
    child: Person,
    on: date,
    started_on: date,
    by: User,
    referral: int | None = None,
    letter_before_proceedings_on: date | None = None,
    is_family_group_meeting_offered: bool | None = None,
    is_family_group_meeting_held: bool | None = None,
    first_meeting_on: date | None = None,
    review_meetings: int | None = None,
    decided_on: date | None = None,
    outcome: str = "",
    court_application_on: date | None = None,
    letter_to_start_on: date | None = None,
) -> PreProceedings:
    """Write down the work before court, from its start to what was decided.

    `referral` is the thread of the child's open referral, where there is one.
    Raises NotAllowed, WrongDate, WrongCode, MeetingNotOffered.
    """
    permissions.check_can_prepare(by, child)
    later = [letter_before_proceedings_on, first_meeting_on, decided_on, court_application_on]
    life = life_of(child)
    for day in [on, started_on, *later]:
        if day is not None:
            check_day(day, life)
    policies.check_order(started_on, later)
    policies.check_outcome(outcome, decided_on, on)
    policies.check_meeting(is_family_group_meeting_offered, is_family_group_meeting_held)
    return enter(
        PreProceedings(
            person=child,
            referral_thread=referral,
            started_on=started_on,
            letter_before_proceedings_on=letter_before_proceedings_on,
            is_family_group_meeting_offered=is_family_group_meeting_offered,
            is_family_group_meeting_held=is_family_group_meeting_held,
            first_meeting_on=first_meeting_on,
            review_meetings=review_meetings,
            decided_on=decided_on,
            outcome=outcome,
            court_application_on=court_application_on,
            letter_to_start_on=letter_to_start_on,
        ),
        by=by,
        act="record_pre_proceedings",
    )
