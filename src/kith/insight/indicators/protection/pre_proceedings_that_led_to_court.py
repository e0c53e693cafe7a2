import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.plans import pre_proceedings
from kith.insight.periods import Periods

_TO_COURT = "ISSUE"


@indicator(
    topic="protection",
    measure="share",
    unit="children",
    out_of="pre-proceedings ended with a known outcome",
    needs="ssd_pre_proceedings ssd_pre_proceedings.prep_pre_pro_outcome",
    by="age sex ethnicity need area deprivation",
    source="Standard Safeguarding Dataset and CIN census specification 2026-27 (DfE), whose codes are not "
    "verified; no published figure",
)
def pre_proceedings_that_led_to_court(facts: Facts, when: Periods) -> pl.DataFrame:
    """Pre-proceedings that led to court

    Of the times that work before court ended in the period with a known outcome, counted for each child,
    those where the authority decided to go to court.
    """
    rows = when.during(facts.worked_out(pre_proceedings), "end")
    return rows.with_columns(pl.col("end").alias("day"), (pl.col("outcome") == _TO_COURT).alias("counts"))


EXAMPLES = """
    ssd_pre_proceedings
    prep_table_id | prep_person_id | prep_pre_pro_decision_date | prep_agree_stepdown_issue_date | prep_pre_pro_outcome
    a             | 1              | 2019-06-03                 | 2019-12-03                     | ISSUE
    b             | 2              | 2019-06-03                 | 2019-12-03                     | STEPDOWN
    c             | 3              | 2019-06-03                 | 2019-12-03                     |
    d             | 4              | 2019-06-03                 | 2019-12-03                     | A
    e             | 5              | 2019-06-03                 | 2020-04-01                     | ISSUE
    f             | 6              | 2019-06-03                 |                                |

    answer 2019-20
    share    50
    of       2
    children 1
"""
