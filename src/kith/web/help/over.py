"""What happens when family help ends, in sentences, for whoever is about to end it."""

from collections.abc import Iterable
from datetime import date

from kith.record.access.looking import Together
from kith.record.help.models import FamilyHelp
from kith.record.help.services.families import plan_of
from kith.record.pathway.help_over import GoesOn, what_goes_on
from kith.record.people.queries import kept_ids
from kith.record.planning.queries import shown


def what_happens(help: FamilyHelp, children: Together, on: date) -> list[str]:
    """What ending this help does to what else is open, one sentence for the children alike."""
    goes_on = what_goes_on(help, on)
    kept = kept_ids(one.child.pk for one in goes_on)
    alike: dict[str, list[str]] = {}
    for one in goes_on:
        shown = children.people.get(kept[one.child.pk])
        for said in _of_child(one) if shown else ():
            alike.setdefault(said, []).append(shown.name if shown else "")
    return [*(f"{_listed(names)}: {said}" for said, names in alike.items()), *_left_to_do(help, children)]


def _left_to_do(help: FamilyHelp, children: Together) -> list[str]:
    """What is not done of the family's plan: it ends with the plan, and nobody is reminded of it."""
    plan = None if children.is_held_back else plan_of(help)
    goals = shown(plan, children.people).goals if plan and plan.ended_on is None else []
    left = [f"“{one.what}” ({one.whose})" for goal in goals for one in goal.actions if one.is_open]
    if not left:
        return []
    return [f"The family’s plan ends, and nobody is reminded of what is left in it: {_listed(left)}."]


def _of_child(one: GoesOn) -> Iterable[str]:
    for lead in one.leads:
        if lead != one.to:
            yield f"{lead} is no longer the worker."
    if one.is_assessed:
        yield _assessed(one)
    elif one.waits:
        yield f"the case is open and waits for another worker. {_told(one)}"
    for words in one.owed:
        yield f"“{words}” {_then(one)}."


def _then(one: GoesOn) -> str:
    if one.to:
        return f"goes to {one.to}"
    return "stays owed until a manager says who takes it on" if one.waits else "is closed, as help has ended"


def _assessed(one: GoesOn) -> str:
    if one.waits or one.to is None:
        return f"the assessment is not finished, and waits for another worker. {_told(one)}"
    return f"the assessment is not finished. {one.to} goes on with it."


def _told(one: GoesOn) -> str:
    return f"{one.to} is told, to say who." if one.to else "A manager has to say who."


def _listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
