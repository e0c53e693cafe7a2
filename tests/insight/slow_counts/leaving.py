"""Young people who left care, as each year's return tells of them."""

from datetime import date, timedelta

from insight.slow_counts.care_spells import spells_of
from insight.slow_counts.counting import Unit, counts
from insight.slow_counts.days import age_on, birthday, is_return_year, return_year
from insight.slow_counts.placements import usual_placement
from insight.slow_counts.told import Row, Told


def _leavers(told: Told, first: date, last: date, ages: tuple[int, ...]) -> list[Row]:
    """The year's rows of those of these ages on the last day; who died or went home is out."""
    assert is_return_year(first, last)
    found: dict[str, Row] = {}
    for row in told.rows("kith_care_leaver_years"):
        age = age_on(told.born(row["kith_person_id"]), last)
        is_out = row["kith_in_touch"] in ("DIED", "RHOM")
        if row["kith_year"] == return_year(last) and age in ages and not is_out:
            found[row["kith_person_id"]] = row
    return list(found.values())


def _share(told: Told, first: date, last: date, column: str, codes: set[str]) -> list[Unit]:
    return [
        Unit(row["kith_person_id"], last, counts=row[column] in codes)
        for row in _leavers(told, first, last, (19, 20, 21))
    ]


def _ending(told: Told, first: date, last: date, letters: str, ending: str) -> list[Unit]:
    return [
        Unit(
            row["kith_person_id"],
            last,
            counts=(row["kith_accommodation"] or "")[:1] in tuple(letters)
            and (row["kith_accommodation"] or "").endswith(ending),
        )
        for row in _leavers(told, first, last, (19, 20, 21))
    ]


@counts("number")
def care_leavers(told: Told, first: date, last: date) -> list[Unit]:
    return [
        Unit(row["kith_person_id"], last, kinds=(str(age_on(told.born(row["kith_person_id"]), last)),))
        for row in _leavers(told, first, last, (19, 20, 21))
    ]


@counts("share")
def care_leavers_in_touch(told: Told, first: date, last: date) -> list[Unit]:
    return _share(told, first, last, "kith_in_touch", {"YES"})


BUSY = {f"{kind}{number}" for kind in "FP" for number in range(1, 6)}


@counts("share")
def care_leavers_in_education_work_or_training(told: Told, first: date, last: date) -> list[Unit]:
    return _share(told, first, last, "kith_activity", BUSY)


@counts("share")
def care_leavers_not_in_education_work_or_training(told: Told, first: date, last: date) -> list[Unit]:
    return _share(told, first, last, "kith_activity", {"G4", "G5", "G6"})


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@counts("share")
def care_leavers_in_suitable_homes(told: Told, first: date, last: date) -> list[Unit]:
    return _ending(told, first, last, LETTERS, "1")


@counts("share")
def care_leavers_with_no_settled_home(told: Told, first: date, last: date) -> list[Unit]:
    return _ending(told, first, last, "SVW", "")


@counts("share")
def care_leavers_in_custody(told: Told, first: date, last: date) -> list[Unit]:
    return _ending(told, first, last, "X", "2")


@counts("share")
def care_leavers_staying_with_foster_carers(told: Told, first: date, last: date) -> list[Unit]:
    """Of 19 and 20 year olds who left care from a foster home as they turned 18."""
    units = []
    for row in _leavers(told, first, last, (19, 20)):
        person = row["kith_person_id"]
        born = told.born(person)
        for spell in spells_of(told, person):
            if spell.end is None or spell.went_on or born is None or spell.end != birthday(born, 18):
                continue
            home = usual_placement(told, spell, spell.end - timedelta(days=1))
            if home and home["clap_cla_placement_type"] in ("U1", "U2", "U3", "U4", "U5", "U6"):
                units.append(Unit(person, last, counts=(row["kith_accommodation"] or "").startswith("Z")))
    return units
