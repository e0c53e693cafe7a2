"""The social workers that children had, and for how long."""

from datetime import date

import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicators.care.spells import in_care_on_the_last_day, parts_of_care
from kith.insight.indicators.cases.told import may_be_doubled
from kith.insight.indicators.runs import before
from kith.insight.periods import Periods

_ROLES = ("social_worker", "CW")
_NO_WORKER = "XX"
_SPELL = ("person", "worker", "team", "since", "until", "reason")
_LONGEST = 10_000_000  # more days than there are in the calendar


def worker_spells(facts: Facts) -> pl.DataFrame:
    """Each time that a child had one social worker without a break: `person`, `worker`, `team` (as told
    last), `since`, `until` and `reason` (why it is this worker).

    Reviewing officers, advisers and other roles are left out, and so is the entry for no registered worker.
    Spells of one worker that touch or overlap are one; one without a day in it is none.
    """
    told = (
        facts["ssd_involvements"]
        .select(
            pl.col("invo_person_id").alias("person"),
            pl.col("invo_professional_id").alias("worker"),
            pl.col("invo_professional_role_id").alias("role"),
            pl.col("invo_professional_team").alias("team"),
            pl.col("invo_involvement_start_date").alias("since"),
            pl.col("invo_involvement_end_date").alias("until"),
            pl.col("invo_worker_change_reason").alias("reason"),
        )
        .filter(
            (pl.col("role").is_null() | pl.col("role").is_in(_ROLES))
            & ~pl.col("worker").str.starts_with(_NO_WORKER)
            & pl.col("since").is_not_null()
            & (pl.col("until").is_null() | (pl.col("until") > pl.col("since")))
        )
    )
    is_again = may_be_doubled(told, ("person", "worker"))  # of few: the others need not be sorted by pair
    return pl.concat([told.filter(~is_again).select(_SPELL), _joined(told.filter(is_again)).select(_SPELL)])


def _joined(told: pl.DataFrame) -> pl.DataFrame:
    """The spells, those of one child and worker that touch or overlap as one."""
    told = told.sort("person", "worker", "since", "until", nulls_last=True)
    told = told.with_columns(pl.col("until").fill_null(date.max))
    # Days are counted on from pair to pair, so that one running maximum serves all: what ran on for an
    # earlier pair always ends before a later pair's first day.
    pair = pl.struct("person", "worker").rle_id().cast(pl.Int64) * _LONGEST
    since, until = pair + pl.col("since").cast(pl.Int32), pair + pl.col("until").cast(pl.Int32)
    number = (until.cum_max().shift(1) < since).fill_null(True).cum_sum().alias("number")
    return (
        told.with_columns(number)
        .group_by("number", maintain_order=True)
        .agg(
            pl.col("person", "worker", "since", "reason").first(),
            pl.col("until").max().replace(date.max, None),
            pl.col("team").last(),
        )
    )


def worker_spells_in_care(facts: Facts) -> pl.DataFrame:
    """Those of `worker_spells` of children who were ever in care, in and out of it, by child and start; with
    `worker_before` and `ended_before` of the one that began before.
    """
    in_care = facts.worked_out(parts_of_care).select("person").unique()
    spells = facts.worked_out(worker_spells).join(in_care, on="person", how="semi")
    return spells.sort("person", "since", "worker").with_columns(
        before("worker", "person").alias("worker_before"),
        before("until", "person").alias("ended_before"),
    )


def with_worker(facts: Facts, when: Periods) -> pl.DataFrame:
    """The children in care on a period's last day, with `worker`, `team` and `worker_since` of the social
    worker they have on it; null where none is told.
    """
    return facts.worked_out(_with_worker, when)


def _with_worker(facts: Facts, when: Periods) -> pl.DataFrame:
    spells = facts.worked_out(worker_spells_in_care).sort("since")
    held = when.on_the_last_day(spells, "since", "until").unique(
        ["period", "person"], keep="last", maintain_order=True
    )
    latest = held.select("period", "person", "worker", "team", pl.col("since").alias("worker_since"))
    return in_care_on_the_last_day(facts, when).join(
        latest, on=["period", "person"], how="left", maintain_order="left"
    )


def told_of(facts: Facts, when: Periods) -> pl.DataFrame:
    """The children in care on a period's last day for whom any social worker is told, by then or before."""
    first = (
        facts.worked_out(worker_spells_in_care)
        .group_by("person")
        .agg(pl.col("since").min().alias("first_worker"))
    )
    children = with_worker(facts, when).join(first, on="person", how="left", maintain_order="left")
    return children.filter(pl.col("first_worker") <= pl.col("day"))
