import polars as pl

from kith.checks.rule import check
from kith.checks.words import birthday, col, is_one_of


@check("389", table="Episodes", fields="REC DEC Header.DOB")
def moved_to_adult_services_under_16() -> pl.Expr:
    """A child under 16 is said to have left care for adult social care services (E7)."""
    return is_one_of("REC", "E7") & (col("DEC") < birthday("Header.DOB", 16))


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 02/05/2010 |
    2     | 01/05/2010 |

    Episodes
    CHILD | DEC        | REC |
    1     | 01/05/2026 | E7  | found
    1     | 01/05/2026 | E3  |
    2     | 01/05/2026 | E7  |
"""
