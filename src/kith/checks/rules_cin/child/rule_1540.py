import polars as pl

from kith.checks import upn
from kith.checks.rule import check


@check(
    "1540",
    table="Children",
    fields="UPN",
    severity="error",
    note="Asked of a UPN of 13 characters; 1550 finds any other length.",
)
def upn_has_a_letter_in_its_middle() -> pl.Expr:
    """Characters 5 to 12 of the UPN are not all digits."""
    is_number = upn.characters("UPN", 5, 12).str.contains("^[0-9]{8}$")
    return upn.is_of_full_length("UPN") & ~is_number


EXAMPLES = """
    Children
    LAchildID | UPN           |
    1         | P207000016049 |
    2         | P20700001604A |
    3         | P20700001A049 | found
    4         | P207O00016049 | found
    5         | P2070         |
    6         |               |
"""
