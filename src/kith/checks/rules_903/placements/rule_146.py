import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_known


@check(
    "146",
    table="Episodes",
    fields="PLACE",
    note="""An open tool's list of 2024-25 has K3 in small letters, and so reports every K3; we take the code.""",
)
def placement_is_not_a_code() -> pl.Expr:
    """The kind of placement is not one of the year's codes (H5 gave way to K3 in 2024-25, Z1 to Z11-Z14
    in 2025-26)."""
    return ~is_known("PLACE")


EXAMPLES = """
    Episodes
    CHILD | PLACE |
    1     | U1    |
    2     | k3    |
    3     | R4    | found
    4     | H5    | found
    5     | Z14   |
    6     |       |
"""
