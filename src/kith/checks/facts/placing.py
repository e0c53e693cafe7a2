"""Where a placement is: its authority, whether that is the child's own, and how far it is from home.

    Episodes.PL_LA          ONS code of the upper-tier authority; SCO, WAL, NIR outside England
    Episodes.PL_LOCATION    IN or OUT of the authority that sends the return
    Episodes.PL_DISTANCE    miles, one decimal, as the SSDA903 counts them

A file that has such a column is taken at its word; else they are worked out of the postcodes. And of any:

    Episodes.PL_LA.known    whether it is an authority of the year, or SCO, WAL, NIR, NUK, CON; null if blank
    Episodes.PL_LA.is_own   whether it is the authority that sends the return; null if blank
    Episodes.HOME_POST.known, Episodes.PL_POST.known    whether it is in the list of postcodes; null if blank
    Episodes.HOME_POST.bare, Episodes.PL_POST.bare      without its space, so that two can be compared
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from kith.checks.numbering import different, parted
from kith.checks.paths import LAST_YEAR
from kith.checks.views import CannotRun, Views, fact
from kith.standards import places
from kith.standards.codes import code_list

_MILES = 1000 * 1.6093
_POSTS = ("HOME_POST", "PL_POST")


@dataclass(frozen=True)
class _Located:
    """Where each different postcode is, with its district and authority, and which of them each home and
    placement has."""

    places: pl.DataFrame
    which: Mapping[tuple[str, str], pl.Series]


def _located(views: Views) -> _Located:
    if not places.is_built():
        raise CannotRun("the table of postcodes")
    columns = [(table, name) for table in _tables(views) for name in _POSTS]
    posts = [views.column(table, f"{name}.bare") for table, name in columns]
    postcodes, numbers = different(pl.concat(posts))
    found = places.find_all(postcodes)
    authorities = _authorities(found["district"], views).alias("authority")
    return _Located(found.hstack([authorities]), dict(zip(columns, parted(numbers, posts), strict=True)))


def _tables(views: Views) -> list[str]:
    named = [table for table in ("Episodes", f"{LAST_YEAR}.Episodes") if table in views.tables]
    return [table for table in named if set(_POSTS) <= set(views.tables[table].columns)]


def _place(views: Views, table: str, name: str, what: str) -> pl.Series:
    """The easting, northing, district or authority of the postcodes of one column."""
    for one in _POSTS:
        views.column(table, one)  # says what is missing, where one is
    located = views.worked_out("places of episodes", lambda: _located(views))
    return located.places[what][located.which[table, name]]


@fact("Episodes", "PL_DISTANCE")
def _distance(views: Views, table: str) -> pl.Series:
    east, north = (
        _place(views, table, "HOME_POST", way).cast(pl.Float64) - _place(views, table, "PL_POST", way)
        for way in ("easting", "northing")
    )
    return ((east * east + north * north).sqrt() / _MILES).round(1)


@fact("Episodes", "PL_LA")
def _authority(views: Views, table: str) -> pl.Series:
    return _place(views, table, "PL_POST", "authority")


def _authorities(districts: pl.Series, views: Views) -> pl.Series:
    codes = {one: _authority_code(one, views) for one in districts.unique().drop_nulls()}
    return districts.replace_strict(codes, default=None, return_dtype=pl.String)


def _authority_code(district: str, views: Views) -> str | None:
    found = places.authority_of_district(district, views.collection.end)
    return found.code if found else None


@fact("Episodes", "PL_LOCATION")
def _location(views: Views, table: str) -> pl.Series:
    frame = pl.DataFrame({"own": views.column(table, "PL_LA.is_own")})
    return frame.select(
        pl.when(pl.col("own")).then(pl.lit("IN")).when(~pl.col("own")).then(pl.lit("OUT"))
    ).to_series()


@fact("Episodes", "PL_LA.known")
def _authority_is_known(views: Views, table: str) -> pl.Series:
    year = views.collection
    known = {*places.authorities(year.start), *places.authorities(year.end)}
    codes = [code.code for code in code_list("placement_la_special").codes]
    codes += [code for one in known for code in (one.code, one.dfe_code)]
    return views.column(table, "PL_LA").is_in(codes)


@fact("Episodes", "PL_LA.is_own")
def _is_own(views: Views, table: str) -> pl.Series:
    return views.column(table, "PL_LA").is_in(own_codes(views))


def own_codes(views: Views) -> tuple[str, ...]:
    """Every code of the sender's own area. Raises CannotRun where nobody said who sends the return."""
    codes = views.collection.own_codes()
    if not codes:
        raise CannotRun("the authority that sends the return")
    return codes


@fact("Episodes", "HOME_POST.known")
def _home_is_known(views: Views, table: str) -> pl.Series:
    return _is_in_the_list(views, table, "HOME_POST")


@fact("Episodes", "PL_POST.known")
def _place_is_known(views: Views, table: str) -> pl.Series:
    return _is_in_the_list(views, table, "PL_POST")


def _is_in_the_list(views: Views, table: str, name: str) -> pl.Series:
    frame = pl.DataFrame(
        {"typed": views.column(table, name), "district": _place(views, table, name, "district")}
    )
    found = pl.col("district").is_not_null()
    return frame.select(pl.when(pl.col("typed").is_not_null()).then(found)).to_series()


@fact("Episodes", "HOME_POST.bare")
def _bare_home(views: Views, table: str) -> pl.Series:
    return views.column(table, "HOME_POST").str.replace_all(" ", "", literal=True)


@fact("Episodes", "PL_POST.bare")
def _bare_place(views: Views, table: str) -> pl.Series:
    return views.column(table, "PL_POST").str.replace_all(" ", "", literal=True)
