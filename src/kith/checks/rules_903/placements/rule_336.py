import polars as pl

from kith.checks.placement_words import FOSTER, TEMPORARY
from kith.checks.rule import check
from kith.checks.rules_903.notes import NO_READABLE_START
from kith.checks.words import is_one_of, is_other_than


@check(
    "336",
    table="Episodes",
    fields="PLACE before.PLACE",
    note=NO_READABLE_START,
)
def adoption_by_foster_carers_follows_no_foster_placement() -> pl.Expr:
    """A child is placed for adoption with the foster carers they live with (A3, A5), but the episode
    before was no foster placement (U1 to U6). A temporary placement in between, and A3 before A5, are
    no fault."""
    return is_one_of("PLACE", "A3 A5") & is_other_than("before.PLACE", f"{FOSTER} A3 A5 {TEMPORARY}")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | PLACE |
    1     | 01/05/2026 | K2    |
    1     | 01/06/2026 | A3    | found
    2     | 01/05/2026 | U5    |
    2     | 01/06/2026 | A3    |
    2     | 01/07/2026 | A5    |
    2     | 01/08/2026 | T1    |
    2     | 08/08/2026 | A5    |
    3     | 01/06/2026 | A3    |
    4     | 01/05/2026 | K2    |
    4     | 01/06/2026 | A4    |
"""
