"""What lasted for each child, read from a diary: from the act that began it to the act that ended it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kith.invented.diary import Act
from kith.standards.working_days import add_working_days


@dataclass(frozen=True, slots=True)
class Spell:
    """One child's, from the day `start` up to `end`; an end that the diary does not tell is `date.max`."""

    child: str
    start: date
    end: date
    reference: str
    facts: Mapping[str, Any]  # of the act that began it
    together: str

    def is_inside(self, on: date) -> bool:
        """Whether the day is after the first and before the last."""
        return self.start < on < self.end


def spells(acts: Iterable[Act], begins: str, ends: str, named: str = "") -> list[Spell]:
    """The spells that acts of one name begin and acts of another end, in the order in which they began.

    `named` is the fact by which the end names the beginning's reference; without it a child has one at a
    time.
    """
    begun: dict[str, Act] = {}
    ended: dict[str, date] = {}
    going_on: dict[str, str] = {}
    for act in acts:
        if act.act == begins:
            begun[act.facts["reference"]] = act
            going_on[act.person] = act.facts["reference"]
        elif act.act == ends:
            reference = act.facts[named] if named else going_on.pop(act.person, "")
            ended.setdefault(reference, act.on)
    return [
        Spell(act.person, act.on, ended.get(key, date.max), key, act.facts, act.together)
        for key, act in begun.items()
    ]


def rounds(
    of: Sequence[Spell], until: date, gap: Callable[[bool], int]
) -> Iterator[tuple[date, list[Spell]]]:
    """The days on which something comes round while any of these spells lasts, and those in force then.

    `gap` gives the working days to the next one, and is told whether it is the first since one began.
    """
    day = min((spell.start for spell in of), default=date.max)
    last = min(until, max((spell.end for spell in of), default=date.min))
    is_first = True
    while day < last:
        day = add_working_days(day, gap(is_first))
        now = [spell for spell in of if spell.is_inside(day)]
        is_first = not now
        if now:
            yield day, now
        else:  # between two spells: on to where the next begins
            day = min((spell.start for spell in of if spell.start >= day), default=date.max)
