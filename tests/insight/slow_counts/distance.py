"""How far from home children in care live, and whether outside the authority."""

from datetime import date

from insight.slow_counts.care import unit
from insight.slow_counts.care_spells import Spell, in_care, was_unaccompanied
from insight.slow_counts.counting import Unit, counts
from insight.slow_counts.days import months_before
from insight.slow_counts.placements import usual_placement
from insight.slow_counts.told import Told
from kith.standards import places

FAR = 20.0
_NOT_KNOWN = 999.0


def _miles(told: Told, spell: Spell, day: date) -> float | None:
    """Miles from home on a day; None where it is not known, as of a child who came alone it never is."""
    row = usual_placement(told, spell, day)
    if row is None or was_unaccompanied(told, spell.person, months_before(day, 36), day):
        return None
    home = row.get("kith_home_postcode") or spell.home
    counted = places.distance_miles(home, row["clap_cla_placement_postcode"])
    if counted is not None:
        return counted
    given = row.get("clap_cla_placement_distance")
    return given if given is not None and given < _NOT_KNOWN else None


def _is_out_of_area(told: Told, spell: Spell, day: date) -> bool | None:
    row = usual_placement(told, spell, day)
    postcode = row["clap_cla_placement_postcode"] if row else None
    found = places.authority_of(postcode, day) if postcode else None
    if found is None or told.authority is None:
        return None
    own = {told.authority, *places.laid_over(told.authority)}
    return found.code not in own and found.dfe_code not in own


@counts("share")
def children_placed_over_20_miles_from_home(told: Told, first: date, last: date) -> list[Unit]:
    """Of all in care: a distance that is not known is not far, as the published figure has it."""
    return [
        unit(spell, last, counts=(_miles(told, spell, last) or 0.0) > FAR) for spell in in_care(told, last)
    ]


@counts("share")
def children_whose_distance_from_home_is_not_known(told: Told, first: date, last: date) -> list[Unit]:
    return [unit(spell, last, counts=_miles(told, spell, last) is None) for spell in in_care(told, last)]


@counts("share")
def children_placed_over_20_miles_and_out_of_area(told: Told, first: date, last: date) -> list[Unit]:
    return [
        unit(
            spell,
            last,
            counts=(_miles(told, spell, last) or 0.0) > FAR and _is_out_of_area(told, spell, last) is True,
        )
        for spell in in_care(told, last)
    ]


@counts("share")
def children_placed_out_of_area(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for spell in in_care(told, last):
        is_out = _is_out_of_area(told, spell, last)
        if is_out is not None:
            units.append(unit(spell, last, counts=is_out))
    return units


@counts("median")
def distance_from_home(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for spell in in_care(told, last):
        miles = _miles(told, spell, last)
        if miles is not None:
            units.append(unit(spell, last, value=miles))
    return units
