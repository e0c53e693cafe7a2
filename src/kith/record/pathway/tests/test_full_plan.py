"""The outline becomes the full plan when the core group met and something stands in the plan."""

from datetime import date

import pytest
from django.utils import timezone

from kith.record.owed import services as owed
from kith.record.owed.queries import owed_for
from kith.record.pathway import full_plan
from kith.record.pathway.tests.protected import begin_plans
from kith.record.planning import services as planning
from kith.record.planning.models import PlanKind
from kith.record.tests.practice import MONDAY

MET = date(2026, 3, 13)


@pytest.fixture
def plans(amira, twin, worker, chair):
    begun = begin_plans([amira, twin], worker=worker, chair=chair)
    for one in begun:
        owed.owe(what="plan_in_full", fact=one, persons=[one.person_id], by=worker, owed_by=worker)
    return begun


@pytest.fixture
def written(amira, twin, worker):
    return planning.start_plan(kind=PlanKind.PROTECTION, people=[amira, twin], on=MONDAY, by=worker)


def meet(plans, worker):
    return full_plan.hold_core_group(
        plans=plans, on=MET, who_came="Mum, the nurse", what_changed="He moved out", by=worker
    )


def is_owed(child):
    return "plan_in_full" in {line.owed.what for line in owed_for([child.pk], timezone.now())}


def test_a_core_group_makes_a_plan_with_a_goal_whole(plans, written, worker, amira, twin):
    full_plan.set_goal(plan=written, what="Warm and fed each day", by=worker)
    assert is_owed(amira) and is_owed(twin)  # the outline: no core group met yet
    meet(plans, worker)
    assert not is_owed(amira) and not is_owed(twin)


def test_a_core_group_about_a_plan_in_which_nothing_stands_leaves_it_owed(
    plans, written, worker, amira, twin
):
    meet(plans, worker)
    assert is_owed(amira) and is_owed(twin)
    full_plan.set_goal(plan=written, what="A bed of her own", only_for=amira, by=worker)
    assert not is_owed(amira) and is_owed(twin)  # her own goal makes no plan for him
    full_plan.add_action(plan=written, what="Ring the school", owner=worker, by=worker)
    assert not is_owed(twin)


def test_a_core_group_where_no_plan_was_opened_leaves_it_owed(plans, worker, amira):
    meet(plans, worker)
    assert is_owed(amira)
