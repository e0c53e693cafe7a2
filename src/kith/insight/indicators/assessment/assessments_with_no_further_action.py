import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.assessments import led_to_nothing_more
from kith.insight.periods import Periods


@indicator(
    topic="assessment",
    measure="share",
    unit="assessments",
    out_of="assessments finished of which it is told",
    needs="ssd_cin_assessments ssd_cin_assessments.cina_assessment_auth_date ssd_cin_episodes",
    by="age sex ethnicity need area deprivation team worker",
    source="Kith's own",
    note="The census and the record do not hold the outcome of an assessment, so there it is told by how "
    "soon the case closed, and those of the last 10 working days that are told of are left out.",
)
def assessments_with_no_further_action(facts: Facts, when: Periods) -> pl.DataFrame:
    """Assessments after which the case closed

    Of the assessments finished in the period, those whose outcome is that nothing more is done. Where an
    assessment has no outcome, it counts if its case was closed as not in need (RC8, RC9) on the day it was
    finished or in the 10 working days after.
    """
    rows = when.during(facts.worked_out(led_to_nothing_more), "finished")
    return rows.with_columns(pl.col("finished").alias("day"))


EXAMPLES = """
    until 2020-03-31

    ssd_cin_episodes
    cine_referral_id | cine_person_id | cine_referral_date | cine_close_date | cine_close_reason
    r                | 4              | 2019-05-01         | 2019-06-17      | RC8
    s                | 5              | 2019-05-01         | 2019-06-18      | RC8
    t                | 6              | 2019-05-01         | 2019-06-03      | RC7
    u                | 8              | 2019-05-01         |                 |

    ssd_cin_assessments
    cina_assessment_id | cina_person_id | cina_referral_id | cina_assessment_start_date | cina_assessment_auth_date | cina_assessment_outcome_nfa | cina_assessment_outcome_json
    a                  | 1              |                  | 2019-05-01                 | 2019-06-03                | Y                           |
    b                  | 2              |                  | 2019-05-01                 | 2019-06-03                |                             | ["NFA_FLAG", "OTHER_ACTIONS_FLAG"]
    c                  | 3              |                  | 2019-05-01                 | 2019-06-03                |                             | ["PROV_OF_SERVICES_FLAG"]
    d                  | 4              | r                | 2019-05-01                 | 2019-06-03                |                             |
    e                  | 5              | s                | 2019-05-01                 | 2019-06-03                |                             |
    f                  | 6              | t                | 2019-05-01                 | 2019-06-03                |                             |
    g                  | 7              |                  | 2019-05-01                 | 2019-06-03                |                             |
    h                  | 8              | u                | 2020-03-02                 | 2020-03-18                |                             |

    answer 2019-20
    share    50
    of       6
    children 1 2 4
"""
