import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, given, is_known, is_other_than

FEWEST = 8


@check(
    "2887Q",
    table="Disabilities",
    fields="Disability",
    severity="query",
    is_of_the_whole_return=True,
    note="""A rule about the whole return: where it breaks, the first use of each code is found. NONE is no
        disability and what is no code of the DfE's (8540) is none either, so neither is counted; an open tool
        counts rows instead of different codes.""",
)
def few_kinds_of_disability_are_recorded() -> pl.Expr:
    """Fewer than 8 different disability codes are used in the whole return, which is fewer than one would expect."""
    is_a_kind = is_known("Disability") & is_other_than("Disability", "NONE")
    kinds = col("Disability").filter(is_a_kind).n_unique()
    return (kinds < FEWEST) & given("Disability") & col("Disability").is_first_distinct()


EXAMPLES = """
    Disabilities
    LAchildID | Disability |
    1         | NONE       | found
    2         | MOB        | found
    3         | MOB        |
    3         | HAND       | found
    4         | PC         | found
    5         | INC        | found
    6         | COMM       | found
    7         | LD         | found
    8         | HEAR       | found
    9         | DEAF       | found
    10        |            |
"""
