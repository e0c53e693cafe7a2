"""Groups of children: by age, sex and ethnic group, as England's figures have them."""

from functools import cache
from pathlib import Path

import polars as pl

from kith.insight.ages import age_in_years
from kith.insight.facts import Facts
from kith.standards.tables import rows

NOT_KNOWN = "Not known"
_DATA = Path(__file__).parent / "data"
_UNBORN = "Not yet born"
_OLDEST = 150


@cache
def age_groups() -> tuple[str, ...]:
    """The age groups in order, those for children without an age last."""
    return (_UNBORN, *(row["group"] for row in rows(_DATA / "ages.csv")), NOT_KNOWN)


@cache
def ethnic_groups() -> tuple[str, ...]:
    """The main ethnic groups in order."""
    return tuple(dict.fromkeys(row["group"] for row in rows(_DATA / "ethnicities.csv")))


@cache
def sexes() -> tuple[str, ...]:
    """What the sexes are called, in order."""
    return (*_SEXES.values(), NOT_KNOWN)


_SEXES = {"F": "Girls", "M": "Boys"}


def group_of_age(facts: Facts, units: pl.DataFrame) -> pl.Series:
    """The age group on the row's day; a child who is born after it, or is expected, is not yet born."""
    people = facts["ssd_person"].select("pers_dob", "pers_expected_dob")
    told = _told_of(facts, units, people).with_columns(units["day"])
    age = age_in_years(pl.col("pers_dob"), pl.col("day"))
    years = pl.when(age <= _OLDEST).then(age.clip(-1) + 1)
    is_expected = pl.col("pers_dob").is_null() & pl.col("pers_expected_dob").is_not_null()
    at = told.select(pl.when(is_expected).then(0).otherwise(years).alias("at"))["at"]
    return _groups_by_age().gather(at).fill_null(NOT_KNOWN)


@cache
def _groups_by_age() -> pl.Series:
    """The group of the unborn, and after it that of each age from 0 on."""
    ages = [(row["group"], int(row["up_to"])) for row in rows(_DATA / "ages.csv")]
    named = [next(group for group, most in ages if age <= most) for age in range(_OLDEST + 1)]
    return pl.Series("group", [_UNBORN, *named], dtype=pl.String)


def group_of_sex(facts: Facts, units: pl.DataFrame) -> pl.Series:
    """Girls, boys, or not known."""
    return _in_groups(facts, units, "pers_sex", _SEXES)


def group_of_ethnicity(facts: Facts, units: pl.DataFrame) -> pl.Series:
    """The main ethnic group; not known where it was refused, not yet asked, or is no code of the list."""
    groups = {row["code"]: row["group"] for row in rows(_DATA / "ethnicities.csv")}
    return _in_groups(facts, units, "pers_ethnicity", groups)


def with_people(facts: Facts, units: pl.DataFrame) -> pl.DataFrame:
    """The rows with `who`, the row of their person in `ssd_person`, so that people are looked up once for all
    breakdowns; null where they are not in it.
    """
    people = facts["ssd_person"].select(pl.col("pers_person_id").alias("person")).with_row_index("who")
    once = people.unique("person", keep="first")
    return units.with_columns(
        units[["person"]].join(once, on="person", how="left", maintain_order="left")["who"]
    )


def _in_groups(facts: Facts, units: pl.DataFrame, column: str, groups: dict[str, str]) -> pl.Series:
    """The group of what each row's person is told to be; not known where it is not told, or is no such
    code.
    """
    told = pl.col(column).replace_strict(groups, default=NOT_KNOWN, return_dtype=pl.String)
    return _told_of(facts, units, facts["ssd_person"].select(told))[column].fill_null(NOT_KNOWN)


def _told_of(facts: Facts, units: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """The rows of `people`, which is in the order of `ssd_person`, for those of `units`; null for nobody."""
    who = units if "who" in units.columns else with_people(facts, units)
    return people.select(pl.all().gather(who["who"]))
