import polars as pl

from kith.checks import upn
from kith.checks.rule import check
from kith.checks.rules_903.header.pupil_numbers import is_a_number
from kith.checks.words import blank


@check(
    "168",
    table="Header",
    fields="UPN",
    note="""A blank one is found too, for a number that is not known has its code. Whether the check letter fits its
    digits is asked in the CIN census only.""",
)
def pupil_number_is_not_valid() -> pl.Expr:
    """The unique pupil number (UPN) is blank, or neither a pupil number (a letter, eleven digits, and a last digit or
    letter; I, O and S are not used) nor one of UN1 to UN5, which say why there is none."""
    return blank("UPN") | (is_a_number("UPN") & ~upn.is_well_formed("UPN"))


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
    8     |                | found
    9     | H80120000100O  | found
"""
