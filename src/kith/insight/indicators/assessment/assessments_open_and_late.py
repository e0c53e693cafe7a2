import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.assessments import LIMIT, assessments
from kith.insight.periods import Periods
from kith.insight.working_days import working_days_between


@indicator(
    topic="assessment",
    measure="number",
    unit="assessments",
    when="last_day",
    needs="ssd_cin_assessments ssd_cin_assessments.cina_assessment_auth_date ssd_cin_episodes",
    way="less",
    by="age sex ethnicity need area deprivation team worker",
    source="CIN census validation rule 8670Q (DfE), which counts from the start of the assessment",
    note="An assessment that was left open when its case closed is a fault of the record, and not counted.",
    is_per_child=False,
)
def assessments_open_and_late(facts: Facts, when: Periods) -> pl.DataFrame:
    """Assessments not finished after 45 working days

    Assessments that had started more than 45 working days before the period's last day and were not
    authorised by then, where the case was still open.
    """
    begun = facts.worked_out(assessments).filter(pl.col("referred").is_not_null())
    over = begun.with_columns(pl.min_horizontal("finished", "closed").alias("over"))
    rows = when.on_the_last_day(over, "start", "over").with_columns(when.last_day().alias("day"))
    return rows.filter(pl.col("referred") <= pl.col("day"), working_days_between("start", "day") > LIMIT)


EXAMPLES = """
    ssd_cin_episodes
    cine_referral_id | cine_person_id | cine_referral_date | cine_close_date
    r                | 1              | 2020-01-01         |
    s                | 2              | 2020-01-01         |
    t                | 3              | 2020-01-01         | 2020-03-31
    u                | 4              | 2020-01-01         | 2020-04-01

    ssd_cin_assessments
    cina_assessment_id | cina_person_id | cina_referral_id | cina_assessment_start_date | cina_assessment_auth_date
    a                  | 1              | r                | 2020-01-27                 |
    b                  | 2              | s                | 2020-01-28                 |
    c                  | 3              | t                | 2020-01-02                 |
    d                  | 4              | u                | 2020-01-02                 | 2020-04-01
    e                  | 5              | u                | 2020-01-02                 | 2020-03-31
    f                  | 6              |                  | 2020-01-02                 |

    answer 2019-20
    number   2
    children 1 4
"""
