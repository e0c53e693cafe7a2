import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, YEAR_START, age_on, col, is_one_of


@check(
    "157",
    table="OC2",
    fields="SDQ_REASON DOB",
    note="""The DfE's sentence says "or" between the two ages; with it every child would be found, so "and" is
    read. Asked of children in care all year, as for the other SDQ rules (198 tells of the rest).""",
)
def no_sdq_is_put_down_to_the_wrong_age() -> pl.Expr:
    """SDQ1 (the child is under 4 or over 16) is the reason for no SDQ score, yet a child who was looked after
    all year was 4 or over when the year began and 16 or under when it ended."""
    right_age = (age_on("DOB", YEAR_START) >= 4) & (age_on("DOB", YEAR_END) <= 16)
    return is_one_of("SDQ_REASON", "SDQ1") & right_age & col("child.in_care_all_year")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC | LS | REC | RNE |
    1     | 01/05/2024 |     | C2 |     | S   |
    2     | 01/05/2024 |     | C2 |     | S   |
    3     | 01/05/2024 |     | C2 |     | S   |
    4     | 01/05/2024 |     | C2 |     | S   |
    5     | 01/05/2024 |     | C2 |     | S   |
    6     | 02/04/2026 |     | C2 |     | S   |

    OC2
    CHILD | DOB        | SDQ_REASON |
    1     | 01/04/2022 | SDQ1       | found
    2     | 02/04/2022 | SDQ1       |
    3     | 01/04/2010 | SDQ1       | found
    4     | 31/03/2010 | SDQ1       |
    5     | 01/04/2016 | SDQ2       |
    6     | 01/04/2016 | SDQ1       |
"""
