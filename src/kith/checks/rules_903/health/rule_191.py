import polars as pl

from kith.checks.items import OC2_MAIN_ITEMS, of
from kith.checks.rule import check
from kith.checks.words import any_blank, col, is_the_latest


@check(
    "191",
    table="Episodes",
    fields=" ".join(("CHILD", *of("OC2", OC2_MAIN_ITEMS))),
    note="""The finding stands on the child's last episode and shows the row in OC2, if there is one, so that a
    child who is not in OC2 at all is found as well. An open tool loses this rule for the whole return when one
    child has no readable DECOM; here the other children are still checked.""",
)
def health_is_not_told_of_a_child_in_care_all_year() -> pl.Expr:
    """The child was looked after on every day of the year, yet immunisations, teeth checks, health assessments
    and substance misuse are not all filled, or the child is not in OC2 at all."""
    return col("child.in_care_all_year") & is_the_latest("Episodes") & any_blank(*of("OC2", OC2_MAIN_ITEMS))


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | LS | REC | RNE |
    1     | 01/04/2026 | 30/09/2026 | C2 | X1  | S   |
    1     | 30/09/2026 |            | C2 |     | P   | found
    2     | 01/04/2026 |            | C2 |     | S   | found
    3     | 02/04/2026 |            | C2 |     | S   |
    4     | 01/04/2026 |            | C2 |     | S   |
    5     |            |            | C2 |     | S   |

    OC2
    CHILD | IMMUNISATIONS | TEETH_CHECK | HEALTH_ASSESSMENT | SUBSTANCE_MISUSE |
    1     | 1             | 1           | 1                 |                  |
    3     |               |             |                   |                  |
    4     | 1             | 1           | 0                 | 0                |
"""
