"""Writing a visit: once for all its children, and each child's own part apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kith.record.chronology.entering import carry_on, carry_on_matter, enter_matter
from kith.record.chronology.policies import check_children, lives_of
from kith.record.facts import Ending
from kith.record.people.models import Person, User
from kith.record.people.queries import roles_of
from kith.record.versions import parts_of
from kith.record.visits import permissions, policies
from kith.record.visits.models import How, HowSeen, Seen, Visit
from kith.record.visits.plans import CountsAs, counts_as
from kith.standards.working_days import legal_day


@dataclass(frozen=True)
class Saw:
    """What a visit was to one child, as a worker says it. Blanks and None are that nobody said."""

    child: Person
    seen: str = ""  # one of HowSeen
    own_words: str = ""
    may_family_read: str = ""
    private_line: str = ""
    is_private_line_from_third_party: bool = False
    presentation: str = ""
    is_bedroom_seen: bool | None = None
    why_not_seen: str = ""


@transaction.atomic
def write_visit(
    *,
    saw: Sequence[Saw],
    at: datetime,
    how: str,
    by: User,
    what_happened: str = "",
    what_next: str = "",
    next_by: date | None = None,
    place: str = "",
    people_there: Sequence[int] = (),
    others_there: str = "",
    was_nobody_else_there: bool | None = None,
    interpreter: str = "",
    with_worker: User | None = None,
    with_professional: str = "",
    is_from_third_party: bool = False,
    actions: Sequence[int] = (),
) -> Visit:
    """Write down one visit to these children: it, each child's part, and a line in each child's story.

    `at` is when it was made, however late it is written. As what it counts is worked out from the plan
    each child had on that day. `actions` are the threads of what it put into plans. Raises
    NotAllowed, NoChildren, WrongDate, NotSaid and CannotBeSeen.
    """
    children = [one.child for one in saw]
    permissions.check_can_write(by, children)
    check_children(children)
    policies.check_told(how, what_happened)
    _check_saw(saw, how, at)
    visit = Visit(
        at=at,
        how=how,
        place=place.strip(),
        visitor=by,
        with_worker=with_worker,
        with_professional=with_professional.strip(),
        people_there=[*people_there],
        others_there=others_there.strip(),
        was_nobody_else_there=was_nobody_else_there,
        interpreter=interpreter.strip(),
        what_happened=what_happened.strip(),
        is_from_third_party=is_from_third_party,
        what_next=what_next.strip(),
        next_by=next_by,
        actions=[*actions],
    )
    parts = [Seen(person=one.child, **_said_of(one)) for one in saw]
    _mark_with(visit, parts)
    return enter_matter(visit, parts, by=by, act="write_visit", about={"children": len(parts)})


@transaction.atomic
def correct_visit(
    *, visit: Visit, because: str, by: User, expected: int | None = None, **changes: Any
) -> Visit:
    """Put right what a visit says of all its children; the old words stay readable, as corrected.

    A changed time or way is changed on each child's part too. `expected` is the version the person saw.
    Raises NotAllowed, NotSaid, WrongDate, CannotBeSeen and VersionClash.
    """
    parts = parts_of(Seen, [visit.thread], "person")[visit.thread]
    children = [part.person for part in parts]
    permissions.check_can_put_right(by, visit, children)
    policies.check_reason(because)
    after = {"how": visit.how, "what_happened": visit.what_happened, "at": visit.at, **changes}
    policies.check_told(after["how"], after["what_happened"])
    _check_saw([_as_said(part, after["how"]) for part in parts], after["how"], after["at"])
    new = carry_on_matter(
        visit,
        by=by,
        act="correct_visit",
        persons=[child.pk for child in children],
        ended_as=Ending.CORRECTED,
        because=because.strip(),
        expected=expected,
        **changes,
    )
    if {"at", "how", "with_worker"} & changes.keys():
        _correct_parts(new, parts, because=because, by=by)
    return new


@transaction.atomic
def correct_seen(*, seen: Seen, said: Saw, because: str, by: User, expected: int | None = None) -> Seen:
    """Put right what a visit was to one child. Raises NotAllowed, NotSaid, CannotBeSeen and VersionClash."""
    visit = Visit.current.get(thread=seen.matter_thread)
    permissions.check_can_put_right(by, visit, [seen.person])
    policies.check_reason(because)
    _check_saw([said], visit.how, visit.at)
    return carry_on(
        seen,
        by=by,
        act="correct_visit",
        ended_as=Ending.CORRECTED,
        because=because.strip(),
        expected=expected,
        **_said_of(said),
    )


def _check_saw(saw: Sequence[Saw], how: str, at: datetime) -> None:
    lives = lives_of(one.child for one in saw)
    policies.check_moment(at, lives.values())
    for one in saw:
        policies.check_seen(how, one.seen, lives[one.child.pk], at)


def _said_of(saw: Saw) -> dict[str, Any]:
    """The fields of a child's part that a worker says."""
    is_seen = saw.seen in (HowSeen.ALONE, HowSeen.NOT_ALONE)
    is_mother = saw.seen == HowSeen.MOTHER_SEEN
    return {
        "is_seen": None if is_mother else is_seen,
        "is_seen_alone": saw.seen == HowSeen.ALONE if is_seen else None,
        "is_mother_seen": is_mother or None,
        "is_bedroom_seen": saw.is_bedroom_seen,
        "why_not_seen": "" if is_seen else saw.why_not_seen.strip(),
        "own_words": saw.own_words.strip(),
        "may_family_read": saw.may_family_read,
        "presentation": saw.presentation.strip(),
        "private_line": saw.private_line.strip(),
        "is_private_line_from_third_party": saw.is_private_line_from_third_party,
    }


def _as_said(part: Seen, how: str) -> Saw:
    """A child's part as somebody would say it of a visit made that way: who was not met was not seen."""
    was = part.how_seen or ""
    return Saw(child=part.person, seen=was if how in policies.MET else HowSeen.NOT_SEEN)


def _of_visit(visit: Visit, plan: CountsAs | None) -> dict[str, Any]:
    """The fields of a child's part that the visit and the child's plan of that day tell."""
    visitors = [visitor for visitor in (visit.visitor, visit.with_worker) if visitor]
    on = legal_day(visit.at)
    counts = plan if plan and visit.how == How.IN_PERSON else None
    return {
        "how": visit.how,
        "visited_on": on,
        "visited_at": visit.at,
        "visitor_roles": sorted({role for visitor in visitors for role in roles_of(visitor, on=on)}),
        "counts_as": counts.kind if counts else "",
        "plan_thread": counts.plan_thread if counts else None,
    }


def _mark_with(visit: Visit, parts: Sequence[Seen]) -> None:
    plans = counts_as([part.person_id for part in parts], legal_day(visit.at))
    for part in parts:
        for name, value in _of_visit(visit, plans.get(part.person_id)).items():
            setattr(part, name, value)


def _correct_parts(visit: Visit, parts: Sequence[Seen], *, because: str, by: User) -> None:
    plans: Mapping[int, CountsAs] = counts_as([part.person_id for part in parts], legal_day(visit.at))
    for part in parts:
        changes = _of_visit(visit, plans.get(part.person_id))
        if visit.how not in policies.MET:
            changes |= {"is_seen": False, "is_seen_alone": None, "is_mother_seen": None}
        carry_on(
            part, by=by, act="correct_visit", ended_as=Ending.CORRECTED, because=because.strip(), **changes
        )
