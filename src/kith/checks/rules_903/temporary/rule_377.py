import polars as pl

from kith.checks.rule import check
from kith.checks.views import Views
from kith.checks.words import birthday, col


@check("377", table="Episodes", fields="PLACE DECOM")
def carers_were_away_more_than_twice_in_a_year(views: Views) -> pl.DataFrame:
    """A child stayed elsewhere while the foster carers were on holiday (T3) more than twice in twelve
    months. An episode that only the legal status began (L) is the same stay."""
    order = views.in_order("Episodes", "PLACE", "RNE", "DECOM", "DECOM.turns_1")
    stays = order.filter((col("PLACE") == "T3") & col("RNE").ne_missing("L"))
    third = pl.when(col("child").shift(-2) == col("child")).then(col("DECOM").shift(-2))
    begins = (third < birthday("DECOM", 1)).fill_null(False)
    one_of_three = begins | begins.shift(1, fill_value=False) | begins.shift(2, fill_value=False)
    return stays.filter(one_of_three).select("row")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | RNE | PLACE |
    1     | 01/05/2026 | P   | T3    | found
    1     | 08/05/2026 | P   | U4    |
    1     | 01/08/2026 | B   | T3    | found
    1     | 30/04/2027 | P   | T3    | found
    2     | 01/05/2026 | P   | T3    |
    2     | 01/08/2026 | P   | T3    |
    2     | 01/05/2027 | P   | T3    |
    3     | 01/05/2026 | P   | T3    |
    3     | 04/05/2026 | L   | T3    |
    3     | 01/08/2026 | P   | T3    |
"""
