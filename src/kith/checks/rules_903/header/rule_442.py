import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col


@check("442", table="Header", fields="UPN")
def a_child_in_care_has_no_pupil_number_cell() -> pl.Expr:
    """The unique pupil number (UPN) is blank for a child with an episode of care. Short breaks (V3, V4) do not
    count. Where there is no number, UN1 to UN5 say why."""
    return blank("UPN") & col("child.has_care_episode")


EXAMPLES = """
    Header
    CHILD | UPN |
    1     |     | found
    2     | UN1 |
    3     |     |
    4     |     |

    Episodes
    CHILD | LS |
    1     | V3 |
    1     | C2 |
    2     | C2 |
    3     | V4 |
"""
