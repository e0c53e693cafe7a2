import polars as pl

from kith.checks.rule import check
from kith.checks.words import birthday, col, is_one_of


@check(
    "370",
    table="Episodes",
    fields="DECOM PLACE Header.DOB",
    last_year=2024,
    note="""The rule was written anew in 2023-24; how it differed is not known, and the one form is used for
    both years.""",
)
def a_child_under_16_lives_independently() -> pl.Expr:
    """A child under 16 is placed in independent living (P2)."""
    return is_one_of("PLACE", "P2") & (col("DECOM") < birthday("Header.DOB", 16))


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 02/05/2007 |
    2     | 01/05/2007 |

    Episodes
    CHILD | DECOM      | PLACE |
    1     | 01/05/2023 | P2    | found
    1     | 01/05/2023 | U6    |
    2     | 01/05/2023 | P2    |
"""
