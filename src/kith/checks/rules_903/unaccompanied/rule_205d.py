import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("205D", table="Header", fields="UASC UASC.DUC LastYear.Header.UASC LastYear.UASC.DUC")
def unaccompanied_this_year_only() -> pl.Expr:
    """The child is an unaccompanied asylum seeker this year, but was here last year as none."""
    return (col("UASC") == "1") & (col("LastYear.Header.UASC") == "0")


EXAMPLES = """
    Header
    CHILD | UASC |
    1     | 1    | found
    2     | 1    |
    3     | 0    |

    UASC
    CHILD | DUC        |
    1     | 01/05/2026 |
    2     | 01/05/2026 |
    3     |            |

    LastYear.Header
    CHILD | UASC |
    1     | 0    |
    2     | 1    |
    3     | 0    |

    LastYear.UASC
    CHILD | DUC        |
    1     |            |
    2     | 01/05/2026 |
    3     |            |
"""
