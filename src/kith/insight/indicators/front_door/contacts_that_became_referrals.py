import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.referrals import contacts, referrals
from kith.insight.periods import Periods

_SOON = "3d"


@indicator(
    topic="front_door",
    measure="share",
    unit="messages",
    out_of="messages about children",
    needs="ssd_contacts ssd_cin_episodes",
    by="age sex ethnicity kind",
    kind="Who it came from",
    source="Kith's own; no return tells it",
    note="A child whose case is open already cannot be referred again, and stays among all the messages.",
)
def contacts_that_became_referrals(facts: Facts, when: Periods) -> pl.DataFrame:
    """Messages that became a referral

    Of the contacts in the period, those whose outcome is a new referral. Where a contact's outcome is not
    told, it counts if a referral of the child is dated on its day or in the three days after it.
    """
    return when.during(facts.worked_out(_and_what_became), "day")


def _and_what_became(facts: Facts) -> pl.DataFrame:
    rows = facts.worked_out(contacts)
    told, untold = (
        rows.filter(is_so) for is_so in (rows["outcomes"].is_not_null(), rows["outcomes"].is_null())
    )
    by_outcome = pl.col("outcomes").list.contains("NEW_REFERRAL_FLAG")
    return pl.concat([told.with_columns(by_outcome.alias("counts")), _by_date(facts, untold)])


def _by_date(facts: Facts, rows: pl.DataFrame) -> pl.DataFrame:
    found = rows.join_asof(
        facts.worked_out(referrals).select("person", "day", pl.col("day").alias("referred")).sort("day"),
        on="day",
        by="person",
        strategy="forward",
        tolerance=_SOON,
        check_sortedness=False,
    )
    return found.select(*rows.columns, pl.col("referred").is_not_null().alias("counts"))


EXAMPLES = """
    ssd_contacts
    cont_contact_id | cont_person_id | cont_contact_date | cont_contact_outcome_json
    a               | 1              | 2019-05-01        | ["NEW_REFERRAL_FLAG"]
    b               | 2              | 2019-05-01        | {"NEW_REFERRAL_FLAG": "N", "ADVICE_FLAG": "Y"}
    c               | 3              | 2019-05-01        | EXISTING_REFERRAL_FLAG
    d               | 4              | 2019-05-01        |
    e               | 5              | 2019-05-01        |
    f               | 6              | 2019-05-01        | not a list [

    ssd_cin_episodes
    cine_referral_id | cine_person_id | cine_referral_date
    r                | 2              | 2019-05-01
    s                | 4              | 2019-05-04
    t                | 5              | 2019-05-05
    u                | 6              | 2019-04-30

    answer 2019-20
    share    33.3333
    of       6
    children 1 4
"""
