import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, is_other_than, is_the_first


@check(
    "357",
    table="Episodes",
    fields="RNE",
    note="""Load last year's return too: a child carried over from it is then left alone. Without it the first
    episode in the file is taken for the child's first.""",
)
def the_first_episode_does_not_start_care() -> pl.Expr:
    """A child's first episode ever has another reason than S, started to be looked after. Either the reason
    is wrong, or the episode before it is left out."""
    first_ever = is_the_first("Episodes") & ~col("child.was_sent_last_year")
    return first_ever & is_other_than("RNE", "S")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | RNE |
    1     | 01/05/2026 | P   | found
    1     | 01/06/2026 | L   |
    2     | 01/05/2026 | S   |
    3     | 01/02/2026 | T   |
    4     | 01/05/2026 |     |

    LastYear.Episodes
    CHILD | DECOM      | RNE |
    3     | 01/02/2026 | T   |
"""
