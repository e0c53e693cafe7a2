"""Where a child is on the path, since when, and what may come next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kith.record.assessment.queries import assessments_open_on, open_need_plans
from kith.record.care.queries import periods_known_on
from kith.record.chronology.policies import Life
from kith.record.frontdoor.queries import open_referrals
from kith.record.pathway.steps import NOTHING_OPEN, Step, stage_of, steps_from
from kith.record.people.models import Person, PersonDetails
from kith.record.people.queries import same_person_ids
from kith.record.protection.queries import (
    conferences_on,
    enquiries_open_on,
    enquiries_to_confer_on,
    open_protection_plans,
)

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
    found = situations(person, on)
    if not found:
        return Stage(stage_of()[NOTHING_OPEN][1])
    first = min(found, key=lambda situation: stage_of()[situation.name][0])
    name = stage_of()[first.name][1]
    since = min(one.since for one in found if stage_of()[one.name][1] == name)
    return Stage(name, since, first.fact_table, first.fact_thread)


def next_steps(person: Person, on: date) -> list[Step]:
    """What may come next for a child, from the pathway's table; who may do it is for permissions."""
    return steps_from({one.name for one in situations(person, on)} or {NOTHING_OPEN})


def situations(person: Person, on: date) -> list[Situation]:
    """Everything open for a child on `on`; in a dozen queries, whatever the length of the record."""
    records = [Person(pk=pk) for pk in same_person_ids(person)]
    return list(_situations(records, on))


def _situations(records: Sequence[Person], on: date) -> Iterator[Situation]:
    referrals = open_referrals(records, on)
    started = (
        ("referral_open", referrals, "received_on"),
        ("assessment_open", assessments_open_on(records, on), "started_on"),
        ("need_plan", open_need_plans(records, on), "started_on"),
        ("enquiry_open", enquiries_open_on(records, on), "started_on"),
        ("protection_plan", open_protection_plans(records, on), "started_on"),
        ("conference_held", conferences_on(records, on), "held_on"),
    )
    for name, found, field in started:
        yield from (_situation(name, fact, field) for fact in found.values())
    waiting = enquiries_to_confer_on(records, [one.thread for one in referrals.values()]).values()
    yield from (_situation("conference_wanted", e, "started_on") for e in waiting if _is_waiting(e, on))
    yield from _care(records, on)


def _is_waiting(enquiry: Any, on: date) -> bool:
    """Whether an enquiry was concluded by then with a conference to follow."""
    return enquiry.ended_on is not None and enquiry.ended_on <= on


def _care(records: Sequence[Person], on: date) -> Iterator[Situation]:
    periods = periods_known_on(records, on)
    if not periods:
        return
    last = periods[-1]
    if last.ended_on is None or last.ended_on > on:
        yield _situation("looked_after", last, "started_on")
    elif _is_care_leaver(records, last.ended_on, on):
        yield _situation("left_care", last, "ended_on")


def _is_care_leaver(records: Sequence[Person], left_on: date, on: date) -> bool:
    details = PersonDetails.current.filter(person__in=records).exclude(date_of_birth=None).first()
    if details is None:
        return False
    life = Life(born_on=details.date_of_birth, died_on=details.date_of_death)
    left_at, now = life.age_on(left_on), life.age_on(on)
    is_alive = life.died_on is None or life.died_on > on
    return is_alive and (left_at or 0) >= CARE_LEAVER_FROM and (now or 0) < CARE_LEAVER_UNTIL


def _situation(name: str, fact: Any, field: str) -> Situation:
    return Situation(name, getattr(fact, field), fact._meta.label_lower, fact.thread)
