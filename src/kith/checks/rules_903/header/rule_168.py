import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.header.pupil_numbers import is_a_number
from kith.checks.words import col

PUPIL_NUMBER = r"^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-Z]$"
"""A check letter (never I, O or S), then twelve digits, or eleven and a letter for a number not yet final."""


@check(
    "168",
    table="Header",
    fields="UPN",
    note="A blank one is rule 442's. Whether the check letter fits its digits is asked in the CIN census only.",
)
def pupil_number_is_not_valid() -> pl.Expr:
    """The unique pupil number (UPN) is neither a pupil number nor one of UN1 to UN5, which say why there is none."""
    return ~col("UPN").str.contains(PUPIL_NUMBER) & is_a_number("UPN")


EXAMPLES = """
    Header
    CHILD | UPN            |
    1     | H801200001001  |
    2     | H80120000100A  |
    3     | UN5            |
    4     | UN6            | found
    5     | I801200001001  | found
    6     | H80120000100   | found
    7     | H8012000010011 | found
    8     |                |
"""
