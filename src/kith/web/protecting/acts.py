"""The pages of protection on which steps of the pathway are taken."""

from kith.record.people.models import Person, User
from kith.record.protection import permissions
from kith.web.acts import ActPage


def _may_enquire(user: User, person: Person) -> bool:
    return permissions.can_enquire(user, [person])


def _may_arrange(user: User, person: Person) -> bool:
    return permissions.can_arrange(user, [person])


PAGES = {
    "start_section_47": ActPage("enquire", _may_enquire),
    "conclude_section_47": ActPage("enquiry_found", _may_enquire),
    "hold_initial_conference": ActPage("arrange_conference", _may_arrange),
    "hold_plan_review": ActPage("arrange_review", _may_arrange),
}
