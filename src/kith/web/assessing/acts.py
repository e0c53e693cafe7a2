"""The pages where an assessment and a child in need plan are begun, and the plan is ended."""

from kith.record.assessment.permissions import can_assess
from kith.record.people.models import Person, User
from kith.web.acts import ActPage


def _may_assess(user: User, person: Person) -> bool:
    return can_assess(user, [person])


PAGES = {
    "start_assessment": ActPage("assess", _may_assess),
    "start_child_in_need_plan": ActPage("start_need_plan", _may_assess),
    "end_child_in_need_plan": ActPage("end_need_plan", _may_assess),
}
