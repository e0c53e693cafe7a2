import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.asked import why_not_the_latest
from kith.insight.periods import Periods


@indicator(
    topic="workers",
    measure="mean",
    unit="cases",
    when="last_day",
    needs=("ssd_professionals.prof_professional_caseload ssd_professionals.prof_full_time_equivalency"),
    way="less",
    by="",
    source="Children's social work workforce (DfE, 2020)",
    note="Cases are not children in care alone, and the day counted is the 30 September before.",
    published="sw_average_caseload",
    why_not=why_not_the_latest,
)
def social_worker_caseload(facts: Facts, when: Periods) -> pl.DataFrame:
    """Cases for each social worker

    All cases that social workers held on the last census day, 30 September, divided by those workers in
    full-time equivalents; only those who held a case. It is told as it was when the extract was made, so for
    a period that ends on the last day that is told.
    """
    cases, time = pl.col("prof_professional_caseload"), pl.col("prof_full_time_equivalency")
    held = facts["ssd_professionals"].filter((cases > 0) & (time > 0))
    # Each worker's cases by the mean working time, so that the mean of them is all cases by all working time.
    each = held.select((cases / time.mean()).alias("value"), pl.col("prof_professional_id").alias("item"))
    days = when.frame().select("period", pl.col("last").alias("day"))
    return days.join(each, how="cross")


EXAMPLES = """
    until 2020-03-31

    ssd_professionals
    prof_professional_id | prof_professional_caseload | prof_full_time_equivalency
    1                    | 20                         | 1.0
    2                    | 10                         | 0.5
    3                    | 15                         | 1.0
    4                    | 0                          | 1.0
    5                    | 10                         |

    answer 2019-20
    mean     18
    values   3
"""
