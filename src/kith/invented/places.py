"""Northbrook: an authority that does not exist, laid over real districts, with its own providers.

Streets are invented; postcodes are real ones of the districts, so that distances can be worked out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Protocol

import kith.standards.places as standard_places
from kith.invented.rates import rows

AUTHORITY_NAME = "Northbrook"
# The Department for Education gives codes upwards and has reached 943; 989 is far from those that
# come next, and is not 998 or 999, which files use for "not known". No authority has it.
AUTHORITY_CODE = "989"
AREA = standard_places.laid_over(AUTHORITY_CODE)
"""The districts that Northbrook has for its own (ONS codes)."""


class Postcodes(Protocol):
    """Where real postcodes come from."""

    def of_district(self, ons_code: str) -> Sequence[str]:
        """Every postcode of a district (nine-character ONS code), in a fixed order, never empty."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A home, an agency or a service as a regulator would list it; nothing of it is real.

    `kind` is one of the keys of PLACEMENTS_OF. `capacity` is in places; agencies have none of their own.
    """

    urn: str
    name: str
    kind: str
    provider: str  # code list `placement_provider`
    postcode: str
    district: str  # ONS code of the district it lies in
    opened_on: date
    closed_on: date | None
    capacity: int


PLACEMENTS_OF: Mapping[str, frozenset[str]] = {
    "fostering_service": frozenset({"U1", "U2", "U3", "U4", "U5", "U6"}),
    "fostering_agency": frozenset({"U4", "U5", "U6"}),
    "adoption_agency": frozenset({"A3", "A4", "A5", "A6"}),
    "childrens_home": frozenset({"K2"}),
    "secure_home": frozenset({"K1"}),
    "supported_accommodation": frozenset({"K3", "H5"}),
    "residential_school": frozenset({"S1"}),
    "family_centre": frozenset({"R3"}),
}

_LAST = {
    "childrens_home": ("House", "Lodge", "Cottage", "View"),
    "fostering_agency": ("Fostering", "Foster Families", "Family Placements"),
    "supported_accommodation": ("Supported Living", "Steps", "Futures"),
    "residential_school": ("School",),
    "secure_home": ("Secure Home",),
    "family_centre": ("Family Centre",),
    "adoption_agency": ("Adoption",),
}


class Places:
    """Addresses and providers of Northbrook and round it."""

    def __init__(self, postcodes: Postcodes, rng: Random, children: int) -> None:
        self._postcodes = postcodes
        self._districts = {"home": list(AREA)} | {
            role: [row["ons_code"] for row in rows("districts") if row["role"] == role]
            for role in ("near", "far")
        }
        self._streets = [row["name"] for row in rows("streets")]
        self._names = [row["name"] for row in rows("provider_names")]
        self._kinds = [row["name"] for row in rows("street_kinds")]
        self._used: set[str] = set()
        spans = (span for span in standard_places.district_spans() if span.district in AREA)
        self.la_codes = [span.authority.dfe_code for span in spans]
        self.providers = tuple(self._make_providers(rng, children))
        self._of_kind: dict[tuple[str, str], list[Provider]] = {}
        for provider in self.providers:
            self._of_kind.setdefault((provider.kind, provider.provider), []).append(provider)

    def postcode(self, rng: Random, role: str = "home") -> str:
        """A real postcode of Northbrook (home), next door (near) or further off (far), with no provider."""
        while True:
            postcode = self._postcode(rng, rng.choice(self._districts[role]))
            if postcode not in self._used:
                return postcode

    def _postcode(self, rng: Random, district: str) -> str:
        return rng.choice(self._postcodes.of_district(district))

    def lines(self, rng: Random) -> str:
        """House number and an invented street."""
        flat = f"Flat {rng.randint(1, 24)}, " if rng.random() < 0.12 else ""
        return f"{flat}{rng.randint(1, 180)} {rng.choice(self._streets)} {rng.choice(self._kinds)}"

    def provider(self, rng: Random, kind: str, code: str, on: date) -> Provider:
        """A provider of this kind and code (`placement_provider`) that is open from `on` for good."""
        found = [
            provider
            for provider in self._of_kind[kind, code]
            if provider.opened_on <= on and provider.closed_on is None
        ]
        return rng.choice(found)

    def _make_providers(self, rng: Random, children: int) -> list[Provider]:
        made: list[Provider] = []
        home, near, far = self._districts["home"], self._districts["near"], self._districts["far"]
        scale = max(1, children // 250)

        def add(kind: str, code: str, districts: list[str], number: int, capacity: int = 0) -> None:
            for _ in range(number):
                district = rng.choice(districts)
                made.append(self._provider(rng, kind, code, district, capacity, len(made)))

        add("fostering_service", "PR1", home, 1)
        add("adoption_agency", "PR1", home, 1)
        add("adoption_agency", "PR5", near + far, 2)
        add("fostering_agency", "PR4", home + near + far, 5)
        add("fostering_agency", "PR5", home + near, 2)
        add("childrens_home", "PR1", home, 2 + scale // 4, 4)
        add("childrens_home", "PR4", home, 2 + scale, 4)
        add("childrens_home", "PR4", near + far, 3 + scale, 3)
        add("childrens_home", "PR5", near, 1 + scale // 4, 4)
        add("secure_home", "PR2", far, 1, 12)
        add("supported_accommodation", "PR4", home + near, 3 + scale, 6)
        add("supported_accommodation", "PR5", home, 1 + scale // 2, 8)
        add("residential_school", "PR4", far, 1, 30)
        add("family_centre", "PR4", near, 1, 8)
        return made

    def _provider(
        self, rng: Random, kind: str, code: str, district: str, capacity: int, number: int
    ) -> Provider:
        own = {"fostering_service": "Fostering Service", "adoption_agency": "Adoption"}
        if code == "PR1" and kind in own:
            name = f"{AUTHORITY_NAME} {own[kind]}"
        else:
            name = f"{self._names[number % len(self._names)]} {rng.choice(_LAST[kind])}"
        postcode = self._postcode(rng, district)
        while postcode in self._used:
            postcode = self._postcode(rng, district)
        self._used.add(postcode)
        # Numbers of this form that begin with 9 have not been given to anyone.
        urn = f"SC9{number:05d}"
        opened = date(rng.randint(1996, 2003), rng.randint(1, 12), rng.randint(1, 28))
        return Provider(urn, name, kind, code, postcode, district, opened, None, capacity)


class RealPostcodes:
    """Postcodes of the table that set-up builds (`kith.standards.places`)."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}

    def of_district(self, ons_code: str) -> Sequence[str]:
        """Postcodes with a grid reference, written with their space. Raises PlacesNotBuilt, LookupError."""
        if not self._found:
            self._read()
        if ons_code not in self._found:
            raise LookupError(f"The postcode table has no postcodes of the district {ons_code}.")
        return self._found[ons_code]

    def _read(self) -> None:
        wanted = [*AREA, *(row["ons_code"] for row in rows("districts"))]
        for district, postcodes in standard_places.postcodes_of(wanted).items():
            self._found[district] = [f"{postcode[:-3]} {postcode[-3:]}" for postcode in postcodes]
