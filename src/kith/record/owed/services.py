"""Leaving something owed, settling it by the fact that was missing, and ending it with a reason."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kith.record.chronology.entering import carry_on_matter, enter_matter, leave
from kith.record.facts import Ending, Version
from kith.record.owed import permissions, policies, queries
from kith.record.owed.models import Owed, OwedFor
from kith.record.owed.what import whats
from kith.record.people.models import Team, User
from kith.record.versions import enter_in_error, parts_of


@transaction.atomic
def owe(
    *,
    what: str,
    fact: Version,
    persons: Iterable[int],
    by: User | None,
    owed_by: User | None = None,
    team: Team | None = None,
    started_at: datetime | None = None,
    due_on: date | None = None,
    because: str = "",
) -> Owed:
    """Return something left to be done about these people, owed by a worker or by a team.

    For the act that is saved without it, in that act's own transaction, which has checked who may. It is of
    `fact`; `due_on` is a day somebody named, and is worked out from the table where nobody did.
    """
    owed = Owed(
        what=whats()[what].what,
        fact_table=fact._meta.label_lower,
        fact_thread=fact.thread,
        owed_by=owed_by,
        team=team,
        started_at=started_at or timezone.now(),
        due_on=due_on,
        because=because[:300],
    )
    about = [OwedFor(person_id=pk) for pk in dict.fromkeys(persons)]
    return enter_matter(owed, about, by=by, act="left_owed", about={"what": what})


@transaction.atomic
def settle(
    *, what: str, by: User | None, done: Version, of: Version | None = None, persons: Sequence[int] = ()
) -> list[Owed]:
    """Return what was owed and is now done: the fact `done` is what was missing.

    For the act that writes that fact, in its own transaction. Settles what was left of the fact `of`, or,
    where that is not given, what is about nobody but `persons`.
    """
    return [settle_one(one.owed, done=done, by=by) for one in queries.open_of(what, of=of, persons=persons)]


def settle_one(owed: Owed, *, done: Version, by: User | None) -> Owed:
    """Return one thing owed, done by the fact `done`; for the act that writes it, in its own transaction."""
    return carry_on_matter(
        owed,
        by=by,
        act="settled_what_was_owed",
        persons=queries.persons_of(owed),
        done_at=timezone.now(),
        done_table=done._meta.label_lower,
        done_thread=done.thread,
    )


@transaction.atomic
def not_needed(*, owed: Owed, because: str, by: User, expected: int | None = None) -> Owed:
    """Return something owed that nobody has to do any more, with the reason.

    Raises NotAllowed, NotOwed, ReasonMissing, VersionClash.
    """
    permissions.check_can_answer_for(by, owed)
    policies.check_open(owed)
    return carry_on_matter(
        owed,
        by=by,
        act="found_not_needed",
        persons=queries.persons_of(owed),
        expected=expected,
        not_needed_at=timezone.now(),
        not_needed_because=policies.check_reason(because),
    )


def fall_away(owed: Owed, *, because: str, by: User) -> Owed:
    """Return something owed that fell away, as what it was left of is no longer so.

    For the act that undid it, in its own transaction, which has checked who may.
    """
    return carry_on_matter(
        owed,
        by=by,
        act="found_not_needed",
        persons=queries.persons_of(owed),
        because=because,
        not_needed_at=timezone.now(),
        not_needed_because=policies.check_reason(because),
    )


@transaction.atomic
def fall_away_for(*, person_ids: Sequence[int], because: str, by: User, owed_by: User | None = None) -> None:
    """Nobody owes anything about these records any more; what is about others too goes on for those.

    With `owed_by`, that worker alone owes nothing more. For the act that ended it, in its own transaction,
    which has checked who may.
    """
    gone = set(person_ids)
    for line in queries.owed_for(person_ids, timezone.now()):
        if owed_by is not None and line.owed.owed_by_id != owed_by.pk:
            continue
        if gone.issuperset(line.person_ids):
            fall_away(line.owed, because=because, by=by)
            continue
        for part in parts_of(OwedFor, [line.owed.thread])[line.owed.thread]:
            if part.person_id in gone:
                leave(part, by=by, act="parted_what_is_owed", because=because)


@transaction.atomic
def withdraw(*, owed: Owed, because: str, by: User) -> Owed:
    """Return something owed of an act that was entered in error: nobody has to do it.

    For the act that takes the fact off the record, in its own transaction, which has checked who may.
    """
    return carry_on_matter(
        owed,
        by=by,
        act="found_not_needed",
        persons=queries.persons_of(owed),
        not_needed_at=timezone.now(),
        not_needed_because=policies.check_reason(because),
    )


@transaction.atomic
def go_with_the_work(*, person_ids: Sequence[int], before: User, after: User, by: User) -> list[Owed]:
    """Return what `before` owed about these people, which `after` owes from now on.

    What is about others too is parted: `before` goes on owing it about them. For handing over, in that act's
    own transaction, which has checked who may.
    """
    moved = set(person_ids)
    return [
        _hand_on_for(one, [pk for pk in one.person_ids if pk in moved], after, by)
        for one in queries.owed_for(person_ids, timezone.now())
        if one.owed.owed_by_id == before.pk
    ]


def _hand_on_for(line: queries.OwedLine, person_ids: Sequence[int], after: User, by: User) -> Owed:
    """What is owed about these of its people, from now on by `after`, due on the day it was due."""
    if len(person_ids) == len(line.person_ids):
        return carry_on_matter(
            line.owed, by=by, act="handed_on", persons=line.person_ids, owed_by=after, team=line.owed.team
        )
    left = carry_on_matter(line.owed, by=by, act="parted_what_is_owed", persons=line.person_ids)
    parts = {part.person_id: part for part in parts_of(OwedFor, [left.thread])[left.thread]}
    for pk in person_ids:
        enter_in_error(parts[pk], because="Handed on for this child alone", ended_as=Ending.CONTINUED)
    same = ("what", "fact_table", "fact_thread", "team", "started_at", "due_on", "because")
    owed = Owed(**{name: getattr(left, name) for name in same}, owed_by=after)
    about = {"what": left.what, "of": left.thread}
    return enter_matter(
        owed, [OwedFor(person_id=pk) for pk in person_ids], by=by, act="handed_on", about=about
    )
