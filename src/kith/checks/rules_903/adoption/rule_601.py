import polars as pl

from kith.checks.items import AD1_ITEMS, ADOPTED, of
from kith.checks.rule import check
from kith.checks.words import YEAR_END, YEAR_START, any_blank, col, is_one_of


@check("601", table="Episodes", fields=" ".join(("REC", *of("AD1", AD1_ITEMS))))
def adopted_but_the_adoption_is_not_told() -> pl.Expr:
    """The child was adopted in the year (E11 or E12), but the items about the adoption (AD1) are not all
    filled."""
    in_another_year = ((col("DEC") < YEAR_START) | (col("DEC") > YEAR_END)).fill_null(False)
    return is_one_of("REC", ADOPTED) & ~in_another_year & any_blank(*of("AD1", AD1_ITEMS))


EXAMPLES = """
    Episodes
    CHILD | DEC        | REC |
    1     | 01/05/2026 | X1  |
    1     | 01/06/2026 | E11 | found
    2     | 01/06/2026 | E12 | found
    3     | 01/06/2026 | E12 |
    4     | 31/03/2026 | E12 |

    AD1
    CHILD | DATE_INT   | DATE_MATCH | FOSTER_CARE | NB_ADOPTR | SEX_ADOPTR | LS_ADOPTR |
    2     | 01/05/2025 | 01/06/2025 | 0           | 2         | MF         |           |
    3     | 01/05/2025 | 01/06/2025 | 0           | 2         | MF         | L11       |
"""
