"""Clocks that run between rooms: an assessment from its referral, a conference from its enquiry."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

from django.db.models import Q

from kith.record.assessment.models import Assessment
from kith.record.clocks.running import Running
from kith.record.frontdoor.queries import referrals_open_on
from kith.record.protection.models import InitialConference, Section47Enquiry

ASSESSMENT, CONFERENCE = "AS-01", "CP-02"
RECENT = timedelta(days=90)  # an enquiry under no referral is taken as going on for so long


def assessments(person_ids: Sequence[int], on: date) -> Iterator[Running]:
    """The first assessment of an open referral runs from the referral, a later one from its own start."""
    referrals = list(referrals_open_on(on).filter(person__in=person_ids))
    by_referral = _assessments([referral.thread for referral in referrals])
    for referral in referrals:
        assessments = by_referral.get(referral.thread, [])
        first = assessments[0] if assessments else None
        yield Running(
            ASSESSMENT,
            referral.person_id,
            referral.received_on,
            referral._meta.label_lower,
            referral.thread,
            met=first.authorised_on if first else None,
        )
        for assessment in assessments[1:]:
            yield Running(
                ASSESSMENT,
                assessment.person_id,
                assessment.started_on,
                assessment._meta.label_lower,
                assessment.thread,
                met=assessment.authorised_on,
            )


def _assessments(referral_threads: Sequence[int]) -> dict[int | None, list[Assessment]]:
    found = Assessment.current.filter(referral_thread__in=referral_threads)
    in_order = found.order_by("referral_thread", "started_on", "pk")
    return {thread: list(group) for thread, group in groupby(in_order, key=attrgetter("referral_thread"))}


def conferences(person_ids: Sequence[int], on: date) -> Iterator[Running]:
    """A conference is due from an enquiry, unless it ended with none required."""
    held = InitialConference.current.filter(person__in=person_ids, held_on__lte=on)
    held_on = {conference.enquiry_thread: conference.held_on for conference in held}
    open_referrals = referrals_open_on(on).filter(person__in=person_ids).values("thread")
    enquiries = Section47Enquiry.current.filter(
        Q(referral_thread__in=open_referrals) | Q(referral_thread=None, started_on__gte=on - RECENT),
        person__in=person_ids,
    ).exclude(is_conference_not_required=True)
    for enquiry in enquiries:
        yield Running(
            CONFERENCE,
            enquiry.person_id,
            enquiry.started_on,
            enquiry._meta.label_lower,
            enquiry.thread,
            met=held_on.get(enquiry.thread),
        )
