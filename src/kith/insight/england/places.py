"""The places that figures are published for: England, its regions and its authorities.

An authority is known by the DfE's three digits, which outlast its ONS code (North Yorkshire and Barnsley
have each had two); either finds it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kith.insight.england.series import DATA
from kith.standards import tables
from kith.standards.places import district_spans

ENGLAND_CODE = "E92000001"
_DFE = re.compile(r"\d{3}", re.ASCII)
_ONS = re.compile(r"E\d{8}", re.ASCII)


class Level(StrEnum):
    """How wide a place is."""

    ENGLAND = "England"
    REGION = "region"
    AUTHORITY = "authority"


class NoSuchPlace(LookupError):
    """No figure is published for a place of that code or name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its ONS `code`; `dfe_code` and `region` for an authority alone.

    Inner and Outer London are regions here, as the DfE counts them, and parts of London.
    """

    level: Level
    code: str
    name: str
    dfe_code: str | None = None
    region: str | None = None

    @property
    def key(self) -> str:
        """What its figures are kept under: "England", the region's name, or the DfE's three digits."""
        return self.dfe_code or self.name


ENGLAND = Place(Level.ENGLAND, ENGLAND_CODE, "England")


@dataclass(frozen=True, slots=True)
class Places:
    """The places known, each by its key."""

    by_key: Mapping[str, Place]

    def find(self, code: str) -> Place:
        """The place of a name ("England", "London"), an ONS code or the DfE's three digits.

        Raises NoSuchPlace, in words.
        """
        found = self.by_key.get(code.strip()) or self.by_key.get(self._key_of(code.strip()))
        if found is None:
            raise NoSuchPlace(
                f"No figures are held for “{code.strip()[:40]}”. Give the DfE's three digits or the ONS code "
                "of an authority, the name of a region, or England."
            )
        return found

    def authorities(self, region: str | None = None) -> list[Place]:
        """The authorities, of a region (London is both its parts) or all, by the DfE's digits."""
        parts = {region, *(part for part, whole in parts_of_regions().items() if whole == region)}
        return sorted(
            (
                place
                for place in self.by_key.values()
                if place.level is Level.AUTHORITY and (region is None or place.region in parts)
            ),
            key=lambda place: place.key,
        )

    def with_more(self, more: Iterable[Place]) -> "Places":
        """These places, and those of the others that are not among them."""
        return Places({**{place.key: place for place in more}, **self.by_key})

    def _key_of(self, code: str) -> str:
        by_code = {place.code: key for key, place in self.by_key.items()}
        return by_code.get(code) or _digits_by_ons().get(code, "")


@cache
def known_places() -> Places:
    """England, the regions and the authorities of 2020."""
    return Places({place.key: place for place in (ENGLAND, *regions(), *_authorities_2020())})


@cache
def regions() -> tuple[Place, ...]:
    """The nine regions of England, and the two parts of London."""
    return tuple(Place(Level.REGION, row["code"], row["name"]) for row in _region_rows())


@cache
def parts_of_regions() -> Mapping[str, str]:
    """The regions that are part of another, each with the whole."""
    return {row["name"]: row["part_of"] for row in _region_rows() if row["part_of"]}


def region_named(name: str, code: str) -> Place | None:
    """The region of that code, or else of that name in any case; None where neither is one."""
    same = name.strip().casefold()
    by_code = [region for region in regions() if region.code == code.strip()]
    by_name = [region for region in regions() if region.name.casefold() == same]
    return next(iter(by_code or by_name), None)


def is_dfe_code(text: str) -> bool:
    """Whether it has the form of the DfE's three digits."""
    return bool(_DFE.fullmatch(text))


def is_ons_code(text: str) -> bool:
    """Whether it has the form of an ONS code of England."""
    return bool(_ONS.fullmatch(text))


def dfe_code_of(code: str) -> str | None:
    """The DfE's three digits for an ONS code of any year, or for the digits themselves; None for others."""
    code = code.strip().upper()
    return code if is_dfe_code(code) else _digits_by_ons().get(code)


@cache
def _digits_by_ons() -> Mapping[str, str]:
    spans = (span.authority for span in district_spans())
    codes = {authority.code: authority.dfe_code for authority in spans if is_dfe_code(authority.dfe_code)}
    return codes | {row["code"]: row["dfe_code"] for row in tables.rows(DATA / "authorities.csv")}


@cache
def _region_rows() -> list[dict[str, str]]:
    return tables.rows(DATA / "regions.csv")


def _authorities_2020() -> list[Place]:
    return [
        Place(Level.AUTHORITY, row["code"], row["name"], row["dfe_code"], row["region"])
        for row in tables.rows(DATA / "authorities.csv")
    ]
