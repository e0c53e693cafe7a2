"""A diary of acts: what people in the invented authority did, day by day, as plain data (D12)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Act:
    """One act of practice for one person.

    `facts` has exactly the keys that `kith.invented.acts.ACTS[act]` names; they are the keyword
    arguments of the record's service of the same name, beside the person and the day.
    `by` is the worker's key (`Worker.key`), empty where nobody here did it. Of a decision it is who
    decided (`kith.invented.deciding`), and that is told; of another act it is a worker of the right kind.
    `together` is the same text on the acts that were one event for several siblings: one referral
    for three children is three acts with one `together`. Empty where the child was alone.
    """

    on: date
    person: str
    act: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    by: str = ""
    together: str = ""


def in_order(acts: Iterable[Act]) -> list[Act]:
    """The acts by day; acts of one day keep the order in which they were given."""
    return sorted(acts, key=lambda act: act.on)
