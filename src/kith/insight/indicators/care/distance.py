"""How far from home children in care live, and whether in their own authority's area.

What is not told is null, never 0: a postcode that is blank, or is not in the table of postcodes, or no table.
"""

from datetime import date

import polars as pl

from kith.insight.england.places import NoSuchPlace, known_places
from kith.insight.facts import Facts
from kith.insight.indicators.care.alone import came_alone_lately
from kith.insight.indicators.care.placements import living_on_the_last_day
from kith.insight.periods import Period, Periods
from kith.standards import places
from kith.standards.places import laid_over

FAR = 20.0
_METRES_IN_A_MILE = 1609.3  # as the SSDA903 counts PL_DISTANCE, and `places.distance_miles`
_NOT_KNOWN = 999.9


def distances_on_the_last_day(facts: Facts, when: Periods) -> pl.DataFrame:
    """The children in care on a period's last day with how far from home they live in a straight line:
    `miles`, to one decimal, and `is_own`, whether it is in the area of the authority that is asked.

    Miles are told by the two postcodes, or else as the source gives them; never of children who came to this
    country alone within three years, who have no home here to be far from.
    """
    return facts.worked_out(_distances, when)


def _distances(facts: Facts, when: Periods) -> pl.DataFrame:
    rows = living_on_the_last_day(facts, when)
    home, placed = _located(rows["home"]), _located(rows["postcode"])
    east, north = (home[way].cast(pl.Float64) - placed[way] for way in ("easting", "northing"))
    counted = ((east**2 + north**2).sqrt() / _METRES_IN_A_MILE).round(1).alias("counted")
    told = pl.when(pl.col("told_miles") < _NOT_KNOWN).then("told_miles")
    alone = came_alone_lately(facts, rows)
    return rows.with_columns(counted, placed["district"], alone.alias("came_alone")).with_columns(
        pl.when(~pl.col("came_alone")).then(pl.coalesce("counted", told)).alias("miles"),
        _is_own(facts, rows["day"], placed["district"]),
    )


def _located(postcodes: pl.Series) -> pl.DataFrame:
    """Where each postcode is, as `places.find_all`; nowhere without the table of postcodes."""
    if places.is_built():
        return places.find_all(postcodes)
    nowhere = {"easting": pl.Int32, "northing": pl.Int32, "district": pl.String}
    return pl.DataFrame(
        {name: pl.Series([None] * len(postcodes), dtype=kind) for name, kind in nowhere.items()}
    )


def _is_own(facts: Facts, days: pl.Series, districts: pl.Series) -> pl.Series:
    """Whether each district was in the authority's area on the day; null where either is not known."""
    own = own_codes(facts)
    asked = pl.DataFrame({"day": days, "district": districts})
    known = asked.unique().drop_nulls()
    found = [_lies_in(own, district, day) for day, district in known.iter_rows()]
    told = known.with_columns(pl.Series("is_own", found, dtype=pl.Boolean))
    return asked.join(told, on=["day", "district"], how="left", maintain_order="left")["is_own"]


def _lies_in(own: frozenset[str], district: str, day: date) -> bool | None:
    holder = places.authority_of_district(district, day)
    return None if holder is None or not own else bool(own & {holder.code, holder.dfe_code})


def own_codes(facts: Facts) -> frozenset[str]:
    """Every code of the authority's own area: an invented one has those that it is laid over.

    Of a real one the DfE's digits are among them, which stay where its ONS code changes.
    """
    if facts.authority is None:
        return frozenset()
    own = {facts.authority, *laid_over(facts.authority)}
    return frozenset(own | {dfe_code for code in own if (dfe_code := _dfe_code_of(code))})


def _dfe_code_of(code: str) -> str | None:
    try:
        return known_places().find(code).dfe_code
    except NoSuchPlace:
        return None


def why_area_is_not_known(facts: Facts, period: Period) -> str | None:
    """Why nobody can say whether a placement is in the authority's area; None where it can be said."""
    return None if facts.authority else "It was not said which authority these facts are of."
