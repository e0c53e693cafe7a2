import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "702",
    table="DoLo",
    fields="DOLO_START DOLO_END",
    first_year=2027,
    note="""An order that began and ended on one day is left alone: the DfE's text says before. An open tool
    reports it.""",
)
def a_deprivation_of_liberty_ended_before_it_began() -> pl.Expr:
    """The date a deprivation of liberty order ended is before the date it began."""
    return col("DOLO_END") < col("DOLO_START")


EXAMPLES = """
    DoLo
    CHILD | DOLO_START | DOLO_END   |
    1     | 02/05/2026 | 01/05/2026 | found
    2     | 02/05/2026 | 02/05/2026 |
    3     | 02/05/2026 |            |
"""
