"""Brothers and sisters, and whether those in care live together."""

import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicators.care.placements import TEMPORARY, living_on_the_last_day, placements
from kith.insight.indicators.care.spells import parts_of_care
from kith.insight.periods import Periods

_DAYS_APART = 7
_SIBLINGS = ("sibling", "half_sibling")
_PARENTS = ("mother", "father", "adoptive_parent")


def siblings(facts: Facts, among: pl.Series | None = None) -> pl.DataFrame:
    """Who is whose brother or sister, full or half, each pair both ways: `person`, `sibling`, `known_since`
    and `known_until` (null: always); of two who are both `among` these people, where some are given.

    Two children are, where one is told to be the other's, or both have the same mother, father or adoptive
    parent. Step-siblings are not. Where no relationships are told but families are, those of one family are.
    """
    told = facts["kith_relationships"].select(
        pl.col("kith_person_id").alias("person"),
        pl.col("kith_other_person_id").alias("sibling"),
        pl.col("kith_kind").alias("kind"),
        pl.col("kith_start_date").alias("known_since"),
        pl.col("kith_end_date").alias("known_until"),
    )
    if not told.height:
        members = facts["ssd_family"].select(
            pl.col("fami_person_id").alias("person"), pl.col("fami_family_id").alias("shared")
        )
        return _sharing(_of(members, among, "person"))
    own = _of(told, among, "person")
    said = _of(own.filter(pl.col("kind").is_in(_SIBLINGS)).drop("kind"), among, "sibling")
    other_way = said.rename({"person": "sibling", "sibling": "person"}).select(said.columns)
    parents = own.filter(pl.col("kind").is_in(_PARENTS))
    children = parents.select("person", pl.col("sibling").alias("shared"))
    return pl.concat([said, other_way, _sharing(children)])


def siblings_ever_in_care(facts: Facts) -> pl.DataFrame:
    """The `siblings` who were both in care at some time."""
    return siblings(facts, facts.worked_out(parts_of_care)["person"].unique())


def _of(rows: pl.DataFrame, people: pl.Series | None, column: str) -> pl.DataFrame:
    """The rows of these people; all where none are given."""
    return rows if people is None else rows.filter(pl.col(column).is_in(people.implode()))


def _sharing(members: pl.DataFrame) -> pl.DataFrame:
    """Everybody with each of the others who share something with them."""
    once = members.drop_nulls().unique()
    pairs = once.join(once.rename({"person": "sibling"}), on="shared").filter(
        pl.col("person") != pl.col("sibling")
    )
    always = pl.lit(None, dtype=pl.Date)
    return pairs.select("person", "sibling", known_since=always, known_until=always).unique()


def siblings_in_care(facts: Facts, when: Periods) -> pl.DataFrame:
    """Each child in care on a period's last day who has a brother or sister in care on it too: `period`,
    `person`, `day`, `need`, and whether they are parted from `any` and from `all` of them.

    Both are null where it is not known of each of them whether they live together.
    """
    return facts.worked_out(_siblings_in_care, when)


def _siblings_in_care(facts: Facts, when: Periods) -> pl.DataFrame:
    children = living_on_the_last_day(facts, when)
    where = children.select("period", pl.col("person").alias("sibling"), "postcode", "urn", "carer")
    pairs = (
        children.join(facts.worked_out(siblings_ever_in_care), on="person")
        .filter(is_in_force(pl.col("day")))
        .join(where, on=["period", "sibling"], suffix="_other")
        .unique(["period", "person", "sibling"], maintain_order=True)
    )
    parted = ~are_together()
    is_known = pl.col("parted").is_not_null().all()
    return (
        pairs.with_columns(parted.alias("parted"))
        .group_by("period", "person", "day", "need", maintain_order=True)
        .agg(
            pl.when(is_known).then(pl.col("parted").any()).alias("any"),
            pl.when(is_known).then(pl.col("parted").all()).alias("all"),
        )
    )


def is_in_force(day: pl.Expr) -> pl.Expr:
    """Whether a relationship holds on the day; one without dates always does."""
    return (pl.col("known_since").is_null() | (pl.col("known_since") <= day)) & (
        pl.col("known_until").is_null() | (pl.col("known_until") > day)
    )


def are_together() -> pl.Expr:
    """Whether two children live together: at one postcode, and with one provider where both tell its number
    (URN); where a postcode is not told, with the same carer and number. Null where neither can be said.
    """
    same_urn = pl.col("urn") == pl.col("urn_other")
    told = pl.col("postcode").is_not_null() & pl.col("postcode_other").is_not_null()
    at_one = (pl.col("postcode") == pl.col("postcode_other")) & same_urn.fill_null(True)
    with_one = (pl.col("carer") == pl.col("carer_other")) & same_urn
    return pl.when(told).then(at_one).when(with_one).then(True)


def first_homes(facts: Facts) -> pl.DataFrame:
    """Where each time in care began: `spell`, and the `postcode`, `urn` and `carer` of its first placement
    that is no temporary stay.
    """
    known = facts.worked_out(placements).filter(pl.col("at") == pl.col("usual"))
    lasting = known.filter(~pl.col("kind").is_in(TEMPORARY).fill_null(False))
    return lasting.unique("spell", keep="first", maintain_order=True).select(
        "spell", "postcode", "urn", "carer"
    )


def linked(facts: Facts, came: pl.DataFrame) -> pl.DataFrame:
    """Brothers and sisters among those who came into care, each two within seven days: `period`, `person`,
    `day`, `together`, and the `group` of everybody who is linked so (the lowest id in it).

    `came` has `period`, `person`, `day`, and the first home of each.
    """
    others = came.select("period", pl.col("person").alias("sibling"), "day", "postcode", "urn", "carer")
    pairs = (
        came.join(siblings(facts, came["person"].unique()), on="person")
        .filter(is_in_force(pl.col("day")))
        .join(others, on=["period", "sibling"], suffix="_other")
        .filter((pl.col("day") - pl.col("day_other")).dt.total_days().abs() <= _DAYS_APART)
        .select("period", "person", "sibling", "day", are_together().alias("together"))
    )
    return _in_groups(pairs)


def _in_groups(pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs with the lowest id of all who are linked to them, one after another."""
    grouped = pairs.with_columns(pl.min_horizontal("person", "sibling").alias("group"))
    while True:
        lowest = pl.col("group").min()
        through = grouped.with_columns(
            pl.min_horizontal(lowest.over("period", "person"), lowest.over("period", "sibling")).alias(
                "group"
            )
        )
        if through["group"].equals(grouped["group"]):
            return grouped
        grouped = through
