import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="voice",
    measure="share",
    unit="families",
    out_of="families who answered",
    needs="families_answers",
    way="more",
    by="",
    source="Kith's own",
)
def families_who_found_help_useful(facts: Facts, when: Periods) -> pl.DataFrame:
    """Families who found the help useful

    Of all families who answered the closing questions in the period, those who said that the help had been
    useful to them.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold families' answers to closing questions yet. No return or standard extract tells them; the record will, once families are asked there.
"""
