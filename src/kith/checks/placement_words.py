"""The words that rules about placements share: which codes are alike, and what changed between episodes."""

import polars as pl

from kith.checks.words import blank, col, is_known, is_one_of

TEMPORARY = "T0 T1 T2 T3 T4"
FOSTER = "U1 U2 U3 U4 U5 U6"
FOR_ADOPTION = "A3 A4 A5 A6"
OTHER_PLACEMENTS = "Z1 Z11 Z12 Z13 Z14"
NO_URN_YET = "XXXXXXX"
"""What is sent in place of a URN that the provider has not got."""


def is_temporary(column: str = "PLACE") -> pl.Expr:
    """The placement is a temporary one (T0 to T4)."""
    return is_one_of(column, TEMPORARY)


def is_short_break() -> pl.Expr:
    """The child is looked after in a series of short breaks (V3 or V4)."""
    return is_one_of("LS", "V3 V4")


def was_unaccompanied() -> pl.Expr:
    """This return or last year's tells of the child as unaccompanied and seeking asylum."""
    return col("child.was_uasc").fill_null(False)


def takes_no_provider() -> pl.Expr:
    """The placement is temporary or one of the Z codes that the checked year has, which name no provider."""
    return is_temporary() | (is_one_of("PLACE", OTHER_PLACEMENTS) & is_known("PLACE"))


def is_outside_england() -> pl.Expr:
    """The placement is in Wales, Scotland, Northern Ireland or abroad, or its authority is not told (CON)."""
    return col("PL_LA").str.head(1).is_in(["W", "S", "N", "C"]).fill_null(False)


def names_a_provider() -> pl.Expr:
    """The episode has a URN, and not the X's that stand for none."""
    return col("URN").is_not_null() & (col("URN") != NO_URN_YET)


def legal_status_changed() -> pl.Expr:
    """The legal status is other than in the child's episode before."""
    return col("LS").ne_missing(col("before.LS"))


def placement_changed() -> pl.Expr:
    """The placement's kind, postcode, URN or provider is other than in the child's episode before."""
    return pl.any_horizontal(
        col("PL_POST.bare").ne_missing(col("before.PL_POST.bare")),
        *(col(name).ne_missing(col(f"before.{name}")) for name in ("PLACE", "URN", "PLACE_PROVIDER")),
    )


def follows_an_episode() -> pl.Expr:
    """The child has an episode before this one."""
    return col("before.row").is_not_null()


def goes_on_from_last_year() -> pl.Expr:
    """The child's first episode, where last year's return ended with one that was still open."""
    return (
        (col("row") == col("Episodes.first.row"))
        & col("LastYear.Episodes.latest.row").is_not_null()
        & blank("LastYear.Episodes.latest.DEC")
    )


def is_last_years_last() -> pl.Expr:
    """The child's first episode, where it began on the day that last year's last one did: it is the same."""
    return (col("row") == col("Episodes.first.row")) & (col("DECOM") == col("LastYear.Episodes.latest.DECOM"))


def differs_from_last_year(column: str) -> pl.Expr:
    """The column is other than in the child's last episode of last year's return; blank counts as a value."""
    return col(column).ne_missing(col(f"LastYear.Episodes.latest.{column}"))


def distance_differs_from_last_year() -> pl.Expr:
    """The distance is other than last year's by 0.2 miles or more, or one of them is blank.

    A tenth of a mile either way is rounding.
    """
    last = col("LastYear.Episodes.latest.PL_DISTANCE")
    apart = (col("PL_DISTANCE") - last).abs().round(1) >= 0.2
    return apart.fill_null(False) | (col("PL_DISTANCE").is_null() != last.is_null())


def is_one_of_the_providers(column: str, listed: str) -> pl.Expr:
    """Ofsted's list has the column's code among those in `listed` for the URN; false where it has none."""
    return col(f"Provider.{listed}.listed").list.contains(col(column)).fill_null(False)
