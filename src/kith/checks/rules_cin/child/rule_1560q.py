import polars as pl

from kith.checks import upn
from kith.checks.rule import check


@check("1560Q", table="Children", fields="FormerUPN", severity="query")
def former_upn_is_not_well_formed() -> pl.Expr:
    """The former UPN is not a letter, eleven digits, and a last digit or letter (I, O and S are not used)."""
    return ~upn.is_well_formed("FormerUPN")


EXAMPLES = """
    Children
    LAchildID | FormerUPN      |
    1         | P207000016049  |
    2         | P20700001604A  |
    3         | S207000016049  | found
    4         | P20700001604O  | found
    5         | P20700001604   | found
    6         | P2070000160499 | found
    7         | P2070000A6049  | found
    8         |                |
"""
