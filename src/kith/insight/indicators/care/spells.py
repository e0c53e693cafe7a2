"""Children's time in care without a break, as indicators about care read it."""

import polars as pl

from kith.insight.ages import age_in_years
from kith.insight.facts import Facts
from kith.insight.indicators.asked import why_too_many_are_unknown
from kith.insight.indicators.runs import before
from kith.insight.periods import Period, Periods

SHORT_BREAKS = ("V3", "V4")
"""Series of short breaks: the child lives at home, and England's figures leave them out."""
WENT_ON = "X1"
"""Care went on after that day, and the source does not tell how."""
HOME_TO_PARENTS = ("E4A", "E4B", "E4")


def in_care_on_the_last_day(facts: Facts, when: Periods) -> pl.DataFrame:
    """Each child in care on a period's last day, but for short breaks: `period`, `person`, `day`, and the
    columns of `spells_of_care`."""
    return facts.worked_out(_in_care, when)


def in_care_at_any_time(facts: Facts, when: Periods) -> pl.DataFrame:
    """Each child in care on any day of a period, once; `day` is the last of it that they were in care."""
    return facts.worked_out(_at_any_time, when)


def starting_care(facts: Facts, when: Periods) -> pl.DataFrame:
    """Each child whose time in care is known to have begun in a period, once; `day` is their latest start."""
    return facts.worked_out(_starting, when)


def ceasing_care(facts: Facts, when: Periods) -> pl.DataFrame:
    """Each child whose time in care ended in a period, once; `day` is their latest end."""
    return facts.worked_out(_ceasing, when)


def _in_care(facts: Facts, when: Periods) -> pl.DataFrame:
    held = when.on_the_last_day(facts.worked_out(spells_of_care), "since", "until")
    return _once(held.with_columns(when.last_day().alias("day")))


def _at_any_time(facts: Facts, when: Periods) -> pl.DataFrame:
    held = when.at_any_time(facts.worked_out(spells_of_care), "since", "until")
    return _once(held.with_columns(pl.min_horizontal("until", when.last_day()).alias("day")))


def _starting(facts: Facts, when: Periods) -> pl.DataFrame:
    known = facts.worked_out(spells_of_care).filter("is_start_known")
    return _once(when.during(known, "since").with_columns(pl.col("since").alias("day")))


def _ceasing(facts: Facts, when: Periods) -> pl.DataFrame:
    return _once(every_end(facts, when).sort("until"))


def every_end(facts: Facts, when: Periods) -> pl.DataFrame:
    """Each time in care that ended in a period."""
    ended = when.during(facts.worked_out(ended_spells), "until")
    return ended.with_columns(pl.col("until").alias("day"))


def ended_spells(facts: Facts) -> pl.DataFrame:
    """Each time in care that ended; one that went on in a way that is not told has not."""
    spells = facts.worked_out(spells_of_care)
    return spells.filter(pl.col("until").is_not_null() & pl.col("end_reason").ne_missing(WENT_ON))


def why_starts_are_not_known(facts: Facts, period: Period) -> str | None:
    """Why it cannot be told how long children who left in a period were in care; None where it can."""
    return why_too_many_are_unknown(facts.worked_out(ended_spells), period)


def _once(rows: pl.DataFrame) -> pl.DataFrame:
    """The last row of each child and period."""
    return rows.unique(["period", "person"], keep="last", maintain_order=True)


def spells_of_care(facts: Facts) -> pl.DataFrame:
    """Each time in care without a break, by its start: `person`, `spell` (the id of its first period of
    care), `since`, `until`, `end_reason`, `is_start_known`, `need`, `home` (postcode when care began), `born`
    and `before` (the end of the child's time in care before, if there was one).

    Two periods that touch, where the first has no reason for its end or one that says that care went on, are
    one.
    """
    people = facts["ssd_person"].select(
        pl.col("pers_person_id").alias("person"), pl.col("pers_dob").alias("born")
    )
    joined = (
        facts.worked_out(parts_of_care)
        .group_by("spell", maintain_order=True)
        .agg(
            pl.col("person", "since", "is_start_known", "need", "home").first(),
            pl.col("until", "end_reason").last(),
        )
        .with_columns(before("until", "person").alias("before"))
        .sort("since", "until")
    )
    return joined.join(people.unique("person"), on="person", how="left", maintain_order="left")


def parts_of_care(facts: Facts) -> pl.DataFrame:
    """Each period of care with the `spell` that it is part of, but for spells of short breaks alone.

    A spell that was of short breaks at first counts from the first day of another legal status, in whichever
    of its periods that is. A period without a day in it is none.
    """
    periods = facts["kith_periods_of_care"].select(
        pl.col("kith_person_id").alias("person"),
        pl.col("kith_period_id").alias("part"),
        pl.col("kith_start_date").alias("since"),
        pl.col("kith_end_date").alias("until"),
        pl.col("kith_end_reason").alias("end_reason"),
        pl.col("kith_start_known").fill_null(True).alias("is_start_known"),
        pl.col("kith_need_code").alias("need"),
        pl.col("kith_home_postcode").alias("home"),
    )
    sound = periods.filter(
        pl.col("since").is_not_null() & (pl.col("until").is_null() | (pl.col("until") > pl.col("since")))
    ).sort("person", "since", "until", "part", nulls_last=True)
    goes_on = (
        (pl.col("person") == pl.col("person").shift(1))
        & (pl.col("since") == pl.col("until").shift(1))
        & pl.col("end_reason").shift(1).fill_null(WENT_ON).eq(WENT_ON)
    )
    first = pl.when(~goes_on.fill_null(False)).then("part").forward_fill()
    return _but_for_breaks(facts, sound.with_columns(first.alias("spell")))


def _but_for_breaks(facts: Facts, parts: pl.DataFrame) -> pl.DataFrame:
    """The parts of each spell from the day on which it is more than short breaks; that day is known."""
    told = parts.join(_more_than_breaks(facts, parts), on="spell", how="left", maintain_order="left")
    begins = pl.max_horizontal("since", "after_breaks")
    return (
        told.filter(
            pl.col("is_more_than_breaks").fill_null(True)
            & (pl.col("until").is_null() | (pl.col("until") > begins))
        )
        .with_columns(
            begins.alias("since"),
            pl.col("is_start_known") | (pl.col("after_breaks") >= pl.col("since")).fill_null(False),
        )
        .drop("is_more_than_breaks", "after_breaks")
    )


def _more_than_breaks(facts: Facts, parts: pl.DataFrame) -> pl.DataFrame:
    """For each spell with a legal status: whether one of them is no short break, and from when, where there
    were only short breaks before.
    """
    is_break = pl.col("lega_legal_status").is_in(SHORT_BREAKS).fill_null(False)
    begun = pl.col("lega_legal_status_start_date")
    told = facts["ssd_legal_status"].join(
        parts.select("spell", kith_period_id="part"), on="kith_period_id", how="inner"
    )
    found = told.group_by("spell").agg(
        (~is_break).any().alias("is_more_than_breaks"),
        begun.filter(is_break).min().alias("first_break"),
        begun.filter(~is_break).min().alias("first_other"),
        (begun.is_null() & ~is_break).any().alias("has_undated"),
    )
    after = (pl.col("first_break") < pl.col("first_other")) & ~pl.col("has_undated")
    return found.select(
        "spell", "is_more_than_breaks", pl.when(after).then("first_other").alias("after_breaks")
    )


def legal_statuses(facts: Facts) -> pl.DataFrame:
    """Each legal status of a time in care, by its start: `person`, `spell`, `code`, `since` and `until`."""
    told = facts["ssd_legal_status"].select(
        pl.col("kith_period_id").alias("part"),
        pl.col("lega_legal_status").alias("code"),
        pl.col("lega_legal_status_start_date").alias("since"),
        pl.col("lega_legal_status_end_date").alias("until"),
    )
    parts = facts.worked_out(parts_of_care).select("person", "part", "spell")
    return told.join(parts, on="part").filter(pl.col("since").is_not_null()).sort("since", "until")


def with_legal_status(facts: Facts, when: Periods) -> pl.DataFrame:
    """The children in care on a period's last day, with the `code` of their legal status on it, or null."""
    return facts.worked_out(_with_legal_status, when)


def _with_legal_status(facts: Facts, when: Periods) -> pl.DataFrame:
    held = when.on_the_last_day(facts.worked_out(legal_statuses), "since", "until")
    latest = held.unique(["period", "spell"], keep="last", maintain_order=True)
    children = in_care_on_the_last_day(facts, when)
    return children.join(
        latest.select("period", "spell", "code"), on=["period", "spell"], how="left", maintain_order="left"
    )


def age() -> pl.Expr:
    """Whole years of age of the row's child on its day; null where the birth is not known."""
    return age_in_years(pl.col("born"), pl.col("day"))
