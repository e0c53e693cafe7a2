import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, how_many


@check("8790", table="Disabilities", fields="Disability", severity="error")
def no_disability_is_said_beside_one() -> pl.Expr:
    """The child has NONE (no disability) together with a disability. Each of the child's rows is shown."""
    none, some = (
        (col("Disability") == "NONE").fill_null(False),
        (col("Disability") != "NONE").fill_null(False),
    )
    return (how_many(none, of_the_same="LAchildID") > 0) & (how_many(some, of_the_same="LAchildID") > 0)


EXAMPLES = """
    Disabilities
    LAchildID | Disability |
    1         | NONE       | found
    1         | MOB        | found
    2         | NONE       |
    3         | MOB        |
    3         | HAND       |
"""
