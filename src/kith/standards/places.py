"""Where a postcode is, how far apart two are, and which authority had it on a day.

The postcode table is built at set-up (`build_places`); the district table, `data/districts.csv`, is ours.
Nothing here fails when the postcode table is not there: the answer is None, and `why_unknown` says why.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from math import hypot
from pathlib import Path
from typing import TYPE_CHECKING

from kith.standards import build_places, tables
from kith.standards.build_places import Built
from kith.standards.verified import Verified

if TYPE_CHECKING:
    import polars as pl

_DISTRICTS = Path(__file__).parent / "data" / "districts.csv"
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}", re.ASCII)
_KILOMETRES_IN_A_MILE = 1.6093  # as the SSDA903 counts PL_DISTANCE, so that distances agree
_LONGEST_SHOWN = 20


class PlacesNotBuilt(RuntimeError):
    """The postcode table has not been built yet."""


@dataclass(frozen=True, slots=True)
class Place:
    """A postcode, where it is in metres on the national grid (None where it has no grid reference), and in
    which district it lies today (ONS code)."""

    postcode: str
    easting: int | None
    northing: int | None
    district: str


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority with children's social care: ONS code, name, and the DfE's three digits.

    For places outside England both codes are the returns' own: SCO, WAL, NIR or NUK.
    """

    code: str
    name: str
    dfe_code: str


@dataclass(frozen=True, slots=True)
class DistrictSpan:
    """The authority a district's area belonged to, from a day to a day (None: no start or end known).

    `verified` says how far the authority and the days were checked, `dfe_code_verified` the DfE's digits.
    """

    district: str
    district_name: str
    authority: Authority
    valid_from: date | None
    valid_to: date | None
    source: str
    verified: Verified
    dfe_code_verified: Verified

    def holds_on(self, on: date) -> bool:
        """Whether the span takes in the day `on`."""
        return tables.holds_on(on, self.valid_from, self.valid_to)


def build() -> Built:
    """Make the postcode table, or leave it when it is there from the same source (about 4 seconds)."""
    built = build_places.build()
    if built.is_new:
        _look_up.cache_clear()
    return built


def is_built() -> bool:
    """Whether the postcode table is there."""
    return build_places.TABLE.exists()


def table() -> "pl.LazyFrame":
    """The whole postcode table for work in bulk: postcode (no space), easting, northing, district.

    Sorted by postcode. Raises PlacesNotBuilt.
    """
    import polars as pl

    if not is_built():
        raise PlacesNotBuilt(_NOT_BUILT)
    return pl.scan_parquet(build_places.TABLE)


def tidy(postcode: str) -> str | None:
    """The postcode in capitals with no space, or None when it has not the form of one."""
    bare = "".join(postcode.split()).upper() if len(postcode) <= _LONGEST_SHOWN else ""
    return bare if _POSTCODE.fullmatch(bare) else None


def find(postcode: str | None) -> Place | None:
    """The place of a postcode, in any case and spacing; None when it is not known (see `why_unknown`)."""
    bare = tidy(postcode or "")
    return _look_up(bare) if bare and is_built() else None


def why_unknown(postcode: str | None) -> str | None:
    """Why `find` gives nothing for this postcode, in words for a page; None when it is found."""
    if not (postcode or "").strip():
        return "No postcode was given."
    shown = (postcode or "").strip()[:_LONGEST_SHOWN]
    if not tidy(postcode or ""):
        return f"“{shown}” has not the form of a postcode, such as LS1 4DY. Check it for a slip."
    if not is_built():
        return _NOT_BUILT
    return None if find(postcode) else f"{shown} is not in the list of postcodes. Check it for a slip."


def distance_miles(home: str | None, placement: str | None) -> float | None:
    """Miles in a straight line between two postcodes, to one decimal; None when either place is not known.

    Source: SSDA903 PL_DISTANCE, from eastings and northings in metres, 1.6093 kilometres to the mile.
    """
    one, other = find(home), find(placement)
    if not one or not other or None in (one.easting, one.northing, other.easting, other.northing):
        return None
    metres = hypot((one.easting or 0) - (other.easting or 0), (one.northing or 0) - (other.northing or 0))
    return round(metres / 1000 / _KILOMETRES_IN_A_MILE, 1)


def authority_of(postcode: str | None, on: date) -> Authority | None:
    """The authority in whose area the postcode lay on the day `on`.

    None when the postcode is not known, or when its area was parted between authorities on that day.
    """
    found = find(postcode)
    return authority_of_district(found.district, on) if found else None


def authority_of_district(district: str, on: date) -> Authority | None:
    """The authority that had the district's area on the day `on`.

    A district that did not exist yet answers with what its area belonged to then. None for an unknown code
    and where the area was parted (Bournemouth, Christchurch and Poole before 1 April 2019).
    """
    spans = _districts().get(district) or _districts().get(district[:1], ())
    holders = {span.authority for span in spans if span.holds_on(on)}
    return next(iter(holders)) if len(holders) == 1 else None


def authorities(on: date) -> tuple[Authority, ...]:
    """England's authorities with children's social care on the day `on`, by name."""
    english = (span for span in district_spans() if span.district.startswith("E"))
    found = {span.authority for span in english if span.holds_on(on)}
    return tuple(sorted(found, key=lambda authority: authority.name))


def authority_with_dfe_code(dfe_code: str, on: date) -> Authority | None:
    """The authority with the DfE's three-digit code on the day `on`, as a return's LEA gives it."""
    return next((found for found in authorities(on) if found.dfe_code == dfe_code), None)


@cache
def district_spans() -> tuple[DistrictSpan, ...]:
    """Every row of the dated table of districts and their authorities."""
    return tuple(_span(row) for row in tables.rows(_DISTRICTS))


_NOT_BUILT = (
    "Kith cannot place postcodes yet because its postcode table has not been built. "
    "Run `make setup`, or ask the person who runs Kith to."
)


@lru_cache(maxsize=20_000)
def _look_up(bare: str) -> Place | None:
    import polars as pl

    rows = table().filter(pl.col("postcode") == bare).collect().rows()
    return Place(*rows[0]) if rows else None


@cache
def _districts() -> Mapping[str, tuple[DistrictSpan, ...]]:
    spans: dict[str, tuple[DistrictSpan, ...]] = {}
    for span in district_spans():
        spans[span.district] = (*spans.get(span.district, ()), span)
    return spans


def _span(row: dict[str, str]) -> DistrictSpan:
    return DistrictSpan(
        district=row["district_code"],
        district_name=row["district_name"],
        authority=Authority(row["authority_code"], row["authority_name"], row["dfe_code"]),
        valid_from=tables.day(row["valid_from"]),
        valid_to=tables.day(row["valid_to"]),
        source=row["source"],
        verified=Verified(row["verified"]),
        dfe_code_verified=Verified(row["dfe_code_verified"]),
    )
