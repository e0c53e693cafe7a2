import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "632",
    table="PrevPerm",
    fields="DATE_PERM Episodes.latest.DECOM",
    note="""A stay in care that began before the year is counted from the first episode in the file, so that
    a date between is not seen, as the DfE's message says itself.""",
)
def the_date_of_earlier_permanence_is_no_such_date() -> pl.Expr:
    """The date of a child's earlier permanence order is not a date (unknown parts are written zz: zz/05/2020,
    zz/zz/2020, zz/zz/zzzz), or is not before the day the child's present stay in care began."""
    text = col("DATE_PERM")
    has_its_form = text.str.contains(r"^(\d\d/\d\d|ZZ/\d\d|ZZ/ZZ)/\d{4}$")
    earliest = text.str.replace_all("ZZ", "01").str.to_date("%d/%m/%Y", strict=False)
    is_no_date = ~has_its_form | earliest.is_null()
    is_late = earliest >= col("Episodes.latest.period.start")
    return (text != "ZZ/ZZ/ZZZZ") & (is_no_date | is_late)


EXAMPLES = """
    PrevPerm
    CHILD | DATE_PERM  |
    1     | 30/04/2026 |
    2     | 01/05/2026 | found
    3     | zz/05/2020 |
    4     | zz/06/2026 | found
    5     | zz/zz/2026 |
    6     | zz/zz/2027 | found
    7     | zz/zz/zzzz |
    8     | 31/02/2020 | found
    9     | zz/13/2020 | found
    10    | 01/zz/2020 | found
    11    | 2020       | found
    12    |            |

    Episodes
    CHILD | DECOM      | DEC        | RNE |
    1     | 01/05/2026 |            | S   |
    2     | 01/05/2026 |            | S   |
    2     | 01/07/2026 |            | P   |
    3     | 01/05/2026 |            | S   |
    4     | 01/05/2026 |            | S   |
    5     | 01/05/2026 |            | S   |
    6     | 01/05/2026 |            | S   |
    7     | 01/05/2026 |            | S   |
"""
