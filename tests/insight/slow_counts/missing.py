"""Children in care who went missing, and the visits that children in care had."""

from datetime import date, timedelta

from insight.slow_counts.care import at_any_time, unit
from insight.slow_counts.care_spells import Spell, in_care, spells_of
from insight.slow_counts.cases import is_in, of_person, one_a_day
from insight.slow_counts.counting import Unit, counts
from insight.slow_counts.told import Row, Told, flag

_GONE, _BACK = "miss_missing_episode_start_date", "miss_missing_episode_end_date"


def _incidents(told: Told) -> list[tuple[Spell, Row]]:
    """Each time that a child in care went missing; what overlaps one before it is the same."""
    rows = [
        row
        for row in told.rows("ssd_missing")
        if row[_GONE]
        and (row[_BACK] is None or row[_BACK] >= row[_GONE])
        and (row["miss_missing_episode_type"] or "M") == "M"
    ]
    once = one_a_day(rows, "miss_person_id", _GONE, "miss_table_id", [_BACK])
    found: list[tuple[Spell, Row]] = []
    for person, times in of_person(once, "miss_person_id").items():
        back = date.min
        for row in sorted(times, key=lambda row: row[_GONE]):
            here = [spell for spell in spells_of(told, person) if spell.is_open_on(row[_GONE])]
            if here and row[_GONE] >= back:
                found.append((here[-1], row))
            back = max(back, row[_BACK] or date.min)
    return found


@counts("number")
def missing_incidents(told: Told, first: date, last: date) -> list[Unit]:
    return [unit(spell, row[_GONE]) for spell, row in told.once(_incidents) if is_in(row[_GONE], first, last)]


def _times_missing(told: Told, first: date, last: date) -> dict[str, list[tuple[date, Spell]]]:
    times: dict[str, list[tuple[date, Spell]]] = {}
    for spell, row in told.once(_incidents):
        if is_in(row[_GONE], first, last):
            times.setdefault(spell.person, []).append((row[_GONE], spell))
    return times


@counts("share")
def children_missing_from_care(told: Told, first: date, last: date) -> list[Unit]:
    times = _times_missing(told, first, last)
    return [
        unit(spell, min(spell.end or last, last), counts=spell.person in times)
        for spell in at_any_time(told, first, last)
    ]


@counts("share")
def children_missing_three_times_or_more(told: Told, first: date, last: date) -> list[Unit]:
    return [
        unit(latest, day, counts=len(times) >= 3)
        for times in _times_missing(told, first, last).values()
        for day, latest in [max(times, key=lambda one: one[0])]
    ]


@counts("share")
def return_interviews_offered(told: Told, first: date, last: date) -> list[Unit]:
    """Of the times that ended in the period; where it did not apply or is not told is out."""
    return [
        unit(spell, row[_BACK], counts=flag(row["miss_missing_rhi_offered"]))
        for spell, row in told.once(_incidents)
        if is_in(row[_BACK], first, last) and flag(row["miss_missing_rhi_offered"]) is not None
    ]


SIX_WEEKS = timedelta(days=42)


@counts("share")
def visits_to_children_in_care_in_time(told: Told, first: date, last: date) -> list[Unit]:
    """Children in care for six weeks, and whether they were seen in the six weeks up to the last day."""
    seen: dict[str, list[date]] = {}
    for visit in told.rows("ssd_cla_visits"):
        if flag(visit["clav_cla_visit_seen"]) is True and visit["clav_cla_visit_date"]:
            seen.setdefault(visit["clav_person_id"], []).append(visit["clav_cla_visit_date"])
    return [
        unit(
            spell,
            last,
            counts=any(is_in(day, last - SIX_WEEKS, last) for day in seen.get(spell.person, [])),
        )
        for spell in in_care(told, last)
        if spell.start <= last - SIX_WEEKS
    ]
