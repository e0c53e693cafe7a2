"""Who may enquire into harm, and who may chair: the chair is not in the line of management."""

from collections.abc import Iterable

from kith.record.chronology.permissions import allows, check_can_act
from kith.record.people.models import Person, User
from kith.record.people.permissions import can
from kith.record.protection.models import EnquiryFinding
from kith.record.protection.queries import wrote_finding
from kith.record.refusals import NotAllowed


def check_can_enquire(by: User, children: Iterable[Person]) -> None:
    check_can_act("enquire", by, children)


def can_enquire(by: User, children: Iterable[Person]) -> bool:
    return allows(check_can_enquire, by, children)


def check_can_write_strategy(by: User, children: Iterable[Person]) -> None:
    """Whoever leads strategy discussions may write one down, and so may whoever enquires."""
    power = "lead_strategy_discussions" if can("lead_strategy_discussions", by) else "enquire"
    check_can_act(power, by, children)


def can_write_strategy(by: User, children: Iterable[Person]) -> bool:
    return allows(check_can_write_strategy, by, children)


def check_can_agree(by: User, children: Iterable[Person]) -> None:
    """A manager agrees how somebody else's enquiry ended, and from which day one counts."""
    check_can_act("agree_enquiry_outcome", by, children)


def can_agree(by: User, children: Iterable[Person]) -> bool:
    return allows(check_can_agree, by, children)


def check_can_agree_finding(by: User, finding: EnquiryFinding) -> None:
    check_can_agree(by, [finding.person])
    if wrote_finding(by, finding):
        raise NotAllowed(
            "You wrote what this enquiry found, and nobody agrees their own.",
            "Ask another manager to agree it.",
        )


def can_agree_finding(by: User, finding: EnquiryFinding) -> bool:
    return allows(check_can_agree_finding, by, finding)


def check_can_arrange(by: User, children: Iterable[Person]) -> None:
    """Whoever works with the children may arrange their conference; so may a chair, who works with none."""
    check_can_act("arrange_conferences", by, children, is_independent=can("chair_conferences", by))


def can_arrange(by: User, children: Iterable[Person]) -> bool:
    return allows(check_can_arrange, by, children)


def check_can_chair(by: User, children: Iterable[Person]) -> None:
    """A conference chair holds conferences and reviews, and begins and ends the plan they decide."""
    check_can_act("chair_conferences", by, children, is_independent=True)


def can_chair(by: User, children: Iterable[Person]) -> bool:
    return allows(check_can_chair, by, children)


def check_can_look_legally(by: User, children: Iterable[Person]) -> None:
    """Whoever records the work before court writes what a legal planning look decided."""
    check_can_act("prepare_for_court", by, children)


def can_look_legally(by: User, children: Iterable[Person]) -> bool:
    return allows(check_can_look_legally, by, children)


def check_can_use_emergency_powers(by: User, children: Iterable[Person]) -> None:
    check_can_act("use_emergency_powers", by, children)


def can_use_emergency_powers(by: User, children: Iterable[Person]) -> bool:
    return allows(check_can_use_emergency_powers, by, children)
