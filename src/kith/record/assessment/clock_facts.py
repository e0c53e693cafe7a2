"""The clock that runs while a child is assessed: 45 working days from the referral (AS-01)."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from kith.record.assessment.models import Assessment
from kith.record.clocks.running import Running
from kith.record.frontdoor.queries import referrals_open_on

ASSESSMENT = "AS-01"


def running(person_ids: Sequence[int], on: date) -> Iterator[Running]:
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
