"""Reviews of child protection plans and visits to children on them."""

from datetime import date

import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicators.cases.plans import on_a_plan_on_the_last_day, protection_plans
from kith.insight.indicators.cases.told import dated_rightly, flag, months_after
from kith.insight.indicators.runs import before
from kith.insight.periods import Periods
from kith.insight.working_days import working_days_between
from kith.standards.clocks import clock

_MONTHS_TO_FIRST, _MONTHS_BETWEEN = clock("CP-06").amount, clock("CP-07").amount
VISIT_DAYS = clock("CP-08").amount
"""Working days between visits to a child on a plan (usual practice; a local setting)."""


def plan_reviews(facts: Facts) -> pl.DataFrame:
    """Each review of a plan, by day: `plan` (its id), `reviewed`, and `late`, how many of the plan's reviews
    up to it were late.

    One that was due before the sources tell of reviews is not judged.
    """
    held = facts["ssd_cp_reviews"].select(
        pl.col("cppr_cp_plan_id").alias("plan"), pl.col("cppr_cp_review_date").alias("reviewed")
    )
    begun = facts.worked_out(protection_plans).select(pl.col("item").alias("plan"), "start")
    rows = held.filter(pl.col("reviewed") <= facts.until).unique().join(begun, on="plan")
    rows = rows.filter(pl.col("reviewed") >= pl.col("start")).sort("plan", "reviewed")
    is_first = pl.col("plan").ne_missing(pl.col("plan").shift(1))
    reviewed_before = before("reviewed", "plan")
    first_due = months_after(pl.col("start"), _MONTHS_TO_FIRST)
    due = pl.when(is_first).then(first_due).otherwise(months_after(reviewed_before, _MONTHS_BETWEEN))
    is_late = (pl.col("reviewed") > due) & (due >= _told_since(facts))
    told = rows.select("plan", "reviewed", is_first.alias("is_first"), is_late.cast(pl.Int64).alias("late"))
    of_all = pl.col("late").cum_sum()
    of_plans_before = pl.when("is_first").then(of_all - pl.col("late")).forward_fill()
    return told.select("plan", "reviewed", (of_all - of_plans_before).alias("late")).sort("reviewed")


def plans_and_their_reviews(facts: Facts, when: Periods) -> pl.DataFrame:
    """Each child on a period's last day whose plan began three months or more before; `counts` says that
    every review so far was in time and none is overdue.
    """
    on_a_plan = facts.worked_out(on_a_plan_on_the_last_day, when)
    rows = on_a_plan.filter(pl.col("start") <= months_after(pl.col("day"), -_MONTHS_TO_FIRST))
    found = rows.sort("day").join_asof(
        facts.worked_out(plan_reviews),
        left_on="day",
        right_on="reviewed",
        by_left="item",
        by_right="plan",
        strategy="backward",
        check_sortedness=False,
        coalesce=False,
    )
    due = pl.coalesce(months_after(pl.col("reviewed"), _MONTHS_BETWEEN), _first_due(facts))
    return found.with_columns(((pl.col("late").fill_null(0) == 0) & (due >= pl.col("day"))).alias("counts"))


def _first_due(facts: Facts) -> pl.Expr:
    """When a plan without a review that is told of has to have one: where the first was due before the
    sources tell of reviews, six months after they begin to.
    """
    since = _told_since(facts)
    due = months_after(pl.col("start"), _MONTHS_TO_FIRST)
    return pl.when(due >= since).then(due).otherwise(months_after(pl.lit(since), _MONTHS_BETWEEN))


def _told_since(facts: Facts) -> date:
    return facts.first_told("ssd_cp_reviews") or date(1900, 1, 1)


def plans_and_their_visits(facts: Facts, when: Periods) -> pl.DataFrame:
    """Each child on a period's last day who has been on a plan for 10 working days or more; `counts` says
    that the child was seen in the last 10.
    """
    seen = facts["ssd_cp_visits"].select(
        pl.col("cppv_person_id").alias("person"),
        pl.col("cppv_cp_visit_date").alias("visited"),
        flag("cppv_cp_visit_seen").alias("is_seen"),
    )
    seen = dated_rightly(facts, seen, "visited").filter("is_seen").sort("visited")
    rows = facts.worked_out(on_a_plan_on_the_last_day, when)
    rows = rows.filter(working_days_between("start", "day") >= VISIT_DAYS).sort("day")
    found = rows.join_asof(
        seen,
        left_on="day",
        right_on="visited",
        by="person",
        strategy="backward",
        check_sortedness=False,
        coalesce=False,
    )
    in_time = (working_days_between("visited", "day") <= VISIT_DAYS).fill_null(False)
    return found.with_columns(in_time.alias("counts"))
