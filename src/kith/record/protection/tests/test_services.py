"""Protecting: enquiry, conference, plan, review, end; each child their own, and one plan at a time."""

from datetime import date

import pytest

from kith.record.assessment.models import ChildInNeedPlan
from kith.record.chronology.policies import NoCaseOpen, WrongCode, WrongDate
from kith.record.frontdoor.services import receive_referral
from kith.record.pathway import services as pathway
from kith.record.protection import permissions, services
from kith.record.protection.models import PlanReview, ProtectionPlan, Section47Enquiry
from kith.record.protection.policies import AlreadyOpen, NoConference, NotOpen
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import MONDAY, acts_about, refused, told_of, who_decided

HELD = date(2026, 3, 23)
REVIEWED = date(2026, 6, 15)


@pytest.fixture
def referred(amira, twin, worker):
    return receive_referral(
        children=[amira, twin],
        on=MONDAY,
        source="6",
        primary_need="N1",
        is_no_further_action=False,
        by=worker,
    )


@pytest.fixture
def enquiries(referred, amira, twin, worker):
    return pathway.start_section_47(children=[amira, twin], on=MONDAY, is_joint=True, by=worker)


@pytest.fixture
def plan(enquiries, amira, chair):
    pathway.hold_initial_conference(children=[amira], on=HELD, is_plan_made=True, by=chair)
    return pathway.start_protection_plan(child=amira, on=HELD, category="NEG", previous_plans=0, by=chair)


def test_an_enquiry_about_siblings_may_start_before_all_is_known(referred, amira, twin, worker):
    first, second = pathway.start_section_47(children=[amira, twin], on=MONDAY, by=worker)
    assert first.is_joint is None and second.is_joint is None
    assert acts_about(amira)[-1] == acts_about(twin)[-1] == "start_section_47"
    assert told_of(amira)[-1][1] == "section_47_started"


def test_an_enquiry_ends_for_each_child_in_its_own_way(enquiries, amira, twin, worker):
    first, second = enquiries
    services.conclude_section_47(enquiry=first, on=HELD, is_conference_required=True, by=worker)
    services.conclude_section_47(
        enquiry=second, on=HELD, is_conference_required=False, outcome="NFA_FLAG", by=worker
    )
    assert told_of(amira)[-1][2] == "Section 47 enquiry ended: a conference is needed"
    assert told_of(twin)[-1][2] == "Section 47 enquiry ended: no conference needed, no further action"
    assert acts_about(twin)[-1] == "conclude_section_47"


def test_an_enquiry_needs_a_case_and_is_one_at_a_time(enquiries, amira, undated, worker):
    with refused(NoCaseOpen, "no case open"):
        pathway.start_section_47(children=[undated], on=MONDAY, by=worker)
    with refused(AlreadyOpen, "began on 2 March 2026 and is open"):
        pathway.start_section_47(children=[amira], on=HELD, by=worker)
    assert Section47Enquiry.current.count() == 2


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"on": date(2026, 3, 1)}, WrongDate, "before the start of the enquiry"),
        ({"on": date(1900, 1, 1)}, WrongDate, "26 years ago"),
        ({"outcome": "MAYBE"}, WrongCode, "“MAYBE” is not an outcome"),
    ],
)
def test_a_conclusion_that_cannot_be_is_refused(enquiries, worker, changes, refusal, words):
    given = {"enquiry": enquiries[0], "on": HELD, "is_conference_required": True, "by": worker}
    with refused(refusal, words):
        services.conclude_section_47(**{**given, **changes})


def test_an_enquiry_is_concluded_once(enquiries, worker):
    done = services.conclude_section_47(enquiry=enquiries[0], on=HELD, is_conference_required=True, by=worker)
    with refused(NotOpen, "concluded on 23 March 2026"):
        services.conclude_section_47(enquiry=done, on=HELD, is_conference_required=True, by=worker)


def test_a_conference_knows_the_enquiry_that_led_to_it(enquiries, amira, twin, chair):
    held = pathway.hold_initial_conference(children=[amira, twin], on=HELD, is_plan_made=True, by=chair)
    assert [conference.enquiry_thread for conference in held] == [enquiry.thread for enquiry in enquiries]
    assert told_of(amira)[-1][2] == "Initial child protection conference: a plan is needed"


def test_a_conference_by_transfer_has_no_enquiry(referred, amira, chair):
    [held] = pathway.hold_initial_conference(children=[amira], on=HELD, by=chair)
    assert held.enquiry_thread is None
    assert told_of(amira)[-1][2].endswith("no enquiry here led to it")


def test_a_conference_is_not_before_its_enquiry(referred, amira, worker, chair):
    pathway.start_section_47(children=[amira], on=date(2026, 3, 9), by=worker)
    with refused(WrongDate, "before the start of the enquiry"):
        pathway.hold_initial_conference(children=[amira], on=date(2026, 3, 5), by=chair)


def test_a_protection_plan_ends_the_child_in_need_plan_the_same_day(enquiries, amira, worker, chair):
    pathway.start_child_in_need_plan(children=[amira], on=date(2026, 3, 9), by=worker)
    pathway.hold_initial_conference(children=[amira], on=HELD, is_plan_made=True, by=chair)
    plan = pathway.start_protection_plan(child=amira, on=HELD, category="EMO", by=chair)
    assert (plan.initial_category, plan.latest_category, plan.previous_plans) == ("EMO", "EMO", None)
    assert ChildInNeedPlan.current.get().ended_on == HELD
    assert acts_about(amira)[-2:] == ["end_child_in_need_plan", "start_protection_plan"]
    assert told_of(amira)[-1] == (
        HELD, "protection_plan_started", "Child protection plan began: emotional abuse",
    )  # fmt: skip


def test_no_plan_without_its_conference_its_category_or_beside_another(enquiries, plan, amira, twin, chair):
    with refused(NoConference, "none is recorded on 23 March 2026"):
        pathway.start_protection_plan(child=twin, on=HELD, category="NEG", by=chair)
    pathway.hold_initial_conference(children=[twin], on=HELD, is_plan_made=False, by=chair)
    with refused(NoConference, "decided that no protection plan is needed"):
        pathway.start_protection_plan(child=twin, on=HELD, category="NEG", by=chair)
    with refused(WrongCode, "No choice was made for a category of abuse"):
        pathway.start_protection_plan(child=twin, on=HELD, category="", by=chair)
    with refused(AlreadyOpen, "a protection plan already, since 23 March 2026"):
        pathway.start_protection_plan(child=amira, on=HELD, category="NEG", by=chair)
    assert ProtectionPlan.current.count() == 1


def test_a_review_may_change_the_category(plan, amira, chair):
    review, changed = services.hold_plan_review(plan=plan, on=REVIEWED, category="PHY", by=chair)
    assert review.plan_thread == plan.thread
    assert (changed.initial_category, changed.latest_category) == ("NEG", "PHY")
    assert acts_about(amira)[-2:] == ["hold_plan_review", "change_category"]
    _, same = services.hold_plan_review(plan=changed, on=date(2026, 7, 1), by=chair)
    assert same == changed


def test_nothing_happens_to_a_plan_before_it_began_or_after_it_ended(plan, amira, chair):
    with refused(WrongDate, "before the start of the plan"):
        services.hold_plan_review(plan=plan, on=MONDAY, by=chair)
    ended = services.end_protection_plan(plan=plan, on=REVIEWED, by=chair)
    assert told_of(amira)[-1][:2] == (REVIEWED, "protection_plan_ended")
    with refused(NotOpen, "ended on 15 June 2026, so a review cannot be entered"):
        services.hold_plan_review(plan=ended, on=REVIEWED, by=chair)
    with refused(NotOpen, "so its end cannot be entered"):
        services.end_protection_plan(plan=ended, on=REVIEWED, by=chair)
    assert not PlanReview.current.exists()


def test_an_unborn_child_can_have_a_plan(unborn, worker, chair):
    receive_referral(
        children=[unborn], on=MONDAY, source="3B", primary_need="N1", is_no_further_action=False, by=worker
    )
    pathway.start_section_47(children=[unborn], on=MONDAY, by=worker)
    pathway.hold_initial_conference(children=[unborn], on=HELD, is_plan_made=True, by=chair)
    assert pathway.start_protection_plan(child=unborn, on=HELD, category="NEG", by=chair)


def test_the_chair_is_not_the_worker_and_the_worker_is_not_the_chair(
    enquiries, amira, worker, chair, stranger
):
    with refused(NotAllowed, "Your role does not let you hold a child protection conference"):
        pathway.hold_initial_conference(children=[amira], on=HELD, by=worker)
    with refused(NotAllowed, "Your role does not let you start and end a section 47 enquiry"):
        pathway.start_section_47(children=[amira], on=HELD, by=chair)
    with refused(NotAllowed, "not working with"):
        pathway.start_section_47(children=[amira], on=HELD, by=stranger)
    assert permissions.can_chair(chair, [amira]) and not permissions.can_chair(worker, [amira])
    assert permissions.can_enquire(worker, [amira]) and not permissions.can_enquire(stranger, [amira])


def test_an_enquiry_knows_who_concluded_it(enquiries, worker, team):
    first, second = enquiries
    assert who_decided(first) == (None, None, "", "")
    done = services.conclude_section_47(enquiry=first, on=MONDAY, is_conference_required=True, by=worker)
    assert who_decided(done) == (worker, team, "", "")
    assert who_decided(second) == (None, None, "", "")


def test_a_conference_knows_who_chaired_it_though_they_are_in_no_team(enquiries, amira, chair):
    [held] = pathway.hold_initial_conference(children=[amira], on=MONDAY, by=chair, is_plan_made=False)
    assert who_decided(held) == (chair, None, "", "")
