import polars as pl

from kith.checks import upn
from kith.checks.rule import check


@check(
    "1530",
    table="Children",
    fields="UPN",
    severity="error",
    note="""Authorities that have ended still count, and so do those of Wales and the pseudo authorities. The
        codes were last added to in 2023-24. An open tool compares the code with a number and finds too much;
        Kith follows the DfE.""",
)
def upn_names_no_authority() -> pl.Expr:
    """Characters 2 to 4 of the UPN are not the code of any authority that issues UPNs or did."""
    return upn.is_of_full_length("UPN") & ~upn.names_an_authority("UPN")


EXAMPLES = """
    Children
    LAchildID | UPN           |
    1         | H942278544154 |
    2         | H003278544154 |
    3         | H909278544154 |
    4         | R421962919251 | found
    5         | RABC962919251 | found
    6         | R421          |
    7         |               |
"""
