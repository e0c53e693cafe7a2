"""Figures worked out from published counts: a region's sums, and rates and shares that nobody published.

Counts are added up; a rate or a share is worked out from counts, and never from other rates.
"""

from dataclasses import dataclass
from functools import cache

from kith.insight.england.held import Cell, Held
from kith.insight.england.markers import Marker
from kith.insight.england.places import Level, Place
from kith.insight.england.series import COUNTED, series
from kith.standards.places import authorities
from kith.standards.years import year_bounds

LEAST_KNOWN = 0.99
"""A region's sum is given where authorities with this share of its children are in it: so the City of London
and the Isles of Scilly, whose few children are often hidden, do not hide a whole region."""

_POPULATION = "population_0_17"
_NONE = Cell(None, Marker.NOT_AVAILABLE, "")


@dataclass(frozen=True, slots=True)
class _Summed:
    """A region's sum of one count or two over the same authorities, and those that are not in it."""

    values: tuple[float, ...]
    authorities: int
    without: tuple[str, ...]
    sources: tuple[str, ...]


def figure_of(held: Held, published_id: str, year: int, place: Place) -> Cell:
    """What is published for the place and year, or what can be worked out; else why there is none.

    What the DfE hides is not worked out from other figures.
    """
    found = held.cells.get((published_id, year, place.key))
    if found and found.marker not in (Marker.NOT_AVAILABLE, Marker.NOT_APPLICABLE):
        return found
    return _worked_out(held, published_id, year, place) or found or _NONE


def _worked_out(held: Held, published_id: str, year: int, place: Place) -> Cell | None:
    one = series(published_id)
    if one.derivation is not None:
        how = one.derivation
        return _rate(held, (how.counted, how.out_of), how.per, year, place)
    if place.level is not Level.REGION or one.unit not in COUNTED:
        return None
    summed = _sum(held, (published_id,), year, place)
    return Cell(summed.values[0], None, _told("the sum", summed), derived=True) if summed else None


def _rate(held: Held, parts: tuple[str, str], per: int, year: int, place: Place) -> Cell | None:
    counts = [held.cells.get((part, year, place.key)) for part in parts]
    if all(count and count.value is not None for count in counts):
        found = [count for count in counts if count is not None and count.value is not None]
        counted, out_of = (count.value or 0.0 for count in found)
        told = (
            f"Worked out from {' and '.join(parts)}. {'; '.join(dict.fromkeys(one.source for one in found))}"
        )
        return Cell(per * counted / out_of, None, told, derived=True) if out_of else None
    if place.level is Level.REGION and (summed := _sum(held, parts, year, place)) and summed.values[1]:
        value = per * summed.values[0] / summed.values[1]
        return Cell(value, None, _told("the sums", summed), derived=True)
    return None


def _sum(held: Held, parts: tuple[str, ...], year: int, region: Place) -> _Summed | None:
    """The sums over the region's authorities that have every part; None where too few have."""
    there = authorities_in(year)
    if not there <= held.places.by_key.keys():
        return None  # the region of an authority is not known, so it may be this one
    members = [place for place in held.places.authorities(region.name) if place.key in there]
    rows = {place: [held.cells.get((part, year, place.key)) for part in parts] for place in members}
    known = {
        place: [cell for cell in row if cell and cell.value is not None]
        for place, row in rows.items()
        if all(cell and cell.value is not None for cell in row)
    }
    without = [place for place in members if place not in known]
    if not known or not _are_nearly_all(held, year, list(known), without):
        return None
    values = tuple(sum(row[at].value or 0.0 for row in known.values()) for at in range(len(parts)))
    told = tuple(dict.fromkeys(cell.source for row in known.values() for cell in row))
    return _Summed(values, len(known), tuple(place.name for place in without), told)


@cache
def authorities_in(year: int) -> frozenset[str]:
    """The DfE's digits of every authority that there was on the last day of the year."""
    return frozenset(authority.dfe_code for authority in authorities(year_bounds(year)[1]))


def _are_nearly_all(held: Held, year: int, known: list[Place], without: list[Place]) -> bool:
    if not without:
        return True
    inside, outside = (
        [cell.value if cell else None for cell in _populations(held, year, places)]
        for places in (known, without)
    )
    if None in inside or None in outside:
        return False
    children = sum(value or 0.0 for value in inside)
    return children / (children + sum(value or 0.0 for value in outside)) >= LEAST_KNOWN


def _populations(held: Held, year: int, places: list[Place]) -> list[Cell | None]:
    return [held.cells.get((_POPULATION, year, place.key)) for place in places]


def _told(what: str, summed: _Summed) -> str:
    without = f", without {' and '.join(summed.without)}, not available" if summed.without else ""
    of = f"{summed.authorities} {'authority' if summed.authorities == 1 else 'authorities'}"
    return f"Worked out from {what} over {of}{without}. {'; '.join(summed.sources)}"
