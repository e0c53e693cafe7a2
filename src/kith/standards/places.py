"""Where a postcode is, how far apart two are, and which authority had it on a day.

The postcode table is built at set-up (`build_places`); the district table, `data/districts.csv`, is ours.
Nothing here fails when the postcode table is not there: the answer is None, and `why_unknown` says why.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import hypot
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING

from kith.standards import build_places, tables
from kith.standards.build_places import Built, CellForm
from kith.standards.verified import Verified

if TYPE_CHECKING:
    import polars as pl

_DATA = Path(__file__).parent / "data"
_DISTRICTS = _DATA / "districts.csv"
_OVERLAYS = _DATA / "overlays.csv"
_FORM = r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}"
_POSTCODE = re.compile(_FORM)
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
    """Make the postcode table, or leave it when it is there from the same source (about 6 seconds)."""
    built = build_places.build()
    if built.is_new:
        _postcodes.cache_clear()
    return built


def is_built() -> bool:
    """Whether the postcode table is there."""
    return build_places.TABLE.exists()


def districts() -> tuple[str, ...]:
    """The ONS code of every district that has a postcode, in order. Raises PlacesNotBuilt."""
    return _open().districts


def find_all(postcodes: "pl.Series") -> "pl.DataFrame":
    """Where each of many postcodes is: `easting`, `northing` and `district`, a row for each, in their order.

    Postcodes are text in capitals, with a space or without. A row is null where its postcode is blank or not
    known, and its metres where there is no grid reference. Raises PlacesNotBuilt.
    """
    import polars as pl

    different = pl.DataFrame({"postcode": postcodes.unique()})  # of a return's homes, a few hundred
    text = pl.col("postcode").str.replace_all(" ", "", literal=True)
    is_one = text.str.contains(f"^{_FORM}$")
    key = pl.when(is_one).then(text).str.to_integer(base=36, dtype=pl.UInt64, strict=False).alias("key")
    keys = different.with_columns(key).drop_nulls("key").sort("key")
    found = pl.concat([keys.select("postcode"), _open().places_of(keys["key"])], how="horizontal")
    asked = pl.DataFrame({"postcode": postcodes})
    return asked.join(found, on="postcode", how="left", maintain_order="left").drop("postcode")


def postcodes_of(districts: Iterable[str]) -> dict[str, list[str]]:
    """Every postcode (no space) with a grid reference in each of the districts, in order; the whole table is
    gone through. A district that has none is left out. Raises PlacesNotBuilt."""
    found: dict[str, list[str]] = {}
    for district, key in _open().in_districts(frozenset(districts)):
        found.setdefault(district, []).append(build_places.postcode_of(key))
    return {district: sorted(postcodes) for district, postcodes in found.items()}


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


@cache
def authorities(on: date) -> tuple[Authority, ...]:
    """England's authorities with children's social care on the day `on`, by name."""
    english = (span for span in district_spans() if span.district.startswith("E"))
    found = {span.authority for span in english if span.holds_on(on)}
    return tuple(sorted(found, key=lambda authority: authority.name))


def authority_with_dfe_code(dfe_code: str, on: date) -> Authority | None:
    """The authority with the DfE's three-digit code on the day `on`, as a return's LEA gives it."""
    return next((found for found in authorities(on) if found.dfe_code == dfe_code), None)


def laid_over(dfe_code: str) -> tuple[str, ...]:
    """The ONS codes of the authorities whose area an invented authority has for its own; () for a real one.

    An invented authority has three digits that the DfE gave to nobody, and real postcodes.
    """
    return tuple(row["authority_code"] for row in _overlays() if row["dfe_code"] == dfe_code)


@cache
def district_spans() -> tuple[DistrictSpan, ...]:
    """Every row of the dated table of districts and their authorities."""
    return tuple(_span(row) for row in tables.rows(_DISTRICTS))


_NOT_BUILT = (
    "Kith cannot place postcodes yet because its postcode table has not been built. "
    "Run `make setup`, or ask the person who runs Kith to."
)


class _Postcodes:
    """The table, mapped into memory as `build_places` lays it out. Its columns are views of the file."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._bytes = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
        count, districts = build_places.HEADER.unpack_from(self._bytes)
        self._at = build_places.HEADER.size
        self.keys = self._column(build_places.KEY, 8 * count)
        self.eastings = self._column(build_places.METRES, 4 * count)
        self.northings = self._column(build_places.METRES, 4 * count)
        self.places = self._column(build_places.DISTRICT, 2 * count)
        names = bytes(self._bytes[self._at :]).decode("ascii")
        length = build_places.DISTRICT_LENGTH
        self.districts = tuple(names[at * length : (at + 1) * length] for at in range(districts))

    def _column(self, form: CellForm, size: int) -> "memoryview[int]":
        view = self._bytes[self._at : self._at + size].cast(form)
        self._at += size
        return view

    def find(self, key: int) -> int:
        """Where the key is, or would be; the last row for any beyond it."""
        return bisect_left(self.keys, key, 0, len(self.keys) - 1)

    def in_districts(self, wanted: frozenset[str]) -> Iterator[tuple[str, int]]:
        """The district and key of every postcode of the districts that has a grid reference."""
        names = {at: name for at, name in enumerate(self.districts) if name in wanted}
        for at, place in enumerate(self.places):
            if place in names and self.eastings[at] != build_places.NO_METRES:
                yield names[place], self.keys[at]

    def places_of(self, keys: "pl.Series") -> "pl.DataFrame":
        """The metres and district of each key, null where it is not in the table. In ascending order they are
        found soonest, each near the page of the one before."""
        import polars as pl

        at = list(map(self.find, keys))
        names = pl.Series(self.districts, dtype=pl.String)
        columns = {
            "key": pl.Series(map(self.keys.__getitem__, at), dtype=pl.UInt64),
            "easting": pl.Series(map(self.eastings.__getitem__, at), dtype=pl.Int32),
            "northing": pl.Series(map(self.northings.__getitem__, at), dtype=pl.Int32),
            "district": names.gather(pl.Series(map(self.places.__getitem__, at), dtype=pl.UInt32)),
        }
        is_there, metres = pl.col("key") == keys, pl.col("easting", "northing")
        return pl.DataFrame(columns).select(
            pl.when(is_there & (metres != build_places.NO_METRES)).then(metres),
            pl.when(is_there).then("district").alias("district"),
        )


def _metres(value: int) -> int | None:
    return None if value == build_places.NO_METRES else value


def _open() -> _Postcodes:
    if not is_built():
        raise PlacesNotBuilt(_NOT_BUILT)
    return _postcodes(build_places.TABLE)


@cache
def _postcodes(path: Path) -> _Postcodes:
    return _Postcodes(path)


def _look_up(bare: str) -> Place | None:
    table, key = _open(), build_places.key_of(bare)
    at = table.find(key)
    if table.keys[at] != key:
        return None
    metres = _metres(table.eastings[at]), _metres(table.northings[at])
    return Place(bare, *metres, table.districts[table.places[at]])


@cache
def _overlays() -> list[dict[str, str]]:
    return tables.rows(_OVERLAYS)


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
