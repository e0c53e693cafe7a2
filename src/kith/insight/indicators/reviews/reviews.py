"""Reviews of children in care: those held, and those due."""

from datetime import date

import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicators.care.spells import parts_of_care, spells_of_care
from kith.insight.indicators.runs import after, before
from kith.standards.working_days import add_working_days

_FIRST_WORKING_DAYS = 20
_SECOND, _LATER = "3mo", "6mo"
_YES = ("Y", "YES", "1", "T", "TRUE")


def reviews_held(facts: Facts) -> pl.DataFrame:
    """Each review held while a child was in care, by its day: `spell`, `person`, `need`, `born`, `held`,
    `participation` and the `since`, `until` and `is_start_known` of the time in care.

    Cancelled ones are left out, and two on one day are one.
    """
    cancelled = pl.col("clar_cla_review_cancelled").str.to_uppercase().is_in(_YES).fill_null(False)
    parts = facts.worked_out(parts_of_care).select("part", pl.col("person").alias("of_part"))
    told = (
        facts["ssd_cla_reviews"]
        .filter(~cancelled & pl.col("clar_cla_review_date").is_not_null())
        .join(parts, left_on="clar_cla_id", right_on="part", how="left")
        .select(
            pl.coalesce("kith_person_id", "of_part").alias("person"),
            pl.col("clar_cla_review_date").alias("held"),
            pl.col("clar_cla_review_participation").alias("participation"),
        )
    )
    once = told.sort("held", "participation", nulls_last=True).unique(
        ["person", "held"], keep="first", maintain_order=True
    )
    spells = facts.worked_out(spells_of_care).select(
        "spell", "person", "need", "born", "since", "until", "is_start_known"
    )
    within = (pl.col("held") >= pl.col("since")) & (
        pl.col("until").is_null() | (pl.col("held") <= pl.col("until"))
    )
    return (
        once.join(spells, on="person")
        .filter(within & (pl.col("held") <= facts.until))
        .sort("since", "held")
        .unique(["person", "held"], keep="first", maintain_order=True)
    )


def reviews_due(facts: Facts) -> pl.DataFrame:
    """Each review that came due while a child was in care: `spell`, `person`, `need`, `due` and `held` (null:
    not yet).

    The first is due 20 working days after care began, the second 3 months after the first was held, and each
    later one 6 months after the one before. Where the start of care, or the reviews of that time, are not
    told, the chain begins at the first review that is, and that one is not judged.
    """
    held = facts.worked_out(reviews_held).sort("spell", "held")
    told_since = facts.sources.first_told("ssd_cla_reviews") or date.min
    whole = pl.col("is_start_known") & (pl.col("since") >= told_since)
    gap = pl.when(whole & before("held", "spell").is_null()).then(pl.col("held").dt.offset_by(_SECOND))
    following = held.select(
        "spell", "person", "need", "since", "until",
        gap.otherwise(pl.col("held").dt.offset_by(_LATER)).alias("due"),
        after("held", "spell").alias("held"),
    )  # fmt: skip
    first = (
        facts.worked_out(spells_of_care)
        .filter(whole)
        .join(
            held.unique("spell", keep="first", maintain_order=True).select("spell", "held"),
            on="spell",
            how="left",
        )
    )
    begun = first.select("spell", "person", "need", "since", "until", _first_due(first), "held")
    still = pl.col("until").is_null() | (pl.col("due") < pl.col("until"))
    return pl.concat([begun, following]).filter(still).sort("due").drop("since", "until")


def _first_due(spells: pl.DataFrame) -> pl.Series:
    """The last day on which each first review is in time."""
    days = spells["since"].unique()
    due = {day: add_working_days(day, _FIRST_WORKING_DAYS) for day in days}
    return spells["since"].replace_strict(due, return_dtype=pl.Date).alias("due")
