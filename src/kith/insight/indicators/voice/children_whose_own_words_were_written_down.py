import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="voice",
    measure="share",
    unit="children",
    out_of="children with an open case",
    when="last_day",
    needs="own_words",
    way="more",
    by="",
    source="Kith's own",
)
def children_whose_own_words_were_written_down(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children whose own words are on their record

    Of all children with an open case on the period's last day, those whose own words, with their date, were
    written on their record in the three months before.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold children's own words by day yet. No return or standard extract tells them; the record will count those who wrote.
"""
