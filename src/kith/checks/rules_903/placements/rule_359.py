import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, birthday, blank, col


@check("359", table="Episodes", fields="DEC LS PLACE Header.DOB")
def grown_child_is_still_looked_after() -> pl.Expr:
    """A young person is looked after past their 18th birthday, and not under section 20(5): in a
    children's home (K2) by agreement (V2)."""
    end = pl.when(blank("DEC")).then(YEAR_END).otherwise(col("DEC"))
    is_allowed = (col("LS") == "V2") & (col("PLACE") == "K2")
    return (end > birthday("Header.DOB", 18)) & ~is_allowed.fill_null(False)


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 01/05/2008 |
    2     | 31/03/2009 |

    Episodes
    CHILD | DEC        | LS | PLACE |
    1     |            | C2 | U4    | found
    1     | 02/05/2026 | C2 | U4    | found
    1     | 01/05/2026 | C2 | U4    |
    1     |            | V2 | K2    |
    1     |            | V2 | U4    | found
    1     |            | C2 | K2    | found
    1     | 31/02/2026 | C2 | U4    |
    2     |            | C2 | U4    |
"""
