from dataclasses import replace

import polars as pl

from kith.checks.placement_words import OTHER_PLACEMENTS, TEMPORARY, is_outside_england, is_short_break
from kith.checks.rule import check
from kith.checks.words import blank, col, is_other_than

NEEDS_NO_URN = "P1 P2 P3 R1 R2 R5"


@check("218", table="Episodes", fields="URN PLACE", last_year=2024)
def urn_is_missing_before_supported_accommodation() -> pl.Expr:
    """A placement in England whose kind needs Ofsted's number (URN) has none. Semi-independent
    accommodation (H5) needed none under this rule."""
    return _needs_a_urn() & (col("PLACE") != "H5")


@check("218", table="Episodes", fields="URN PLACE", first_year=2025)
def urn_is_missing() -> pl.Expr:
    """A placement in England whose kind needs Ofsted's number (URN) has none. Placements with parents,
    in employment, care homes, health, custody, temporary ones and the Z codes need none; nor do short
    breaks."""
    return _needs_a_urn()


def _needs_a_urn() -> pl.Expr:
    needs = is_other_than("PLACE", f"{NEEDS_NO_URN} {TEMPORARY} {OTHER_PLACEMENTS}")
    return needs & blank("URN") & ~is_short_break() & ~is_outside_england()


EXAMPLES = """
    Episodes
    CHILD | LS | PLACE | PL_LA     | URN      |
    1     | C2 | K2    | E06000001 |          | found
    2     | C2 | K2    | E06000001 | SC000001 |
    3     | C2 | K2    | WAL       |          |
    4     | C2 | P1    | E06000001 |          |
    5     | C2 | T1    | E06000001 |          |
    6     | V3 | U4    | E06000001 |          |
    7     | C2 | U4    |           |          | found
    8     | C2 |       | E06000001 |          |
    9     | C2 | Z12   | E06000001 |          |
"""

BEFORE = """
    Episodes
    CHILD | LS | PLACE | PL_LA     | URN |
    1     | C2 | K2    | E06000001 |     | found
    2     | C2 | H5    | E06000001 |     |
    3     | C2 | P2    | E06000001 |     |
    4     | C2 | Z1    | E06000001 |     |
"""
urn_is_missing_before_supported_accommodation = replace(
    urn_is_missing_before_supported_accommodation, examples=BEFORE
)
