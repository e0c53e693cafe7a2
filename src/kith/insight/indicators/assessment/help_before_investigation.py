import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.enquiries import enquiries_begun_in
from kith.insight.indicators.cases.plans import help_given
from kith.insight.indicators.cases.told import months_after
from kith.insight.periods import Periods


@indicator(
    topic="assessment",
    measure="share",
    unit="enquiries",
    out_of="section 47 enquiries begun",
    needs="ssd_s47_enquiry ssd_early_help_episodes",
    looks_back=1,
    way="more",
    by="age sex ethnicity need area deprivation team worker",
    source="Kith's own",
    note="Help by schools and voluntary bodies is mostly not written down where this can see it, and only "
    "help for the child itself counts, not for a brother or sister. A source with no help at all in it is "
    "taken to hold none, and not to say that none was given.",
)
def help_before_investigation(facts: Facts, when: Periods) -> pl.DataFrame:
    """Families helped before a section 47 enquiry

    Of the section 47 enquiries that began in the period, those about a child who had help without social work
    on any day of the 12 months before.
    """
    rows = facts.worked_out(enquiries_begun_in, when)
    helped = rows.select("person", "day", "item").join(facts.worked_out(help_given), on="person")
    before = (pl.col("end") >= months_after(pl.col("day"), -12)).fill_null(True)
    found = helped.filter(pl.col("start") < pl.col("day"), before)["item"].unique()
    return rows.with_columns(pl.col("item").is_in(found.implode()).alias("counts"))


EXAMPLES = """
    ssd_early_help_episodes
    earl_episode_id | earl_person_id | earl_episode_start_date | earl_episode_end_date
    1               | 1              | 2019-05-31              |
    2               | 2              | 2019-06-03              |
    3               | 3              | 2017-01-01              | 2018-06-03
    4               | 4              | 2017-01-01              | 2018-06-02

    ssd_s47_enquiry
    s47e_s47_enquiry_id | s47e_person_id | s47e_s47_start_date
    a                   | 1              | 2019-06-03
    b                   | 2              | 2019-06-03
    c                   | 3              | 2019-06-03
    d                   | 4              | 2019-06-03
    e                   | 5              | 2019-06-03

    answer 2019-20
    share    40
    of       5
    children 1 3
"""
