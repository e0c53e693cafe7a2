import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.assessments import LIMIT, assessments_finished_in, with_days_by_law
from kith.insight.periods import Periods


@indicator(
    topic="assessment",
    measure="share",
    looks_back=1,
    unit="assessments",
    out_of="assessments finished under a known referral",
    needs="ssd_cin_assessments ssd_cin_assessments.cina_assessment_auth_date ssd_cin_episodes",
    way="more",
    by="age sex ethnicity need area deprivation team worker",
    source="Working Together to Safeguard Children (2023), the limit of 45 working days",
    note="This is the law's count, and that of the clocks on a child's page; the census's is the other "
    "figure.",
)
def assessments_within_45_working_days_of_the_referral(facts: Facts, when: Periods) -> pl.DataFrame:
    """Assessments finished within 45 working days of the referral

    Of the assessments finished in the period, those that a manager authorised no later than 45 working days
    after the referral, or, of a second or later assessment under the same referral, after its own start.
    Assessments under no referral that is known are left out.
    """
    rows = with_days_by_law(facts.worked_out(assessments_finished_in, when))
    return rows.with_columns((pl.col("days_by_law") <= LIMIT).alias("counts"))


EXAMPLES = """
    ssd_cin_episodes
    cine_referral_id | cine_person_id | cine_referral_date
    r                | 1              | 2019-09-02
    s                | 2              | 2019-09-02

    ssd_cin_assessments
    cina_assessment_id | cina_person_id | cina_referral_id | cina_assessment_start_date | cina_assessment_auth_date
    a                  | 1              | r                | 2019-09-04                 | 2019-11-04
    b                  | 1              | r                | 2019-12-02                 | 2020-01-20
    c                  | 2              | s                | 2019-09-04                 | 2019-11-05
    d                  | 3              | t                | 2019-09-04                 | 2019-10-01
    e                  | 4              |                  | 2019-09-04                 | 2019-10-01

    answer 2019-20
    share    66.6667
    of       3
    children 1
"""
