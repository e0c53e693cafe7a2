import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col, days_between, is_one_of


@check(
    "364",
    table="Episodes",
    fields="LS DECOM DEC",
    note="""The DfE's message names the Act and no number of days; the 21 days taken here are UNVERIFIED. The Act
    itself lets the police hold a person for 96 hours at most before charge (section 44).""",
)
def a_child_was_held_for_the_police_too_long() -> pl.Expr:
    """A child was held in local authority accommodation for the police (J2) for more than 21 days, counting
    episodes that follow each other and, where it has not ended, up to the last day of the year."""
    ended = col("status.end").fill_null(YEAR_END)
    return is_one_of("LS", "J2") & (days_between("status.start", ended) > 21)


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | LS |
    1     | 01/05/2026 | 22/05/2026 | J2 |
    2     | 01/05/2026 | 23/05/2026 | J2 | found
    3     | 09/03/2027 |            | J2 | found
    4     | 10/03/2027 |            | J2 |
    5     | 01/05/2026 |            | J1 |
"""
