"""Who may make a plan and change it: the power for its kind, and the record of those it is for."""

from collections.abc import Iterable

from kith.record.access import permissions as access
from kith.record.chronology.permissions import allows, check_can_act
from kith.record.once import asking_once
from kith.record.people.models import Person, User
from kith.record.people.permissions import can
from kith.record.planning import queries
from kith.record.planning.models import Plan, PlanKind
from kith.record.refusals import NotAllowed

POWER = {
    PlanKind.FAMILY_HELP: "give_family_help",
    PlanKind.CHILD_IN_NEED: "assess",
    PlanKind.PROTECTION: "enquire",
    PlanKind.OUTSIDE: "work_on_harm_outside",
}


def check_can_plan(by: User, kind: str, people: Iterable[Person]) -> None:
    """Raise NotAllowed unless `by` may make a plan of this kind for every one of these people.

    The chair of a conference may write its outline plan, and works with none of them.
    """
    if kind == PlanKind.PROTECTION and can("chair_conferences", by):
        check_can_act("chair_conferences", by, people, is_independent=True)
    else:
        check_can_act(POWER[PlanKind(kind)], by, people)


def can_plan(by: User, kind: str, people: Iterable[Person]) -> bool:
    return allows(check_can_plan, by, kind, people)


@asking_once
def check_can_add(by: User, kind: str, people: list[Person], person: Person) -> None:
    """Raise NotAllowed unless `by` may say that a plan of these people is for one more person too.

    Whoever may change what it says for all may; nobody works yet with a baby, or a brother who came home.
    """
    check_can_change(by, kind, people)
    check_can_act(POWER[PlanKind(kind)], by, [person], is_independent=True)


@asking_once
def check_can_change(by: User, kind: str, people: list[Person], only_for: Person | None = None) -> None:
    """Raise NotAllowed unless `by` may change a line of a plan for these people, or for one of them.

    What is for all may be changed by whoever works with one of them, but where one of them is kept from
    `by`: then the shared words are too.
    """
    if only_for is not None:
        return check_can_plan(by, kind, [only_for])
    if any(access.is_restricted(by, person) for person in people):
        raise NotAllowed(
            "Part of this plan is kept from you, so you cannot change what it says for all.",
            "Ask your manager who holds the plan.",
        )
    known = [person for person in people if access.can_open(by, person)]
    check_can_plan(by, kind, known or people)
    return None


def can_change(by: User, kind: str, people: list[Person], only_for: Person | None = None) -> bool:
    return allows(check_can_change, by, kind, people, only_for)


def is_held_back(user: User, plan: Plan) -> bool:
    """Whether somebody on a plan is kept from `user`: what stands in it for all may tell of that one."""
    return any(access.is_restricted(user, person) for person in queries.people_on(plan))


def check_can_take_on(owner: User, people: Iterable[Person]) -> None:
    """Raise NotAllowed where one of those it is for is kept from the worker, who would never read of it."""
    if any(access.is_restricted(owner, person) for person in people):
        raise NotAllowed(
            f"{owner} may not open this record, so would never see that they took this on.",
            "Name somebody else who does it.",
        )
