import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("227", table="Episodes", fields="URN DECOM Provider.REG_DATE")
def episode_began_before_the_provider_was_registered() -> pl.Expr:
    """The episode began before Ofsted registered the provider with this URN."""
    return col("DECOM") < col("Provider.REG_DATE")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | URN |
    1     | 30/04/2026 | SC1 | found
    2     | 01/05/2026 | SC1 |
    3     | 30/04/2026 | SC2 |
    4     | 30/04/2026 | SC9 |

    Provider
    URN | REG_DATE   |
    SC1 | 2026-05-01 |
    SC2 |            |
"""
