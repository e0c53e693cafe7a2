import polars as pl

from kith.checks.placement_words import names_a_provider
from kith.checks.rule import check
from kith.checks.words import col


@check("1008", table="Episodes", fields="URN")
def urn_is_not_a_providers() -> pl.Expr:
    """Ofsted's list has no provider with this URN. The seven X's that stand for none are left out."""
    return names_a_provider() & col("Provider.URN").is_null()


EXAMPLES = """
    Episodes
    CHILD | URN     |
    1     | SC1     |
    2     | sc1     |
    3     | SC2     | found
    4     | XXXXXXX |
    5     |         |

    Provider
    URN |
    SC1 |
"""
