import polars as pl

from kith.checks.placement_words import is_temporary
from kith.checks.rule import check
from kith.checks.words import col, is_other_than


@check(
    "383",
    table="Episodes",
    fields="PLACE RNE PL_POST before.PLACE before.PL_POST next.RNE next.PLACE next.PL_POST",
    note="How the form before 2025-26 differed is not known to us; this one serves every year.",
)
def child_did_not_return_from_a_temporary_placement() -> pl.Expr:
    """After a temporary placement (T0 to T4) the child did not go back: the next episode is not a move
    (P) to the kind of placement and postcode where they lived before. A change of legal status alone
    ends no stay."""
    stays_on = (col("next.RNE") == "L") & (col("next.PLACE") == col("PLACE"))
    elsewhere = is_other_than("next.RNE", "P") | (col("next.PLACE") != col("before.PLACE"))
    elsewhere |= col("next.PL_POST.bare") != col("before.PL_POST.bare")
    return is_temporary() & col("RNE").ne_missing("L") & elsewhere & ~stays_on.fill_null(False)


EXAMPLES = """
    Episodes
    CHILD | DECOM      | RNE | PLACE | PL_POST |
    1     | 01/05/2026 | S   | U4    | LS1 4DY |
    1     | 01/06/2026 | P   | T1    | LS1 3EX |
    1     | 08/06/2026 | P   | U4    | LS14DY  |
    2     | 01/05/2026 | S   | U4    | LS1 4DY |
    2     | 01/06/2026 | P   | T1    | LS1 3EX | found
    2     | 08/06/2026 | P   | K2    | LS1 4DY |
    3     | 01/05/2026 | S   | U4    | LS1 4DY |
    3     | 01/06/2026 | P   | T1    | LS1 3EX | found
    3     | 08/06/2026 | P   | U4    | LS2 7EW |
    4     | 01/05/2026 | S   | U4    | LS1 4DY |
    4     | 01/06/2026 | P   | T1    | LS1 3EX | found
    4     | 08/06/2026 | T   | U4    | LS1 4DY |
    5     | 01/05/2026 | S   | U4    | LS1 4DY |
    5     | 01/06/2026 | P   | T1    | LS1 3EX |
    5     | 04/06/2026 | L   | T1    | LS1 3EX |
    5     | 08/06/2026 | P   | U4    | LS1 4DY |
    6     | 01/05/2026 | S   | U4    | LS1 4DY |
    6     | 01/06/2026 | P   | T1    | LS1 3EX |
"""
