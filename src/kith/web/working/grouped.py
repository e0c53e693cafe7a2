"""What is due, told briefly: things of one kind as one line that opens, and a family's under one heading."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kith.record.clocks.queries import DueLine
from kith.record.people.queries import Shown
from kith.standards.clocks import Status, clock
from kith.standards.dates import long_date
from kith.web.working.together import families_among

DANGER = {"section_47", "emergency"}  # the stages of the work that nobody puts off to another day
ALONE = "No brother or sister here"
FOLDED_FROM = 3  # so many of one kind are one line that opens
SO_MANY = {  # what the button of a line says -> what many of them are called
    "Write the visit": "visits to write",
    "Decide": "decisions to make",
    "Write the core group": "core groups to write",
    "Answer them": "answers to give",
    "Arrange the conference": "conferences to arrange",
}


@dataclass(frozen=True)
class OfAKind:
    """Several things of one kind that are due: `words` say how many, and by when the first; "" for a few."""

    lines: tuple[Any, ...]
    words: str = ""


@dataclass(frozen=True)
class OfAFamily:
    """What one page has of one family; `heading` names it, and is "" where nobody here has a family.

    Those with no brother or sister on the page stand under a heading of their own beside families.
    """

    each: tuple[Any, ...]
    heading: str = ""


def is_danger(line: DueLine) -> bool:
    """Whether a child may be in danger while it is not done: an enquiry, an emergency order, danger now."""
    return line.is_at_once or clock(line.clock).stage in DANGER


def cannot_wait(line: DueLine) -> bool:
    """Whether it is dangerous and due by now, or runs out today."""
    is_by_now = line.is_late or line.is_at_once or line.due_on is None or line.status == Status.DUE_TODAY
    return line.status == Status.DUE_TODAY or (is_danger(line) and is_by_now)


def of_a_kind(due: Iterable[Any]) -> list[OfAKind]:
    """The same things due, those of one kind in one, in the order of the first; danger is never folded.

    `due` are things with a `line`.
    """
    kinds: dict[Hashable, list[Any]] = {}
    for one in due:
        alone = is_danger(one.line)
        kinds.setdefault(id(one) if alone else one.line.act or one.line.what, []).append(one)
    return [kind for group in kinds.values() for kind in _folded(group)]


def _folded(group: Sequence[Any]) -> list[OfAKind]:
    if len(group) < FOLDED_FROM:
        return [OfAKind((one,)) for one in group]
    line = group[0].line
    called = SO_MANY.get(line.act)
    words = f"{len(group)} {called}" if called else f"{len(group)} times: {line.what}"
    when = (
        f", the first {'was due' if line.is_late else 'due'} {long_date(line.due_on)}" if line.due_on else ""
    )
    return [OfAKind(tuple(group), words + when)]


def of_families(each: Sequence[Any], *, alone_last: bool = False) -> list[OfAFamily]:
    """The same things with those of brothers and sisters beside each other, in the order of the first.

    They are things with a `shown`; a family with several has a heading of the names its children bear, and
    those alone who follow each other have one heading, so that nobody stands under another family's;
    `alone_last`: all of them, after the families.
    """
    family = families_among({one.shown.person_id for one in each}) if each else {}
    found: dict[int, list[Any]] = {}
    for one in each:
        found.setdefault(family[one.shown.person_id], []).append(one)
    groups = [(_heading([one.shown for one in group]), tuple(group)) for group in found.values()]
    if not any(heading for heading, _ in groups):
        return [OfAFamily(group) for _, group in groups]
    return _alone_together(sorted(groups, key=lambda group: not group[0]) if alone_last else groups)


def _alone_together(groups: Iterable[tuple[str, tuple[Any, ...]]]) -> list[OfAFamily]:
    """The same groups, those without a heading that follow each other as one with the heading `ALONE`."""
    found: list[OfAFamily] = []
    for is_alone, some in groupby(groups, key=lambda group: not group[0]):
        if is_alone:
            found.append(OfAFamily(tuple(one for _, group in some for one in group), ALONE))
        else:
            found += [OfAFamily(group, heading) for heading, group in some]
    return found


def _heading(people: Sequence[Shown]) -> str:
    """The last names of several people, each once; "" for one person, whose own name says it."""
    if len(people) < 2:
        return ""
    last = dict.fromkeys(one.name.split()[-1] for one in people if one.has_name)
    return f"{' and '.join(last)} family" if last else ""
