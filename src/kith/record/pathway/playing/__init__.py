"""How the acts that a newer room adds to the diary are played: one module here a room, found by being here.

The diary's side is the module of the same name in `kith.invented.rooms`. A module has one `PLAYING`, and
touches no shared file; what it adds is merged with the tables of `play.py`, where each is explained.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol

from kith.record.people.models import Person, User


class Player(Protocol):
    """What an act played by hand may use: who is who, what each reference names, and who may do it."""

    persons: dict[str, Person]
    facts: dict[str, Any]

    def actor(self, act: Any) -> User: ...
    def keeper(self, act: Any) -> User: ...


@dataclass(frozen=True)
class Playing:
    """One room's services by the names of its acts.

    `shared`, `of_one` and `carrying_on` call a service with the act's facts as they are. `by_hand` is for
    acts that need more, or are about no child: it gets the player and the act. `power_of` names the power
    that each act asks for; `decisions` are those whose `by` is who decided. `references` are facts that
    name an earlier act and are not given to a service.
    """

    shared: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    of_one: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    carrying_on: Mapping[str, tuple[Callable[..., Any], str, str]] = field(default_factory=dict)
    by_hand: Mapping[str, Callable[[Player, Any], None]] = field(default_factory=dict)
    power_of: Mapping[str, str] = field(default_factory=dict)
    decisions: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()

    @property
    def acts(self) -> frozenset[str]:
        """Every act that it plays."""
        return frozenset({*self.shared, *self.of_one, *self.carrying_on, *self.by_hand})


@cache
def every_playing() -> tuple[Playing, ...]:
    """What the rooms of this folder play, by name."""
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").PLAYING for name in names)


def by_worker(
    player: Player, act: Any, children: Iterable[str], may: Callable[[User, list[Person]], bool]
) -> list[tuple[User, list[str]]]:
    """The children of one act, by who does it for them: one person for all of whom they may, else several.

    `may` is the room's own rule of who may. Brothers and sisters often have workers of two teams.
    """
    found: dict[User, list[str]] = {}
    for child in children:
        person = player.persons[child]
        by = next((by for by in found if may(by, [person])), None)
        found.setdefault(by or player.actor(replace(act, person=child)), []).append(child)
    return [*found.items()]
