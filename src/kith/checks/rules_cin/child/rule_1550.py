import polars as pl

from kith.checks import upn
from kith.checks.rule import check


@check(
    "1550",
    table="Children",
    fields="UPN",
    severity="error",
    note="A UPN that is too short or too long is found here: what should be its last character is not.",
)
def upn_ends_wrongly() -> pl.Expr:
    """The UPN's 13th and last character is not a digit or a letter (I, O and S are not used)."""
    return ~(upn.is_of_full_length("UPN") & upn.ends_well("UPN"))


EXAMPLES = """
    Children
    LAchildID | UPN            |
    1         | P207000016049  |
    2         | P20700001604A  |
    3         | P20700001604I  | found
    4         | P20700001604O  | found
    5         | P20700001604S  | found
    6         | P20700001604   | found
    7         | P2070000160491 | found
    8         |                |
"""
