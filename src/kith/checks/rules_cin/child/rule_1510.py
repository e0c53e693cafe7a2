import polars as pl

from kith.checks import upn
from kith.checks.rule import check


@check(
    "1510",
    table="Children",
    fields="UPN",
    severity="error",
    note="Asked of a UPN of 13 characters; 1550 finds any other length. A temporary UPN is checked too.",
)
def upn_has_the_wrong_check_letter() -> pl.Expr:
    """The UPN's first letter is not the one that its other characters call for: it was probably mistyped."""
    return upn.is_of_full_length("UPN") & (upn.characters("UPN", 1, 1) != upn.check_letter("UPN"))


EXAMPLES = """
    Children
    LAchildID | UPN           |
    1         | P207000016049 |
    2         | B207000016049 | found
    3         | p207000016049 |
    4         | P20700001604  |
    5         |               |
    6         | M20700001604A |
    7         | P20700001604A | found
    8         | P2070X0016049 |
"""
