import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "229",
    table="Episodes",
    fields="URN PLACE_PROVIDER Provider.PROVIDER_LA",
    note="""The provider's authority is worked out of its postcode, and may be wrong for an agency with an
    office outside its own authority.""",
)
def own_provision_is_anothers() -> pl.Expr:
    """The provider is told as the authority's own (PR1) but stands in another authority, or as another
    authority's (PR2) but stands in this one."""
    is_own = col("Provider.PROVIDER_LA.is_own")
    return ((col("PLACE_PROVIDER") == "PR1") & ~is_own) | ((col("PLACE_PROVIDER") == "PR2") & is_own)


EXAMPLES = """
    authority E06000001

    Episodes
    CHILD | PLACE_PROVIDER | URN |
    1     | PR1            | SC1 |
    2     | PR1            | SC2 | found
    3     | PR2            | SC1 | found
    4     | PR2            | SC2 |
    5     | PR4            | SC2 |
    6     | PR1            | SC3 |

    Provider
    URN | PROVIDER_LA |
    SC1 | E06000001   |
    SC2 | E06000002   |
    SC3 |             |
"""
