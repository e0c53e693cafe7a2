import polars as pl

from kith.checks.items import AD1_ITEMS
from kith.checks.rule import check
from kith.checks.words import any_blank, any_given


@check("151", table="AD1", fields=" ".join(AD1_ITEMS))
def adoption_is_told_in_part() -> pl.Expr:
    """Some of the items about a child's adoption are filled and some are blank. Fill all six, or none."""
    return any_given(*AD1_ITEMS) & any_blank(*AD1_ITEMS)


EXAMPLES = """
    AD1
    CHILD | DATE_INT   | DATE_MATCH | FOSTER_CARE | NB_ADOPTR | SEX_ADOPTR | LS_ADOPTR |
    1     | 01/05/2026 | 01/06/2026 | 0           | 2         | MF         | L11       |
    2     | 01/05/2026 | 01/06/2026 | 0           | 2         | MF         |           | found
    3     |            |            |             |           |            | L11       | found
    4     |            |            |             |           |            |           |
"""
