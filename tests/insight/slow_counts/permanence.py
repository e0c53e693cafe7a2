"""Why children left care, going home and coming back, adoption and guardians."""

from datetime import date, timedelta

from insight.slow_counts.care import end_of, kind_of, unit
from insight.slow_counts.care_spells import Spell, ceasing, in_care, spells, spells_of, starting
from insight.slow_counts.cases import is_in, is_open_on
from insight.slow_counts.counting import Unit, counts
from insight.slow_counts.days import age_on, birthday, months_after, months_before
from insight.slow_counts.placements import home_on
from insight.slow_counts.told import Told

REASONS = {
    "Adopted": "E11 E12",
    "Special guardianship": "E43 E44 E45 E46 E47 E48",
    "Child arrangements order": "E41",
    "Home to parents, planned": "E4A",
    "Home to parents, not planned": "E4B",
    "Home to parents, not told how": "E4",
    "To relatives or others without parental responsibility": "E13",
    "To live on their own with support": "E5",
    "To live on their own without support": "E6",
    "To adult social care": "E7",
    "Custody": "E9",
    "Stayed with their carers at 18": "E17",
    "Another authority took over": "E3",
    "Died": "E2",
}
HOME = ("E4A", "E4B", "E4")
ADOPTED = ("E11", "E12")
GUARDIANS = ("E43", "E44", "E45", "E46", "E47", "E48")


@counts("mix")
def why_children_left_care(told: Told, first: date, last: date) -> list[Unit]:
    return [
        unit(spell, end_of(spell), kinds=kind_of(spell.reason, REASONS, "Other"))
        for spell in ceasing(told, first, last)
        if spell.reason
    ]


@counts("share")
def children_leaving_care_at_18(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for spell in ceasing(told, first, last):
        born = told.born(spell.person)
        if born:
            units.append(unit(spell, end_of(spell), counts=birthday(born, 18) == spell.end))
    return units


@counts("share")
def children_returning_home(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for spell in ceasing(told, first, last):
        age = age_on(told.born(spell.person), end_of(spell))
        if age is not None and age < 18 and spell.reason:
            units.append(unit(spell, end_of(spell), counts=spell.reason in HOME))
    return units


def came_back(told: Told, spell: Spell) -> bool:
    """Whether the child came into care again, a day to twelve months after."""
    end = end_of(spell)
    return any(
        one.is_start_known and is_in(one.start, end + timedelta(days=1), months_after(end, 12))
        for one in spells_of(told, spell.person)
    )


def went_home(told: Told, first: date, last: date) -> list[Spell]:
    """Times in care of children under 17 that ended at home, in the period twelve months before."""
    since, until = months_before(first, 12), months_before(last, 12)
    found = []
    for spell in spells(told):
        age = age_on(told.born(spell.person), spell.end) if spell.end else None
        if is_in(spell.end, since, until) and spell.reason in HOME and age is not None and age < 17:
            found.append(spell)
    return found


@counts("share")
def children_back_in_care_within_a_year_of_going_home(told: Told, first: date, last: date) -> list[Unit]:
    return [
        unit(spell, end_of(spell), counts=came_back(told, spell)) for spell in went_home(told, first, last)
    ]


@counts("share")
def children_starting_care_who_had_been_in_care_before(told: Told, first: date, last: date) -> list[Unit]:
    return [
        unit(
            spell,
            spell.start,
            counts=any(one.start < spell.start for one in spells_of(told, spell.person)),
        )
        for spell in starting(told, first, last)
    ]


def is_latest_start(told: Told, spell: Spell) -> bool:
    """Whether the child did not start again."""
    return not any(one.start > spell.start for one in spells_of(told, spell.person))


@counts("share")
def children_starting_care_after_a_permanent_home(told: Told, first: date, last: date) -> list[Unit]:
    """What is told speaks of a child's latest start, so of one who started again later it is not told."""
    options: dict[str, str] = {}
    for row in told.rows("ssd_cla_previous_permanence"):
        code = row["lapp_previous_permanence_option"]
        if code in ("P1", "P2", "P3", "Z1"):
            options[row["lapp_person_id"]] = code
    return [
        unit(spell, spell.start, counts=options[spell.person] != "Z1")
        for spell in starting(told, first, last)
        if spell.person in options and is_latest_start(told, spell)
    ]


def _share_of_reasons(told: Told, first: date, last: date, reasons: tuple[str, ...]) -> list[Unit]:
    return [
        unit(spell, end_of(spell), counts=spell.reason in reasons)
        for spell in ceasing(told, first, last)
        if spell.reason
    ]


@counts("share")
def children_adopted(told: Told, first: date, last: date) -> list[Unit]:
    return _share_of_reasons(told, first, last, ADOPTED)


@counts("mean")
def time_from_care_to_adoption(told: Told, first: date, last: date) -> list[Unit]:
    return [
        unit(spell, end_of(spell), value=float((end_of(spell) - spell.start).days))
        for spell in ceasing(told, first, last)
        if spell.reason in ADOPTED and spell.is_start_known
    ]


@counts("number")
def children_waiting_to_be_adopted(told: Told, first: date, last: date) -> list[Unit]:
    decided = {
        row["kith_person_id"]
        for row in told.rows("kith_adoption_decisions")
        if is_open_on(last, row["kith_decision_date"], row["kith_reversal_date"])
    }
    units = []
    for spell in in_care(told, last):
        home = home_on(told, spell, last)
        is_placed = home is not None and home["clap_cla_placement_type"] in ("A3", "A4", "A5", "A6")
        if spell.person in decided and not is_placed:
            units.append(unit(spell, last))
    return units


REVERSALS = {
    "RD1": "The child's needs changed",
    "RD2": "The court made no placement order",
    "RD3": "No adopters were found",
    "RD4": "Another reason",
}


@counts("number")
def adoption_decisions_reversed(told: Told, first: date, last: date) -> list[Unit]:
    return [
        Unit(
            row["kith_person_id"],
            row["kith_reversal_date"],
            kinds=(REVERSALS[row["kith_reversal_reason"]],) if row["kith_reversal_reason"] else (),
        )
        for row in told.rows("kith_adoption_decisions")
        if is_in(row["kith_reversal_date"], first, last)
    ]


GUARDIAN_IS = {"Relatives or friends": "E45 E47", "Others": "E46 E48"}
NEWER = ("E45", "E46", "E47", "E48")


@counts("share")
def children_leaving_to_special_guardians(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for spell in ceasing(told, first, last):
        is_so = spell.reason in GUARDIANS
        kinds = kind_of(spell.reason, GUARDIAN_IS, "") if spell.reason in NEWER else ()
        if spell.reason:
            units.append(unit(spell, end_of(spell), counts=is_so, kinds=kinds))
    return units
