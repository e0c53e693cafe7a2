"""Times when children in care went missing."""

from datetime import date

import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicators.care.spells import spells_of_care
from kith.insight.indicators.cases.told import flag

_AWAY = "A"
"""Away from where they live without leave, but it is known where: not missing."""


def missing_from_care(facts: Facts) -> pl.DataFrame:
    """Each time that a child in care went missing, by its start: `person`, `need`, `since`, `until` and
    `is_offered` (a return interview; null where it is not told or did not apply).

    The child was in care on the day it began. Two that begin on the same day or overlap are one, and one that
    ends before it begins is none.
    """
    told = (
        facts["ssd_missing"]
        .filter(pl.col("miss_missing_episode_type").ne_missing(_AWAY))
        .select(
            pl.col("miss_person_id").alias("person"),
            pl.col("miss_missing_episode_start_date").alias("since"),
            pl.col("miss_missing_episode_end_date").alias("until"),
            flag("miss_missing_rhi_offered").alias("is_offered"),
        )
    )
    sound = told.filter(pl.col("until").is_null() | (pl.col("until") >= pl.col("since")))
    once = (
        sound.sort("person", "since", "until", nulls_last=True)
        .unique(["person", "since"], keep="first", maintain_order=True)
        .filter(~_is_within_another())
    )
    care = facts.worked_out(spells_of_care).select(
        "person", "need", pl.col("since").alias("care_since"), pl.col("until").alias("care_until")
    )
    in_care = (pl.col("care_since") <= pl.col("since")) & (
        pl.col("care_until").is_null() | (pl.col("care_until") > pl.col("since"))
    )
    return once.join(care, on="person").filter(in_care).unique(["person", "since"]).sort("since")


def _is_within_another() -> pl.Expr:
    """Whether a time began before the end of one that began earlier, of rows by person and start."""
    ended = pl.col("until").fill_null(date.min).cum_max().shift(1).over("person")
    return (pl.col("since") < ended).fill_null(False)
