import polars as pl

from kith.checks.items import OC3_ITEMS
from kith.checks.rule import check
from kith.checks.words import any_given, is_one_of


@check(
    "1011",
    table="OC3",
    fields=" ".join(OC3_ITEMS),
    note="""An open tool loses this rule for the whole return when one child has no readable DECOM; here the other
    children are still checked.""",
)
def another_authority_took_over_the_care_of_a_care_leaver() -> pl.Expr:
    """The young person's last episode ended because another authority took over the care (E3), so this authority
    has nothing to tell of a care leaver."""
    return is_one_of("Episodes.latest.REC", "E3") & any_given(*OC3_ITEMS)


EXAMPLES = """
    Episodes
    CHILD | DECOM      | REC |
    1     | 01/05/2026 | X1  |
    1     | 01/06/2026 | E3  |
    2     | 01/05/2026 | E3  |
    2     | 01/06/2026 | E4A |
    3     | 01/05/2026 | E3  |
    5     |            | E3  |

    OC3
    CHILD | IN_TOUCH | ACTIV | ACCOM |
    1     | YES      | F1    | B1    | found
    2     | YES      | F1    | B1    |
    3     |          |       |       |
    4     | YES      | F1    | B1    |
    5     | YES      | F1    | B1    |
"""
