"""When a plan may begin, change and end, and what a line of it has to say."""

from datetime import date

from kith.record.chronology.policies import WrongDate
from kith.record.people.models import Person, User
from kith.record.planning.models import Basis, Goal, Plan, PlanAction, PlanKind
from kith.record.refusals import NotPossible
from kith.record.said import NotSaid
from kith.standards.dates import day_in_words

YEARS_AHEAD = 3  # a plan looks months ahead; a day beyond is a slip of the year


class PlanEnded(NotPossible):
    """A change to a plan that is over."""


class NotWaiting(NotPossible):
    """A line of a plan that was done with before."""


class NotOnThisPlan(NotPossible):
    """Something for a person whom the plan is not for."""


def check_basis(kind: str, basis: str) -> None:
    """Raise NotSaid where family help does not say on what ground it is given: the census asks for it."""
    if kind == PlanKind.FAMILY_HELP and basis not in Basis.values:
        raise NotSaid(
            "Nobody said whether the family chose this help or it is help under section 17.",
            "Choose one of the two.",
        )


def check_open(plan: Plan) -> None:
    """Raise PlanEnded where the plan is over."""
    if plan.ended_on is not None:
        raise PlanEnded(
            f"This plan ended on {day_in_words(plan.ended_on)}.", "Start a new plan, or look at the newest."
        )


def check_worked_for(goal: Goal) -> None:
    """Raise NotWaiting where a goal was reached or set aside before."""
    if goal.reached_on:
        raise NotWaiting(
            f"This goal was reached on {day_in_words(goal.reached_on)}.", "Look at the plan again."
        )
    if goal.set_aside_because:
        raise NotWaiting(f"This goal was set aside: {goal.set_aside_because}", "Look at the plan again.")


def check_to_do(action: PlanAction) -> None:
    """Raise NotWaiting where an action was done or given up before."""
    if action.done_on:
        raise NotWaiting(f"This was done on {day_in_words(action.done_on)}.", "Look at the plan again.")
    if action.not_needed_because:
        raise NotWaiting(f"This is not needed: {action.not_needed_because}", "Look at the plan again.")


def check_owner(owner: User | None, owner_in_words: str) -> str:
    """Who does it, in words, without blanks around. Raises NotSaid where it is nobody, or two at once."""
    bare = owner_in_words.strip()
    if owner is None and not bare:
        raise NotSaid("Nobody is named who will do this.", "Say who: a worker, or somebody of the family.")
    if owner is not None and bare:
        raise NotSaid(
            "A worker is chosen, and somebody else is named too.", "Say one who does it: the worker, or them."
        )
    return bare


def check_coming(day: date | None, what: str, today: date) -> None:
    """Raise WrongDate for a day so far ahead that the year must be a slip."""
    if day and day.year > today.year + YEARS_AHEAD:
        raise WrongDate(f"{day_in_words(day)} is more than {YEARS_AHEAD} years ahead.", f"Check {what}.")


def check_due(day: date | None, plan: Plan, today: date) -> None:
    """Raise WrongDate for a day, by which something is to be done, before its plan began or years ahead."""
    check_coming(day, "the day by which it is to be done", today)
    if day and day < plan.started_on:
        raise WrongDate(
            f"{day_in_words(day)} is before this plan began, on {day_in_words(plan.started_on)}.",
            "Check the year, or choose the day by which it is to be done now.",
        )


def check_on_plan(people: list[Person], only_for: Person | None) -> None:
    """Raise NotOnThisPlan where a line is for somebody whom the plan is not for."""
    if only_for is not None and only_for not in people:
        raise NotOnThisPlan("This plan is not for that person.", "Add them to the plan first.")
