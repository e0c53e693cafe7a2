import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.asked import why_not_a_year
from kith.insight.indicators.workers.spells import told_of, worker_spells_in_care
from kith.insight.periods import Periods


@indicator(
    topic="workers",
    measure="mean",
    unit="changes a child",
    when="during",
    needs="kith_periods_of_care ssd_legal_status ssd_involvements",
    way="less",
    by="age sex ethnicity need placement",
    source=(
        "Children looked after by local authorities, guide to the SSDA903 (DfE, 2024), social"
        " worker spells; the figure is Kith's own"
    ),
    note="A reorganisation of teams, or cover for somebody who is away, looks like many changes.",
    why_not=why_not_a_year,
)
def social_worker_changes(facts: Facts, when: Periods) -> pl.DataFrame:
    """Changes of social worker in a year

    The mean number of times that a child in care on the last day had a new social worker in the twelve
    months: spells with a worker that began in the period and followed a spell with another which had not
    ended before it. A child's first worker is no change, nor is the first after a time with nobody that began
    before the period, and the same worker coming back after a gap is none. Children of whom no social worker
    is told are left out. Reviewing officers, personal advisers and other roles are left out, and so is the
    entry for no registered worker.
    """
    changed = facts.worked_out(worker_spells_in_care).filter(pl.col("worker") != pl.col("worker_before"))
    lately = pl.col("ended_before").is_null() | (pl.col("ended_before") >= when.first_day())
    counted = (
        when.during(changed, "since")
        .filter(lately)
        .group_by("period", "person")
        .agg(pl.len().alias("changes"))
    )
    children = told_of(facts, when).join(counted, on=["period", "person"], how="left")
    return children.with_columns(pl.col("changes").fill_null(0).cast(pl.Float64).alias("value"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | a              | 2018-05-01
    2              | b              | 2018-05-01
    3              | c              | 2018-05-01
    4              | d              | 2018-05-01

    ssd_involvements
    invo_involvements_id | invo_person_id | invo_professional_id | invo_professional_role_id | invo_involvement_start_date | invo_involvement_end_date
    1                    | 1              | w1                   | social_worker             | 2018-05-01                  | 2019-05-01
    2                    | 1              | w2                   | social_worker             | 2019-05-01                  | 2019-08-01
    3                    | 1              | w2                   | social_worker             | 2019-08-01                  | 2019-09-01
    4                    | 1              | w1                   |                           | 2019-09-01                  |
    5                    | 1              | r1                   | iro                       | 2019-09-01                  |
    6                    | 2              | w1                   | social_worker             | 2019-05-01                  | 2019-06-01
    7                    | 2              | w1                   | social_worker             | 2019-07-01                  |
    8                    | 3              | w1                   | social_worker             | 2018-05-01                  | 2019-03-01
    9                    | 3              | w2                   | social_worker             | 2019-04-01                  |

    answer 2019-20
    mean     0.666667
    values   3
"""
