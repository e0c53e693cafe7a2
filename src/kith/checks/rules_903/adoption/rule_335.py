import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_one_of


@check(
    "335",
    table="AD1",
    fields="FOSTER_CARE Episodes.latest.PLACE",
    note="A1 and A2, which the DfE's sentence names, are placement types of years before 2022-23.",
)
def former_carer_and_last_placement_disagree() -> pl.Expr:
    """The child is said not to be adopted by a foster carer (0), yet the last placement was with one (A2, A3 or
    A5); or said to be (1), yet it was not (A1, A4 or A6)."""
    with_carer = is_one_of("Episodes.latest.PLACE", "A2 A3 A5")
    with_others = is_one_of("Episodes.latest.PLACE", "A1 A4 A6")
    return (is_one_of("FOSTER_CARE", "0") & with_carer) | (is_one_of("FOSTER_CARE", "1") & with_others)


EXAMPLES = """
    Episodes
    CHILD | DECOM      | PLACE |
    1     | 01/05/2026 | A3    |
    1     | 01/06/2026 | A4    |
    2     | 01/05/2026 | A5    |
    3     | 01/05/2026 | U1    |

    AD1
    CHILD | FOSTER_CARE |
    1     | 1           | found
    1     | 0           |
    2     | 0           | found
    2     | 1           |
    3     | 0           |
    3     | 1           |
"""
