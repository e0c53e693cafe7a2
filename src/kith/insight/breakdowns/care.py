"""Groups of children in care: whether they came to this country alone, by legal status, and by where they
live and who provides it.
"""

import polars as pl

from kith.insight.breakdowns.people import NOT_KNOWN
from kith.insight.facts import Facts
from kith.insight.indicators.care.alone import is_alone
from kith.insight.indicators.care.groups import grouped
from kith.insight.indicators.care.placements import placements
from kith.insight.indicators.care.spells import legal_statuses
from kith.standards.codes import code_list

ALONE, NOT_ALONE = "Came to this country alone", "Others"


def group_of_alone(facts: Facts, units: pl.DataFrame) -> pl.Series:
    """Whether the child came alone to seek asylum, as it was on the row's day."""
    alone = pl.when(is_alone(facts, units)).then(pl.lit(ALONE)).otherwise(pl.lit(NOT_ALONE))
    return pl.select(alone.alias("group"))["group"]


def group_of_legal_status(facts: Facts, units: pl.DataFrame) -> pl.Series:
    """The group of the legal status on the row's day, or of the one that ended on it."""
    return _on_the_day(facts.worked_out(legal_statuses), units, grouped("code", "legal_status_groups"))


def group_of_placement(facts: Facts, units: pl.DataFrame) -> pl.Series:
    """The group of the child's usual home on the row's day, or of the one that ended on it."""
    return _on_the_day(_usual(facts), units, grouped("kind", "placement_groups"))


def group_of_provider(facts: Facts, units: pl.DataFrame) -> pl.Series:
    """Who provides the child's usual home on the row's day."""
    labels = {code.code: code.label for code in code_list("placement_provider").codes}
    named = pl.col("provider").replace_strict(labels, default=None, return_dtype=pl.String)
    return _on_the_day(_usual(facts), units, named)


def _usual(facts: Facts) -> pl.DataFrame:
    """Each placement with what the usual home is meanwhile."""
    rows = facts.worked_out(placements)
    usual = rows.select(pl.col("at").alias("usual"), "kind", "provider")
    return rows.select("person", "since", "until", "usual").join(
        usual, on="usual", how="left", maintain_order="left"
    )


def _on_the_day(rows: pl.DataFrame, units: pl.DataFrame, group: pl.Expr) -> pl.Series:
    """The group of the row that had begun last by each unit's day, if it had not ended before it."""
    asked = units.select("person", "day").with_row_index("asked").sort("day")
    known = rows.with_columns(group.alias("group")).select("person", "since", "until", "group").sort("since")
    found = asked.join_asof(
        known, left_on="day", right_on="since", by="person", strategy="backward", check_sortedness=False
    )
    still = pl.col("until").is_null() | (pl.col("until") >= pl.col("day"))
    told = found.sort("asked").select(pl.when(still).then("group").fill_null(NOT_KNOWN).alias("group"))
    return told["group"]
