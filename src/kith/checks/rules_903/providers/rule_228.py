import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, blank, col


@check(
    "228",
    table="Episodes",
    fields="URN DEC Provider.REG_END",
    note="An episode that is still open counts as lasting to the year's last day.",
)
def episode_outlasts_the_providers_registration() -> pl.Expr:
    """The episode ended, or still goes on at the year's end, after the provider with this URN had
    closed."""
    end = pl.when(blank("DEC")).then(YEAR_END).otherwise(col("DEC"))
    return end > col("Provider.REG_END")


EXAMPLES = """
    Episodes
    CHILD | DEC        | URN |
    1     | 01/09/2026 | SC1 |
    2     | 02/09/2026 | SC1 | found
    3     |            | SC1 | found
    4     |            | SC2 |
    5     |            | SC3 |
    6     | 31/02/2026 | SC1 |

    Provider
    URN | REG_END    |
    SC1 | 2026-09-01 |
    SC2 |            |
    SC3 | 2027-03-31 |
"""
