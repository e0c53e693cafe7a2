import polars as pl

from kith.checks.placement_words import FOSTER
from kith.checks.rule import check
from kith.checks.words import is_one_of


@check("516", table="Episodes", fields="REC PLACE")
def former_foster_carer_was_no_carer() -> pl.Expr:
    """A child left care to the guardianship of former foster carers (E45, E46), but was not living in a
    foster placement (U1 to U6)."""
    return is_one_of("REC", "E45 E46") & ~is_one_of("PLACE", FOSTER)


EXAMPLES = """
    Episodes
    CHILD | REC | PLACE |
    1     | E45 | U1    |
    2     | E45 | K2    | found
    3     | E46 |       | found
    4     | E4A | K2    |
"""
