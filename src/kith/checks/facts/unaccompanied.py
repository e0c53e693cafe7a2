"""Whether a child is or was an unaccompanied asylum-seeking child, as the return tells.

Header.UASC             "1" or "0"; where the file has no such column: "1" for a child whose row in the table
                        UASC tells when the status ceases
child.was_uasc          in this year's or last year's return (where that is given)
"""

import polars as pl

from kith.checks.paths import LAST_YEAR
from kith.checks.views import Views, child_fact, fact


@fact("Header", "UASC")
def _uasc(views: Views, table: str) -> pl.Series:
    other = "UASC" if table == "Header" else f"{LAST_YEAR}.UASC"
    told = views.column(other, "DUC.written").is_not_null()
    children = views.any_of_child(other, told)
    return (
        pl.DataFrame({"told": children[views.child_numbers(table)].fill_null(False)})
        .select(pl.when(pl.col("told")).then(pl.lit("1")).otherwise(pl.lit("0")))
        .to_series()
    )


@child_fact("was_uasc")
def _was_uasc(views: Views) -> pl.Series:
    was = pl.Series([False]).new_from_index(0, views.child_count)
    for year in ("", f"{LAST_YEAR}."):
        if f"{year}UASC" in views.tables:
            told = views.column(f"{year}UASC", "DUC.written").is_not_null()
            was = was | views.any_of_child(f"{year}UASC", told)
        if f"{year}Header" in views.tables and "UASC" in views.tables[f"{year}Header"].columns:
            marked = views.column(f"{year}Header", "UASC") == "1"
            was = was | views.any_of_child(f"{year}Header", marked)
    return was
