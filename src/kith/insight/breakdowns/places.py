"""Groups of children by where their home is: the area, and how deprived it is, from the tables that were
given.
"""

import polars as pl

from kith.insight.breakdowns.people import NOT_KNOWN
from kith.insight.deprivation import FIFTHS
from kith.insight.facts import Facts

_SHORTEST = 2  # "E1": the shortest first part of a postcode


def homes(facts: Facts) -> pl.DataFrame:
    """Where each person's home was and since when: `person`, `since` and `postcode`, without blanks, by day.

    An address of their own comes before the home that was told when care began; placements are no homes.
    """
    addresses = facts["ssd_address"].select(
        pl.col("addr_person_id").alias("person"),
        pl.col("addr_address_start_date").alias("since"),
        pl.col("addr_address_postcode").alias("postcode"),
        pl.lit(1).alias("rank"),
    )
    at_start = facts["kith_periods_of_care"].select(
        pl.col("kith_person_id").alias("person"),
        pl.col("kith_start_date").alias("since"),
        pl.col("kith_home_postcode").alias("postcode"),
        pl.lit(0).alias("rank"),
    )
    told = pl.concat([addresses, at_start]).filter(pl.col("postcode").is_not_null())
    bare = pl.col("postcode").str.to_uppercase().str.replace_all(" ", "", literal=True)
    return (
        told.with_columns(bare, pl.col("since").fill_null(pl.date(1900, 1, 1)))
        .sort("since", "rank", "postcode")
        .unique(["person", "since"], keep="last", maintain_order=True)
        .drop("rank")
        .set_sorted("since")
    )


def group_of_area(facts: Facts, units: pl.DataFrame) -> pl.Series:
    """The area that the home on the row's day is in; its postcode district ("NB1") where no areas were
    given.
    """
    posts = _home_on_the_day(facts, units)
    if facts.lookups.areas.height:
        return _looked_up(facts, posts, "area").fill_null(NOT_KNOWN).alias("group")
    district = posts.str.head(-3).alias("group")
    return district.fill_null(NOT_KNOWN)


def group_of_decile(facts: Facts, units: pl.DataFrame) -> pl.Series:
    """The tenth of areas by deprivation that the home on the row's day is in, 1 the most deprived."""
    decile = _looked_up(facts, _home_on_the_day(facts, units), "decile")
    return decile.cast(pl.String).fill_null(NOT_KNOWN).alias("group")


def fifths() -> tuple[str, ...]:
    """What the fifths of areas by deprivation are called, the most deprived first."""
    return (*FIFTHS, NOT_KNOWN)


def group_of_fifth(facts: Facts, units: pl.DataFrame) -> pl.Series:
    """The fifth of areas by deprivation that the home on the row's day is in."""
    decile = _looked_up(facts, _home_on_the_day(facts, units), "decile")
    names = {tenth: name for name, tenths in FIFTHS.items() for tenth in tenths}
    return decile.replace_strict(names, default=NOT_KNOWN, return_dtype=pl.String).alias("group")


def _home_on_the_day(facts: Facts, units: pl.DataFrame) -> pl.Series:
    asked = units.select("person", "day").with_row_index("at").sort("day")
    known = facts.worked_out(homes)
    found = asked.join_asof(
        known, left_on="day", right_on="since", by="person", strategy="backward", check_sortedness=False
    )
    return found.sort("at")["postcode"]


def _looked_up(facts: Facts, posts: pl.Series, column: str) -> pl.Series:
    """The value of the longest entry of the table of areas that the postcode begins with; null without
    one.
    """
    table = dict(facts.lookups.areas.select("postcode", column).iter_rows())
    found = {post: _longest(table, post) for post in posts.unique().drop_nulls()}
    kind = facts.lookups.areas.schema[column]
    return posts.replace_strict(found, default=None, return_dtype=kind)


def _longest(table: dict[str, str | int | None], post: str) -> str | int | None:
    starts = (post[:length] for length in range(len(post), _SHORTEST - 1, -1))
    return next((table[start] for start in starts if start in table), None)
