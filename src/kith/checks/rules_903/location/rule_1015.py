import polars as pl

from kith.checks.placement_words import FOSTER, is_short_break
from kith.checks.rule import check
from kith.checks.rules_903.notes import AUTHORITIES_OF_2021
from kith.checks.words import col, given, is_other_than


@check(
    "1015",
    table="Episodes",
    fields="PL_LA PL_POST PLACE_PROVIDER PLACE LS",
    note=AUTHORITIES_OF_2021,
)
def own_provision_lies_in_another_authority() -> pl.Expr:
    """The provider is the authority itself (PR1), but the placement lies in another authority. Foster
    carers (U1 to U6) may live elsewhere; they and short breaks (V3, V4) are left out."""
    counts = is_other_than("PLACE", FOSTER) & given("LS") & ~is_short_break()
    return counts & (col("PLACE_PROVIDER") == "PR1") & ~col("PL_LA.is_own")


EXAMPLES = """
    authority E06000001

    Episodes
    CHILD | LS | PLACE | PLACE_PROVIDER | PL_LA     |
    1     | C2 | K2    | PR1            | E06000002 | found
    2     | C2 | K2    | PR1            | E06000001 |
    3     | C2 | U4    | PR1            | E06000002 |
    4     | V3 | K2    | PR1            | E06000002 |
    5     | C2 | K2    | PR2            | E06000002 |
    6     | C2 | K2    | PR1            |           |
    7     |    | K2    | PR1            | E06000002 |
    8     | C2 |       | PR1            | E06000002 |
"""
