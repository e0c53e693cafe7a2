"""Entering a fact: the fact, its lines in the story and its entry in the audit, together (law 1).

Services of every room come through here, inside their own transaction.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from kith.record import versions
from kith.record.audit import services as audit
from kith.record.chronology import services as chronology
from kith.record.facts import Ending, Fact, Matter, Part, Version
from kith.record.people.models import User

AnyFact = TypeVar("AnyFact", bound=Fact)
AnyMatter = TypeVar("AnyMatter", bound=Matter)
AnyPart = TypeVar("AnyPart", bound=Part)


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


def enter_matter(
    matter: AnyMatter,
    parts: Sequence[Part] = (),
    *,
    by: User | None,
    act: str,
    about: Mapping[str, Any] | None = None,
) -> AnyMatter:
    """Store one act about several people: the matter once, each one's part with its lines, and who did `act`.

    Each person of a part has an audit entry; a matter without parts has one of its own. `by` None is
    somebody who is not signed in.
    """
    matter.recorded_by = by
    matter.save(force_insert=True)
    for part in parts:
        add_part(part, matter, by=by)
    _write_down(matter, [part.person_id for part in parts], by=by, act=act, about=about)
    return matter


def add_part(part: AnyPart, matter: Matter, *, by: User | None) -> AnyPart:
    """Store what a matter holds of one more person, and tell it; the caller writes down the act."""
    part.matter_thread = matter.thread
    part.recorded_by = by
    part.save(force_insert=True)
    chronology.tell(part)
    return part


def enter_part(part: AnyPart, matter: Matter, *, by: User, act: str) -> AnyPart:
    """Store what a matter holds of one more person, tell it, and write down who did `act`.

    The matter keeps its version, so that whoever has it open meets no clash.
    """
    add_part(part, matter, by=by)
    audit.record(act, by=by, person=part.person_id, about=_which(part))
    return part


def carry_on_matter(
    matter: AnyMatter,
    *,
    by: User | None,
    act: str,
    persons: Sequence[int] = (),
    ended_as: str = Ending.CONTINUED,
    because: str = "",
    expected: int | None = None,
    about: Mapping[str, Any] | None = None,
    **changes: Any,
) -> AnyMatter:
    """Store the next version of a matter, and write down who did it, for each of `persons`.

    `about` is what the audit keeps beside it. `expected` is the id of the version that the person saw.
    Raises VersionClash when somebody else saved this matter first.
    """
    new = versions.supersede(matter, by=by, ended_as=ended_as, because=because, expected=expected, **changes)
    _write_down(new, persons, by=by, act=act, about=about)
    return new


def _write_down(
    matter: Matter,
    persons: Sequence[int],
    *,
    by: User | None,
    act: str,
    about: Mapping[str, Any] | None = None,
) -> None:
    which = {**_which(matter), **(about or {})}
    if persons:
        audit.record_many(act, by=by, persons=persons, about=which)
    else:
        audit.record(act, by=by, about=which)


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


def take_back(fact: AnyFact, *, by: User, act: str, because: str, expected: int | None = None) -> AnyFact:
    """Return a fact ended with nothing in its place: its lines are struck, and it stays readable.

    Raises VersionClash when somebody else saved this fact first.
    """
    ended = versions.enter_in_error(fact, because=because, expected=expected)
    chronology.strike(fact)
    audit.record(act, by=by, person=fact.person_id, about=_which(fact))
    return ended


def leave(part: AnyPart, *, by: User, act: str, because: str) -> AnyPart:
    """Return a person's part of a matter that goes on without them; it was true, and stays readable.

    Raises VersionClash when somebody else saved this part first.
    """
    left = versions.enter_in_error(part, because=because, ended_as=Ending.CONTINUED)
    chronology.strike(part)
    audit.record(act, by=by, person=part.person_id, about=_which(part))
    return left


def come_back(part: AnyPart, *, by: User, act: str) -> AnyPart:
    """Return a person's part of a matter that they had left, and belong to again; it tells its lines."""
    back = versions.come_back(part, by=by)
    chronology.tell(back)
    audit.record(act, by=by, person=back.person_id, about=_which(back))
    return back


def as_before(fact: AnyFact, *, by: User, act: str, because: str) -> AnyFact:
    """Return the version of a fact that says again what it said before the last act, which was a mistake.

    Raises VersionClash when somebody else saved this fact first.
    """
    again = versions.as_before(fact, by=by, because=because)
    chronology.tell(again)
    audit.record(act, by=by, person=again.person_id, about=_which(again))
    return again


def as_before_matter(
    matter: AnyMatter, *, by: User, act: str, because: str, persons: Sequence[int], **otherwise: Any
) -> AnyMatter:
    """Return the version of a matter that says again what it said before the last act, but for `otherwise`.

    Raises VersionClash, as `as_before` does.
    """
    again = versions.as_before(matter, by=by, because=because, **otherwise)
    _write_down(again, persons, by=by, act=act)
    return again


def _which(fact: Version) -> dict[str, Any]:
    return {"fact": fact._meta.label_lower, "thread": fact.thread}
