"""Decisions that closed something, and whether the child came back within a year.

What is shown of a period are the decisions made a year before it, so that the year after each is over.
"""

from datetime import timedelta

import polars as pl

from kith.insight.ages import age_in_years
from kith.insight.facts import Facts
from kith.insight.indicators.care.spells import spells_of_care
from kith.insight.indicators.cases.assessments import assessments, led_to_nothing_more
from kith.insight.indicators.cases.conferences import conferences_and_plans
from kith.insight.indicators.cases.enquiries import MONTHS_TO_FOLLOW, enquiries, enquiries_and_plans
from kith.insight.indicators.cases.plans import protection_plans
from kith.insight.indicators.cases.referrals import NOT_IN_NEED, referrals
from kith.insight.indicators.cases.told import months_after
from kith.insight.indicators.cases.workers import with_their_worker
from kith.insight.periods import Period, Periods
from kith.insight.periods import months_after as day_months_after

FOLLOWED = 12
"""Months after a decision in which a child who comes back is counted."""
_PASSED_ON = "RC5"
_ADULT = 18
_WEEK = 7


def made_a_year_before(when: Periods, decisions: pl.DataFrame) -> pl.DataFrame:
    """The decisions of the twelve months before each period's own, under the period's number."""
    return Periods([_a_year_before(period) for period in when]).during(decisions, "day")


def _a_year_before(period: Period) -> Period:
    first = day_months_after(period.first, -FOLLOWED)
    after = day_months_after(period.last + timedelta(days=1), -FOLLOWED)
    return Period(period.label, first, after - timedelta(days=1))


def came_back(decisions: pl.DataFrame, again: pl.DataFrame, on_the_day: bool = False) -> pl.DataFrame:
    """The decisions, with `counts`: whether one of `again` (`person` and `day`) is dated from the day after
    a decision, or from its own day, to 12 months after it.
    """
    found = decisions.sort("day").join_asof(
        again.select("person", pl.col("day").alias("again")).sort("again"),
        left_on="day",
        right_on="again",
        by="person",
        strategy="forward",
        allow_exact_matches=on_the_day,
        check_sortedness=False,
        coalesce=False,
    )
    soon = pl.col("again") <= months_after(pl.col("day"), FOLLOWED)
    return found.with_columns(soon.fill_null(False).alias("counts"))


def referrals_closed(facts: Facts) -> pl.DataFrame:
    """Referrals where nothing more was done, decided by who took the referral; and those closed as not in
    need after an assessment, decided by who made the last one. `counts` says that the child was referred
    again.
    """
    rows = facts.worked_out(referrals)
    at_once = rows.filter(pl.col("is_no_further").fill_null(False))
    later = rows.filter(
        ~pl.col("is_no_further").fill_null(False),
        pl.col("why_closed").is_in(NOT_IN_NEED),
        pl.col("closed").is_not_null(),
    )
    decided = later.drop("team", "worker").join(
        _last_assessors(facts), left_on="item", right_on="referral", how="left"
    )
    wanted = ["person", "day", "item", "need", "team", "worker"]
    decisions = pl.concat(
        [at_once.select(wanted), decided.with_columns(pl.col("closed").alias("day")).select(wanted)]
    )
    return came_back(decisions, rows)


def _last_assessors(facts: Facts) -> pl.DataFrame:
    """Who made the last assessment of each referral: `referral`, `team` and `worker`."""
    rows = facts.worked_out(assessments).filter("is_last", pl.col("referral").is_not_null())
    return rows.select("referral", "team", "worker")


def assessments_closed(facts: Facts) -> pl.DataFrame:
    """Assessments after which nothing more was done; `counts` says that the child was referred again."""
    decisions = facts.worked_out(led_to_nothing_more).filter("counts").drop("counts")
    return came_back(decisions.with_columns(pl.col("finished").alias("day")), facts.worked_out(referrals))


def enquiries_closed(facts: Facts) -> pl.DataFrame:
    """Enquiries that no plan came of, as of the day they ended or three months after they began; `counts`
    says that another enquiry about the child began.
    """
    decisions = facts.worked_out(enquiries_and_plans).filter("counts").drop("counts")
    ended = pl.coalesce("ended", months_after(pl.col("day"), MONTHS_TO_FOLLOW))
    return came_back(decisions.with_columns(ended.alias("day")), facts.worked_out(enquiries))


def conferences_closed(facts: Facts) -> pl.DataFrame:
    """Conferences that made no plan; `counts` says that a plan of the child began after all."""
    decisions = facts.worked_out(conferences_and_plans).filter("counts").drop("counts")
    return came_back(decisions, _plans_begun(facts))


def _plans_begun(facts: Facts) -> pl.DataFrame:
    return facts.worked_out(protection_plans).select("person", pl.col("start").alias("day"))


def plans_closed(facts: Facts) -> pl.DataFrame:
    """Protection plans that ended because the child was safe, as far as can be told; `counts` says that
    another plan of the child began.

    Left out are plans that ended within a week of the child's coming into care, at 18 or later, or in a case
    that was passed to another authority.
    """
    ended = facts.worked_out(protection_plans).filter(pl.col("end").is_not_null())
    ended = ended.with_columns(pl.col("end").alias("day")).filter(
        pl.col("why_closed").ne_missing(pl.lit(_PASSED_ON))
    )
    born = facts["ssd_person"].select(
        pl.col("pers_person_id").alias("person"), pl.col("pers_dob").alias("born")
    )
    aged = ended.join(born.unique("person"), on="person", how="left")
    child = (age_in_years(pl.col("born"), pl.col("day")) < _ADULT).fill_null(True)
    decisions = aged.filter(child).join(_came_into_care(facts, ended), on="item", how="anti")
    return came_back(with_their_worker(facts, decisions), _plans_begun(facts), on_the_day=True)


def _came_into_care(facts: Facts, ended: pl.DataFrame) -> pl.DataFrame:
    """The `item`s of the plans that ended within a week of the day the child came into care."""
    starts = facts.worked_out(spells_of_care).select("person", "since")
    both = ended.select("person", "day", "item").join(starts, on="person")
    apart = (pl.col("since") - pl.col("day")).dt.total_days().abs()
    return both.filter(apart <= _WEEK).select("item")
