import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col


@check(
    "354",
    table="Episodes",
    fields="DECOM",
    note="""The DfE's message speaks of the date an episode ceased, as that of rule 385 does; the field it
    names is the date the episode began, which is what is looked at here.""",
)
def an_episode_began_after_the_year() -> pl.Expr:
    """An episode began after 31 March, the last day of the collection year."""
    return col("DECOM") > YEAR_END


EXAMPLES = """
    Episodes
    CHILD | DECOM      |
    1     | 31/03/2027 |
    2     | 01/04/2027 | found
    3     |            |
"""
