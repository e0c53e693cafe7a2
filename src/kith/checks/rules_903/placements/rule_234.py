import polars as pl

from kith.checks.rule import check
from kith.checks.words import birthday, col, is_one_of


@check("234", table="Episodes", fields="REASON_PLACE_CHANGE DECOM Header.DOB", first_year=2026)
def a_child_under_ten_moved_into_custody() -> pl.Expr:
    """A child under 10 is said to have moved because of being taken into custody (CUSTOD)."""
    return is_one_of("REASON_PLACE_CHANGE", "CUSTOD") & (col("DECOM") < birthday("Header.DOB", 10))


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 02/05/2016 |
    2     | 01/05/2016 |

    Episodes
    CHILD | DECOM      | REASON_PLACE_CHANGE |
    1     | 01/05/2026 | CUSTOD              | found
    1     | 02/05/2026 | CUSTOD              |
    1     | 01/05/2026 | CARPL               |
    2     | 01/05/2026 | CUSTOD              |
"""
