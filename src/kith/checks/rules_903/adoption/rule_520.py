import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_one_of, is_other_than


@check(
    "520",
    table="AD1",
    fields="LS_ADOPTR SEX_ADOPTR",
    note="The DfE's sentence speaks of a same gender couple; the code of one person is no married couple's either.",
)
def a_different_gender_married_couple_is_not_mf() -> pl.Expr:
    """The adopters are a married couple of different genders (L11), but their sex is filled with something other
    than MF."""
    return is_one_of("LS_ADOPTR", "L11") & is_other_than("SEX_ADOPTR", "MF")


EXAMPLES = """
    AD1
    CHILD | LS_ADOPTR | SEX_ADOPTR |
    1     | L11       | MM         | found
    2     | L11       | FF         | found
    3     | L11       | MF         |
    4     | L12       | MM         |
    5     | L11       |            |
    6     | L11       | F1         | found
"""
