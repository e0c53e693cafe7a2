import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.header.pupil_numbers import is_a_number, is_a_reason
from kith.checks.words import blank, col, is_one_of


@check(
    "208",
    table="Header",
    fields="UPN LastYear.Header.UPN",
    note="Which changes are no disagreement is not in the DfE's sentence; they are read off recorded answers.",
)
def pupil_number_differs_from_last_year() -> pl.Expr:
    """The unique pupil number (UPN) is not what last year's return says, and the change is none that time brings:
    a number where none was known, another reason where the child was not of school age (UN1), or "not yet
    known" (UN4) where nothing was said."""
    was_sent = col("LastYear.Header.row").is_not_null()
    differs = col("UPN").ne_missing(col("LastYear.Header.UPN"))
    return was_sent & differs & ~(_number_became_known() | _reason_changed_with_age() | _reason_was_added())


def _number_became_known() -> pl.Expr:
    return is_a_number("UPN") & is_a_reason("LastYear.Header.UPN")


def _reason_changed_with_age() -> pl.Expr:
    return is_a_reason("UPN") & is_one_of("LastYear.Header.UPN", "UN1")


def _reason_was_added() -> pl.Expr:
    return is_one_of("UPN", "UN4") & blank("LastYear.Header.UPN")


EXAMPLES = """
    Header
    CHILD | UPN           |
    1     | H801200001001 |
    2     | H801200001002 | found
    3     | UN2           |
    4     | UN3           | found
    5     |               | found
    6     | UN4           |
    7     | UN1           | found
    8     | UN4           | found
    9     |               |

    LastYear.Header
    CHILD | UPN           |
    1     | UN5           |
    2     | H801200001003 |
    3     | UN1           |
    4     | UN4           |
    5     | UN1           |
    6     |               |
    7     |               |
    8     | H801200001008 |
    9     |               |
"""
