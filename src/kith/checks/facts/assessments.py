"""The factors of an assessment, beside it.

Assessments.factors             every factor recorded for it, as a list; empty where there is none
Assessments.AssessmentFactors   the same as one text to show ("2B, 4B"); null where there is none
"""

import polars as pl

from kith.checks.views import CannotRun, Views, fact

_KEYS = ("LAchildID", "CINdetailsID", "AssessmentsID")
_NONE = pl.lit([], dtype=pl.List(pl.String))


def _key(frame: pl.DataFrame, keys: list[str]) -> pl.Series:
    """What tells an assessment from every other, its child's id blank or not."""
    texts = [pl.col(name).cast(pl.String).fill_null("") for name in keys]
    return frame.select(pl.concat_str(texts, separator="\x1f").alias("key")).to_series()


@fact("Assessments", "factors")
def _factors(views: Views, table: str) -> pl.Series:
    factors = views.column("AssessmentFactors", "AssessmentFactor").cast(pl.String)
    mine, theirs = views.table(table), views.table("AssessmentFactors")
    keys = [name for name in _KEYS if name in mine.columns and name in theirs.columns]
    if not keys:
        raise CannotRun(f"a column that says which assessment a factor belongs to ({_KEYS[-1]})")
    listed = (
        pl.DataFrame({"key": _key(theirs, keys), "factor": factors})
        .drop_nulls()
        .group_by("key", maintain_order=True)
        .agg("factor")
    )
    beside = pl.DataFrame({"key": _key(mine, keys)}).join(listed, on="key", how="left", maintain_order="left")
    return beside.select(pl.col("factor").fill_null(_NONE)).to_series()


@fact("Assessments", "AssessmentFactors")
def _factors_to_show(views: Views, table: str) -> pl.Series:
    shown = pl.DataFrame({"factors": views.column(table, "factors")}).select(
        pl.col("factors").list.join(", ")
    )
    return shown.select(pl.when(pl.col("factors") != "").then(pl.col("factors"))).to_series()
