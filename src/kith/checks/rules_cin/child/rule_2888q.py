import polars as pl

from kith.checks.rule import check
from kith.checks.words import how_many, is_other_than


@check(
    "2888Q",
    table="Disabilities",
    fields="Disability",
    severity="query",
    is_of_the_whole_return=True,
    note="A rule about the whole return: where it breaks, the first disability recorded is found.",
)
def no_child_has_more_than_one_disability() -> pl.Expr:
    """No child of the whole return has more than one disability code; each of a child's disabilities should be recorded."""
    is_disability = is_other_than("Disability", "NONE")
    is_new = is_disability & pl.struct("LAchildID", "Disability").is_first_distinct()
    has_only_one = ~(how_many(is_new, of_the_same="LAchildID") > 1).any()
    return has_only_one & is_disability & is_disability.cum_sum().eq(1)


EXAMPLES = """
    Disabilities
    LAchildID | Disability |
    1         | NONE       |
    2         | MOB        | found
    2         | MOB        |
    3         | HAND       |
              | VIS        |
              | HEAR       |
"""
