import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_known


@check(
    "392c",
    table="Episodes",
    fields="HOME_POST PL_POST",
    note="A postcode newer than the list of postcodes that Kith holds is found too.",
)
def postcode_is_not_one() -> pl.Expr:
    """The postcode of the child's home or of the placement is not in the list of postcodes."""
    return ~is_known("HOME_POST").fill_null(True) | ~is_known("PL_POST").fill_null(True)


EXAMPLES = """
    Episodes
    CHILD | HOME_POST | PL_POST |
    1     | LS1 4DY   | LS14DY  |
    2     | LS1 4DY   | ZZ1 1ZZ | found
    3     | nowhere   | LS1 4DY | found
    4     |           |         |
"""
