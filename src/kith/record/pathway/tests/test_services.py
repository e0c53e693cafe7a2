"""What one step does to another: in one transaction, by the table."""

from datetime import date

import pytest

from kith.record.assessment.models import ChildInNeedPlan
from kith.record.frontdoor.services import receive_referral
from kith.record.pathway import services
from kith.record.pathway.steps import endings, steps
from kith.record.protection.policies import NoConference
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import MONDAY, refused

LATER = date(2026, 4, 20)


@pytest.fixture
def need_plan(amira, worker):
    receive_referral(
        children=[amira], on=MONDAY, source="6", primary_need="N1", is_no_further_action=False, by=worker
    )
    return services.start_child_in_need_plan(children=[amira], on=MONDAY, by=worker)[0]


def test_a_plan_that_is_refused_ends_nothing(need_plan, amira, chair, stranger):
    with refused(NoConference, "none is recorded"):
        services.start_protection_plan(child=amira, on=LATER, category="NEG", by=chair)
    with pytest.raises(NotAllowed):
        services.start_care(
            child=amira, on=LATER, need="N1", legal_status="V2", placement_type="U6", provider="PR1",
            by=stranger,
        )  # fmt: skip
    assert ChildInNeedPlan.current.get() == need_plan


def test_the_table_of_endings_names_steps_of_the_path_and_each_is_done_by_a_room():
    acts = {step.act for step in steps()}
    assert {ending.act for ending in endings()} <= acts
    assert {ending.ends for ending in endings()} <= acts & set(services.ENDS)
