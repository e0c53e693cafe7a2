import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="workforce",
    measure="share",
    unit="posts",
    out_of="posts",
    when="last_day",
    needs="posts",
    way="less",
    by="",
    source="Children's social work workforce (DfE, 2020)",
    published="sw_vacancy_pct",
)
def social_workers_vacant(facts: Facts, when: Periods) -> pl.DataFrame:
    """Social work posts with nobody in them

    Of all posts for children and family social workers on 30 September, in full-time equivalents, those that
    nobody fills: vacancies out of vacancies and social workers in post.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold posts and vacancies of social workers yet. They are told by the workforce census, which Kith does not read yet.
"""
