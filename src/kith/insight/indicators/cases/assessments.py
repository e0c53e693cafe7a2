"""Assessments of children, and the factors that they found."""

import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicators.cases.referrals import NOT_IN_NEED, referral_of_each
from kith.insight.indicators.cases.told import codes_told, dated_rightly, flag, told_once
from kith.insight.periods import Periods
from kith.insight.working_days import working_days_between
from kith.standards.clocks import clock

LIMIT = clock("AS-01").amount
"""Working days in which an assessment has to be finished."""
_SOON = 10  # working days in which a case that an assessment leads to close is closed


def assessments(facts: Facts) -> pl.DataFrame:
    """Each assessment once a child and start, by referral and start: `person`, `item`, `referral`, `start`,
    `finished`, `outcomes`, `is_no_further`, `team`, `worker`; of its referral `referred`, `closed`,
    `why_closed` and `need`; `days`, the working days that it took; and `is_first` and `is_last` of its
    referral.
    """
    told = facts["ssd_cin_assessments"].select(
        pl.col("cina_person_id").alias("person"),
        pl.col("cina_assessment_id").alias("item"),
        pl.col("cina_referral_id").alias("referral"),
        pl.col("cina_assessment_start_date").alias("start"),
        pl.col("cina_assessment_auth_date").alias("finished"),
        codes_told(facts["ssd_cin_assessments"]["cina_assessment_outcome_json"]).alias("outcomes"),
        flag("cina_assessment_outcome_nfa").alias("is_no_further"),
        pl.col("cina_assessment_team").alias("team"),
        pl.col("cina_assessment_worker_id").alias("worker"),
    )
    rightly = dated_rightly(facts, told.with_columns(_began().alias("began")), "began", "finished")
    once = told_once(rightly.drop("began"), "finished", ("person", "start"))
    numbered = facts.worked_out(referral_of_each).with_row_index("number")
    placed = once.join(numbered, on="referral", how="left", maintain_order="left")
    return placed.sort("number", "start", nulls_last=True, maintain_order=True).with_columns(
        working_days_between("start", "finished").alias("days"),
        pl.col("number").ne_missing(pl.col("number").shift(1)).alias("is_first"),
        pl.col("number").ne_missing(pl.col("number").shift(-1)).alias("is_last"),
    )


def _began() -> pl.Expr:
    """The start; where that was not told, an assessment that was finished had begun by then."""
    return pl.coalesce("start", "finished")


def assessments_finished_in(facts: Facts, when: Periods) -> pl.DataFrame:
    """The assessments that a manager authorised in each period, as of that `day`."""
    rows = when.during(facts.worked_out(assessments), "finished")
    return rows.with_columns(pl.col("finished").alias("day"))


def with_days_by_law(rows: pl.DataFrame) -> pl.DataFrame:
    """The assessments with `days_by_law`, the working days that each took as the law counts: the first of a
    referral from the referral, a later one from its own start; null where that is not known.
    """
    since = pl.when("is_first").then("referred").otherwise("start")
    known = pl.when(pl.col("referred").is_not_null()).then(since)
    days = rows.with_columns(known.alias("since")).with_columns(
        working_days_between("since", "finished").alias("days_by_law")
    )
    return days.with_columns(pl.when(pl.col("days_by_law") >= 0).then("days_by_law").alias("days_by_law"))


def led_to_nothing_more(facts: Facts) -> pl.DataFrame:
    """Whether each finished assessment was the end of the case, as `counts`; null where it is not told.

    By its outcome; where it has none, by whether the referral was closed as not in need within 10 working
    days after, which has to be over.
    """
    rows = facts.worked_out(assessments).filter(pl.col("finished").is_not_null())
    rows = rows.with_columns(pl.lit(facts.until).alias("until"))
    by_outcome = pl.any_horizontal("is_no_further", pl.col("outcomes").list.contains("NFA_FLAG"))
    after = working_days_between("finished", "closed")
    is_over = (working_days_between("finished", "until") >= _SOON) & pl.col("referred").is_not_null()
    closed = pl.col("why_closed").is_in(NOT_IN_NEED) & after.is_between(0, _SOON)
    is_told = pl.col("is_no_further").is_not_null() | pl.col("outcomes").is_not_null()
    counts = pl.when(is_told).then(by_outcome.fill_null(False)).when(is_over).then(closed.fill_null(False))
    return rows.with_columns(counts.alias("counts"))


def factors(facts: Facts) -> pl.DataFrame:
    """The factors that each assessment found: `item`, the assessment's id, and `codes`, parted by blanks. An
    assessment without any is not here.
    """
    table = facts["ssd_assessment_factors"].select(
        pl.col("cinf_assessment_id").alias("item"), pl.col("cinf_assessment_factors_json").alias("text")
    )
    texts = table["text"].unique()  # few, for a table of any length
    told = pl.DataFrame({"text": texts, "codes": codes_told(texts).list.join(" ")}).drop_nulls()
    rows = table.drop_nulls("item").join(told, on="text").select("item", "codes")
    if rows["item"].n_unique() == rows.height:
        return rows
    return rows.sort("item", "codes").group_by("item").agg(pl.col("codes").str.join(" "))
