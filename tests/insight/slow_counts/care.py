"""Children in care: how many, who they are, coming in and leaving."""

from datetime import date

from insight.slow_counts.care_spells import (
    SHORT_BREAKS,
    Spell,
    ceasing,
    first_status,
    in_care,
    latest_of_each,
    spells,
    starting,
    status_on,
    was_unaccompanied,
)
from insight.slow_counts.cases import is_open_in
from insight.slow_counts.counting import Unit, counts
from insight.slow_counts.days import age_on
from insight.slow_counts.told import Told


def unit(spell: Spell, day: date, **more: object) -> Unit:
    """A child in care, as of a day."""
    return Unit(spell.person, day, need=spell.need, **more)  # type: ignore[arg-type]


@counts("number")
def children_in_care(told: Told, first: date, last: date) -> list[Unit]:
    return [unit(spell, last) for spell in in_care(told, last)]


def at_any_time(told: Told, first: date, last: date) -> list[Spell]:
    """The children in care on any day of a period, each once."""
    found = [spell for spell in spells(told) if is_open_in(first, last, spell.start, spell.end)]
    return latest_of_each(found, lambda spell: spell.start)


@counts("number")
def children_in_care_at_any_time(told: Told, first: date, last: date) -> list[Unit]:
    return [unit(spell, min(spell.end or last, last)) for spell in at_any_time(told, first, last)]


@counts("number")
def children_starting_care(told: Told, first: date, last: date) -> list[Unit]:
    return [unit(spell, spell.start) for spell in starting(told, first, last)]


@counts("number")
def children_ceasing_care(told: Told, first: date, last: date) -> list[Unit]:
    return [unit(spell, end_of(spell)) for spell in ceasing(told, first, last)]


def end_of(spell: Spell) -> date:
    """The day a time in care ended."""
    assert spell.end is not None
    return spell.end


def _share_of_age(told: Told, found: list[tuple[Spell, date]], least: int) -> list[Unit]:
    units = []
    for spell, day in found:
        age = age_on(told.born(spell.person), day)
        if age is not None:
            units.append(unit(spell, day, counts=age >= least))
    return units


@counts("share")
def teenagers_in_care(told: Told, first: date, last: date) -> list[Unit]:
    return _share_of_age(told, [(spell, last) for spell in in_care(told, last)], 13)


@counts("share")
def children_aged_ten_and_over_in_care(told: Told, first: date, last: date) -> list[Unit]:
    return _share_of_age(told, [(spell, last) for spell in in_care(told, last)], 10)


@counts("share")
def teenagers_coming_into_care(told: Told, first: date, last: date) -> list[Unit]:
    return _share_of_age(told, [(spell, spell.start) for spell in starting(told, first, last)], 13)


@counts("share")
def unaccompanied_children_in_care(told: Told, first: date, last: date) -> list[Unit]:
    return [
        unit(spell, last, counts=was_unaccompanied(told, spell.person, last, last))
        for spell in in_care(told, last)
    ]


@counts("share")
def unaccompanied_children_starting_care(told: Told, first: date, last: date) -> list[Unit]:
    return [
        unit(spell, spell.start, counts=was_unaccompanied(told, spell.person, first, last))
        for spell in starting(told, first, last)
    ]


@counts("share")
def children_starting_care_by_agreement(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for spell in starting(told, first, last):
        status = first_status(told, spell)
        if status:
            units.append(unit(spell, spell.start, counts=status == "V2"))
    return units


STATUSES = {
    "Full care order": "C2",
    "Interim care order": "C1",
    "Placement order": "E1 D1",
    "By agreement (section 20)": "V2",
    "Emergency order or police protection": "L1 L2 L3",
    "Youth justice": "J1 J2 J3",
}


def kind_of(code: str, groups: dict[str, str], other: str) -> tuple[str, ...]:
    """The group that lists a code, else the other."""
    return (next((words for words, codes in groups.items() if code in codes.split()), other),)


@counts("mix")
def children_in_care_by_legal_status(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for spell in in_care(told, last):
        status = status_on(told, spell, last)
        if status and status not in SHORT_BREAKS:
            units.append(unit(spell, last, kinds=kind_of(status, STATUSES, "Other")))
    return units


@counts("mean")
def length_of_time_in_care(told: Told, first: date, last: date) -> list[Unit]:
    return [
        unit(spell, end_of(spell), value=float((end_of(spell) - spell.start).days))
        for spell in ceasing(told, first, last)
        if spell.is_start_known
    ]
