"""Where a child is on the path, and what may come next."""

from datetime import date

import pytest

from kith.invented.acts import ACTS
from kith.record.assessment.models import Assessment, ChildInNeedPlan
from kith.record.care.models import PeriodOfCare
from kith.record.frontdoor.models import Referral
from kith.record.outside import services as outside
from kith.record.pathway.queries import next_steps, stage
from kith.record.pathway.steps import from_age, stage_of, steps
from kith.record.protection.models import ProtectionPlan, Section47Enquiry
from kith.record.tests.practice import MONDAY, worked_with

LATER = date(2026, 4, 20)


def acts(child, on=LATER):
    return [step.act for step in next_steps(child, on)]


def test_a_child_nobody_works_with_is_nowhere_and_can_be_referred(amira):
    assert (stage(amira, LATER).name, stage(amira, LATER).since) == ("none", None)
    assert acts(amira) == ["receive_contact", "receive_referral", "begin_help"]


@pytest.mark.parametrize(
    ("model", "fields", "name", "step"),
    [
        (Referral, {"received_on": MONDAY}, "assessment", "start_assessment"),
        (Assessment, {"started_on": MONDAY}, "assessment", "authorise_assessment"),
        (ChildInNeedPlan, {"started_on": MONDAY}, "help", "end_child_in_need_plan"),
        (Section47Enquiry, {"started_on": MONDAY}, "protection", "conclude_section_47"),
        (ProtectionPlan, {"started_on": MONDAY}, "protection", "hold_plan_review"),
        (PeriodOfCare, {"started_on": MONDAY}, "care", "place_child"),
    ],
)
def test_what_is_open_tells_the_stage_since_when_and_the_next_steps(amira, model, fields, name, step):
    fact = model.objects.create(person=amira, **fields)
    found = stage(amira, LATER)
    assert (found.name, found.since, found.fact_thread) == (name, MONDAY, fact.thread)
    assert step in acts(amira)
    assert stage(amira, date(2026, 3, 1)).name == "none"


def test_neither_a_lesser_plan_nor_closing_is_offered_while_a_protection_plan_runs(amira):
    Referral.objects.create(person=amira, received_on=MONDAY)
    kept_back = {"start_child_in_need_plan", "close_referral"}
    assert kept_back <= set(acts(amira))
    plan = ProtectionPlan.objects.create(person=amira, started_on=MONDAY)
    assert not kept_back & set(acts(amira)) and "start_section_47" in acts(amira)
    ProtectionPlan.objects.filter(pk=plan.pk).update(ended_on=date(2026, 4, 1))
    assert kept_back <= set(acts(amira))


def test_care_tells_more_than_protection_and_protection_more_than_help(amira):
    ChildInNeedPlan.objects.create(person=amira, started_on=MONDAY)
    ProtectionPlan.objects.create(person=amira, started_on=date(2026, 3, 23))
    assert stage(amira, LATER).name == "protection"
    PeriodOfCare.objects.create(person=amira, started_on=date(2026, 4, 1))
    assert (stage(amira, LATER).name, stage(amira, LATER).since) == ("care", date(2026, 4, 1))


def test_an_enquiry_concluded_with_a_conference_to_come_waits_for_it(amira):
    referral = Referral.objects.create(person=amira, received_on=MONDAY)
    Section47Enquiry.objects.create(
        person=amira, referral_thread=referral.thread, started_on=MONDAY, ended_on=date(2026, 3, 9),
        is_conference_not_required=False,
    )  # fmt: skip
    assert stage(amira, LATER).name == "protection"
    assert acts(amira)[0] == "hold_initial_conference" and acts(amira)[-1] == "start_section_47"


def test_a_finished_enquiry_leads_to_what_comes_of_it_and_another_is_the_last_step(amira):
    referral = Referral.objects.create(person=amira, received_on=MONDAY)
    assert acts(amira).index("start_section_47") < acts(amira).index("close_referral")
    Section47Enquiry.objects.create(
        person=amira, referral_thread=referral.thread, started_on=MONDAY, ended_on=date(2026, 3, 9),
        is_conference_not_required=True,
    )  # fmt: skip
    assert stage(amira, LATER).name == "assessment"
    assert acts(amira)[0] == "start_assessment" and acts(amira)[-1] == "start_section_47"


@pytest.mark.parametrize(
    ("born", "left", "on", "name"),
    [
        (date(2007, 2, 1), date(2025, 2, 1), LATER, "leaving"),
        (date(2007, 2, 1), date(2023, 1, 31), LATER, "none"),  # left at 15
        (date(2001, 4, 20), date(2019, 4, 20), LATER, "none"),  # 25 that day
        (date(2001, 4, 21), date(2019, 4, 20), LATER, "leaving"),  # 25 the day after
        (None, date(2025, 2, 1), LATER, "none"),
    ],
)
def test_who_left_care_at_16_or_over_is_a_care_leaver_until_25(someone, worker, team, born, left, on, name):
    young = worked_with(someone("Leah", "Stone", date_of_birth=born), worker, team)
    PeriodOfCare.objects.create(person=young, started_on=date(2018, 1, 1), ended_on=left)
    assert stage(young, on).name == name


def test_the_stage_takes_few_queries(amira, django_assert_max_num_queries):
    ProtectionPlan.objects.create(person=amira, started_on=MONDAY)
    with django_assert_max_num_queries(16):
        stage(amira, LATER)


def test_every_step_is_an_act_that_there_is_and_leads_somewhere_on_the_path():
    assert {step.act for step in steps()} <= {*ACTS, *vars(outside)}
    assert set(from_age()) <= {step.act for step in steps()}
    assert {step.situation for step in steps()} <= set(stage_of())
    assert {step.leads_to for step in steps()} - {""} <= set(stage_of())
    assert {step.direction for step in steps()} == {"up", "down", "along"}


@pytest.mark.parametrize(
    ("born", "is_offered"),
    [(date(2016, 4, 20), True), (date(2016, 4, 21), False), (None, True)],  # ten that day, the day after
)
def test_risk_outside_the_home_is_a_step_from_ten_on(someone, worker, team, born, is_offered):
    child = worked_with(someone("Leah", "Stone", date_of_birth=born), worker, team)
    Referral.objects.create(person=child, received_on=MONDAY)
    assert ("screen" in acts(child)) is is_offered


def test_an_unborn_child_is_offered_no_step_of_older_ones(unborn):
    Referral.objects.create(person=unborn, received_on=MONDAY)
    assert "screen" not in acts(unborn)
