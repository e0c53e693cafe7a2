import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.assessments import LIMIT, assessments_finished_in
from kith.insight.periods import Periods


@indicator(
    topic="assessment",
    measure="share",
    unit="assessments",
    out_of="assessments finished",
    needs="ssd_cin_assessments ssd_cin_assessments.cina_assessment_auth_date",
    way="more",
    by="age sex ethnicity need area deprivation team worker",
    source="CIN census validation rule 8670Q (DfE), which counts from the start of the assessment",
    note="The law's 45 days run from the referral, the census's from the start of the assessment: these are "
    "the census's. Assessments that are late and not finished are in neither.",
)
def assessments_within_45_working_days(facts: Facts, when: Periods) -> pl.DataFrame:
    """Assessments finished within 45 working days

    Of the assessments finished in the period, those that a manager authorised no later than 45 working days
    after they started. The day of the start is day 0.
    """
    rows = facts.worked_out(assessments_finished_in, when)
    return rows.with_columns((pl.col("days") <= LIMIT).alias("counts"))


EXAMPLES = """
    ssd_cin_assessments
    cina_assessment_id | cina_person_id | cina_assessment_start_date | cina_assessment_auth_date
    a                  | 1              | 2019-09-02                 | 2019-11-04
    b                  | 2              | 2019-09-02                 | 2019-11-05
    c                  | 3              | 2019-09-02                 |
    d                  | 4              |                            | 2019-11-04

    answer 2019-20
    share    50
    of       2
    children 1
"""
