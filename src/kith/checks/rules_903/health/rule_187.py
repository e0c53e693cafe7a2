import polars as pl

from kith.checks.items import AD1_ITEMS, OC3_ITEMS, of
from kith.checks.rule import check
from kith.checks.words import any_given, col, is_the_latest


@check(
    "187",
    table="Episodes",
    fields=" ".join((*of("AD1", AD1_ITEMS), *of("OC3", OC3_ITEMS))),
)
def in_care_all_year_yet_adopted_or_a_care_leaver() -> pl.Expr:
    """The child was looked after on every day of the year, so there can be nothing about adoption (AD1) or
    about care leavers (OC3). The finding stands on the child's last episode."""
    return (
        col("child.in_care_all_year")
        & is_the_latest("Episodes")
        & (any_given(*of("AD1", AD1_ITEMS)) | any_given(*of("OC3", OC3_ITEMS)))
    )


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | LS | REC | RNE |
    1     | 01/04/2026 | 30/09/2026 | C2 | X1  | S   |
    1     | 30/09/2026 |            | C2 |     | P   | found
    2     | 01/04/2026 |            | C2 |     | S   | found
    3     | 02/04/2026 |            | C2 |     | S   |
    4     | 01/04/2026 |            | C2 |     | S   |

    AD1
    CHILD | DATE_INT   | DATE_MATCH | FOSTER_CARE | NB_ADOPTR | SEX_ADOPTR | LS_ADOPTR |
    1     | 01/05/2026 |            |             |           |            |           |
    3     | 01/05/2026 |            |             |           |            |           |

    OC3
    CHILD | IN_TOUCH | ACTIV | ACCOM |
    2     | YES      | F1    | B1    |
    4     |          |       |       |
"""
