import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.assessments import assessments_finished_in
from kith.insight.periods import Periods


@indicator(
    topic="assessment",
    measure="median",
    unit="working days",
    needs="ssd_cin_assessments ssd_cin_assessments.cina_assessment_auth_date",
    by="age sex ethnicity need area deprivation team worker",
    source="CIN census validation rule 8670Q (DfE), which counts from the start of the assessment",
    note="Shorter is better only up to a point: a child has to be known before a decision about them.",
)
def assessment_length(facts: Facts, when: Periods) -> pl.DataFrame:
    """How long assessments took

    Working days from the start of an assessment to the day a manager authorised it, of the assessments
    finished in the period: half took this long or less. The day of the start is day 0.
    """
    rows = facts.worked_out(assessments_finished_in, when)
    return rows.with_columns(pl.col("days").alias("value"))


EXAMPLES = """
    ssd_cin_assessments
    cina_assessment_id | cina_person_id | cina_assessment_start_date | cina_assessment_auth_date
    a                  | 1              | 2019-05-13                 | 2019-05-13
    b                  | 2              | 2019-04-18                 | 2019-04-24
    c                  | 3              | 2019-05-13                 | 2019-06-28
    d                  | 4              |                            | 2019-06-28
    e                  | 5              | 2019-05-13                 |

    answer 2019-20
    median   2
    values   3
"""
