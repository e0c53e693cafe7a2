"""Where children in care live: what kind of home, how far, how many, how long; brothers and sisters."""

from datetime import date

from insight.slow_counts.care import kind_of, unit
from insight.slow_counts.care_spells import Spell, in_care, spells, spells_of
from insight.slow_counts.cases import is_in, is_open_in, latest_of_each
from insight.slow_counts.counting import Unit, counts
from insight.slow_counts.days import age_on, is_about_a_year, months_before
from insight.slow_counts.placements import Run, placements_of, runs_of, usual_placement
from insight.slow_counts.told import Row, Told

TYPE, START, END = (
    "clap_cla_placement_type",
    "clap_cla_placement_start_date",
    "clap_cla_placement_end_date",
)
GROUPS = {
    "Foster care with relatives or friends": "U1 U2 U3",
    "Foster care with others": "U4 U5 U6",
    "Placed for adoption": "A3 A4 A5 A6",
    "Children's homes and secure homes": "K1 K2",
    "Independent or semi-independent, supported": "K3 H5 P2",
    "With their parents": "P1",
    "Residential schools": "S1",
    "Other residential settings": "R1 R2 R3 R5",
}


def _homes(told: Told, day: date) -> list[tuple[Spell, Row]]:
    """The children in care on a day, and the usual placement of each, where its kind is told."""
    found = []
    for spell in in_care(told, day):
        row = usual_placement(told, spell, day)
        if row is not None and row[TYPE]:
            found.append((spell, row))
    return found


@counts("mix")
def where_children_in_care_live(told: Told, first: date, last: date) -> list[Unit]:
    return [unit(spell, last, kinds=kind_of(row[TYPE], GROUPS, "Other")) for spell, row in _homes(told, last)]


def _share_in(told: Told, last: date, codes: str) -> list[Unit]:
    return [unit(spell, last, counts=row[TYPE] in codes.split()) for spell, row in _homes(told, last)]


@counts("share")
def children_living_with_kin_foster_carers(told: Told, first: date, last: date) -> list[Unit]:
    return _share_in(told, last, "U1 U2 U3")


@counts("share")
def children_in_foster_homes(told: Told, first: date, last: date) -> list[Unit]:
    return _share_in(told, last, "U1 U2 U3 U4 U5 U6")


@counts("share")
def children_in_childrens_homes(told: Told, first: date, last: date) -> list[Unit]:
    return _share_in(told, last, "K1 K2")


@counts("share")
def young_people_in_supported_accommodation(told: Told, first: date, last: date) -> list[Unit]:
    return _share_in(told, last, "K3 H5 P2")


def _those_in(told: Told, last: date, codes: str, under: int) -> list[Unit]:
    units = []
    for spell, row in _homes(told, last):
        age = age_on(told.born(spell.person), last)
        if row[TYPE] in codes.split() and age is not None and age < under:
            units.append(unit(spell, last))
    return units


@counts("number")
def children_under_ten_in_childrens_homes(told: Told, first: date, last: date) -> list[Unit]:
    return _those_in(told, last, "K2", 10)


@counts("number")
def children_under_16_in_supported_accommodation(told: Told, first: date, last: date) -> list[Unit]:
    return _those_in(told, last, "K3 H5 P2", 16)


@counts("share")
def children_placed_with_private_providers(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for spell in in_care(told, last):
        row = usual_placement(told, spell, last) or {}
        provider, code = row.get("clap_cla_placement_provider"), row.get(TYPE) or ""
        is_left_out = code == "P1" or code.startswith(("T", "Z"))
        if provider and provider != "PR0" and not is_left_out:
            units.append(unit(spell, last, counts=provider == "PR4"))
    return units


def _homes_in(told: Told, person: str, first: date, last: date) -> int | None:
    """How many homes a child had in a period: placements with one carer are one, short stays none. None where
    no placement is told.
    """
    count, is_told = 0, False
    for spell in spells_of(told, person):
        rows = [row for row in placements_of(told, spell) if is_open_in(first, last, row[START], row[END])]
        is_told = is_told or bool(rows)
        count += len(runs_of(rows))
    return count if is_told else None


@counts("share")
def children_with_three_or_more_placements(told: Told, first: date, last: date) -> list[Unit]:
    assert is_about_a_year(first, last)
    units = []
    for spell in in_care(told, last):
        homes = _homes_in(told, spell.person, first, last)
        if homes is not None:
            units.append(unit(spell, last, counts=homes >= 3))
    return units


@counts("mean")
def placement_moves(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for spell in in_care(told, last):
        homes = _homes_in(told, spell.person, first, last)
        if homes is not None:
            units.append(unit(spell, last, value=float(max(homes - 1, 0))))
    return units


def _present_run(told: Told, spell: Spell, day: date) -> tuple[Run | None, Run | None]:
    """The run that the usual placement on a day is in, and the one directly before it."""
    row = usual_placement(told, spell, day)
    runs = runs_of(placements_of(told, spell))
    for at, run in enumerate(runs):
        if row in run.rows:
            return run, runs[at - 1] if at else None
    return None, None


@counts("share")
def children_settled_for_two_years(told: Told, first: date, last: date) -> list[Unit]:
    long_ago, two_years = months_before(last, 30), months_before(last, 24)
    units = []
    for spell in in_care(told, last):
        age = age_on(told.born(spell.person), last)
        row = usual_placement(told, spell, last)
        if age is None or age >= 16 or spell.start > long_ago or row is None:
            continue
        run, before = _present_run(told, spell, last)
        is_settled = run is not None and run.start <= two_years
        if run and before and row[TYPE] in ("A3", "A4", "A5", "A6"):
            is_settled = is_settled or before.start <= two_years
        units.append(unit(spell, last, counts=is_settled))
    return units


UNPLANNED = ("CREQB", "CREQO", "CLOSE", "ALLEG", "STAND", "APPRR", "CHILD")


@counts("share")
def placements_ended_not_as_planned(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for spell in spells(told):
        runs = runs_of(placements_of(told, spell))
        for run in runs[:-1]:
            reason = run.rows[-1].get("clap_cla_placement_change_reason")
            if run.end and is_in(run.end, first, last) and reason:
                units.append(unit(spell, run.end, counts=reason in UNPLANNED))
    return units


@counts("median")
def length_of_placements(told: Told, first: date, last: date) -> list[Unit]:
    """Days with one carer. Out is a home as old as a time in care whose start is not known, which may be
    longer, and the last home of one that went on in a way that is not told.
    """
    units = []
    for spell in spells(told):
        runs = runs_of(placements_of(told, spell))
        for run in runs:
            is_begun = spell.is_start_known or run.start > spell.start
            is_ended = run is not runs[-1] or not spell.went_on
            if run.end and is_in(run.end, first, last) and is_begun and is_ended:
                units.append(unit(spell, run.end, value=float((run.end - run.start).days)))
    return units


@counts("number")
def deprivation_of_liberty_orders(told: Told, first: date, last: date) -> list[Unit]:
    orders = [
        row
        for row in told.rows("kith_liberty_orders")
        if is_open_in(first, last, row["kith_start_date"], row["kith_end_date"])
    ]
    return [
        Unit(row["kith_person_id"], min(row["kith_end_date"] or last, last))
        for row in latest_of_each(orders, "kith_person_id", "kith_start_date")
    ]
