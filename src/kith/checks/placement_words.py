"""The words that rules about placements share: which codes are alike, and what changed between episodes."""

import polars as pl

from kith.checks.items import SHORT_BREAKS
from kith.checks.words import col, is_known, is_one_of

TEMPORARY = "T0 T1 T2 T3 T4"
FOSTER = "U1 U2 U3 U4 U5 U6"
OTHER_PLACEMENTS = "Z1 Z11 Z12 Z13 Z14"
NO_URN_YET = "XXXXXXX"
"""What is sent in place of a URN that the provider has not got."""


def is_temporary(column: str = "PLACE") -> pl.Expr:
    """The placement is a temporary one (T0 to T4)."""
    return is_one_of(column, TEMPORARY)


def is_short_break() -> pl.Expr:
    """The child is looked after in a series of short breaks (V3 or V4)."""
    return is_one_of("LS", SHORT_BREAKS)


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


def is_one_of_the_providers(column: str, listed: str) -> pl.Expr:
    """Ofsted's list has the column's code among those in `listed` for the URN; false where it has none."""
    return col(f"Provider.{listed}.listed").list.contains(col(column)).fill_null(False)
