"""Homes for children in the invented authority: foster homes, kin, children's homes, adopters."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from kith.invented.families import Child, Family
from kith.invented.places import Places, Provider

SUPPORTED_REGISTERED_ON = date(2023, 10, 28)  # supported accommodation needs a URN from this day
SUPPORTED_IS_K3_ON = date(2024, 4, 1)  # K3 comes in place of H5 (code list `placement_type`)
_MOST_TOGETHER = 2  # children of other families in one foster home
_TRIES = 6
# How many in a hundred live in the authority, next door and further off: chosen so that about a fifth of
# children in care live over 20 miles from home, as in England in 2019/20.
_WHERE = ("home", "near", "far")
_AGENCY_CARERS, _RELATIVES = (22, 22, 56), (58, 12, 30)


@dataclass(frozen=True, slots=True)
class Home:
    """Where a child lives, as a placement tells it; the same `carer` text is the same carer or setting."""

    placement_type: str
    provider: str | None
    urn: str | None
    postcode: str | None
    carer: str


@dataclass(slots=True)
class _Household:
    home: Home
    stays: list[tuple[date, date]]


class Homes:
    """Every home a child can be placed in, and who is in it when."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._households: dict[str, list[_Household]] = {"PR1": [], "PR4": [], "PR5": []}
        self._count = 0

    def find(self, rng: Random, mode: str, family: Family, child: Child, start: date, end: date) -> Home:
        """A home of this mode from start to end. Modes: foster, kin, residential, secure, supported,
        school, family_centre, parent, custody, adopters."""
        if mode == "foster":
            return self._foster(rng, family, start, end)
        if mode == "kin":
            return self._kin(rng, family, start)
        if mode == "parent":
            return Home("P1", "PR0", None, self._parent_postcode(rng, family, child), f"PARENT{child.key}")
        if mode == "adopters":
            return self._adopters(rng, family, start)
        if mode == "custody":
            return Home("R5", "PR3", None, self._away_from(rng, family, "near"), "CUSTODY")
        if mode == "supported":
            return self._supported(rng, start)
        return self._establishment(rng, mode, start)

    def moved(self, rng: Random, home: Home, family: Family) -> Home:
        """The same foster carer in another house."""
        role = "home" if home.provider == "PR1" else "near"
        return replace(home, postcode=self._away_from(rng, family, role, home.postcode))

    def temporary(self, rng: Random, placement_type: str, family: Family, home: Home) -> Home:
        """A short stay away from `home`, to which the child goes back (T0 to T4): no provider, no URN."""
        self._count += 1
        postcode = self._away_from(rng, family, "home", home.postcode)
        return Home(placement_type, None, None, postcode, f"TEMPORARY{self._count}")

    def short_breaks(self, rng: Random, start: date) -> Home:
        """Where series of short breaks are spent; the return wants no place for them."""
        provider = self._places.provider(rng, "childrens_home", "PR1", start)
        return Home("K2", "PR1", None, None, provider.urn)

    def _foster(self, rng: Random, family: Family, start: date, end: date) -> Home:
        code = rng.choices(("PR1", "PR4", "PR5"), (57, 35, 8))[0]
        pool = self._households[code]
        for _ in range(_TRIES if pool else 0):
            found = rng.choice(pool)
            together = sum(begins < end and start < ends for begins, ends in found.stays)
            if together < _MOST_TOGETHER and found.home.postcode != family.postcode:
                found.stays.append((start, end))
                return found.home
        kind = "fostering_service" if code == "PR1" else "fostering_agency"
        agency = self._places.provider(rng, kind, code, start)
        role = "home" if code == "PR1" else rng.choices(_WHERE, _AGENCY_CARERS)[0]
        self._count += 1
        home = Home("U6", code, agency.urn, self._away_from(rng, family, role), f"FC{self._count:05d}")
        pool.append(_Household(home, [(start, end)]))
        return home

    def _kin(self, rng: Random, family: Family, start: date) -> Home:
        service = self._places.provider(rng, "fostering_service", "PR1", start)
        carer = family.kin.key if family.kin else f"KIN{family.children[0].key}"
        if family.kin_postcode in ("", family.postcode):
            family.kin_postcode = self._away_from(rng, family, rng.choices(_WHERE, _RELATIVES)[0])
        return Home("U3", "PR1", service.urn, family.kin_postcode, carer)

    def _adopters(self, rng: Random, family: Family, start: date) -> Home:
        code = "PR1" if rng.random() < 0.6 else "PR5"
        agency = self._places.provider(rng, "adoption_agency", code, start)
        role = "home" if code == "PR1" else "far"
        self._count += 1
        return Home("A6", code, agency.urn, self._away_from(rng, family, role), f"AD{self._count:05d}")

    def _supported(self, rng: Random, start: date) -> Home:
        code = "PR4" if rng.random() < 0.75 else "PR5"
        provider = self._places.provider(rng, "supported_accommodation", code, start)
        return supported_on(Home("K3", code, provider.urn, provider.postcode, provider.urn), start)

    def _establishment(self, rng: Random, mode: str, start: date) -> Home:
        kinds = {
            "residential": ("childrens_home", rng.choices(("PR1", "PR4", "PR5"), (22, 70, 8))[0], "K2"),
            "secure": ("secure_home", "PR2", "K1"),
            "school": ("residential_school", "PR4", "S1"),
            "family_centre": ("family_centre", "PR4", "R3"),
        }
        kind, code, placement_type = kinds[mode]
        provider: Provider = self._places.provider(rng, kind, code, start)
        return Home(placement_type, code, provider.urn, provider.postcode, provider.urn)

    def _parent_postcode(self, rng: Random, family: Family, child: Child) -> str:
        if family.second_home and rng.random() < 0.3:
            return family.second_home[1]
        return family.postcode

    def _away_from(self, rng: Random, family: Family, role: str, other: str | None = None) -> str:
        """A postcode that is neither the child's home nor `other`: the return takes them to differ."""
        while True:
            postcode = self._places.postcode(rng, role)
            if postcode not in (family.postcode, other):
                return postcode


def supported_on(home: Home, on: date) -> Home:
    """Supported accommodation as the return wanted it on the day: H5 with no URN, H5 with one, then K3."""
    if on < SUPPORTED_REGISTERED_ON:
        return replace(home, placement_type="H5", urn=None)
    if on < SUPPORTED_IS_K3_ON:
        return replace(home, placement_type="H5", urn=home.carer)
    return replace(home, placement_type="K3", urn=home.carer)
