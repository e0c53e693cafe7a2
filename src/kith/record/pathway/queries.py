"""Where a child is on the path, since when, and what may come next."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from kith.record.access.open_work import rows_in_open_work
from kith.record.assessment.queries import assessments_open_on, open_need_plans
from kith.record.care.queries import periods_known_on
from kith.record.chronology.policies import Life, life_told
from kith.record.frontdoor.queries import open_referrals
from kith.record.help.queries import open_episodes
from kith.record.pathway.steps import NOTHING_OPEN, Step, stage_of, steps_from
from kith.record.people.models import Allocation, Person, PersonDetails
from kith.record.people.queries import in_force, same_person_ids
from kith.record.protection.queries import (
    conferences_on,
    enquiries_of,
    enquiries_open_on,
    enquiries_to_confer_on,
    open_protection_plans,
)
from kith.record.versions import current_facts

CARE_LEAVER_FROM, CARE_LEAVER_UNTIL = (
    16,
    25,
)  # left care at 16 or over, and not yet 25; domain pack, section 3


@dataclass(frozen=True)
class Situation:
    """Something open for a child: which, since when, and the fact that tells it."""

    name: str
    since: date
    fact_table: str
    fact_thread: int


@dataclass(frozen=True)
class Stage:
    """Where a child is on the path: help, assessment, protection, care, leaving or none.

    `since` and the fact are None where nothing is open.
    """

    name: str
    since: date | None = None
    fact_table: str | None = None
    fact_thread: int | None = None


def stage(person: Person, on: date) -> Stage:
    """The stage that tells most of where a child is on `on`: care before protection, before help."""
    return _stage(situations(person, on))


def stage_and_steps(person: Person, on: date) -> tuple[Stage, list[Step]]:
    """Where a child is, and what may come next: both from one reading of what is open."""
    found = situations(person, on)
    return _stage(found), _steps(person, found, on)


def stages(under: Mapping[int, Iterable[int]], on: date) -> dict[int, Stage]:
    """The stage of each of many kept persons; `under` holds the ids of all their records.

    In a dozen queries, however many they are.
    """
    return {kept: _stage(found) for kept, found in _situations(under, on).items()}


def _stage(found: Sequence[Situation]) -> Stage:
    if not found:
        return Stage(stage_of()[NOTHING_OPEN][1])
    first = min(found, key=lambda situation: stage_of()[situation.name][0])
    name = stage_of()[first.name][1]
    since = min(one.since for one in found if stage_of()[one.name][1] == name)
    return Stage(name, since, first.fact_table, first.fact_thread)


def in_open_work(on: date) -> Q:
    """Rows whose `person` has an open referral, a protection plan, a time in care or a message that waits,
    or whatever else a room counts as open, on `on`.

    A child in need plan hangs on an open referral; care leavers are not among them.
    """
    return rows_in_open_work(on)


def waiting_for_a_worker(on: date) -> "QuerySet[Allocation, int]":
    """The ids of people with open work whom nobody works with, those who have waited longest first."""
    nobody = Allocation.current.filter(
        in_force(on), in_open_work(on), team__is_unallocated=True, person__merged_into=None
    )
    return nobody.order_by("started_on", "person_id").values_list("person_id", flat=True)


def care_leavers_among(person_ids: Iterable[int], on: date) -> set[int]:
    """Those of these records who left care and have a claim to a personal adviser (Children Act 1989 s23C),
    so that one without any waits for one.
    """
    ids = list(person_ids)
    cared_for = _care([Person(pk=pk) for pk in ids], {pk: pk for pk in ids}, on)
    return {pk for pk, situation in cared_for if situation.name == "left_care"}


def next_steps(person: Person, on: date) -> list[Step]:
    """What may come next for a child, from the pathway's table; who may do it is for permissions."""
    return _steps(person, situations(person, on), on)


def _steps(person: Person, found: Sequence[Situation], on: date) -> list[Step]:
    if life_told(person).is_over:
        return []  # what is left to close is told first on the page
    return steps_from({one.name for one in found} or {NOTHING_OPEN}, _age(person, on))


def _age(person: Person, on: date) -> int | None:
    """Whole years; an unborn child is 0, and None where nobody knows."""
    known = current_facts(PersonDetails, same_person_ids(person))
    born_on = next((one.date_of_birth for one in known if one.date_of_birth), None)
    if born_on is None and any(one.expected_date_of_birth for one in known):
        return 0
    return Life(born_on=born_on).age_on(on)


def situations(person: Person, on: date) -> list[Situation]:
    """Everything open for a child on `on`; in a dozen queries, whatever the length of the record."""
    return _situations({person.pk: same_person_ids(person)}, on)[person.pk]


def _situations(under: Mapping[int, Iterable[int]], on: date) -> dict[int, list[Situation]]:
    """What is open for each kept person, from the facts of all their records."""
    root = {pk: kept for kept, ids in under.items() for pk in ids}
    records = [Person(pk=pk) for pk in root]
    found: dict[int, list[Situation]] = {kept: [] for kept in under}
    for fact, situation in _open(records, on):
        found[root[fact.person_id]].append(situation)
    for kept, situation in _care(records, root, on):
        found[kept].append(situation)
    return found


def _open(records: Sequence[Person], on: date) -> Iterator[tuple[Any, Situation]]:
    """(the fact that tells it, what is open before and beside care) for all these records."""
    referrals = open_referrals(records, on)
    started = (
        ("referral_open", referrals, "received_on"),
        ("assessment_open", assessments_open_on(records, on), "started_on"),
        ("need_plan", open_need_plans(records, on), "started_on"),
        ("enquiry_open", enquiries_open_on(records, on), "started_on"),
        ("protection_plan", open_protection_plans(records, on), "started_on"),
        ("conference_held", conferences_on(records, on), "held_on"),
        ("help_open", open_episodes(records, on), "started_on"),
    )
    for name, found, field in started:
        yield from ((fact, _situation(name, fact, field)) for fact in found.values())
    under = [one.thread for one in referrals.values()]
    ended = (one for one in enquiries_of([one.pk for one in records]) if one.referral_thread in under)
    yield from ((e, _situation("enquiry_ended", e, "ended_on")) for e in ended if _has_ended(e, on))
    waiting = enquiries_to_confer_on(records, under).values()
    yield from ((e, _situation("conference_wanted", e, "started_on")) for e in waiting if _has_ended(e, on))


def _has_ended(enquiry: Any, on: date) -> bool:
    """Whether an enquiry was concluded by then."""
    return enquiry.ended_on is not None and enquiry.ended_on <= on


def _care(records: Sequence[Person], root: Mapping[int, int], on: date) -> Iterator[tuple[int, Situation]]:
    """(kept person, looked after or a care leaver), from the last time each was in care."""
    last = {root[period.person_id]: period for period in periods_known_on(records, on)}
    left = {kept: one.ended_on for kept, one in last.items() if one.ended_on and one.ended_on <= on}
    lives = _lives({pk: kept for pk, kept in root.items() if kept in left})
    for kept, period in last.items():
        if kept not in left:
            yield kept, _situation("looked_after", period, "started_on")
        elif _is_care_leaver(lives.get(kept), left[kept], on):
            yield kept, _situation("left_care", period, "ended_on")


def _lives(root: Mapping[int, int]) -> dict[int, Life]:
    """When each kept person was born and died, for those whose birth is known."""
    if not root:
        return {}
    details = PersonDetails.current.filter(person_id__in=root).exclude(date_of_birth=None).order_by("-pk")
    return {
        root[one.person_id]: Life(born_on=one.date_of_birth, died_on=one.date_of_death) for one in details
    }


def _is_care_leaver(life: Life | None, left_on: date, on: date) -> bool:
    if life is None:
        return False
    left_at, now = life.age_on(left_on), life.age_on(on)
    is_alive = life.died_on is None or life.died_on > on
    return is_alive and (left_at or 0) >= CARE_LEAVER_FROM and (now or 0) < CARE_LEAVER_UNTIL


def _situation(name: str, fact: Any, field: str) -> Situation:
    return Situation(name, getattr(fact, field), fact._meta.label_lower, fact.thread)
