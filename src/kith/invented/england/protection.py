"""Section 47 enquiries, conferences and plans of an invented authority in 2019-20."""

from collections.abc import Mapping

import polars as pl

from kith.invented.england.apportion import MarginsDisagree
from kith.invented.england.days import LAST, as_date
from kith.invented.england.ranks import one_of, upto

_OPEN_ON_THE_LAST_DAY = ["opened", "carried"]
_CATEGORIES = ["NEG", "NEG", "NEG", "NEG", "EMO", "EMO", "EMO", "PHY", "SAB", "MUL"]
_ORDER = {"opened": 0, "carried": 1, "opened_and_closed": 2, "carried_and_closed": 3}


def enquiries_of(cases: pl.DataFrame, counts: Mapping[str, int], seed: int) -> pl.DataFrame:
    """A row for each enquiry: the case's columns, `begun` (day), `enquiry`, its id, and `place`, from 0.

    Those that led to a conference stand first, of these those with a plan, and of these the plans still in
    force on the last day.
    """
    own = (
        cases.filter(pl.col("kind").is_in(list(_ORDER)))
        .sort(pl.col("kind").replace_strict(_ORDER), maintain_order=True)
        .head(counts["children_with_an_enquiry"])
    )
    first = own.with_columns(
        _begun(seed).alias("begun"),
        pl.int_range(pl.len()).alias("place"),
        (pl.col("referral") + "E").alias("enquiry"),
    )
    again = first.tail(counts["second_enquiries"])
    room = pl.coalesce("closed", pl.lit(LAST)) - pl.col("begun") - 1
    second = again.with_columns(
        (pl.col("begun") + 1 + upto(room, 6, seed)).alias("begun"),
        (pl.col("place") + first.height).alias("place"),
        (pl.col("referral") + "F").alias("enquiry"),
    )
    return pl.concat([first, second])


def _begun(seed: int) -> pl.Expr:
    return (
        pl.when(pl.col("kind") == "carried")
        .then(upto(320, 5, seed))
        .when(pl.col("kind") == "carried_and_closed")
        .then(upto(pl.col("closed") - 25, 5, seed))
        .otherwise(pl.col("referred") + upto(8, 5, seed))
    )


def _held(seed: int) -> pl.Expr:
    """The day of the conference: within 15 working days of the enquiry's."""
    return pl.col("begun") + 7 + upto(5, 7, seed)


def enquiries(rows: pl.DataFrame, conferences: int) -> pl.DataFrame:
    """The enquiries as rows of `ssd_s47_enquiry`."""
    return rows.select(
        pl.col("enquiry").alias("s47e_s47_enquiry_id"),
        pl.col("referral").alias("s47e_referral_id"),
        pl.col("person").alias("s47e_person_id"),
        as_date("begun").alias("s47e_s47_start_date"),
        (pl.col("place") >= conferences).alias("kith_conference_not_required"),
    )


def conferences(rows: pl.DataFrame, count: int, seed: int) -> pl.DataFrame:
    """As many conferences, as rows of `ssd_initial_cp_conference`."""
    return rows.filter(pl.col("place") < count).select(
        (pl.col("enquiry") + "C").alias("icpc_icpc_id"),
        pl.col("person").alias("icpc_person_id"),
        pl.col("referral").alias("icpc_referral_id"),
        pl.col("enquiry").alias("icpc_s47_enquiry_id"),
        as_date(_held(seed)).alias("icpc_icpc_date"),
    )


def plans(rows: pl.DataFrame, cases: pl.DataFrame, counts: Mapping[str, int], seed: int) -> pl.DataFrame:
    """Plans begun in the year and carried into it, as rows of `ssd_cp_plans`."""
    begun, ended_too = counts["plans_begun"], counts["plans_begun_and_ended"]
    start = _held(seed)
    last = pl.coalesce("closed", pl.lit(LAST))
    new = rows.filter(pl.col("place") < begun).with_columns(
        start.alias("start"),
        pl.when(pl.col("place") >= begun - ended_too)
        .then(start + 1 + upto(last - start, 8, seed))
        .alias("end"),
        _is_second(counts["second_plans"], begun).cast(pl.Int64).alias("before"),
    )
    open_ones = cases.filter(pl.col("kind") == "carried").tail(counts["plans_carried"])
    ended = cases.filter(pl.col("kind") == "carried_and_closed").tail(counts["plans_carried_and_ended"])
    old = pl.concat([open_ones, ended]).with_columns(
        pl.max_horizontal(-1 - upto(360, 7, seed), "referred").alias("start"),
        upto(pl.col("closed") + 1, 8, seed).alias("end"),
        pl.lit(0, dtype=pl.Int64).alias("before"),
    )
    _check_apart(new.filter(pl.col("end").is_null()), old, cases, counts)
    columns = ["person", "referral", "number", "start", "end", "before"]
    return pl.concat([new.select(columns), old.select(columns)]).select(
        (pl.col("referral") + "P" + pl.col("start").cast(pl.String)).alias("cppl_cp_plan_id"),
        pl.col("referral").alias("cppl_referral_id"),
        pl.col("person").alias("cppl_person_id"),
        as_date("start").alias("cppl_cp_plan_start_date"),
        as_date("end").alias("cppl_cp_plan_end_date"),
        one_of(_CATEGORIES, 9, seed).alias("cppl_cp_plan_initial_category"),
        one_of(_CATEGORIES, 9, seed).alias("cppl_cp_plan_latest_category"),
        pl.col("before").alias("kith_previous_plans"),
    )


def _is_second(second: int, begun: int) -> pl.Expr:
    """Whether each of the plans is one of the `second` that are not the child's first, spread evenly."""
    if not begun:
        return pl.lit(False)
    return ((pl.col("place") + 1) * second) // begun > (pl.col("place") * second) // begun


def _check_apart(
    new: pl.DataFrame, old: pl.DataFrame, cases: pl.DataFrame, counts: Mapping[str, int]
) -> None:
    """Raises MarginsDisagree where there are too few cases for so many plans to be of different children."""
    held = counts["plans_carried"] + counts["plans_carried_and_ended"]
    wrong = new.filter(~pl.col("kind").is_in(_OPEN_ON_THE_LAST_DAY)).height
    both = new.join(old, on="person").height
    if old.height < held or wrong or both:
        raise MarginsDisagree(
            f"Plans: {held - old.height} without a case, {wrong} in a case that had closed, {both} of a "
            f"child on another, of {cases.height:,} cases."
        )
