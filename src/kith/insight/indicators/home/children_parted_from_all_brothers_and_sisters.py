import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.siblings import siblings_in_care
from kith.insight.periods import Periods


@indicator(
    topic="home",
    measure="share",
    unit="children",
    out_of="children in care with a brother or sister in care",
    when="last_day",
    needs="kith_periods_of_care ssd_legal_status ssd_cla_placement kith_relationships|ssd_family",
    way="less",
    by="age sex ethnicity need",
    source="Kith's own",
    note=(
        "Brothers and sisters at home, adopted, or in care elsewhere are not seen, and living"
        " apart may be the safer choice. The Children's Commissioner's 37 % of 2023 is of "
        "children at their first placement: another measure."
    ),
    gives_number=True,
)
def children_parted_from_all_brothers_and_sisters(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in care parted from all brothers and sisters in care

    Of all children in care on the period's last day who have a brother or sister in care here on it too,
    those who live apart from every one of them. Children of whom it is not known of each whether they live
    together are left out.

    Brothers and sisters are full and half ones, as told of either child, and children of one mother, father
    or adoptive parent; step-siblings are not. Two live together whose usual homes have one postcode, and one
    provider's number (URN) where both tell it; where a postcode is not told, those with the same carer and
    number. Where no relationships are told but families are, those of one family are brothers and sisters.
    """
    rows = siblings_in_care(facts, when)
    return rows.with_columns(pl.col("all").alias("counts"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | c1             | 2018-05-01
    2              | c2             | 2018-05-01
    3              | c3             | 2018-05-01
    4              | c4             | 2018-05-01
    5              | c5             | 2018-05-01
    6              | c6             | 2018-05-01
    7              | c7             | 2018-05-01
    8              | c8             | 2018-05-01
    9              | c9             | 2018-05-01

    ssd_cla_placement
    clap_cla_id | clap_cla_placement_id | clap_cla_placement_type | clap_cla_placement_start_date | clap_cla_placement_end_date | clap_cla_placement_postcode | clap_cla_placement_urn | kith_carer
    c1          | p1                    | U4                      | 2018-05-01                    |                             | AA1 1AA                     | SC1                    | A
    c2          | p2                    | U4                      | 2018-05-01                    | 2020-03-20                  | aa11aa                      |                        | B
    c2          | p3                    | T1                      | 2020-03-20                    |                             | ZZ9 9ZZ                     |                        | hospital
    c3          | p4                    | K2                      | 2018-05-01                    |                             | BB1 1BB                     | SC2                    | C
    c4          | p5                    | U4                      | 2018-05-01                    |                             | CC1 1CC                     |                        | D
    c5          | p6                    | U4                      | 2018-05-01                    |                             | DD1 1DD                     |                        | E
    c6          | p7                    | U4                      | 2018-05-01                    |                             |                             |                        | F
    c7          | p8                    | U4                      | 2018-05-01                    |                             | EE1 1EE                     |                        | G
    c8          | p9                    | U4                      | 2018-05-01                    |                             |                             | SC3                    | H
    c9          | p10                   | U4                      | 2018-05-01                    |                             |                             | SC3                    | H

    kith_relationships
    kith_relationship_id | kith_person_id | kith_other_person_id | kith_kind    | kith_start_date | kith_end_date
    1                    | 1              | 2                    | sibling      |                 |
    2                    | 2              | 3                    | half_sibling |                 |
    3                    | 4              | m                    | mother       |                 |
    4                    | 5              | m                    | mother       |                 |
    5                    | 6              | 7                    | sibling      |                 |
    6                    | 7              | 1                    | step_sibling |                 |
    7                    | 8              | 9                    | sibling      |                 |
    8                    | 1              | x                    | sibling      |                 |
    9                    | 4              | 9                    | sibling      | 2018-01-01      | 2020-03-31

    answer 2019-20
    share    42.8571
    of       7
    number   3
    children 3 4 5
"""
