"""The shape of a figure: one row of the frame that pages, reports and workbooks are made from."""

import polars as pl

HELD, NOT_HELD, NONE_TO_COUNT = "held", "not_held", "none_to_count"
_NOTHING = "There was nothing to count in this period."

FIGURES = {
    "authority": pl.String(),
    "indicator": pl.String(),
    "measure": pl.String(),
    "period": pl.String(),
    "first": pl.Date(),
    "last": pl.Date(),
    "breakdown": pl.String(),
    "group": pl.String(),
    "value": pl.Float64(),
    "numerator": pl.Int64(),
    "denominator": pl.Int64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "state": pl.String(),
    "why_not": pl.String(),
}
"""The columns of a figure.

`measure` is "number", "rate" (per 10,000 children), "share" (per cent), "median" or "mean" (in the
indicator's unit). `first` and `last` are the period's days. `breakdown` and `group` are null for everyone
together. `numerator` is what was counted (how many values, of a median or mean), `denominator` out of how
many. `low` and `high` are the 95 % range; a number has none, for it is what was counted. `state` is "held",
"none_to_count" (nothing that could be counted) or "not_held" (the source cannot tell it), and `why_not` says
so in words.
"""


def no_figures() -> pl.DataFrame:
    """A frame of figures with no rows."""
    return pl.DataFrame(schema=FIGURES)


def state(held: pl.Expr, told: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The columns `state` and `why_not` of rows that have a `why_not` where they are not told already."""
    named = (
        pl.when(held).then(pl.lit(HELD)).when(told).then(pl.lit(NONE_TO_COUNT)).otherwise(pl.lit(NOT_HELD))
    )
    nothing = pl.when(~held).then(pl.lit(_NOTHING))
    return named.alias("state"), pl.coalesce("why_not", nothing).alias("why_not")
