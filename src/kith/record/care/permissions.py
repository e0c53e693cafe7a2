"""Who may bring a child into care, place, review, record and plan for adoption."""

from kith.record.chronology.permissions import allows, check_can_act
from kith.record.people.models import Person, User


def check_can_look_after(by: User, child: Person) -> None:
    """Start or end care, or change the legal status."""
    check_can_act("look_after", by, [child])


def check_can_place(by: User, child: Person) -> None:
    check_can_act("place_children", by, [child])


def check_can_review(by: User, child: Person) -> None:
    """Reviews are the reviewing officer's, independent of who works with the child."""
    check_can_act("review_care", by, [child], is_independent=True)


def check_can_record(by: User, child: Person) -> None:
    """Write down what happens in care: missing, health, and what was before."""
    check_can_act("record_in_care", by, [child])


def check_can_report_missing(by: User, child: Person) -> None:
    """Any child may go missing, in care or not: whoever writes notes on the record may report it."""
    check_can_act("record_visits", by, [child])


def check_can_interview(by: User, child: Person) -> None:
    """A return interview is held by somebody independent of the child's care: the index is enough."""
    check_can_act("hold_return_interviews", by, [child], is_independent=True)


def can_record(by: User, child: Person) -> bool:
    return allows(check_can_record, by, child)


def check_can_plan_adoption(by: User, child: Person) -> None:
    check_can_act("plan_adoption", by, [child])
