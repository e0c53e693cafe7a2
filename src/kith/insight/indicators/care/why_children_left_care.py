import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.groups import grouped
from kith.insight.indicators.care.spells import ceasing_care
from kith.insight.periods import Periods


@indicator(
    topic="care",
    measure="mix",
    unit="children",
    needs="kith_periods_of_care ssd_legal_status kith_periods_of_care.kith_end_reason",
    by="kind age sex ethnicity unaccompanied",
    kind="Reason",
    source=(
        "Children looked after in England including adoption: 2019 to 2020 (DfE, 2020); the "
        "codes of each group are knowledge"
    ),
    note=(
        "About a third of children leave on their eighteenth birthday, which is a fact of "
        "age; they are spread over several of these reasons."
    ),
)
def why_children_left_care(facts: Facts, when: Periods) -> pl.DataFrame:
    """Why children left care

    All children who left care in the period and the reason for the latest end that is told, in groups:
    adopted (E11, E12); special guardianship (E45 to E48, before that E43, E44); child arrangements order
    (E41); home to parents, planned (E4A), not planned (E4B), or not told how (E4, before 2015); to relatives
    or others without parental responsibility (E13); to live on their own with support (E5) or without (E6);
    adult social care (E7); custody (E9); stayed with their carers at 18 (E17); another authority took over
    (E3); died (E2); other (E8, E14, E15, E16).
    """
    told = ceasing_care(facts, when).with_columns(grouped("end_reason", "leaving_reasons").alias("kind"))
    return told.filter(pl.col("kind").is_not_null())


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | a              | 2018-05-01      | 2019-05-01    | E4A
    1              | b              | 2019-08-01      | 2020-03-01    | E12
    2              | c              | 2018-05-01      | 2019-06-01    | E48
    3              | d              | 2018-05-01      | 2019-06-01    |
    4              | e              | 2018-05-01      | 2019-06-01    | X1

    answer 2019-20
    number   2
    in Adopted: 1
    in Special guardianship: 1
    in Home to parents, planned: 0
"""
