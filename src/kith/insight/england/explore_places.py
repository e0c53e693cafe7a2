"""The place and the year that a row of a published file is of."""

import re
from collections.abc import Mapping

from kith.insight.england.places import (
    ENGLAND,
    ENGLAND_CODE,
    Level,
    Place,
    dfe_code_of,
    is_dfe_code,
    is_ons_code,
    known_places,
    region_named,
)

LEVELS: Mapping[str, Level] = {
    "national": Level.ENGLAND,
    "regional": Level.REGION,
    "local authority": Level.AUTHORITY,
}
WHOLE_YEARS = ("reporting year", "financial year", "academic year", "calendar year", "tax year")
_YEARS = range(1990, 2101)
_PERIOD = re.compile(r"(\d{4})(\d{2})?", re.ASCII)
_LONGEST_NAME = 100


class LeftOutRow(ValueError):
    """A row that is not taken; the message says why."""


def year_of(time_period: str, time_identifier: str) -> int:
    """The END year of a row: 202021 and, of a year that is named for its end, 2021 are both 2021.

    Raises LeftOutRow for part of a year, and for what is no year.
    """
    if time_identifier.lower() not in WHOLE_YEARS:
        raise LeftOutRow(f"“{_short(time_identifier)}” is no whole year")
    found = _PERIOD.fullmatch(time_period)
    if not found or int(found[1]) not in _YEARS:
        raise LeftOutRow(f"the time period “{_short(time_period)}” is not a year such as 2021 or 202021")
    first = int(found[1])
    if found[2] is None:
        return first
    if (first + 1) % 100 != int(found[2]):
        raise LeftOutRow(f"the time period {time_period} names two years that do not follow each other")
    return first + 1


def place_of(row: Mapping[str, str]) -> Place:
    """The place of a row, from its level and codes. Raises LeftOutRow where they name none."""
    level = LEVELS.get(row["geographic_level"].lower())
    if level is None:
        shown = _short(row["geographic_level"]) or "(blank)"
        raise LeftOutRow(f"the level “{shown}” is not kept: only National, Regional and Local authority are")
    if row["country_code"] not in ("", ENGLAND_CODE) or row["country_name"].lower() not in ("", "england"):
        raise LeftOutRow("the row is of another country than England")
    if level is Level.ENGLAND:
        return ENGLAND
    return _region(row) if level is Level.REGION else _authority(row)


def _region(row: Mapping[str, str]) -> Place:
    found = region_named(row["region_name"], row["region_code"])
    if found is None:
        raise LeftOutRow(f"“{_short(row['region_name'] or row['region_code'])}” is not a region of England")
    return found


def _authority(row: Mapping[str, str]) -> Place:
    digits, ons, name = row["old_la_code"], row["new_la_code"].upper(), _short(row["la_name"], _LONGEST_NAME)
    if "/" in digits or "/" in ons:
        raise LeftOutRow(f"{name} is more than one authority in one row")
    by_ons = dfe_code_of(ons) if is_ons_code(ons) else None
    if is_dfe_code(digits) and by_ons not in (None, digits):
        raise LeftOutRow(f"{name} has the codes of two authorities, {digits} and {ons}")
    key = digits if is_dfe_code(digits) else by_ons
    if key is None:
        raise LeftOutRow(f"“{name or _short(ons or digits) or '(blank)'}” has no code of an authority")
    if known := known_places().by_key.get(key):
        return known
    region = region_named(row["region_name"], row["region_code"])
    return Place(Level.AUTHORITY, ons if is_ons_code(ons) else "", name, key, region.name if region else None)


def _short(text: str, most: int = 30) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
