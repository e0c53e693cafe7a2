"""Initial child protection conferences."""

import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicators.cases.plans import protection_plans
from kith.insight.indicators.cases.referrals import referral_of_each
from kith.insight.indicators.cases.told import dated_rightly, flag, told_once
from kith.insight.periods import Periods

_DAYS_TO_A_PLAN = 5


def conferences(facts: Facts) -> pl.DataFrame:
    """Each conference once a child and day: `person`, `item`, `enquiry` (its id, null for none), `held` and
    `day` (the same day), `is_transfer`, `is_plan_made` (null where it is not told), `need`, `team` and
    `worker`.
    """
    told = facts["ssd_initial_cp_conference"].select(
        pl.col("icpc_person_id").alias("person"),
        pl.col("icpc_icpc_id").alias("item"),
        pl.col("icpc_s47_enquiry_id").alias("enquiry"),
        pl.col("icpc_referral_id").alias("referral"),
        pl.col("icpc_icpc_date").alias("day"),
        pl.col("icpc_icpc_date").alias("held"),
        flag("icpc_icpc_transfer_in").fill_null(False).alias("is_transfer"),
        flag("icpc_icpc_outcome_cp_flag").alias("is_plan_made"),
        pl.col("icpc_icpc_team").alias("team"),
        pl.col("icpc_icpc_worker_id").alias("worker"),
    )
    once = told_once(dated_rightly(facts, told), "is_plan_made")
    return once.join(facts.worked_out(referral_of_each).select("referral", "need"), on="referral", how="left")


def conferences_in(facts: Facts, when: Periods) -> pl.DataFrame:
    """The conferences held in each period."""
    return when.during(facts.worked_out(conferences), "day")


def conferences_and_plans(facts: Facts) -> pl.DataFrame:
    """The conferences but for transfers in; `counts` says that no plan was made.

    By the conference's outcome; where that is not told, by whether a plan of the child began within five
    days.
    """
    rows = facts.worked_out(conferences).filter(~pl.col("is_transfer"))
    begun = facts.worked_out(protection_plans).select("person", "start")
    soon = (pl.col("start") - pl.col("day")).dt.total_days().is_between(0, _DAYS_TO_A_PLAN)
    with_plan = rows.join(begun, on="person").filter(soon)["item"].unique()
    is_made = pl.coalesce("is_plan_made", pl.col("item").is_in(with_plan.implode()))
    return rows.with_columns((~is_made).alias("counts"))


def with_its_conference(facts: Facts, plans: pl.DataFrame) -> pl.DataFrame:
    """Plans with the `team` and `worker` of the conference that made them: the one that a plan names, else
    the child's on the plan's first day.
    """
    held = facts.worked_out(conferences)
    named = held.select(pl.col("item").alias("conference"), "team", "worker").unique("conference")
    of_the_day = held.select(
        "person",
        pl.col("day").alias("start"),
        pl.col("team").alias("team_that_day"),
        pl.col("worker").alias("worker_that_day"),
    )
    rows = plans.join(named, on="conference", how="left").join(of_the_day, on=["person", "start"], how="left")
    is_named = pl.col("conference").is_in(named["conference"].implode()).fill_null(False)
    return rows.with_columns(
        pl.when(is_named).then(name).otherwise(f"{name}_that_day").alias(name) for name in ("team", "worker")
    )
