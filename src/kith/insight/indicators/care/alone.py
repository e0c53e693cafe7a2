"""Children who came to this country alone to seek asylum."""

import polars as pl

from kith.insight.facts import Facts
from kith.insight.periods import Periods

_WORDS = r"(?i)\bUASC\b|unaccompanied"
_YEARS_WITHOUT_A_HOME_HERE = "-36mo"


def statuses(facts: Facts) -> pl.DataFrame:
    """Each time for which a child had the status: `person`, `alone_since` (null: from the first) and
    `alone_until`.
    """
    told = facts["ssd_immigration_status"]
    return told.filter(pl.col("immi_immigration_status").str.contains(_WORDS)).select(
        pl.col("immi_person_id").alias("person"),
        pl.col("immi_immigration_status_start_date").alias("alone_since"),
        pl.col("immi_immigration_status_end_date").alias("alone_until"),
    )


def is_alone(facts: Facts, units: pl.DataFrame) -> pl.Series:
    """Whether each row's child has the status on its day."""
    return _had_it(facts, units, pl.col("day"), pl.col("day"))


def is_alone_in_the_period(facts: Facts, units: pl.DataFrame, when: Periods) -> pl.Series:
    """Whether each row's child has the status on its day or any other of its period."""
    return _had_it(facts, units, when.first_day(), when.last_day())


def came_alone_lately(facts: Facts, units: pl.DataFrame) -> pl.Series:
    """Whether each row's child had the status at some time in the three years up to its day."""
    return _had_it(facts, units, pl.col("day").dt.offset_by(_YEARS_WITHOUT_A_HOME_HERE), pl.col("day"))


def _had_it(facts: Facts, units: pl.DataFrame, first: pl.Expr, last: pl.Expr) -> pl.Series:
    """Whether the status was in force on any day from `first` to `last`; what ended on `first` was not."""
    rows = units.with_row_index("row")
    had = rows.join(facts.worked_out(statuses), on="person").filter(
        (pl.col("alone_since").is_null() | (pl.col("alone_since") <= last))
        & (pl.col("alone_until").is_null() | (pl.col("alone_until") > first))
    )
    return rows["row"].is_in(had["row"].implode())
