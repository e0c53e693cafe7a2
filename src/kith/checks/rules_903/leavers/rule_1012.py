import polars as pl

from kith.checks.placed import marked
from kith.checks.rule import check
from kith.checks.views import Views

OTHER_TABLES = (
    "Reviews",
    "UASC",
    "OC2",
    "AD1",
    "PlacedAdoption",
    "PrevPerm",
    "Missing",
    "SWEpisodes",
    "DoLo",
)


@check(
    "1012",
    table="OC3",
    fields="CHILD",
    note="""Each row that should not be there is shown beside the young person's row among the care leavers.
    Tables that are not loaded are passed over.""",
)
def a_care_leaver_without_episodes_has_other_data(views: Views) -> pl.DataFrame:
    """A care leaver who has no episode this year has rows in other tables than those about the child
    (Header) and care leavers (OC3)."""
    without = views.column("OC3", "Episodes.count") == 0
    leavers = pl.DataFrame({"child": views.child_numbers("OC3"), "row": views.column("OC3", "row")})
    leavers = leavers.filter(without).drop_nulls()
    theirs = marked(leavers["child"], views.child_count)
    found = [_rows_of(theirs, table, views) for table in OTHER_TABLES if table in views.tables]
    if not found:
        return leavers.select("row").clear()
    rows = pl.concat(found, how="diagonal").with_row_index("at")
    return leavers.join(rows, on="child").sort("table", "row", "at").drop("child", "table", "at")


def _rows_of(children: pl.Series, table: str, views: Views) -> pl.DataFrame:
    """Each row in the table of the children who are true in `children`, as `TABLE.row`."""
    numbers = views.child_numbers(table)
    rows = views.column(table, "row").filter(children[numbers])
    at = pl.Series([OTHER_TABLES.index(table)]).new_from_index(0, rows.len())
    return pl.DataFrame({"child": numbers[rows], "table": at, f"{table}.row": rows})


EXAMPLES = """
    OC3
    CHILD | IN_TOUCH |
    1     | YES      | found
    2     | YES      |
    3     | YES      |

    Episodes
    CHILD | DECOM      |
    3     | 01/05/2026 |

    Reviews
    CHILD | REVIEW     |
    3     | 01/06/2026 |
    1     | 01/06/2026 |

    Missing
    CHILD | MIS_START  |
    1     | 01/06/2026 |
"""
