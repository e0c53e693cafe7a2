import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_START, col


@check("205B", table="Header", fields="UASC UASC.DUC LastYear.Header.UASC LastYear.UASC.DUC")
def still_unaccompanied_after_the_date() -> pl.Expr:
    """The child was an unaccompanied asylum seeker last year and is one this year, but a year's date says that the
    status ceased before this year began."""
    is_still = (col("UASC") == "1") & (col("LastYear.Header.UASC") == "1")
    ceased = pl.min_horizontal("UASC.DUC", "LastYear.UASC.DUC")
    return is_still & (ceased < YEAR_START)


EXAMPLES = """
    Header
    CHILD | UASC |
    1     | 1    | found
    2     | 1    |
    3     | 1    | found
    4     | 1    |
    5     | 0    |

    UASC
    CHILD | DUC        |
    1     | 31/03/2026 |
    2     | 01/04/2026 |
    3     | 01/05/2026 |
    4     |            |
    5     | 31/03/2026 |

    LastYear.Header
    CHILD | UASC |
    1     | 1    |
    2     | 1    |
    3     | 1    |
    4     | 1    |
    5     | 1    |

    LastYear.UASC
    CHILD | DUC        |
    1     | 31/03/2026 |
    2     | 01/04/2026 |
    3     | 31/03/2026 |
    4     |            |
    5     | 31/03/2026 |
"""
