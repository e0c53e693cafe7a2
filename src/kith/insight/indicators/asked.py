"""Why a period cannot be asked about, where that is not a matter of what the source holds."""

import polars as pl

from kith.insight.facts import Facts
from kith.insight.periods import Period


def why_not_a_year(facts: Facts, period: Period) -> str | None:
    """A period that is not about a year long cannot be told."""
    return None if period.is_about_a_year else "This is counted over a year, and this period is not one."


def why_not_told_yearly(facts: Facts, period: Period, table: str) -> str | None:
    """What a return tells once a year can be told of years from April to March alone; None where `table` has
    no row, for then it is told in another way.
    """
    if not facts[table].height or period.is_a_return_year:
        return None
    return "This is told once a year, for the year to March."


def why_not_the_latest(facts: Facts, period: Period) -> str | None:
    """What is told as it is now can be told of the last day alone."""
    if period.last == facts.until:
        return None
    return "This is told only as it was on the last day that the source tells of."


_ONE_IN = 20


def why_too_many_are_unknown(ended: pl.DataFrame, period: Period) -> str | None:
    """Why no length is told of what ended in a period: of more than one in twenty the start is not known.

    `ended` has `until` and `is_start_known`.
    """
    known = ended.filter(pl.col("until").is_between(period.first, period.last))["is_start_known"]
    unknown = len(known) - int(known.sum())
    if unknown * _ONE_IN <= len(known):
        return None
    return (
        f"Of {len(known)} that ended, {unknown} had begun before what is told. They lasted longest, and without "
        "them the figure would be too low."
    )
