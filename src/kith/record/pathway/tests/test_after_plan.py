"""What follows a protection plan that a review ended: owed by the worker until it is on record."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from kith.record.frontdoor.models import Referral
from kith.record.owed.queries import owed_by, owed_for
from kith.record.pathway import protecting
from kith.record.pathway import services as pathway
from kith.record.pathway.closing import close_case
from kith.record.pathway.help_steps import begin_with_family
from kith.record.pathway.need_plans import begin_need_plan
from kith.record.people.models import Allocation
from kith.record.protection import services
from kith.record.protection.models import ProtectionPlan
from kith.record.protection.queries import invited_to
from kith.record.protection.services import Asked, Decided
from kith.record.tests.practice import MONDAY

REVIEW = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
DAY, AFTER = REVIEW.date(), date(2026, 6, 12)


@pytest.fixture
def review(amira, twin, worker, chair):
    """A review conference about two children who have a plan."""
    both = [amira, twin]
    for child in both:
        Allocation.objects.create(person=child, worker=worker, role="social_worker", started_on=MONDAY)
        Referral.objects.create(person=child, received_on=MONDAY, is_no_further_action=False)
        ProtectionPlan.objects.create(
            person=child, started_on=MONDAY, initial_category="NEG", latest_category="NEG"
        )
    conference = services.convene_conference(
        children=both, kind="review", planned_for=REVIEW, now=datetime(2026, 3, 3, 9, tzinfo=UTC), by=worker,
        people=[Asked("Ada", agency="la_csc"), Asked("PC Bell", agency="police"), Asked("B", agency="gp")],
    )  # fmt: skip
    came = {one.thread: "there" for one in invited_to(conference.thread)}
    services.record_attendance(conference=conference, came=came, by=chair)
    return conference


def end(review, chair, children, reason="safer", **more):
    return protecting.decide_at_conference(
        conference=review, held_at=REVIEW, by=chair, quorum=2,
        decisions={child.pk: Decided("end", "Safer", end_reason=reason) for child in children}, **more,
    )  # fmt: skip


def is_owed(child):
    return "what_follows" in {line.owed.what for line in owed_for([child.pk], timezone.now())}


def test_what_nobody_said_is_owed_by_the_named_worker(review, amira, twin, worker, chair):
    end(review, chair, [amira, twin], steps_down=[twin.pk])
    [line] = [one for one in owed_by(worker, timezone.now()) if one.owed.what == "what_follows"]
    assert line.person_ids == (amira.pk,)
    assert not is_owed(twin)  # a child in need plan was chosen


def test_family_help_that_was_chosen_is_owed_as_that_alone(review, amira, twin, chair):
    end(review, chair, [amira, twin], family_help=[amira.pk])
    assert "family_help" in {line.owed.what for line in owed_for([amira.pk], timezone.now())}
    assert not is_owed(amira) and is_owed(twin)


def test_nothing_follows_for_a_child_who_died_and_care_goes_on_for_one_in_it(
    review, amira, twin, worker, chair
):
    pathway.start_care(child=twin, on=MONDAY, legal_status="V2", need="N1", placement_type="U4", by=worker)
    protecting.decide_at_conference(
        conference=review, held_at=REVIEW, by=chair, quorum=2,
        decisions={amira.pk: Decided("end", "She died", end_reason="died"),
                   twin.pk: Decided("end", "In care", end_reason="in_care")},
    )  # fmt: skip
    assert not is_owed(amira) and not is_owed(twin)


def close(child, worker, manager):
    case = Referral.current.get(person=child)
    close_case(referral=case, on=timezone.localdate(), reason="RC1", by=manager)


FOLLOWS = {
    "a child in need plan": lambda child, worker, manager: begin_need_plan(
        children=[child], on=AFTER, by=worker
    ),
    "family help": lambda child, worker, manager: begin_with_family(
        known=[child.pk], new_children=[], by=worker, basis="voluntary", agreed_by="Mum",
        agreed_how="in_person",
    ),
    "care": lambda child, worker, manager: pathway.start_care(
        child=child, on=AFTER, legal_status="V2", need="N1", placement_type="U4", by=worker
    ),
    "closing": close,
}  # fmt: skip


@pytest.mark.parametrize("what", FOLLOWS)
def test_each_thing_that_follows_says_it(review, amira, twin, worker, manager, chair, what):
    end(review, chair, [amira, twin])
    assert is_owed(amira)
    FOLLOWS[what](amira, worker, manager)
    assert not is_owed(amira)
    assert is_owed(twin)  # each child's own
