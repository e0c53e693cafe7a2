"""How many times as likely something is for one group of children as for another."""

import polars as pl

from kith.insight.breakdowns.people import NOT_KNOWN
from kith.insight.figures import state
from kith.insight.statistics.intervals import ratio_of_rates_intervals, ratio_of_shares_intervals

FEWEST_TO_COMPARE = 10
MOST_NOT_KNOWN = 4
"""A ratio is told where no more than one in so many children is of a group that is not known."""

_NO_GROUPS = (
    "How many children of each group live here is not known. Give a file of child populations by group."
)
_TOO_FEW = "There are too few children to compare."
_MANY_NOT_KNOWN = "Of more than a quarter of the children the group is not known."
_KEY = ["at", "period"]


def ratios(rows: pl.DataFrame) -> pl.DataFrame:
    """Each group's figure as a multiple of the one it is set `against`, which itself is not shown.

    Of shares where an indicator's rows say whether they count, else of rates of the population. Everyone
    together has no ratio, but says why there is none. `rows` are as for `measures.with_figures`.
    """
    sized = _sized(rows)
    is_another = (pl.col("group") != pl.col("against")) & (pl.col("group") != NOT_KNOWN)
    is_untold = pl.col("group").is_null() & pl.col("why_not").is_not_null()
    both = _beside(sized.filter(is_another | is_untold), sized)
    return _told(both.with_columns(pl.coalesce("why_not", _why_none()).alias("why_not")))


def _sized(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with `count` and `size`: how many count, out of how many."""
    is_share = (pl.col("told") > 0).any().over("at")
    return rows.with_columns(
        is_share.alias("is_share"),
        pl.when(is_share).then("counts").otherwise("rows").alias("count"),
        pl.when(is_share).then("told").otherwise("population").alias("size"),
    )


def _beside(shown: pl.DataFrame, sized: pl.DataFrame) -> pl.DataFrame:
    """The rows shown, each with what it is set against, how many are of no known group, and how many in
    all.
    """
    against = sized.filter(pl.col("group") == pl.col("against"))
    unknown = sized.filter(pl.col("group") == NOT_KNOWN).select(*_KEY, pl.col("rows").alias("unknown"))
    of_all = sized.group_by(_KEY).agg(pl.col("rows").sum().alias("of_all"))
    other = against.select(*_KEY, pl.col("count").alias("other_count"), pl.col("size").alias("other_size"))
    for found in (other, unknown, of_all):
        shown = shown.join(found, on=_KEY, how="left", maintain_order="left")
    return shown


def _why_none() -> pl.Expr:
    few = (pl.col("count") < FEWEST_TO_COMPARE) | (pl.col("other_count") < FEWEST_TO_COMPARE)
    return (
        pl.when(pl.col("size").is_null() | pl.col("other_size").is_null())
        .then(pl.lit(_NO_GROUPS))
        .when(pl.col("unknown").fill_null(0) * MOST_NOT_KNOWN > pl.col("of_all"))
        .then(pl.lit(_MANY_NOT_KNOWN))
        .when(few.fill_null(True))
        .then(pl.lit(_TOO_FEW))
    )


def _told(both: pl.DataFrame) -> pl.DataFrame:
    told = pl.col("why_not").is_null()
    is_share = pl.col("is_share")
    shares = ratio_of_shares_intervals(*_counts_where(told & is_share))
    rates = ratio_of_rates_intervals(*_counts_where(told & ~is_share))
    given = both.drop("low", "high").with_columns(
        pl.when(is_share).then(shares).otherwise(rates).alias("interval")
    )
    field = pl.col("interval").struct.field
    return given.with_columns(
        pl.lit("ratio").alias("measure"),
        *(field(name).alias(name) for name in ("value", "low", "high")),
        pl.when(told).then("count").alias("numerator"),
        pl.when(told).then("size").alias("denominator"),
        *state(told, told),
    ).drop("interval", "is_share")


def _counts_where(condition: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]:
    """The four counts of a ratio in the rows where it is asked for, null in the others."""
    asked = pl.when(condition)
    return asked.then("count"), asked.then("size"), asked.then("other_count"), asked.then("other_size")
