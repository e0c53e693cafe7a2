"""Writing down where a child learns, how it goes, and what help they need there."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction

from kith.record.chronology.entering import carry_on, enter
from kith.record.chronology.policies import check_day, check_is_born, check_not_before, life_of
from kith.record.people.models import Person, User
from kith.record.people.records import lock_people
from kith.record.schooling import permissions, policies, queries
from kith.record.schooling.models import Attendance, Exclusion, SchoolPlace, SpecialNeed


@transaction.atomic
def start_school(
    *,
    child: Person,
    kind: str,
    on: date,
    by: User,
    school: str = "",
    agency_thread: int | None = None,
    year_group: str = "",
    is_part_time: bool | None = None,
) -> SchoolPlace:
    """Write down where a child learns from a day on; what was before ends that day.

    Not having a school is such a place too. Raises NotAllowed, NotSaid, WrongDate.
    """
    permissions.check_can_record(by, child)
    policies.check_place(kind, school)
    _check_time(child, on, "a school place")
    for now in queries.open_places(lock_people([child])):
        policies.check_follows(now, on)
        carry_on(now, by=by, act="leave_school", ended_on=on)
    place = SchoolPlace(
        person=child,
        kind=kind,
        school=school.strip(),
        agency_thread=agency_thread,
        year_group=year_group,
        is_part_time=is_part_time,
        started_on=on,
    )
    return enter(place, by=by, act="start_school")


@transaction.atomic
def record_attendance(
    *, child: Person, percent: Decimal, first: date, last: date, by: User, said_by: str = ""
) -> Attendance:
    """Write down how much of the school days from `first` to `last` a child was there.

    Raises NotAllowed, OutOfRange, WrongDate.
    """
    permissions.check_can_record(by, child)
    policies.check_percent(percent)
    _check_time(child, first, "school")
    check_day(last, life_of(child))
    check_not_before(last, first, "the first day of it")
    told = Attendance(person=child, percent=percent, started_on=first, ended_on=last, said_by=said_by)
    return enter(told, by=by, act="record_attendance")


@transaction.atomic
def record_exclusion(
    *, child: Person, kind: str, on: date, by: User, days: Decimal | None = None, reason: str = ""
) -> Exclusion:
    """Write down that a school kept a child out from a day. Raises NotAllowed, OutOfRange, WrongDate."""
    permissions.check_can_record(by, child)
    policies.check_days(days)
    _check_time(child, on, "an exclusion")
    told = Exclusion(person=child, kind=kind, started_on=on, days=days, reason=reason)
    return enter(told, by=by, act="record_exclusion")


@transaction.atomic
def record_special_need(
    *, child: Person, support: str, on: date, by: User, needs: Sequence[str] = ()
) -> SpecialNeed:
    """Write down a child's special needs and the help with them from a day on; what was before ends then.

    `needs` are codes of the list `sen_need_type`, the main one first.
    Raises NotAllowed, NotSaid, WrongCode, WrongDate.
    """
    permissions.check_can_record(by, child)
    policies.check_support(support, needs, on)
    _check_time(child, on, "a special need")
    for now in queries.open_special_needs(lock_people([child])):
        policies.check_follows(now, on)
        carry_on(now, by=by, act="end_special_need", ended_on=on)
    told = SpecialNeed(person=child, support=support, needs=[*needs], started_on=on)
    return enter(told, by=by, act="record_special_need")


def _check_time(child: Person, on: date, what: str) -> None:
    life = life_of(child)
    check_day(on, life)
    check_is_born(on, life, what)
