import polars as pl

from kith.checks.rule import check
from kith.checks.words import any_given, col


@check(
    "205C",
    table="Header",
    fields="UASC UASC.DUC LastYear.Header.UASC LastYear.UASC.DUC",
    note="In CSV files the date is what says that a child is one, so only a return in XML can break this rule.",
)
def never_unaccompanied_yet_a_date() -> pl.Expr:
    """The child was no unaccompanied asylum seeker last year and is none this year, yet there is a date on which that
    status ceased."""
    is_in_neither_year = (col("UASC") == "0") & (col("LastYear.Header.UASC") == "0")
    return is_in_neither_year & any_given("UASC.DUC", "LastYear.UASC.DUC")


EXAMPLES = """
    Header
    CHILD | UASC |
    1     | 0    | found
    2     | 0    | found
    3     | 0    |
    4     | 1    |
    5     | 0    |

    UASC
    CHILD | DUC        |
    1     | 01/05/2026 |
    2     |            |
    3     |            |
    4     | 01/05/2026 |
    5     |            |

    LastYear.Header
    CHILD | UASC |
    1     | 0    |
    2     | 0    |
    3     | 0    |
    4     | 0    |
    5     | 1    |

    LastYear.UASC
    CHILD | DUC        |
    1     |            |
    2     | 01/05/2026 |
    3     |            |
    4     |            |
    5     | 01/05/2026 |
"""
