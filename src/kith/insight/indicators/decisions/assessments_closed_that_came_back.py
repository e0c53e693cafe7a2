import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.decisions import assessments_closed, made_a_year_before
from kith.insight.periods import Periods


@indicator(
    topic="decisions",
    measure="share",
    unit="decisions",
    out_of="assessments closed a year before",
    needs="ssd_cin_assessments ssd_cin_assessments.cina_assessment_auth_date ssd_cin_episodes",
    looks_back=1,
    way="less",
    by="age sex ethnicity team worker",
    source="Kith's own",
    note="Shown with the decisions of the year before, so that the year after each is over. It is no measure "
    "of a person.",
)
def assessments_closed_that_came_back(facts: Facts, when: Periods) -> pl.DataFrame:
    """Assessments closed whose children came back within a year

    Of the assessments finished in the twelve months before the period's own after which nothing more was
    done, those whose child was referred again from the day after to 12 months after.
    """
    return made_a_year_before(when, facts.worked_out(assessments_closed))


EXAMPLES = """
    ssd_cin_episodes
    cine_referral_id | cine_person_id | cine_referral_date | cine_close_date | cine_close_reason
    r                | 1              | 2018-05-01         | 2018-06-04      | RC8
    s                | 1              | 2019-06-04         |                 |
    t                | 2              | 2018-05-01         | 2018-06-04      | RC8
    u                | 2              | 2019-06-05         |                 |
    v                | 3              | 2018-06-05         |                 |

    ssd_cin_assessments
    cina_assessment_id | cina_person_id | cina_referral_id | cina_assessment_start_date | cina_assessment_auth_date | cina_assessment_outcome_nfa
    a                  | 1              | r                | 2018-05-01                 | 2018-06-04                |
    b                  | 2              | t                | 2018-05-01                 | 2018-06-04                |
    c                  | 3              |                  | 2018-05-01                 | 2018-06-04                | Y
    d                  | 4              |                  | 2018-05-01                 | 2018-06-04                | N
    e                  | 5              |                  | 2019-05-01                 | 2019-06-04                | Y

    answer 2019-20
    share    66.6667
    of       3
    children 1 3
"""
