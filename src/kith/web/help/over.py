"""What happens when family help ends, in sentences, for whoever is about to end it."""

from collections.abc import Iterable
from datetime import date

from kith.record.access.looking import Together
from kith.record.help.models import FamilyHelp
from kith.record.pathway.help_over import GoesOn, what_goes_on
from kith.record.people.queries import kept_ids


def what_happens(help: FamilyHelp, children: Together, on: date) -> list[str]:
    """What ending this help does to what else is open, one sentence for the children alike."""
    goes_on = what_goes_on(help, on)
    kept = kept_ids(one.child.pk for one in goes_on)
    alike: dict[str, list[str]] = {}
    for one in goes_on:
        shown = children.people.get(kept[one.child.pk])
        for said in _of_child(one) if shown else ():
            alike.setdefault(said, []).append(shown.name if shown else "")
    return [f"{_listed(names)}: {said}" for said, names in alike.items()]


def _of_child(one: GoesOn) -> Iterable[str]:
    for lead in one.leads:
        if lead != one.to:
            yield f"{lead} is no longer the worker."
    if one.is_assessed:
        yield _assessed(one)
    elif one.waits:
        yield f"the case is open and waits for another worker. {_told(one)}"
    for words in one.owed:
        yield f"“{words}” goes to {one.to}." if one.to else f"“{words}” is closed, as help has ended."


def _assessed(one: GoesOn) -> str:
    if one.waits or one.to is None:
        return f"the assessment is not finished, and waits for another worker. {_told(one)}"
    return f"the assessment is not finished. {one.to} goes on with it."


def _told(one: GoesOn) -> str:
    return f"{one.to} is told, to say who." if one.to else "A manager has to say who."


def _listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
