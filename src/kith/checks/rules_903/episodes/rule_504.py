import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("504", table="Episodes", fields="CIN")
def the_category_of_need_changed_during_a_stay() -> pl.Expr:
    """The category of need differs from the one with which the child's present stay in care began. It is
    fixed at the start, and every episode repeats it."""
    return col("CIN") != col("stay.first.CIN")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | RNE | REC | CIN |
    1     | 01/05/2026 | 01/06/2026 | S   | X1  | N1  |
    1     | 01/06/2026 | 01/07/2026 | P   | X1  | N2  | found
    1     | 01/07/2026 | 01/08/2026 | P   | E3  | N1  |
    1     | 01/09/2026 | 01/10/2026 | S   | X1  | N4  |
    1     | 01/10/2026 |            | L   |     | N5  | found
    2     | 01/05/2026 |            | S   |     | N3  |
"""
