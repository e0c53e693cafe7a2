import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.assessments import assessments_finished_in
from kith.insight.periods import Periods


@indicator(
    topic="assessment",
    measure="number",
    unit="assessments",
    needs="ssd_cin_assessments ssd_cin_assessments.cina_assessment_auth_date",
    by="age sex ethnicity need area deprivation team worker",
    source="Children in need, reporting year 2022, tables (DfE, 2022)",
    note="Finished means that a manager authorised it, not that it was written. One kind of assessment "
    "has been asked of since 2014-15; before, initial and core assessments were, and no line can be "
    "drawn across.",
    published="assessments",
)
def assessments(facts: Facts, when: Periods) -> pl.DataFrame:
    """Assessments finished

    Assessments of children that a manager authorised in the period. One a child and day of start.
    """
    return facts.worked_out(assessments_finished_in, when)


EXAMPLES = """
    ssd_cin_assessments
    cina_assessment_id | cina_person_id | cina_assessment_start_date | cina_assessment_auth_date
    a                  | 1              | 2019-02-01                 | 2019-04-01
    b                  | 1              | 2019-06-01                 | 2020-03-31
    c                  | 2              | 2019-06-01                 |
    d                  | 2              | 2019-06-01                 | 2019-07-01
    e                  | 3              | 2019-06-01                 | 2019-05-01
    f                  | 4              | 2020-03-01                 | 2020-04-01
    g                  | 5              |                            | 2019-05-01

    answer 2019-20
    number   4
    children 1 2 5
"""
