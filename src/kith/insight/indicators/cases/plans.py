"""Child protection plans, plans for children in need, help before them, and work before court."""

import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicators.cases.referrals import referral_of_each
from kith.insight.indicators.cases.told import dated_rightly, flag, told_once
from kith.insight.periods import Periods
from kith.standards.codes import code_list


def every_protection_plan(facts: Facts) -> pl.DataFrame:
    """Each plan once a child and start, another authority's too (`is_of_another`), by child and start:
    `person`, `item`, `start`, `end`, `first_category`, `category`, `previous_plans`, `conference`;
    and of its referral `need` and `why_closed`.

    A plan that ended on the day it began is none.
    """
    told = facts["ssd_cp_plans"].select(
        pl.col("cppl_person_id").alias("person"),
        pl.col("cppl_cp_plan_id").alias("item"),
        pl.col("cppl_referral_id").alias("referral"),
        pl.col("cppl_icpc_id").alias("conference"),
        pl.col("cppl_cp_plan_start_date").alias("start"),
        pl.col("cppl_cp_plan_end_date").alias("end"),
        _category("cppl_cp_plan_initial_category").alias("first_category"),
        _category("cppl_cp_plan_latest_category").alias("category"),
        flag("cppl_cp_plan_ola").fill_null(False).alias("is_of_another"),
        pl.col("kith_previous_plans").alias("previous_plans"),
    )
    lasted = (pl.col("end") > pl.col("start")).fill_null(True)
    once = told_once(dated_rightly(facts, told, "start").filter(lasted), "end", ("person", "start"))
    of_referral = facts.worked_out(referral_of_each).select("referral", "need", "why_closed")
    return once.join(of_referral, on="referral", how="left").sort("person", "start")


def _category(column: str) -> pl.Expr:
    labels = {code.code: code.label for code in code_list("category_of_abuse")}
    return pl.col(column).replace_strict(labels, default=None, return_dtype=pl.String)


def protection_plans(facts: Facts) -> pl.DataFrame:
    """This authority's own plans, as `every_protection_plan`."""
    return facts.worked_out(every_protection_plan).filter(~pl.col("is_of_another"))


def plans_begun_in(facts: Facts, when: Periods) -> pl.DataFrame:
    """The protection plans that began in each period."""
    rows = facts.worked_out(protection_plans).with_columns(pl.col("start").alias("day"))
    return when.during(rows, "start")


def plans_ended_in(facts: Facts, when: Periods) -> pl.DataFrame:
    """The protection plans that ended in each period, as of that day; `days` is how long they lasted."""
    rows = facts.worked_out(protection_plans)
    lasted = (pl.col("end") - pl.col("start")).dt.total_days()
    return when.during(rows.with_columns(pl.col("end").alias("day"), lasted.alias("days")), "end")


def on_a_plan_on_the_last_day(facts: Facts, when: Periods) -> pl.DataFrame:
    """Each child on a protection plan on a period's last day, once, with the plan that began last."""
    rows = when.on_the_last_day(facts.worked_out(protection_plans), "start", "end")
    once = rows.unique(["period", "person"], keep="last", maintain_order=True)
    return once.with_columns(when.last_day().alias("day"))


def in_need_plans(facts: Facts) -> pl.DataFrame:
    """Each child in need plan: `person`, `item`, `start`, `end`, `need`, `team` and `worker`, by start."""
    told = facts["ssd_cin_plans"].select(
        pl.col("cinp_person_id").alias("person"),
        pl.col("cinp_cin_plan_id").alias("item"),
        pl.col("cinp_referral_id").alias("referral"),
        pl.col("cinp_cin_plan_start_date").alias("start"),
        pl.col("cinp_cin_plan_end_date").alias("end"),
        pl.col("cinp_cin_plan_team").alias("team"),
        pl.col("cinp_cin_plan_worker_id").alias("worker"),
    )
    needs = facts.worked_out(referral_of_each).select("referral", "need")
    return dated_rightly(facts, told, "start", "end").join(needs, on="referral", how="left").sort("start")


def help_given(facts: Facts) -> pl.DataFrame:
    """Each time that a child was helped without social work: `person`, `start` and `end`."""
    told = facts["ssd_early_help_episodes"].select(
        pl.col("earl_person_id").alias("person"),
        pl.col("earl_episode_start_date").alias("start"),
        pl.col("earl_episode_end_date").alias("end"),
    )
    return dated_rightly(facts, told, "start", "end")


def pre_proceedings(facts: Facts) -> pl.DataFrame:
    """Work with a child's family before court: `person`, `item`, `start` (the decision), `end` (stepped down
    or to court), `is_meeting_offered`, `outcome` (a code of the list, else null) and `need`.
    """
    table = facts["ssd_pre_proceedings"]
    known = [code.code for code in code_list("pre_proceedings_outcome")]
    told = table.select(
        pl.col("prep_person_id").alias("person"),
        pl.col("prep_table_id").alias("item"),
        pl.col("kith_referral_id").alias("referral"),
        pl.col("prep_pre_pro_decision_date").alias("start"),
        pl.col("prep_agree_stepdown_issue_date").alias("end"),
        pl.col("kith_fgdm_offered").alias("is_meeting_offered"),
        pl.when(pl.col("prep_pre_pro_outcome").is_in(known)).then("prep_pre_pro_outcome").alias("outcome"),
    )
    needs = facts.worked_out(referral_of_each).select("referral", "need")
    return dated_rightly(facts, told, "start", "end").join(needs, on="referral", how="left").sort("start")
