"""How the health of children who have been in care for a year was looked after, and whether it is told."""

import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicators.asked import why_not_a_year, why_not_told_yearly
from kith.insight.indicators.care.spells import in_care_on_the_last_day
from kith.insight.periods import Period, Periods

CHECKED = "Completed"


def in_care_for_a_year(facts: Facts, when: Periods) -> pl.DataFrame:
    """Each child in care on a period's last day who had been for 12 months, with the facts of health of that
    year (`kith_health_years`), null where none is told.
    """
    return facts.worked_out(_for_a_year, when)


def _for_a_year(facts: Facts, when: Periods) -> pl.DataFrame:
    since = pl.col("day").dt.offset_by("-12mo")
    children = in_care_on_the_last_day(facts, when).filter(pl.col("since") <= since)
    years = (
        facts["kith_health_years"]
        .sort("kith_health_year_id")
        .unique(["kith_person_id", "kith_year"], keep="last", maintain_order=True)
    )
    told = children.with_columns(pl.col("day").dt.year().cast(pl.Int64).alias("year"))
    return told.join(
        years, left_on=["person", "year"], right_on=["kith_person_id", "kith_year"], how="left",
        maintain_order="left",
    )  # fmt: skip


def health_of_the_year(facts: Facts, when: Periods, column: str) -> pl.DataFrame:
    """Children in care for a year, and whether the flag `column` of `kith_health_years` says yes."""
    return in_care_for_a_year(facts, when).with_columns(pl.col(column).alias("counts"))


def why_not_told(facts: Facts, period: Period) -> str | None:
    """Why health cannot be told of a period: a return tells it once a year, an extract of any year."""
    return why_not_told_yearly(facts, period, "kith_health_years") or why_not_a_year(facts, period)


def checked_in_the_year(facts: Facts, when: Periods, words: str, column: str) -> pl.DataFrame:
    """Children in care for a year, and whether a check of the kind that `words` (a pattern) names was made in
    it; as the returns have it, or by the checks themselves in an extract that tells those.

    A child of whom no check of any kind is told is not told.
    """
    if facts["kith_health_years"].height:
        return health_of_the_year(facts, when, column)
    checks = facts["ssd_cla_health"]
    made = checks.filter(
        (pl.col("clah_health_check_status") == CHECKED) & pl.col("clah_health_check_type").str.contains(words)
    )
    in_time = when.during(made, "clah_health_check_date").select(
        "period", pl.col("clah_person_id").alias("person")
    )
    children = in_care_for_a_year(facts, when)
    is_told = pl.col("person").is_in(checks["clah_person_id"].unique().implode())
    checked = children.join(in_time.unique().with_columns(made=True), on=["period", "person"], how="left")
    return checked.with_columns(pl.when(is_told).then(pl.col("made").fill_null(False)).alias("counts"))
