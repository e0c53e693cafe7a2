import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.conferences import conferences_in
from kith.insight.periods import Periods


@indicator(
    topic="protection",
    measure="number",
    unit="conferences",
    needs="ssd_initial_cp_conference",
    by="age sex ethnicity need area deprivation team worker",
    source="Children in need, reporting year 2022, tables (DfE, 2022)",
    note="A conference about a family of three is three. The worker is the one who led it.",
    published="icpcs",
    published_rate="icpc_rate",
)
def initial_conferences(facts: Facts, when: Periods) -> pl.DataFrame:
    """Initial child protection conferences

    Initial conferences held in the period, those about children who moved here while on a plan among them.
    Counted for each child; one a child and day.
    """
    return facts.worked_out(conferences_in, when)


EXAMPLES = """
    ssd_initial_cp_conference
    icpc_icpc_id | icpc_person_id | icpc_icpc_date | icpc_icpc_transfer_in
    a            | 1              | 2019-04-01     |
    b            | 2              | 2019-04-01     |
    c            | 2              | 2019-04-01     |
    d            | 3              | 2020-03-31     | Y
    e            | 4              | 2020-04-01     |
    f            | 5              |                |

    answer 2019-20
    number   3
    children 1 2 3
"""
