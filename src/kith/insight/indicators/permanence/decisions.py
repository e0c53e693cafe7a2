"""Decisions that a child should be placed for adoption."""

import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicators.asked import why_too_many_are_unknown
from kith.insight.indicators.care.spells import ended_spells
from kith.insight.periods import Period

ADOPTED = ("E11", "E12")


def adoption_decisions(facts: Facts) -> pl.DataFrame:
    """Each decision that a child should be placed for adoption: `person`, `decided`, `reversed` (the day it
    was taken back) and `reason` (why).
    """
    own = facts["kith_adoption_decisions"]
    if own.height:
        return own.select(
            pl.col("kith_person_id").alias("person"),
            pl.col("kith_decision_date").alias("decided"),
            pl.col("kith_reversal_date").alias("reversed"),
            pl.col("kith_reversal_reason").alias("reason"),
        )
    return facts["ssd_permanence"].select(
        pl.col("perm_person_id").alias("person"),
        pl.col("perm_adm_decision_date").alias("decided"),
        pl.col("perm_decision_reversed_date").alias("reversed"),
        pl.col("perm_decision_reversed_reason").alias("reason"),
    )


def adoptions(facts: Facts) -> pl.DataFrame:
    """Each time in care that ended with an adoption order, with the columns of `spells_of_care`."""
    return facts.worked_out(ended_spells).filter(pl.col("end_reason").is_in(ADOPTED))


def why_starts_are_not_known(facts: Facts, period: Period) -> str | None:
    """Why it cannot be told how long adopted children had been in care; None where it can."""
    return why_too_many_are_unknown(facts.worked_out(adoptions), period)
