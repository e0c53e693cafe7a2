"""Health, reviews and going missing, of children in care."""

from datetime import date

from insight.slow_counts.care import unit
from insight.slow_counts.care_spells import Spell, in_care, spells, spells_of
from insight.slow_counts.cases import is_in
from insight.slow_counts.counting import Unit, counts
from insight.slow_counts.days import (
    age_on,
    is_return_year,
    months_after,
    months_before,
    return_year,
    working_days_on,
)
from insight.slow_counts.told import Row, Told, flag


def in_care_all_year(told: Told, last: date) -> list[Spell]:
    """The children in care on a day who had been for twelve months; where the start is not known they may
    have been for longer, and one of whom that decides it is left out.
    """
    return [spell for spell in in_care(told, last) if spell.start <= months_before(last, 12)]


def _years(told: Told) -> dict[tuple[str, int], Row]:
    return {(row["kith_person_id"], row["kith_year"]): row for row in told.rows("kith_health_years")}


def _health(told: Told, first: date, last: date) -> list[tuple[Spell, Row]]:
    assert is_return_year(first, last)
    years = told.once(_years)
    found = [(spell, years.get((spell.person, return_year(last)))) for spell in in_care_all_year(told, last)]
    return [(spell, row) for spell, row in found if row is not None]


def _flagged(told: Told, first: date, last: date, column: str, ages: range) -> list[Unit]:
    units = []
    for spell, row in _health(told, first, last):
        is_so, age = flag(row[column]), age_on(told.born(spell.person), last)
        is_asked = len(ages) > 100 or age in ages
        if is_so is not None and is_asked:
            units.append(unit(spell, last, counts=is_so))
    return units


EVERY_AGE = range(200)


@counts("share")
def health_assessments_in_time(told: Told, first: date, last: date) -> list[Unit]:
    return _flagged(told, first, last, "kith_is_health_assessed", EVERY_AGE)


@counts("share")
def dental_checks_in_time(told: Told, first: date, last: date) -> list[Unit]:
    return _flagged(told, first, last, "kith_are_teeth_checked", EVERY_AGE)


@counts("share")
def immunisations_up_to_date(told: Told, first: date, last: date) -> list[Unit]:
    return _flagged(told, first, last, "kith_are_immunisations_up_to_date", EVERY_AGE)


@counts("share")
def development_checks_up_to_date(told: Told, first: date, last: date) -> list[Unit]:
    return _flagged(told, first, last, "kith_is_health_check_up_to_date", range(5))


@counts("share")
def children_in_care_convicted(told: Told, first: date, last: date) -> list[Unit]:
    return _flagged(told, first, last, "kith_is_convicted", range(10, 100))


@counts("share")
def children_in_care_with_a_substance_problem(told: Told, first: date, last: date) -> list[Unit]:
    return _flagged(told, first, last, "kith_is_misusing_substances", EVERY_AGE)


SCORES = range(41)
OF_CONCERN = 17


def _asked(told: Told, first: date, last: date) -> list[tuple[Spell, int | None]]:
    """Children of 5 to 16 whose score was asked for, with the score if there is one."""
    found = []
    for spell, row in _health(told, first, last):
        age = age_on(told.born(spell.person), last)
        score = row["kith_sdq_score"] if row["kith_sdq_score"] in SCORES else None
        is_told = score is not None or row["kith_sdq_reason"] is not None
        if age in range(5, 17) and is_told and row["kith_sdq_reason"] != "SDQ1":
            found.append((spell, score))
    return found


@counts("share")
def strengths_and_difficulties_scored(told: Told, first: date, last: date) -> list[Unit]:
    return [unit(spell, last, counts=score is not None) for spell, score in _asked(told, first, last)]


@counts("mean")
def strengths_and_difficulties_score(told: Told, first: date, last: date) -> list[Unit]:
    return [
        unit(spell, last, value=float(score))
        for spell, score in _asked(told, first, last)
        if score is not None
    ]


@counts("share")
def children_with_a_score_of_concern(told: Told, first: date, last: date) -> list[Unit]:
    return [
        unit(spell, last, counts=score >= OF_CONCERN)
        for spell, score in _asked(told, first, last)
        if score is not None
    ]


def _reviews(told: Told) -> dict[str, dict[date, Row]]:
    """The reviews that were held, by child and day: one a day."""
    whose = {period: spell.person for spell in spells(told) for period in spell.periods}
    found: dict[str, dict[date, Row]] = {}
    for row in sorted(told.rows("ssd_cla_reviews"), key=lambda row: str(row["clar_cla_review_id"])):
        person = row.get("kith_person_id") or whose.get(row.get("clar_cla_id") or "")
        day = row["clar_cla_review_date"]
        if person and day and flag(row.get("clar_cla_review_cancelled")) is not True:
            held = found.setdefault(person, {})
            if day not in held or held[day]["clar_cla_review_participation"] is None:
                held[day] = row
    return found


def _of_which(told: Told, person: str, day: date) -> Spell | None:
    """The time in care that a review was held in, its last day with it: the first, where there are two."""
    return next(
        (
            spell
            for spell in spells_of(told, person)
            if spell.start <= day and (spell.end is None or day <= spell.end)
        ),
        None,
    )


def reviews_due(spell: Spell, held: list[date], since: date | None) -> list[tuple[date, bool]]:
    """The days on which reviews were due, and whether each was held by then.

    The first within 20 working days of coming into care, the second three months after it, each later one six
    months after the one before. Of a child whose start is not told of, from the first review that is.
    """
    mine = sorted(held)
    is_from_the_start = spell.is_start_known and (since is None or spell.start >= since)
    if is_from_the_start:
        due, months = working_days_on(spell.start, 20), 3
    elif mine:
        due, months = months_after(mine[0], 6), 6
        mine = mine[1:]
    else:
        return []
    found = []
    for day in mine:
        found.append((due, day <= due))
        due, months = months_after(day, months), 6
    return [*found, (due, False)]


@counts("share")
def reviews_in_time(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for spell in spells(told):
        held = [
            day
            for day in told.once(_reviews).get(spell.person, {})
            if day <= told.until and _of_which(told, spell.person, day) == spell
        ]
        for due, is_met in reviews_due(spell, held, told.since.get("ssd_cla_reviews")):
            if is_in(due, first, last) and spell.is_open_on(due):
                units.append(unit(spell, due, counts=is_met))
    return units


TOOK_PART, DID_NOT = ("PN1", "PN2", "PN3", "PN5", "PN6"), ("PN4", "PN7")


@counts("share")
def children_who_took_part_in_their_review(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for person, held in told.once(_reviews).items():
        for day, row in held.items():
            age, code = age_on(told.born(person), day), row["clar_cla_review_participation"]
            spell = _of_which(told, person, day)
            is_asked = is_in(day, first, last) and age is not None and age >= 4
            if is_asked and spell and code in TOOK_PART + DID_NOT:
                units.append(unit(spell, day, counts=code in TOOK_PART))
    return units
