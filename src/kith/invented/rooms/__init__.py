"""What each newer room of the record adds to the diary: one module here a room, found by being here.

A room goes over the finished diary a second time, family by family, with a random generator of its own.
So no act of the first pass changes, nor any draw that another room makes, and a new room is one new module
(`ROOM = Room(...)`) that touches no shared file. Its acts are played by a module of the same name in
`kith.record.pathway.playing`. A room's module may not import `kith.invented.acts`, which reads it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from random import Random
from typing import Any, Protocol

from kith.invented.diary import Act
from kith.invented.families import Family
from kith.invented.workers import Staff


@dataclass(frozen=True, slots=True)
class Told:
    """One family as the first pass told it: its acts by day, who works there, and the last day told.

    `number` is the family's own, whichever families are told beside it.
    """

    number: int
    family: Family
    acts: tuple[Act, ...]
    staff: Staff
    until: date


class Rows(Protocol):
    """The dataset's rows as they are folded: `add` one, `named` finds one by its act's reference."""

    named: dict[str, dict[str, Any]]

    def add(self, table: str, **row: Any) -> dict[str, Any]: ...
    def number(self, person: str, table: str) -> str: ...


@dataclass(frozen=True)
class Room:
    """What one room adds: its acts, how a family's are told, and what of them is in the dataset.

    `acts` are as those of `kith.invented.acts`. `tell` gives a family's further acts; those of one day come
    after the first pass's, and those after the last day are left out. An act that is not in `fold` is in
    no table of the dataset.
    """

    name: str
    acts: Mapping[str, type]
    tell: Callable[[Told, Random], Iterable[Act]]
    fold: Mapping[str, Callable[[Rows, Act], None]] = field(default_factory=dict)


@cache
def every_room() -> tuple[Room, ...]:
    """The rooms of this folder, by name."""
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").ROOM for name in names)


def second_pass(told: Sequence[Told], rooms: Iterable[Room], seed: int) -> list[Act]:
    """Every act that these rooms add, family by family; each room draws alone for each family."""
    return [
        act
        for room in rooms
        for one in told
        for act in room.tell(one, Random(f"{seed} {one.number} {room.name}"))
        if act.on <= one.until
    ]
