"""Where each child of school age learns, while somebody works with them who can write it down.

No table of the dataset holds any of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import TypedDict

from kith.invented.diary import Act
from kith.invented.families import Child
from kith.invented.rates import rates, rows
from kith.invented.rooms import Room, Told
from kith.invented.spells import Spell, spells
from kith.standards.working_days import add_working_days

_TERMS = (((1, 5), (3, 27)), ((4, 20), (7, 17)), ((9, 3), (12, 18)))  # first and last day of each
_LEAST = timedelta(days=12)  # a case shorter than that ends before anybody asks about school
_SUSPENDED_FROM = 11  # years old
_NEEDS = ("SEMH", "SLCN", "MLD", "ASD", "SPLD")
_REASONS = ("Swearing at a teacher", "A fight at lunch", "Damage to a door", "Vaping on the school site")


class StartSchool(TypedDict):
    """Written down on `Act.on`: where the child learns since `since`."""

    since: date
    kind: str
    school: str
    year_group: str


class RecordAttendance(TypedDict):
    """How much of a term a child was at school."""

    percent: Decimal
    first: date
    last: date
    said_by: str


class RecordExclusion(TypedDict):
    """A school keeps a child out from `Act.on`."""

    kind: str
    days: Decimal
    reason: str


class RecordSpecialNeed(TypedDict):
    """A child's special needs and the help with them, from `Act.on`."""

    support: str
    needs: list[str]  # code list `sen_need_type`, the main one first


@dataclass
class _School:
    """What is written down of one child's schooling so far, and since when they are at a school."""

    place: str = ""
    since: date = date.max
    has_need_told: bool = False


def tell(told: Told, rng: Random) -> Iterator[Act]:
    """The schools, terms, suspensions and special needs of a family's children while a case is open."""
    homes = _homes(told)
    chosen: dict[tuple[str, str], str] = {}  # brothers and sisters go to the same school of a phase
    for child in told.family.children:
        school = _School()
        for case in spells(told.acts, "receive_referral", "close_referral", "referral"):
            if case.child == child.key and min(case.end, told.until) - case.start > _LEAST:
                yield from _of_case(told, rng, child, case, school, homes, chosen)


def _of_case(
    told: Told,
    rng: Random,
    child: Child,
    case: Spell,
    school: _School,
    homes: dict[str, list[tuple[date, str]]],
    chosen: dict[tuple[str, str], str],
) -> Iterator[Act]:
    asked = add_working_days(case.start, rng.randint(2, 5))
    end = min(case.end, told.until)
    for on in [asked, *_school_years(asked, end)]:
        if on < end and _phase(child, on):
            area = [outward for since, outward in homes[child.key] if since <= on][-1]
            yield from _place(rng, child, on, end, area, school, chosen)
    if not school.has_need_told and _phase(child, asked):
        school.has_need_told = True
        yield from _special_need(rng, child, asked)
    for first, last in _terms(asked, end):
        heard = add_working_days(last, rng.randint(1, 6))
        if school.since <= first and heard < end:
            yield from _term(rng, child, first, last, heard, school)


def _homes(told: Told) -> dict[str, list[tuple[date, str]]]:
    """By person, since when they live in which postal district."""
    found: dict[str, list[tuple[date, str]]] = {}
    for act in told.acts:
        if act.act == "live_at" and act.facts["kind"] == "home":
            found.setdefault(act.person, []).append((act.on, act.facts["postcode"].split(" ")[0]))
    return found


def _place(
    rng: Random,
    child: Child,
    on: date,
    end: date,
    area: str,
    school: _School,
    chosen: dict[tuple[str, str], str],
) -> Iterator[Act]:
    """The child's school where it is another: a new phase, or a home too far from the one before."""
    phase = _phase(child, on)
    place = f"{phase} {area}"
    if place == school.place:
        return
    name = chosen.setdefault((phase, area), rng.choice(_schools(phase)))
    is_first = not school.place
    school.place, began = place, on
    if is_first and rng.random() < rates()["taught_at_home"]:
        yield _start(child, on, on, "at_home", "")
        return
    if is_first and rng.random() < rates()["waits_for_a_school"]:
        yield _start(child, on, on, "no_place", "")
        on = began = add_working_days(on, rng.randint(5, 25))
        if on >= end:
            return
    elif is_first:
        began = min(_began(child, on), on)
    school.since = began
    yield _start(child, on, began, "college" if phase == "college" else "school", name)


def _start(child: Child, on: date, since: date, kind: str, name: str) -> Act:
    group = "" if kind == "no_place" else _year_group(child, on)
    return Act(
        on,
        child.key,
        "start_school",
        dict(StartSchool(since=since, kind=kind, school=name, year_group=group)),
    )


def _special_need(rng: Random, child: Child, on: date) -> Iterator[Act]:
    has_plan = child.is_disabled and rng.random() < rates()["disabled_with_a_plan"]
    if has_plan or rng.random() < rates()["helped_at_school"]:
        needs = rng.sample(_NEEDS, rng.choice((1, 1, 2)))
        support = "plan" if has_plan else "school"
        facts = RecordSpecialNeed(support=support, needs=needs)
        yield Act(on, child.key, "record_special_need", dict(facts))


def _term(rng: Random, child: Child, first: date, last: date, heard: date, school: _School) -> Iterator[Act]:
    """How a term went: how much of it the child was there, and at times a suspension."""
    if child.age_on(first) >= _SUSPENDED_FROM and rng.random() < rates()["suspended_in_a_term"]:
        on = add_working_days(first, rng.randint(3, 40))
        days = Decimal(rng.randint(1, 10)) / 2
        facts = RecordExclusion(kind="suspension", days=days, reason=rng.choice(_REASONS))
        yield Act(on, child.key, "record_exclusion", dict(facts))
    percent = Decimal(round(rng.triangular(480, 1000, 960))) / 10
    told = RecordAttendance(percent=percent, first=first, last=last, said_by="School")
    yield Act(heard, child.key, "record_attendance", dict(told))


def _terms(asked: date, end: date) -> Iterator[tuple[date, date]]:
    """The whole terms between two days, in order."""
    for year in range(asked.year, end.year + 1):
        for first, last in _TERMS:
            if asked <= date(year, *first) and date(year, *last) < end:
                yield date(year, *first), date(year, *last)


def _school_years(asked: date, end: date) -> Iterator[date]:
    """The first day of each school year that begins between two days."""
    for year in range(asked.year, end.year + 1):
        if asked < date(year, *_TERMS[-1][0]) < end:
            yield date(year, *_TERMS[-1][0])


def _year(child: Child, on: date) -> int:
    """The school year that a child is in: 0 is Reception, and 1 to 13 the years after it."""
    began = on.year - (on.month < 9)
    return child.age_on(date(began, 8, 31)) - 4


def _year_group(child: Child, on: date) -> str:
    year = _year(child, on)
    return f"Year {year}" if year else "Reception"


def _phase(child: Child, on: date) -> str:
    """primary, secondary or college; empty for a child not of school age."""
    year = _year(child, on)
    if child.born_on is None or not 0 <= year <= 13:
        return ""
    return "primary" if year <= 6 else "secondary" if year <= 11 else "college"


def _began(child: Child, on: date) -> date:
    """When the child began the phase that they are in."""
    years = {"primary": 0, "secondary": 7, "college": 12}[_phase(child, on)]
    return date(on.year - (on.month < 9) - _year(child, on) + years, *_TERMS[-1][0])


@cache
def _schools(phase: str) -> tuple[str, ...]:
    return tuple(row["name"] for row in rows("schools") if row["phase"] == phase)


ROOM = Room(
    "schooling",
    {
        "start_school": StartSchool,
        "record_attendance": RecordAttendance,
        "record_exclusion": RecordExclusion,
        "record_special_need": RecordSpecialNeed,
    },
    tell,
)
