from dataclasses import replace

import polars as pl

from kith.checks.placement_words import TEMPORARY, names_a_provider, takes_no_provider
from kith.checks.rule import check
from kith.checks.words import col, is_one_of

HAS_NO_URN = f"P1 P2 P3 R1 R2 R5 {TEMPORARY}"


@check("222", table="Episodes", fields="URN PLACE", last_year=2023)
def urn_is_given_where_none_is_wanted_before_supported_accommodation() -> pl.Expr:
    """Ofsted's number (URN) is given for a kind of placement that has none; H5 was one until 2022-23."""
    return _has_one_it_should_not() | (names_a_provider() & (col("PLACE") == "H5"))


@check("222", table="Episodes", fields="URN PLACE", first_year=2024)
def urn_is_given_where_none_is_wanted() -> pl.Expr:
    """Ofsted's number (URN) is given for a kind of placement that has none, such as one with parents
    (P1) or a temporary one (T0 to T4)."""
    return _has_one_it_should_not()


def _has_one_it_should_not() -> pl.Expr:
    return names_a_provider() & (is_one_of("PLACE", HAS_NO_URN) | takes_no_provider())


EXAMPLES = """
    Episodes
    CHILD | PLACE | URN      |
    1     | P1    | SC000001 | found
    2     | P1    |          |
    3     | P1    | XXXXXXX  |
    4     | T4    | SC000001 | found
    5     | R5    | SC000001 | found
    6     | K2    | SC000001 |
"""

BEFORE = """
    Episodes
    CHILD | PLACE | URN      |
    1     | H5    | SC000001 | found
    2     | H5    |          |
    3     | P1    | SC000001 | found
    4     | Z1    | SC000001 | found
    5     | K2    | SC000001 |
"""
urn_is_given_where_none_is_wanted_before_supported_accommodation = replace(
    urn_is_given_where_none_is_wanted_before_supported_accommodation, examples=BEFORE
)
