import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.siblings import first_homes, linked
from kith.insight.indicators.care.spells import spells_of_care
from kith.insight.periods import Periods


@indicator(
    topic="home",
    measure="share",
    unit="groups of brothers and sisters",
    out_of="groups that came into care together",
    needs="kith_periods_of_care ssd_legal_status ssd_cla_placement kith_relationships|ssd_family",
    way="less",
    by="",
    source="Kith's own",
    note=(
        "The child shown of a group is one of them. The Children's Commissioner's 34 % of "
        "groups (2023) is near to it."
    ),
)
def sibling_groups_parted_on_coming_into_care(facts: Facts, when: Periods) -> pl.DataFrame:
    """Brothers and sisters parted on the day they came into care

    Of all groups of two or more brothers and sisters who came into care in the period within seven days of
    one another, those who were not all placed together in their first homes. A group is everybody who is
    linked so, one after another. A group of which it is not known whether some live together is left out,
    unless others of it are known to live apart.

    Brothers and sisters are full and half ones, as told of either child, and children of one mother, father
    or adoptive parent; step-siblings are not. Two live together whose usual homes have one postcode, and one
    provider's number (URN) where both tell it; where a postcode is not told, those with the same carer and
    number. Where no relationships are told but families are, those of one family are brothers and sisters.
    """
    starts = facts.worked_out(spells_of_care).filter("is_start_known")
    first = facts.worked_out(first_homes)
    came = when.during(starts, "since").join(first, on="spell", how="left")
    pairs = linked(facts, came.with_columns(pl.col("since").alias("day")))
    groups = pairs.group_by("period", "group", maintain_order=True).agg(
        pl.col("day").max(),
        pl.col("person").min(),
        (~pl.col("together")).any(ignore_nulls=False).alias("counts"),
    )
    return groups.with_columns(pl.col("group").alias("item"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | c1             | 2019-05-01
    2              | c2             | 2019-05-08
    3              | c3             | 2019-05-15
    4              | c4             | 2019-06-01
    5              | c5             | 2019-06-01
    6              | c6             | 2019-07-01
    7              | c7             | 2019-07-09
    8              | c8             | 2019-08-01
    9              | c9             | 2019-08-01

    ssd_cla_placement
    clap_cla_id | clap_cla_placement_id | clap_cla_placement_type | clap_cla_placement_start_date | clap_cla_placement_end_date | clap_cla_placement_postcode
    c1          | p1                    | U6                      | 2019-05-01                    |                             | AA1 1AA
    c2          | p2                    | U6                      | 2019-05-08                    |                             | AA1 1AA
    c3          | p3                    | U6                      | 2019-05-15                    |                             | BB1 1BB
    c4          | p4                    | T1                      | 2019-06-01                    | 2019-06-03                  | ZZ9 9ZZ
    c4          | p5                    | U6                      | 2019-06-03                    |                             | CC1 1CC
    c5          | p6                    | U6                      | 2019-06-01                    | 2019-06-02                  | CC1 1CC
    c5          | p7                    | U6                      | 2019-06-02                    |                             | DD1 1DD
    c6          | p8                    | U6                      | 2019-07-01                    |                             | EE1 1EE
    c7          | p9                    | U6                      | 2019-07-09                    |                             | FF1 1FF
    c8          | p10                   | U6                      | 2019-08-01                    |                             |
    c9          | p11                   | U6                      | 2019-08-01                    |                             | GG1 1GG

    kith_relationships
    kith_relationship_id | kith_person_id | kith_other_person_id | kith_kind | kith_start_date | kith_end_date
    1                    | 1              | 2                    | sibling   |                 |
    2                    | 2              | 3                    | sibling   |                 |
    3                    | 4              | 5                    | sibling   |                 |
    4                    | 6              | 7                    | sibling   |                 |
    5                    | 8              | 9                    | sibling   |                 |

    answer 2019-20
    share    50
    of       2
    children 1
"""
