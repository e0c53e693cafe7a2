"""Section 47 enquiries, and the plans and conferences that they led to."""

import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicators.cases.conferences import conferences
from kith.insight.indicators.cases.plans import every_protection_plan, protection_plans
from kith.insight.indicators.cases.referrals import referral_of_each
from kith.insight.indicators.cases.told import codes_told, dated_rightly, flag, months_after, told_once
from kith.insight.indicators.runs import before
from kith.insight.periods import Periods
from kith.insight.working_days import working_days_between

MONTHS_TO_FOLLOW = 3
"""How long after an enquiry begins a plan or a conference is taken to have come of it."""


def every_enquiry(facts: Facts) -> pl.DataFrame:
    """Each enquiry: `person`, `item`, `referral`, `day`, `ended`, `outcomes`, `is_no_further`,
    `is_no_conference_needed`, `team` and `worker`. One that ended before it began is left out.
    """
    told = facts["ssd_s47_enquiry"].select(
        pl.col("s47e_person_id").alias("person"),
        pl.col("s47e_s47_enquiry_id").alias("item"),
        pl.col("s47e_referral_id").alias("referral"),
        pl.col("s47e_s47_start_date").alias("day"),
        pl.col("s47e_s47_end_date").alias("ended"),
        codes_told(facts["ssd_s47_enquiry"]["s47e_s47_outcome_json"]).alias("outcomes"),
        flag("s47e_s47_nfa").alias("is_no_further"),
        pl.col("kith_conference_not_required").fill_null(False).alias("is_no_conference_needed"),
        pl.col("s47e_s47_completed_by_team").alias("team"),
        pl.col("s47e_s47_completed_by_worker_id").alias("worker"),
    )
    return dated_rightly(facts, told, end="ended")


def enquiries(facts: Facts) -> pl.DataFrame:
    """Each enquiry once a child and start, by child and day, as `every_enquiry`; of its referral `referred`,
    `closed` and `need`; and `previous`, the day of the child's enquiry before.
    """
    once = told_once(facts.worked_out(every_enquiry), "ended")
    placed = once.join(facts.worked_out(referral_of_each), on="referral", how="left").sort("person", "day")
    return placed.with_columns(before("day", "person").alias("previous"))


def enquiries_begun_in(facts: Facts, when: Periods) -> pl.DataFrame:
    """The enquiries that began in each period."""
    return when.during(facts.worked_out(enquiries), "day")


def enquiries_ended_in(facts: Facts, when: Periods) -> pl.DataFrame:
    """The enquiries that ended in each period, as of that day; `days` are the working days they took."""
    rows = facts.worked_out(enquiries).with_columns(working_days_between("day", "ended").alias("days"))
    return when.during(rows, "ended").with_columns(pl.col("ended").alias("day"))


def enquiries_and_plans(facts: Facts) -> pl.DataFrame:
    """The enquiries about children who had no plan that day, whose three months are over; `counts` says that
    no plan came of it.

    A plan comes of the child's latest enquiry that began on the plan's first day or in the three months
    before it. Another authority's plan is a plan that the child had, but none that came of an enquiry.
    """
    rows = facts.worked_out(enquiries)
    on_a_plan = _in_force_before(rows, facts.worked_out(every_protection_plan))
    with_plan = _latest_enquiry_of(rows, facts.worked_out(protection_plans))
    old_enough = months_after(pl.col("day"), MONTHS_TO_FOLLOW) <= facts.until
    asked = rows.filter(old_enough).join(on_a_plan, on="item", how="anti")
    return asked.with_columns((~pl.col("item").is_in(with_plan.implode())).alias("counts"))


def _in_force_before(rows: pl.DataFrame, plans: pl.DataFrame) -> pl.DataFrame:
    """The `item`s of the enquiries that began while the child was on a plan that had begun before."""
    begun = pl.col("start") < pl.col("day")
    going_on = (pl.col("end") > pl.col("day")).fill_null(True)
    return (
        rows.join(plans.select("person", "start", "end"), on="person").filter(begun, going_on).select("item")
    )


def _latest_enquiry_of(rows: pl.DataFrame, plans: pl.DataFrame) -> pl.Series:
    """The `item`s of the enquiries that plans came of."""
    found = plans.sort("start").join_asof(
        rows.select("person", "day", pl.col("item").alias("enquiry")).sort("day"),
        left_on="start",
        right_on="day",
        by="person",
        strategy="backward",
        check_sortedness=False,
        coalesce=False,
    )
    soon = pl.col("day") >= months_after(pl.col("start"), -MONTHS_TO_FOLLOW)
    return found.filter(soon)["enquiry"]


def enquiries_and_conferences(facts: Facts) -> pl.DataFrame:
    """The enquiries whose three months are over; `counts` says that a conference was held in them.

    A conference that names its enquiry is that one's alone; another is of any enquiry about the child. One
    about a child on another authority's plan who has moved here came of no enquiry.
    """
    rows = facts.worked_out(enquiries)
    held = _conferences_of(rows, facts.worked_out(conferences).filter(~pl.col("is_transfer")))
    soon = pl.col("held") <= months_after(pl.col("day"), MONTHS_TO_FOLLOW)
    of_it = held.filter(soon)["item"].unique()
    asked = rows.filter(months_after(pl.col("day"), MONTHS_TO_FOLLOW) <= facts.until)
    return asked.with_columns(pl.col("item").is_in(of_it.implode()).alias("counts"))


def _conferences_of(rows: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Each enquiry with each conference since it began that may be its own: `item`, `day` and `held`."""
    asked = rows.select("person", "item", "day")
    named = held.filter(pl.col("enquiry").is_not_null())
    unnamed = held.filter(pl.col("enquiry").is_null())
    found = pl.concat(
        [
            asked.join(named.select("enquiry", "held"), left_on="item", right_on="enquiry"),
            asked.join(unnamed.select("person", "held"), on="person"),
        ]
    )
    return found.filter(pl.col("held") >= pl.col("day")).select("item", "day", "held")


def conferences_after_enquiries(facts: Facts) -> pl.DataFrame:
    """The conferences that an enquiry led to, but for transfers in; `days` are the working days since it
    began.
    """
    began = facts.worked_out(every_enquiry).select(
        pl.col("item").alias("enquiry"), pl.col("day").alias("began")
    )
    own = facts.worked_out(conferences).filter(~pl.col("is_transfer"))
    own = own.join(began.unique("enquiry", keep="any"), on="enquiry").filter(pl.col("began") <= pl.col("day"))
    return own.with_columns(working_days_between("began", "day").alias("days"))


def conferences_awaited(facts: Facts) -> pl.DataFrame:
    """The enquiries that a conference was, or is, awaited of: those of `enquiries`, with `since` and `over`,
    between which it was awaited.

    It is no longer awaited from the day it is held, the enquiry ends without calling for it, or the referral
    closes; under no referral, 90 days after the enquiry began (as the clock CP-02 runs).
    """
    rows = facts.worked_out(enquiries).filter(~pl.col("is_no_conference_needed"))
    held = _conferences_of(rows, facts.worked_out(conferences)).group_by("item").agg(pl.col("held").min())
    under_none = pl.col("referral").is_null()
    rows = rows.filter(under_none | pl.col("referred").is_not_null()).join(held, on="item", how="left")
    calls_for_it = pl.col("outcomes").list.contains("CP_CONFERENCE_FLAG").fill_null(False)
    return rows.with_columns(
        pl.max_horizontal("day", "referred").alias("since"),
        pl.min_horizontal(
            "held",
            "closed",
            pl.when(~calls_for_it).then("ended"),
            pl.when(under_none).then(pl.col("day").dt.offset_by("91d")),
        ).alias("over"),
    )
