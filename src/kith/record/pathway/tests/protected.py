"""Children under protection plans, as the tests of the pathway's rooms begin with them."""

from collections.abc import Sequence

from kith.record.frontdoor.services import receive_referral
from kith.record.pathway import services as pathway
from kith.record.people.models import Person, User
from kith.record.protection.models import ProtectionPlan
from kith.record.tests.practice import MONDAY


def begin_plans(children: Sequence[Person], *, worker: User, chair: User) -> list[ProtectionPlan]:
    """The plan of each child, begun on one day with the referral, enquiry and conference before it."""
    receive_referral(
        children=children, on=MONDAY, source="6", primary_need="N1", is_no_further_action=False, by=worker
    )
    pathway.start_section_47(children=children, on=MONDAY, by=worker)
    pathway.hold_initial_conference(children=children, on=MONDAY, is_plan_made=True, by=chair)
    return [
        pathway.start_protection_plan(child=child, on=MONDAY, category="NEG", by=chair) for child in children
    ]
