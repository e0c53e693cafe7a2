"""The social workers that children in care had."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from insight.slow_counts.care import unit
from insight.slow_counts.care_spells import in_care
from insight.slow_counts.cases import is_in, is_open_in, is_open_on
from insight.slow_counts.counting import Unit, counts
from insight.slow_counts.told import Row, Told

ROLES = ("social_worker", "CW", None)
DAYS_IN_A_MONTH = 30.4375
_START, _END = "invo_involvement_start_date", "invo_involvement_end_date"


@dataclass
class With:
    """A child's time with one worker."""

    worker: str
    start: date
    end: date | None
    reason: str | None


def _rows(told: Told) -> list[Row]:
    """Who was a child's social worker, and when; a time without a day in it is none."""
    return [
        row
        for row in told.rows("ssd_involvements")
        if row.get("invo_professional_role_id") in ROLES
        and row["invo_professional_id"]
        and not row["invo_professional_id"].upper().startswith("XX")
        and row[_START]
        and row[_START] <= told.until
        and (row[_END] is None or row[_END] > row[_START])
    ]


def _times(told: Told) -> dict[str, list[With]]:
    """Each child's times with a worker, in order; with one worker what touches or overlaps is one."""
    found: dict[str, list[With]] = {}
    for row in sorted(_rows(told), key=lambda row: (row[_START], row[_END] or date.max)):
        times = found.setdefault(row["invo_person_id"], [])
        with_them = [one for one in times if one.worker == row["invo_professional_id"]]
        before = with_them[-1] if with_them else None
        if before and (before.end is None or row[_START] <= before.end):
            if before.end is not None:
                before.end = max(before.end, row[_END]) if row[_END] else None
        else:
            reason = row.get("invo_worker_change_reason")
            times.append(With(row["invo_professional_id"], row[_START], row[_END], reason))
    return found


def times_of(told: Told, person: str) -> list[With]:
    """A child's times with a worker, in order."""
    return told.once(_times).get(person, [])


@counts("mean")
def social_worker_changes(told: Told, first: date, last: date) -> list[Unit]:
    """Workers who followed another. One who left before the period is not told of by a return of the year, so
    nobody follows them.
    """
    units = []
    for spell in in_care(told, last):
        times = [one for one in times_of(told, spell.person) if one.start <= last]
        changes = sum(
            is_in(one.start, first, last)
            and one.worker != before.worker
            and (before.end is None or before.end >= first)
            for before, one in pairwise(times)
        )
        if times:
            units.append(unit(spell, last, value=float(changes)))
    return units


@counts("share")
def children_with_three_or_more_social_workers(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for spell in in_care(told, last):
        times = [one for one in times_of(told, spell.person) if one.start <= last]
        workers = {one.worker for one in times if is_open_in(first, last, one.start, one.end)}
        if times:
            units.append(unit(spell, last, counts=len(workers) >= 3))
    return units


@counts("median")
def months_with_the_same_social_worker(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for spell in in_care(told, last):
        now = [one for one in times_of(told, spell.person) if is_open_on(last, one.start, one.end)]
        if now:
            since = max(one.start for one in now)
            units.append(unit(spell, last, value=(last - since).days / DAYS_IN_A_MONTH))
    return units


@counts("share")
def children_in_care_with_no_social_worker(told: Told, first: date, last: date) -> list[Unit]:
    return [
        unit(
            spell,
            last,
            counts=not any(is_open_on(last, one.start, one.end) for one in times_of(told, spell.person)),
        )
        for spell in in_care(told, last)
    ]


REASONS = {
    "FCONTA": "First contact or a new referral",
    "MANAGE": "Work was shared out anew",
    "LEFTRL": "The worker left the role",
    "ORGRST": "The service was reorganised",
    "TSPROC": "Moved on as the process has it",
    "ABSENC": "Somebody was away or came back",
    "CHCHAN": "The child asked",
    "PCCHAN": "A parent or carer asked",
    "SWDIED": "The worker died",
    "OTHERS": "Another reason",
}


@counts("mix")
def why_social_workers_changed(told: Told, first: date, last: date) -> list[Unit]:
    """The reason stands with the worker who came, and says why it is this one. It is told of children in care
    on the last day: a return holds no others.
    """
    return [
        unit(spell, one.start, kinds=(REASONS[one.reason],))
        for spell in in_care(told, last)
        for one in times_of(told, spell.person)
        if is_in(one.start, first, last) and one.reason in REASONS
    ]


@counts("mean")
def social_worker_caseload(told: Told, first: date, last: date) -> list[Unit]:
    """All cases by all working time, of those who hold a case."""
    return [
        Unit(
            None,
            last,
            value=float(row["prof_professional_caseload"]),
            over=float(row["prof_full_time_equivalency"]),
        )
        for row in told.rows("ssd_professionals")
        if row["prof_professional_caseload"] and row["prof_full_time_equivalency"]
    ]
