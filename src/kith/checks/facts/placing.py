"""Where a placement is: its authority, whether that is the child's own, and how far it is from home.

    Episodes.PL_LA          ONS code of the upper-tier authority; SCO, WAL, NIR outside England
    Episodes.PL_LOCATION    IN or OUT of the authority that sends the return
    Episodes.PL_DISTANCE    miles, one decimal, as the SSDA903 counts them

A file that has such a column is taken at its word; else they are worked out of the postcodes.
"""

from datetime import date

import polars as pl

from kith.checks.views import CannotRun, Views, fact
from kith.standards import places

_MILES = 1000 * 1.6093


def _located(views: Views, table: str) -> pl.DataFrame:
    """Each episode's home and placement on the national grid, and the placement's district."""
    if not places.is_built():
        raise CannotRun("the table of postcodes")
    bare = {
        name: views.column(table, name).str.replace_all(" ", "", literal=True)
        for name in ("HOME_POST", "PL_POST")
    }
    wanted = pl.concat(list(bare.values())).drop_nulls().unique()
    known = places.table().filter(pl.col("postcode").is_in(wanted.implode())).collect()
    frame = pl.DataFrame(bare)
    for name, prefix in (("HOME_POST", "home"), ("PL_POST", "place")):
        named = known.select(
            pl.col("postcode").alias(name),
            *(pl.col(one).alias(f"{prefix}.{one}") for one in ("easting", "northing", "district")),
        )
        frame = frame.join(named, on=name, how="left", maintain_order="left")
    return frame


@fact("Episodes", "PL_DISTANCE")
def _distance(views: Views, table: str) -> pl.Series:
    frame = views.worked_out(f"places of {table}", lambda: _located(views, table))
    east = (pl.col("home.easting") - pl.col("place.easting")).cast(pl.Float64)
    north = (pl.col("home.northing") - pl.col("place.northing")).cast(pl.Float64)
    return frame.select(((east**2 + north**2).sqrt() / _MILES).round(1)).to_series()


@fact("Episodes", "PL_LA")
def _authority(views: Views, table: str) -> pl.Series:
    frame = views.worked_out(f"places of {table}", lambda: _located(views, table))
    districts = frame["place.district"]
    codes = {one: _authority_code(one, views.collection.end) for one in districts.unique().drop_nulls()}
    return districts.replace_strict(codes, default=None, return_dtype=pl.String)


def _authority_code(district: str, on: date) -> str | None:
    found = places.authority_of_district(district, on)
    return found.code if found else None


@fact("Episodes", "PL_LOCATION")
def _location(views: Views, table: str) -> pl.Series:
    authority = views.column(table, "year.authority")
    frame = pl.DataFrame({"la": views.column(table, "PL_LA"), "own": authority})
    inside = pl.when(pl.col("la") == pl.col("own")).then(pl.lit("IN")).otherwise(pl.lit("OUT"))
    return frame.select(pl.when(pl.col("la").is_not_null()).then(inside)).to_series()
