import polars as pl

from kith.checks.rule import check
from kith.checks.words import birthday, col, is_one_of


@check("352", table="Episodes", fields="DECOM RNE Header.DOB")
def care_began_at_18_or_over() -> pl.Expr:
    """A young person started to be looked after (reason S) on or after their 18th birthday."""
    return is_one_of("RNE", "S") & (col("DECOM") >= birthday("Header.DOB", 18))


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 01/05/2008 |
    2     | 02/05/2008 |
    3     | 29/02/2008 |

    Episodes
    CHILD | DECOM      | RNE |
    1     | 01/05/2026 | S   | found
    1     | 01/06/2026 | P   |
    2     | 01/05/2026 | S   |
    3     | 28/02/2026 | S   |
    3     | 01/03/2026 | S   | found
"""
