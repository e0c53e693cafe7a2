import polars as pl

from kith.checks.rule import check
from kith.checks.words import given, how_many


@check("8794", table="Disabilities", fields="Disability", severity="error")
def a_disability_is_given_twice() -> pl.Expr:
    """The same disability code is recorded more than once for the child."""
    is_given = given("Disability")
    return is_given & (how_many(is_given, of_the_same="LAchildID Disability") > 1)


EXAMPLES = """
    Disabilities
    LAchildID | Disability |
    1         | MOB        | found
    1         | MOB        | found
    1         | HAND       |
    2         | MOB        |
"""
