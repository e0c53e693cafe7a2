"""Contacts and referrals, and the case that a referral opens."""

import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicators.cases.told import (
    codes_told,
    dated_rightly,
    flag,
    months_after,
    only_one,
    told_once,
)
from kith.insight.indicators.runs import before
from kith.insight.periods import Periods
from kith.standards.codes import code_list

NOT_IN_NEED = ("RC8", "RC9")
"""Closed after an assessment with nothing more to do: the child was not in need."""


def contacts(facts: Facts) -> pl.DataFrame:
    """Each contact once a child, day and source: `person`, `day`, `item`, `kind` (who it came from) and
    `outcomes`.
    """
    told = facts["ssd_contacts"].select(
        pl.col("cont_person_id").alias("person"),
        pl.col("cont_contact_date").alias("day"),
        pl.col("cont_contact_id").alias("item"),
        pl.col("cont_contact_source_code").alias("source"),
        codes_told(facts["ssd_contacts"]["cont_contact_outcome_json"]).alias("outcomes"),
    )
    once = told_once(dated_rightly(facts, told), "outcomes", ("person", "day", "source"))
    return once.with_columns(_from_whom().alias("kind")).sort("day")


def _from_whom() -> pl.Expr:
    labels = {code.code: code.label for code in code_list("referral_source")}
    return pl.col("source").replace_strict(labels, default=None, return_dtype=pl.String)


def every_referral(facts: Facts) -> pl.DataFrame:
    """Each referral with its case: `person`, `item`, `day`, `closed`, `why_closed`, `is_no_further`, `need`,
    `kind` (who it came from), `team` and `worker`.

    One that closed before it began is left out; `is_no_further` is null where it is not told.
    """
    told = facts["ssd_cin_episodes"].select(
        pl.col("cine_person_id").alias("person"),
        pl.col("cine_referral_id").alias("item"),
        pl.col("cine_referral_date").alias("day"),
        pl.col("cine_close_date").alias("closed"),
        pl.col("cine_close_reason").alias("why_closed"),
        flag("cine_referral_nfa").alias("is_no_further"),
        pl.col("cine_cin_primary_need_code").alias("need"),
        pl.col("cine_referral_source_code").alias("source"),
        pl.col("cine_referral_team").alias("team"),
        pl.col("cine_referral_worker_id").alias("worker"),
    )
    return dated_rightly(facts, told, end="closed").with_columns(_from_whom().alias("kind"))


def referrals(facts: Facts) -> pl.DataFrame:
    """Each referral once a child and day, by child and day, as `every_referral`; and `previous`, the day of
    the child's referral before.
    """
    rows = told_once(facts.worked_out(every_referral), "closed").sort("person", "day")
    return rows.with_columns(before("day", "person").alias("previous"))


def cases_opened(facts: Facts) -> pl.DataFrame:
    """The `referrals` that were not stopped at once."""
    return facts.worked_out(referrals).filter(went_further())


def referral_of_each(facts: Facts) -> pl.DataFrame:
    """What is looked up of the referral that a fact belongs to: `referral` (its id), `referred`, `closed`,
    `why_closed` and `need`.
    """
    rows = facts.worked_out(every_referral).filter(pl.col("item").is_not_null())
    return only_one("item", rows).select(
        pl.col("item").alias("referral"), pl.col("day").alias("referred"), "closed", "why_closed", "need"
    )


def referrals_in(facts: Facts, when: Periods) -> pl.DataFrame:
    """The referrals of each period."""
    return when.during(facts.worked_out(referrals), "day")


def was_closed_as_not_in_need(when: Periods) -> pl.Expr:
    """Whether a referral that was not stopped at once had been closed as not in need by the period's last
    day.
    """
    closed = pl.col("why_closed").is_in(NOT_IN_NEED) & (pl.col("closed") <= when.last_day())
    return closed.fill_null(False)


def went_further() -> pl.Expr:
    """Whether a referral was not stopped at once; one of which that is not told went further."""
    return ~pl.col("is_no_further").fill_null(False)


def came_within_a_year() -> pl.Expr:
    """Whether the child's referral before was dated in the 12 months before this one."""
    return (pl.col("previous") >= months_after(pl.col("day"), -12)).fill_null(False)


def cases_ended_in(facts: Facts, when: Periods) -> pl.DataFrame:
    """The cases of children in need that ended in each period, as of that day: `kind` is why, `since` the
    day of the referral.
    """
    cases = facts.worked_out(cases_opened).filter(~pl.col("why_closed").is_in(NOT_IN_NEED).fill_null(False))
    labels = {code.code: code.label for code in code_list("cin_closure_reason")}
    why = pl.col("why_closed").replace_strict(labels, default=None, return_dtype=pl.String)
    ended = when.during(cases, "closed")
    return ended.with_columns(why.alias("kind"), pl.col("day").alias("since"), pl.col("closed").alias("day"))
