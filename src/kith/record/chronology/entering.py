"""Entering a fact: the fact, its lines in the story and its entry in the audit, together (law 1).

Services of every room come through here, inside their own transaction.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from kith.record import versions
from kith.record.audit import services as audit
from kith.record.chronology import services as chronology
from kith.record.facts import Ending, Fact
from kith.record.people.models import User

AnyFact = TypeVar("AnyFact", bound=Fact)


def enter(fact: AnyFact, *, by: User, act: str, about: Mapping[str, Any] | None = None) -> AnyFact:
    """Store a new fact, tell it, and write down who did `act`."""
    fact.recorded_by = by
    fact.save(force_insert=True)
    chronology.tell(fact)
    audit.record(act, by=by, person=fact.person_id, about={**_which(fact), **(about or {})})
    return fact


def enter_each(facts: Sequence[AnyFact], *, by: User, act: str) -> list[AnyFact]:
    """Store one act's facts, one a child: what is shared was said once, each child has its own."""
    return [enter(fact, by=by, act=act, about={"children": len(facts)}) for fact in facts]


def carry_on(
    fact: AnyFact,
    *,
    by: User,
    act: str,
    ended_as: str = Ending.CONTINUED,
    because: str = "",
    **changes: Any,
) -> AnyFact:
    """Store the next version of a fact (it ended, or more is known), tell it, and write down who did it.

    Raises VersionClash when somebody else saved this fact first.
    """
    new = versions.supersede(fact, by=by, ended_as=ended_as, because=because, **changes)
    chronology.tell(new)
    audit.record(act, by=by, person=new.person_id, about=_which(new))
    return new


def _which(fact: Fact) -> dict[str, Any]:
    return {"fact": fact._meta.label_lower, "thread": fact.thread}
