"""Clocks that run between rooms: an assessment from its referral, a conference from its enquiry."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from kith.record.assessment.models import Assessment
from kith.record.assessment.queries import assessments_of, family_of
from kith.record.clocks.running import Running, is_written_here
from kith.record.frontdoor.queries import referrals_of
from kith.record.protection.models import Section47Enquiry
from kith.record.protection.queries import conferences_of, enquiries_of

ASSESSMENT, CONFERENCE, ENQUIRY = "AS-01", "CP-02", "CP-03"
GO_ON, BEGIN = "Go on with the assessment", "Begin to write the assessment"
ASSESS = "assess"  # the page leads to the one that is written, or begins one
RECENT = timedelta(days=90)  # an enquiry under no referral is taken as going on for so long


def assessments(person_ids: Sequence[int], on: date) -> Iterator[Running]:
    """The first assessment of an open referral runs from the referral, a later one from its own start."""
    referrals = referrals_of(person_ids, on)
    by_referral = _by_referral(assessments_of(person_ids) if referrals else [])
    written = _written(by_referral)
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
            act=GO_ON if first and first.thread in written else BEGIN,
            url_name=ASSESS,
        )
        for assessment in assessments[1:]:
            yield Running(
                ASSESSMENT,
                assessment.person_id,
                assessment.started_on,
                assessment._meta.label_lower,
                assessment.thread,
                met=assessment.authorised_on,
                act=GO_ON if assessment.thread in written else BEGIN,
                url_name=ASSESS,
            )


def _written(by_referral: Mapping[int | None, Sequence[Assessment]]) -> Container[int]:
    """The threads of those not authorised yet that have a text to go on with; one query at most."""
    going_on = [one for each in by_referral.values() for one in each if one.authorised_on is None]
    return family_of(going_on) if going_on else ()


def _by_referral(assessments: Iterable[Assessment]) -> dict[int | None, list[Assessment]]:
    found: dict[int | None, list[Assessment]] = {}
    for assessment in assessments:
        found.setdefault(assessment.referral_thread, []).append(assessment)
    return found


def conferences(person_ids: Sequence[int], on: date) -> Iterator[Running]:
    """A conference is due from an enquiry, unless it ended with none required; and so is its conclusion.

    A census does not tell when an enquiry was concluded, so that is asked only of enquiries written here.
    """
    held_on = {held.enquiry_thread: held.held_on for held in conferences_of(person_ids) if held.held_on <= on}
    open_referrals = {referral.thread for referral in referrals_of(person_ids, on)}
    for enquiry in enquiries_of(person_ids):
        if not _is_going_on(enquiry, open_referrals, on):
            continue
        if is_written_here(enquiry):
            yield _concluding(enquiry)
        if enquiry.is_conference_not_required:
            continue
        yield Running(
            CONFERENCE,
            enquiry.person_id,
            enquiry.started_on,
            enquiry._meta.label_lower,
            enquiry.thread,
            met=held_on.get(enquiry.thread),
            act="Arrange the conference",
            url_name="arrange_conference",
        )


def _concluding(enquiry: Section47Enquiry) -> Running:
    return Running(
        ENQUIRY,
        enquiry.person_id,
        enquiry.started_on,
        enquiry._meta.label_lower,
        enquiry.thread,
        met=enquiry.ended_on,
        act="Say what the enquiry found",
        url_name="enquiry_found",
    )


def _is_going_on(enquiry: Section47Enquiry, open_referrals: Container[int], on: date) -> bool:
    """Whether an enquiry is under an open referral; one under none is while it is recent."""
    if enquiry.referral_thread is None:
        return enquiry.started_on >= on - RECENT
    return enquiry.referral_thread in open_referrals
