import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col


@check("575", table="Missing+Episodes", fields="MIS_END other.DEC")
def the_placement_ended_while_missing_did_not() -> pl.Expr:
    """The placement from which a child went missing or away has ended, but the time missing has no end date."""
    went_from_it = (col("other.DECOM") <= col("MIS_START")) & (col("MIS_START") < col("other.DEC"))
    return blank("MIS_END") & went_from_it


EXAMPLES = """
    Missing
    CHILD | MIS_START  | MIS_END    |
    1     | 01/05/2026 |            | found
    2     | 01/05/2026 | 02/05/2026 |
    3     | 01/05/2026 |            |
    4     | 01/06/2026 |            |

    Episodes
    CHILD | DECOM      | DEC        |
    1     | 01/05/2026 | 01/06/2026 |
    1     | 01/06/2026 |            |
    2     | 01/05/2026 | 01/06/2026 |
    3     | 01/05/2026 |            |
    4     | 01/05/2026 | 01/06/2026 |
    4     | 01/06/2026 |            |
"""
