"""Scores of the Strengths and Difficulties Questionnaire of children who have been in care for a year."""

import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicators.care.spells import age
from kith.insight.indicators.reviews.health import in_care_for_a_year
from kith.insight.periods import Periods

YOUNGEST, OLDEST = 5, 16
WRONG_AGE = "SDQ1"
_HIGHEST = 40


def scores_of_the_year(facts: Facts, when: Periods) -> pl.DataFrame:
    """Each child of 5 to 16 who was in care for a year, with `score` and the `reason` for none, as returns
    tell them of the year, or the latest questionnaire that an extract tells of the period.

    A number that no questionnaire can come to is no score. Who was of the wrong age when it was due is out.
    """
    told = _told_of_the_year(facts, when).filter(pl.col("reason").ne_missing(WRONG_AGE))
    return told.with_columns(pl.when(pl.col("score").is_between(0, _HIGHEST)).then("score").alias("score"))


def _told_of_the_year(facts: Facts, when: Periods) -> pl.DataFrame:
    children = in_care_for_a_year(facts, when).filter(age().is_between(YOUNGEST, OLDEST))
    if facts["kith_health_years"].height:
        return children.with_columns(
            pl.col("kith_sdq_score").alias("score"), pl.col("kith_sdq_reason").alias("reason")
        )
    made = when.during(facts["ssd_sdq_scores"].sort("csdq_sdq_completed_date"), "csdq_sdq_completed_date")
    latest = made.select(
        "period",
        pl.col("csdq_person_id").alias("person"),
        pl.col("csdq_sdq_score").alias("score"),
        pl.col("csdq_sdq_reason").alias("reason"),
    ).unique(["period", "person"], keep="last", maintain_order=True)
    return children.join(latest, on=["period", "person"], how="left")
