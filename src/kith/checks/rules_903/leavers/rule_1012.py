import polars as pl

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
    names = frozenset({"row", "Episodes.count"})
    leavers = views.frame("OC3", names).with_columns(views.child_numbers("OC3").alias("child"))
    leavers = leavers.filter(pl.col("Episodes.count") == 0, pl.col("child").is_not_null()).select(
        "child", "row"
    )
    found = [_rows_of(leavers, table, views) for table in OTHER_TABLES if table in views.tables]
    return pl.concat(found, how="diagonal").drop("child") if found else leavers.select("row").clear()


def _rows_of(leavers: pl.DataFrame, table: str, views: Views) -> pl.DataFrame:
    """Each row that the leavers have in the table, as `TABLE.row`, beside their own."""
    rows = pl.DataFrame({"child": views.child_numbers(table), f"{table}.row": views.column(table, "row")})
    return leavers.join(rows, on="child", maintain_order="left_right")


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
