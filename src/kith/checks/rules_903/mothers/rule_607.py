import polars as pl

from kith.checks.placement_words import is_short_break
from kith.checks.rule import check
from kith.checks.words import blank, is_female, is_in_the_year, is_other_than


@check(
    "607",
    table="Episodes",
    fields="DEC REC LS Header.MOTHER Header.SEX",
    note="""A female told by the code of other years (F; 2 until 2023-24) is asked about too, as in rules 165, 393
    and 612; the code itself is rule 101's.""",
)
def it_is_not_told_whether_a_girl_who_left_is_a_mother() -> pl.Expr:
    """A girl or young woman left care in the year, and the item that tells whether she is a mother is blank.
    Short breaks (V3, V4) do not count."""
    left_care = is_in_the_year("DEC") & is_other_than("REC", "X1") & ~is_short_break()
    return left_care & is_female("Header.SEX") & blank("Header.MOTHER")


EXAMPLES = """
    Header
    CHILD | SEX | MOTHER |
    1     | F   |        |
    2     | F   | 0      |
    3     | M   |        |
    4     | 2   |        |

    Episodes
    CHILD | DEC        | REC | LS |
    1     | 31/03/2027 | E3  | C2 | found
    1     | 01/05/2026 | X1  | C2 |
    1     | 31/03/2026 | E3  | C2 |
    1     | 01/05/2026 | E3  | V3 |
    1     |            |     | C2 |
    2     | 01/05/2026 | E3  | C2 |
    3     | 01/05/2026 | E3  | C2 |
    4     | 01/05/2026 | E3  | C2 | found
"""
