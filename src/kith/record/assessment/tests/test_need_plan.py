"""A child in need plan: begun with what it is worked by, met about, its clocks at their edges, ended."""

from datetime import date, time

import pytest

from kith.record.assessment import services
from kith.record.assessment.models import ChildInNeedPlan, NeedPlanMeeting
from kith.record.assessment.policies import NotOpen
from kith.record.chronology.policies import NoChildren, WrongDate
from kith.record.clocks.queries import due_for_people
from kith.record.frontdoor.services import receive_referral
from kith.record.pathway.need_plans import begin_need_plan, end_need_plan
from kith.record.pathway.services import start_assessment
from kith.record.people.models import Role
from kith.record.planning.models import Plan
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import acts_about, refused, told_of
from kith.record.visits.services import Saw, write_visit
from kith.standards.working_days import in_london

FRIDAY = date(2026, 3, 27)  # before Easter: two bank holidays in the ten working days


@pytest.fixture
def referred(amira, twin, worker):
    receive_referral(
        children=[amira, twin], on=date(2026, 3, 2), source="2A", primary_need="N1",
        is_no_further_action=False, by=worker,
    )  # fmt: skip


@pytest.fixture
def plan(referred, amira, twin, worker):
    return begin_need_plan(children=[amira, twin], on=FRIDAY, by=worker, agreed_with="Mum")


def due(child, on, clock):
    return [line.due_on for line in due_for_people([child.pk], on) if line.clock == clock and line.is_open]


def test_the_first_meeting_is_due_in_ten_working_days_over_easter(plan, amira):
    assert due(amira, FRIDAY, "CN-01") == [date(2026, 4, 14)]


def test_the_plan_is_reviewed_within_three_months_of_its_start(plan, amira):
    assert due(amira, FRIDAY, "CN-02") == [date(2026, 6, 27)]  # a Saturday: months do not move


def test_one_meeting_meets_each_childs_clock_and_decides_apart(plan, amira, twin, worker):
    plans = list(ChildInNeedPlan.current.order_by("pk"))
    services.hold_need_plan_meeting(
        plans=plans, on=date(2026, 4, 9), by=worker, is_family_there=True,
        decided_for={amira.pk: "Swimming", twin.pk: "A hearing test"},
    )  # fmt: skip
    assert due(amira, date(2026, 4, 9), "CN-01") == due(twin, date(2026, 4, 9), "CN-01") == []
    assert NeedPlanMeeting.current.get(person=amira).decided == "Swimming"
    assert told_of(amira)[-1][1:] == ("need_plan_meeting", "Child in need plan meeting: with the family")
    assert "hearing" not in str(told_of(amira))
    assert acts_about(twin)[-1] == "hold_need_plan_meeting"


def test_a_later_meeting_is_the_review(plan, amira, worker):
    plans = list(ChildInNeedPlan.current.order_by("pk"))
    for day in (date(2026, 4, 9), date(2026, 5, 29)):
        services.hold_need_plan_meeting(plans=plans, on=day, by=worker)
    assert due(amira, date(2026, 5, 29), "CN-02") == [date(2026, 8, 29)]


def test_each_child_is_to_be_seen_within_five_working_days_and_a_manager_looks_in_ten(
    referred, amira, worker, manager
):
    [assessment] = start_assessment(children=[amira], on=date(2026, 3, 23), by=worker)
    assert due(amira, date(2026, 3, 3), "AS-03") == [date(2026, 3, 9)]
    assert due(amira, date(2026, 3, 23), "AS-02") == [date(2026, 4, 8)]  # over Easter
    services.check_at_manager(assessments=[assessment], on=date(2026, 3, 30), by=manager)
    assert due(amira, date(2026, 3, 30), "AS-02") == []


@pytest.mark.parametrize(
    ("role", "still_due"), [(Role.PERSONAL_ADVISER, [date(2026, 3, 9)]), (Role.FAMILY_HELP_LEAD, [])]
)
def test_a_child_is_seen_only_by_a_visitor_who_counts_for_it(referred, amira, staff, team, role, still_due):
    write_visit(
        saw=[Saw(amira, "alone")], at=in_london(date(2026, 3, 3), time(16)), how="in_person",
        what_happened="Met", by=staff(role, team=team),
    )  # fmt: skip
    assert due(amira, date(2026, 3, 4), "AS-03") == still_due


def test_what_they_are_worked_with_ends_with_the_last_childs_plan(plan, amira, twin, worker):
    end_need_plan(children=[amira], on=date(2026, 5, 1), because="Mum has help from Gran", by=worker)
    assert Plan.current.get().ended_on is None
    end_need_plan(children=[twin], on=date(2026, 6, 1), because="All is well", by=worker)
    assert Plan.current.get().ended_on == date(2026, 6, 1)
    assert {one.ended_on for one in ChildInNeedPlan.current.all()} == {date(2026, 5, 1), date(2026, 6, 1)}


def test_refusals(plan, amira, worker, stranger):
    [first, second] = ChildInNeedPlan.current.order_by("pk")
    with pytest.raises(NoChildren):
        services.hold_need_plan_meeting(plans=[], on=FRIDAY, by=worker)
    with refused(WrongDate, "before"):
        services.hold_need_plan_meeting(plans=[first], on=date(2026, 3, 26), by=worker)
    with pytest.raises(NotAllowed):
        services.hold_need_plan_meeting(plans=[first], on=FRIDAY, by=stranger)
    ended = services.end_child_in_need_plan(plan=second, on=date(2026, 4, 1), by=worker)
    with refused(NotOpen, "ended"):
        services.hold_need_plan_meeting(plans=[ended], on=date(2026, 4, 2), by=worker)
    assert not NeedPlanMeeting.objects.exists()


def test_nothing_of_an_import_is_due_by_clocks_it_could_not_meet(amira):
    ChildInNeedPlan.objects.create(person=amira, started_on=FRIDAY, source_rows=[1])
    lines = [line.clock for line in due_for_people([amira.pk], date(2026, 9, 1))]
    assert not {"CN-01", "CN-02", "AS-02", "AS-03"} & {*lines}
