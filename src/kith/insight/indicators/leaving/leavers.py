"""Young people who have left care, as they are told once a year around their birthday."""

import polars as pl

from kith.insight.ages import age_in_years
from kith.insight.facts import Facts
from kith.insight.indicators.asked import why_not_the_latest, why_not_told_yearly
from kith.insight.indicators.care.placements import FOSTER, placements
from kith.insight.indicators.care.spells import WENT_ON, spells_of_care
from kith.insight.periods import Period, Periods

NO_LONGER_COUNTED = ("DIED", "RHOM")
"""Died, or went back to live with their parents for six months or more."""
YOUNGEST, OLDEST = 19, 21
OLDEST_STAYING = 20
ADULT = 18


def care_leavers_of_the_year(facts: Facts, when: Periods) -> pl.DataFrame:
    """Each care leaver aged 19 to 21 on a period's last day: `period`, `person`, `day`, `age`, `in_touch`,
    `activity`, `accommodation` and `is_suitable`.

    Returns tell them by year; an extract tells them as they are on its last day.
    """
    return facts.worked_out(_leavers, when)


def _leavers(facts: Facts, when: Periods) -> pl.DataFrame:
    told = _of_years(facts, when) if facts["kith_care_leaver_years"].height else _of_now(facts, when)
    people = facts["ssd_person"].select(
        pl.col("pers_person_id").alias("person"), pl.col("pers_dob").alias("born")
    )
    dated = told.join(people.unique("person"), on="person").with_columns(when.last_day().alias("day"))
    aged = dated.with_columns(age_in_years(pl.col("born"), pl.col("day")).alias("age"))
    return aged.filter(
        pl.col("age").is_between(YOUNGEST, OLDEST)
        & ~pl.col("in_touch").is_in(NO_LONGER_COUNTED).fill_null(False)
    ).unique(["period", "person"], keep="last", maintain_order=True)


def _of_years(facts: Facts, when: Periods) -> pl.DataFrame:
    years = when.frame().select("period", pl.col("last").dt.year().cast(pl.Int64).alias("kith_year"))
    rows = (
        facts["kith_care_leaver_years"]
        .sort("kith_care_leaver_year_id")
        .join(years, on="kith_year", maintain_order="left")
    )
    return rows.select(
        "period",
        pl.col("kith_person_id").alias("person"),
        pl.col("kith_in_touch").alias("in_touch"),
        pl.col("kith_activity").alias("activity"),
        pl.col("kith_accommodation").alias("accommodation"),
        pl.col("kith_accommodation").str.ends_with("1").fill_null(False).alias("is_suitable"),
    )


def _of_now(facts: Facts, when: Periods) -> pl.DataFrame:
    latest = when.frame().select("period")
    suitable = pl.col("clea_care_leaver_accom_suitable").str.to_uppercase()
    rows = facts["ssd_care_leavers"].sort("clea_table_id").join(latest, how="cross", maintain_order="left")
    return rows.select(
        "period",
        pl.col("clea_person_id").alias("person"),
        pl.col("clea_care_leaver_in_touch").alias("in_touch"),
        pl.col("clea_care_leaver_activity").alias("activity"),
        pl.col("clea_care_leaver_accommodation").alias("accommodation"),
        suitable.is_in(["Y", "YES", "1", "T", "TRUE"]).fill_null(False).alias("is_suitable"),
    )


def why_not_told(facts: Facts, period: Period) -> str | None:
    """Why care leavers cannot be told of a period; None where they can."""
    if facts["kith_care_leaver_years"].height:
        return why_not_told_yearly(facts, period, "kith_care_leaver_years")
    return why_not_the_latest(facts, period)


def left_foster_care_at_18(facts: Facts) -> pl.DataFrame:
    """Every `person` who left care on their eighteenth birthday and whose usual home on the day before was
    foster care; nobody of whom no home is told on it.
    """
    known = facts.worked_out(placements)
    last = known.unique("spell", keep="last", maintain_order=True).select(
        "spell", "usual", pl.col("until").alias("placed_until")
    )
    usual = known.select(pl.col("at").alias("usual"), "kind")
    eve = pl.col("until").dt.offset_by("-1d")
    turned = (age_in_years(pl.col("born"), pl.col("until")) == ADULT) & (
        age_in_years(pl.col("born"), eve) == ADULT - 1
    )
    spells = facts.worked_out(spells_of_care).filter(turned & pl.col("end_reason").ne_missing(WENT_ON))
    placed = spells.join(last, on="spell").filter(pl.col("placed_until") > eve)
    ended = placed.join(usual, on="usual")
    return ended.filter(pl.col("kind").is_in(FOSTER)).select("person").unique()
