"""A case closes once all that hangs on it has ended, and for a reason that fits what it held."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.record.assessment.models import Assessment, ChildInNeedPlan
from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.models import Referral
from kith.record.frontdoor.services import Named
from kith.record.pathway.closing import WorkStillOpen, WrongReason, close_case, close_cases, still_open
from kith.record.protection.models import InitialConference, ProtectionPlan, Section47Enquiry
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import refused

TODAY = timezone.localdate()
THEN, LATER = TODAY - timedelta(days=60), TODAY - timedelta(days=20)


@pytest.fixture
def referral(amira, worker):
    [one] = frontdoor.receive_referral(
        children=[amira], on=THEN, source="6", primary_need="N1", is_no_further_action=False, by=worker
    )
    return one


def close(referral, by, on=TODAY, reason="RC7"):
    return close_case(referral=referral, on=on, reason=reason, by=by)


OPEN = [
    (Assessment, {"started_on": THEN}, "The assessment"),
    (Section47Enquiry, {"started_on": THEN}, "The section 47 enquiry"),
    (ChildInNeedPlan, {"started_on": THEN}, "The child in need plan"),
    (ProtectionPlan, {"started_on": THEN}, "The protection plan"),
]


@pytest.mark.parametrize(("kind", "facts", "words"), OPEN)
def test_nothing_of_a_case_stays_open_behind_it(amira, worker, referral, kind, facts, words):
    kind.objects.create(person=amira, referral_thread=referral.thread, **facts)
    with refused(WorkStillOpen, f"{words}.* has not ended"):
        close(referral, worker)
    assert Referral.current.get().closed_on is None


def test_no_case_closes_over_a_message_about_the_child_that_nobody_decided(amira, worker, manager, referral):
    told = frontdoor.write_message(
        children=[Named(person=amira)], what_was_said="A split lip.", way="phone", source="2A", by=worker,
        danger="now",
    )  # fmt: skip
    assert any("waits for a decision" in one for one in still_open(referral))
    how = {"on": TODAY, "reason": "RC7", "because": "All is calm.", "by": worker}
    with refused(WorkStillOpen, "Amira Khan: A message of .* waits for a decision"):
        close_cases(referrals=[referral], **how)
    frontdoor.withdraw_message(message=told, because="Told twice", by=manager)
    assert close_cases(referrals=[referral], **how)[0].closed_on == TODAY


LATE = [
    (Assessment, {"started_on": THEN, "authorised_on": TODAY}),
    (ChildInNeedPlan, {"started_on": THEN, "ended_on": TODAY}),
    (ProtectionPlan, {"started_on": THEN, "ended_on": TODAY}),
    (InitialConference, {"held_on": TODAY}),
    (Section47Enquiry, {"started_on": THEN, "ended_on": TODAY, "is_conference_not_required": True}),
]


@pytest.mark.parametrize(("kind", "facts"), LATE)
def test_nothing_of_a_case_has_a_later_day_and_the_same_day_is_right(amira, worker, referral, kind, facts):
    kind.objects.create(person=amira, referral_thread=referral.thread, **facts)
    with refused(WorkStillOpen, "has a day after that"):
        close(referral, worker, on=LATER)
    assert close(referral, worker, on=TODAY)


def test_an_enquiry_that_led_to_a_conference_is_over(amira, worker, referral):
    enquiry = Section47Enquiry.objects.create(person=amira, referral_thread=referral.thread, started_on=THEN)
    InitialConference.objects.create(
        person=amira, referral_thread=referral.thread, enquiry_thread=enquiry.thread, held_on=LATER
    )
    assert close(referral, worker)


ENDED = [
    (Section47Enquiry, {"started_on": THEN, "is_conference_not_required": True}, "a section 47 enquiry"),
    (InitialConference, {"held_on": LATER}, "an initial conference"),
    (ChildInNeedPlan, {"started_on": THEN, "ended_on": LATER}, "a child in need plan"),
    (ProtectionPlan, {"started_on": THEN, "ended_on": LATER}, "a protection plan"),
]


@pytest.mark.parametrize(("kind", "facts", "words"), ENDED)
@pytest.mark.parametrize("reason", ["RC8", "RC9"])
def test_closed_after_assessment_is_only_for_a_case_that_had_no_more(
    amira, worker, referral, kind, facts, words, reason
):
    kind.objects.create(person=amira, referral_thread=referral.thread, **facts)
    with refused(WrongReason, words):
        close(referral, worker, reason=reason)
    assert close(referral, worker, reason="RC7")


def test_another_case_of_the_child_is_no_matter(amira, worker, referral):
    Assessment.objects.create(person=amira, referral_thread=None, started_on=THEN)
    assert close(referral, worker, reason="RC8").closed_on == TODAY


def test_the_rooms_own_rules_stand(worker, stranger, referral):
    with refused(NotAllowed, "not working with this person"):
        close(referral, stranger)
