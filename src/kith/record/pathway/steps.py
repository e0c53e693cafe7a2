"""What leads to what, and what ends what, with its law: the pathway as tables (data/*.csv)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kith.standards.tables import rows

NOTHING_OPEN = "nothing_open"
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Step:
    """One act that may come next in a situation.

    `act` is the service's name; `direction` is up (more protection), down (less) or along; `leads_to`
    is the situation after it; `law` may be empty where no statute names the step.
    """

    situation: str
    act: str
    words: str
    direction: str
    leads_to: str
    law: str
    source: str


@dataclass(frozen=True)
class Ending:
    """An act that ends something else of the same child on the same day, unless it is of that kind."""

    act: str
    unless: str
    ends: str
    why: str
    source: str


@cache
def endings() -> tuple[Ending, ...]:
    """Every act that ends something, by data/endings.csv."""
    return tuple(Ending(**row) for row in rows(_DATA / "endings.csv"))


@cache
def steps() -> tuple[Step, ...]:
    """Every step of the pathway, in the order in which a page offers them."""
    return tuple(Step(**row) for row in rows(_DATA / "steps.csv"))


@cache
def stage_of() -> dict[str, tuple[int, str]]:
    """For each situation, its rank (1 tells most of where a child is) and the stage it belongs to."""
    return {row["situation"]: (int(row["rank"]), row["stage"]) for row in rows(_DATA / "stages.csv")}


@cache
def from_age() -> dict[str, int]:
    """For acts that are offered from an age on (data/from_age.csv), that age in whole years."""
    return {row["act"]: int(row["from_age"]) for row in rows(_DATA / "from_age.csv")}


@cache
def not_while() -> dict[str, set[str]]:
    """For acts that are not offered while something is open (data/not_while.csv), those situations."""
    return _situations_of("not_while.csv")


@cache
def not_first() -> dict[str, set[str]]:
    """For acts that come after all others in some situations (data/not_first.csv), those situations."""
    return _situations_of("not_first.csv")


def _situations_of(table: str) -> dict[str, set[str]]:
    held: dict[str, set[str]] = {}
    for row in rows(_DATA / table):
        held.setdefault(row["act"], set()).add(row["situation"])
    return held


def steps_from(situations: set[str], age: int | None = None) -> list[Step]:
    """The steps that may follow when all of these situations hold; an act once, the first that offers it.

    `age` is the child's in whole years; None, where nobody knows it, leaves nothing out. What another
    situation that holds forbids is not offered, and what it puts off comes last.
    """
    offered: dict[str, Step] = {}
    for step in steps():
        if situations & not_while().get(step.act, set()):
            continue
        if step.situation in situations and (age is None or age >= from_age().get(step.act, 0)):
            offered.setdefault(step.act, step)
    return sorted(offered.values(), key=lambda step: _place(step, situations))


def _place(step: Step, situations: set[str]) -> tuple[bool, int]:
    """Where a step stands: after all others where it is put off, else by what tells most of the child."""
    return bool(situations & not_first().get(step.act, set())), stage_of()[step.situation][0]
