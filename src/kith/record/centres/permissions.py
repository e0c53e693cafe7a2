"""Who may run family centres. What is open, asking for a place and the directory are for everybody."""

from kith.record.people.models import User
from kith.record.people.permissions import can, check_can


def check_can_run(by: User) -> None:
    """Raise NotAllowed unless `by` may run a family centre."""
    check_can("run_centres", by)


def can_run(by: User) -> bool:
    return can("run_centres", by)


def check_can_keep_need(by: User) -> None:
    """Raise NotAllowed unless `by` runs centres, answers families who ask for help, or helps them."""
    if not (can("answer_help_requests", by) or can("give_family_help", by)):
        check_can("run_centres", by)


def can_keep_need(by: User) -> bool:
    return any(can(power, by) for power in ("answer_help_requests", "give_family_help", "run_centres"))
