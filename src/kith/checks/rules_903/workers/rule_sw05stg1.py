import polars as pl

from kith.checks.rule import check
from kith.checks.words import partly_unknown, unreadable


@check(
    "SW05STG1",
    table="SWEpisodes",
    fields="SW_DEC",
    first_year=2024,
    note="""The DfE's message speaks of the date an episode began, as that of rule SW04STG1 does; the field it
    names is the date the episode ended, which is what is looked at here.""",
)
def the_day_it_ended_is_not_a_date() -> pl.Expr:
    """The day on which a social worker episode ended is no day of the calendar written DD/MM/YYYY; Z may stand for
    the parts that are not known."""
    return unreadable("SW_DEC") & ~partly_unknown("SW_DEC")


EXAMPLES = """
    SWEpisodes
    CHILD | SW_DEC     |
    1     | 31/02/2026 | found
    2     | 28/02/2026 |
    3     | ZZ/ZZ/ZZZZ |
    4     | ZZ/02/2026 |
    5     | ZZ         | found
    6     |            |
"""
