import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("INT02", table="PlacedAdoption", fields="CHILD")
def a_child_in_placedadoption_is_not_in_header() -> pl.Expr:
    """A child in the table of placing for adoption (PlacedAdoption) is not in Header."""
    return col("Header.count") == 0


EXAMPLES = """
    Header
    CHILD |
    1     |

    PlacedAdoption
    CHILD |
    1     |
    1     |
    2     | found
"""
