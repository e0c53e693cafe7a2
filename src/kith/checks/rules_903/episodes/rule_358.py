import polars as pl

from kith.checks.rule import check
from kith.checks.words import birthday, col, is_one_of


@check("358", table="Episodes", fields="DECOM LS Header.DOB")
def a_child_under_ten_has_a_youth_justice_status() -> pl.Expr:
    """A child under 10 has a legal status (J1, J2 or J3) that only a child of 10 or over can have."""
    return is_one_of("LS", "J1 J2 J3") & (col("DECOM") < birthday("Header.DOB", 10))


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 02/05/2016 |
    2     | 01/05/2016 |

    Episodes
    CHILD | DECOM      | LS |
    1     | 01/05/2026 | J1 | found
    1     | 02/05/2026 | J1 |
    2     | 01/05/2026 | J2 |
    2     | 01/05/2020 | C2 |
"""
