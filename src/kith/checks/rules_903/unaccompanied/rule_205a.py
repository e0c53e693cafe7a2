import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_START, col


@check("205A", table="Header", fields="UASC UASC.DUC LastYear.Header.UASC LastYear.UASC.DUC")
def no_longer_unaccompanied_without_a_date() -> pl.Expr:
    """The child was an unaccompanied asylum seeker last year and is none this year, but neither year's date says
    that the status ceased before this year began."""
    was_and_is_not = (col("UASC") == "0") & (col("LastYear.Header.UASC") == "1")
    ceased = pl.coalesce("UASC.DUC", "LastYear.UASC.DUC")
    return was_and_is_not & ~(ceased < YEAR_START).fill_null(False)


EXAMPLES = """
    Header
    CHILD | UASC |
    1     | 0    |
    2     | 0    | found
    3     | 0    | found
    4     | 0    | found
    5     | 1    |
    6     | 0    |

    UASC
    CHILD | DUC        |
    1     |            |
    2     |            |
    3     |            |
    4     | 01/05/2026 |
    5     | 01/05/2026 |
    6     |            |

    LastYear.Header
    CHILD | UASC |
    1     | 1    |
    2     | 1    |
    3     | 1    |
    4     | 1    |
    5     | 1    |
    6     | 0    |

    LastYear.UASC
    CHILD | DUC        |
    1     | 31/03/2026 |
    2     | 01/04/2026 |
    3     |            |
    4     | 01/05/2026 |
    5     | 01/05/2026 |
    6     |            |
"""
