"""Assessing and planning: authorised by somebody else, one plan at a time, ended when another begins."""

from datetime import date

import pytest

from kith.record.assessment import permissions, services
from kith.record.assessment.models import Assessment, ChildInNeedPlan
from kith.record.assessment.policies import AlreadyOpen, NotOpen, WrongFactors
from kith.record.assessment.queries import open_assessments
from kith.record.chronology.policies import NoCaseOpen, WrongCode, WrongDate
from kith.record.frontdoor.services import receive_referral
from kith.record.pathway import services as pathway
from kith.record.people.models import Role
from kith.record.people.services import merge
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import MONDAY, acts_about, refused, told_of, who_decided, worked_with
from kith.record.versions import supersede

LATER = date(2026, 4, 20)


@pytest.fixture
def referred(amira, twin, worker):
    return receive_referral(
        children=[amira, twin],
        on=MONDAY,
        source="2A",
        primary_need="N1",
        is_no_further_action=False,
        by=worker,
    )


@pytest.fixture
def assessment(referred, amira, worker):
    return pathway.start_assessment(children=[amira], on=MONDAY, by=worker)[0]


def test_one_assessment_of_two_siblings_is_a_row_each_under_their_own_referral(referred, amira, twin, worker):
    first, second = pathway.start_assessment(children=[amira, twin], on=MONDAY, by=worker)
    assert [first.referral_thread, second.referral_thread] == [referral.thread for referral in referred]
    assert acts_about(twin)[-1] == "start_assessment"
    assert told_of(twin)[-1][1:] == ("assessment_started", "Assessment of the child and family began")


def test_a_manager_authorises_with_factors_in_plain_words(assessment, amira, manager):
    done = services.authorise_assessment(
        assessment=assessment, on=LATER, factors=["4B", "3B"], by=manager, reviewed_on=date(2026, 3, 16)
    )
    assert (done.authorised_on, done.factors, done.thread) == (LATER, ["4B", "3B"], assessment.thread)
    assert acts_about(amira)[-1] == "authorise_assessment"
    on, kind, text = told_of(amira)[-1]
    assert (on, kind) == (LATER, "assessment_authorised") and text.startswith(
        "Assessment finished and authorised"
    )


def test_nobody_authorises_their_own_assessment(referred, amira, manager):
    [own] = pathway.start_assessment(children=[amira], on=MONDAY, by=manager)
    with refused(NotAllowed, "nobody authorises their own work"):
        services.authorise_assessment(assessment=own, on=LATER, factors=[], by=manager)
    assert Assessment.current.get().authorised_on is None


def test_whoever_decided_that_there_is_to_be_one_may_authorise_it(referred, amira, manager):
    threads = {amira.pk: referred[0].thread}
    [decided] = services.start_with(children=[amira], on=MONDAY, referrals=threads, by=manager)
    done = services.authorise_assessment(assessment=decided, on=LATER, factors=["4B"], by=manager)
    assert done.authorised_on == LATER


def test_whoever_looked_it_over_may_authorise_it(assessment, manager):
    [looked] = services.check_at_manager(assessments=[assessment], on=date(2026, 3, 16), by=manager)
    assert services.authorise_assessment(assessment=looked, on=LATER, factors=["4B"], by=manager)


def test_nobody_authorises_what_they_filled_in_after_somebody_else_began_it(assessment, manager):
    filled = supersede(assessment, by=manager, factors=["4B"])
    [looked] = services.check_at_manager(assessments=[filled], on=date(2026, 3, 16), by=manager)
    with refused(NotAllowed, "nobody authorises their own work"):
        services.authorise_assessment(assessment=looked, on=LATER, factors=["4B"], by=manager)


def test_a_social_worker_does_not_authorise(assessment, worker):
    with refused(NotAllowed, "Your role does not let you authorise an assessment"):
        services.authorise_assessment(assessment=assessment, on=LATER, factors=[], by=worker)


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"on": date(2026, 3, 1)}, WrongDate, "before the start of the assessment"),
        ({"reviewed_on": date(2026, 2, 1)}, WrongDate, "before the start of the assessment"),
        ({"on": date(1900, 1, 1)}, WrongDate, "more than 26 years ago"),
        ({"factors": ["4B", "4B"]}, WrongFactors, "same factor was chosen twice"),
        ({"factors": ["21", "4B"]}, WrongFactors, "No factors identified"),
        ({"factors": ["99Z"]}, WrongCode, "is not a factor"),
    ],
)
def test_an_authorisation_that_cannot_be_is_refused(assessment, manager, changes, refusal, words):
    with refused(refusal, words):
        services.authorise_assessment(
            **{"assessment": assessment, "on": LATER, "factors": [], "by": manager, **changes}
        )
    assert Assessment.current.get().authorised_on is None


def test_an_assessment_is_authorised_once(assessment, manager):
    done = services.authorise_assessment(assessment=assessment, on=LATER, factors=[], by=manager)
    with refused(NotOpen, "authorised on 20 April 2026"):
        services.authorise_assessment(assessment=done, on=LATER, factors=[], by=manager)


def test_no_assessment_without_a_case_nor_beside_another(assessment, amira, twin, undated, worker):
    with refused(NoCaseOpen, "no case open on 2 March 2026"):
        pathway.start_assessment(children=[undated], on=MONDAY, by=worker)
    with refused(AlreadyOpen, "open already, begun on 2 March 2026"):
        pathway.start_assessment(children=[twin, amira], on=LATER, by=worker)
    with refused(NoCaseOpen, "no case open"):
        pathway.start_assessment(children=[twin], on=date(2026, 3, 1), by=worker)


def test_a_child_in_need_plan_begins_and_ends_once(referred, amira, worker):
    [plan] = pathway.start_child_in_need_plan(children=[amira], on=MONDAY, by=worker)
    with refused(AlreadyOpen, "a child in need plan already"):
        pathway.start_child_in_need_plan(children=[amira], on=LATER, by=worker)
    with refused(WrongDate, "before the start of the plan"):
        services.end_child_in_need_plan(plan=plan, on=date(2026, 3, 1), by=worker)
    ended = services.end_child_in_need_plan(plan=plan, on=LATER, by=worker)
    with refused(NotOpen, "This plan ended on 20 April 2026"):
        services.end_child_in_need_plan(plan=ended, on=LATER, by=worker)
    assert [kind for _, kind, _ in told_of(amira)][1:] == ["need_plan_started", "need_plan_ended"]
    assert acts_about(amira)[1:] == ["start_child_in_need_plan", "end_child_in_need_plan"]
    assert ChildInNeedPlan.current.get() == ended


def test_an_unborn_child_is_assessed(unborn, worker):
    receive_referral(
        children=[unborn], on=MONDAY, source="3B", primary_need="N1", is_no_further_action=False, by=worker
    )
    assert pathway.start_assessment(children=[unborn], on=MONDAY, by=worker)


def test_strangers_do_not_assess(referred, amira, stranger, staff, analyst):
    for somebody, words in (
        (stranger, "not working with"),
        (analyst, "Your role"),
        (staff(Role.CUSTODIAN), "role"),
    ):
        with refused(NotAllowed, words):
            pathway.start_assessment(children=[amira], on=MONDAY, by=somebody)
        assert not permissions.can_assess(somebody, [amira])


def test_an_assessment_knows_who_authorised_it_and_whether_it_ended_there(assessment, manager, team):
    assert who_decided(assessment) == (None, None, "", "")
    Assessment.objects.filter(pk=assessment.pk).update(
        decided_by_reference="SW1", deciding_team_reference="Duty"
    )
    done = services.authorise_assessment(
        assessment=assessment, on=LATER, factors=["21"], by=manager, is_no_further_action=True
    )
    assert who_decided(done) == (manager, team, "", "")
    assert Assessment.current.get().is_no_further_action is True


def test_whether_an_assessment_ended_there_is_not_known_until_somebody_says(assessment, manager):
    done = services.authorise_assessment(assessment=assessment, on=LATER, factors=["4B"], by=manager)
    assert done.is_no_further_action is None


def test_a_plan_knows_who_began_it_for_each_child(referred, amira, twin, worker, manager, team):
    first, second = pathway.start_child_in_need_plan(children=[amira, twin], on=MONDAY, by=worker)
    assert who_decided(first) == who_decided(second) == (worker, team, "", "")
    ended = services.end_child_in_need_plan(plan=first, on=LATER, by=manager)
    assert who_decided(ended) == (worker, team, "", "")


def test_after_a_merge_no_second_assessment_or_plan_is_begun_beside_the_other_records(
    assessment, amira, someone, worker, manager, team
):
    pathway.start_child_in_need_plan(children=[amira], on=MONDAY, by=worker)
    kept = worked_with(someone("Amira", "Khan"), worker, team)
    merge(kept, amira, by=manager, reason="One girl")
    threads = {kept.pk: assessment.referral_thread}
    begin = {"children": [kept], "on": LATER, "referrals": threads, "by": worker}
    with refused(AlreadyOpen, "open already"):
        services.start_assessment(**begin)
    with refused(AlreadyOpen, "a child in need plan already"):
        services.start_child_in_need_plan(**begin)
    assert services.take_over(**begin) == []
    assert open_assessments([kept]) == {kept.pk: assessment}
    assert [plan.ended_on for plan in services.give_way(children=[kept], on=LATER, by=worker)] == [LATER]
