"""What is published: each figure in words, its unit, its definition year by year, and where it breaks.

Years are END years: 2017-18 is 2018.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kith.standards import tables
from kith.standards.verified import Verified

DATA = Path(__file__).parent / "data"
COUNTED = frozenset({"number", "FTE"})
"""The units of what is counted, and so may be added up over authorities. A rate or a share never may."""


class NoSuchSeries(LookupError):
    """Nothing is published under that id."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What is counted from an END year to another, both in, as the source says it."""

    from_year: int
    to_year: int
    words: str
    verified: Verified


@dataclass(frozen=True, slots=True)
class Break:
    """Why the figures of `year` cannot be compared with those before. `knowledge`: not read in the source."""

    year: int
    words: str
    verified: Verified


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a rate or share is worked out: `counted`, out of `out_of`, for every `per`."""

    counted: str
    out_of: str
    per: int


@dataclass(frozen=True, slots=True)
class Series:
    """One published figure over the years. `derivation` is None where it is not worked out from others."""

    published_id: str
    words: str
    unit: str
    definitions: tuple[Definition, ...]
    breaks: tuple[Break, ...]
    derivation: Derivation | None

    def definition_in(self, year: int) -> str:
        """What is counted in `year`; where that was not told, as in the last year before, or the first."""
        told = [known.words for known in self.definitions if known.from_year <= year]
        return told[-1] if told else self.definitions[0].words

    def breaks_between(self, earlier: int | None, year: int) -> tuple[Break, ...]:
        """The breaks after `earlier` (None: the year before) and up to `year`, counting those it rests on."""
        after = year - 1 if earlier is None else earlier
        return tuple(found for found in self._all_breaks() if after < found.year <= year)

    def _all_breaks(self) -> tuple[Break, ...]:
        if self.derivation is None:
            return self.breaks
        parts = (series(self.derivation.counted), series(self.derivation.out_of))
        return tuple(dict.fromkeys((*self.breaks, *(found for part in parts for found in part.breaks))))


def series(published_id: str) -> Series:
    """The series of that id. Raises NoSuchSeries, in words."""
    found = every_series().get(published_id)
    if found is None:
        raise NoSuchSeries(
            f"Nothing is published under “{published_id[:60]}”. The ids are the first column of "
            "insight/england/data/series.csv."
        )
    return found


@cache
def every_series() -> Mapping[str, Series]:
    """Every series by its id, in the order of the table."""
    definitions, breaks, derivations = _definitions(), _breaks(), _derivations()
    return {
        (one := row["published_id"]): Series(
            one,
            row["words"],
            row["unit"],
            tuple(definitions.get(one, ())),
            tuple(breaks.get(one, ())),
            derivations.get(one),
        )
        for row in tables.rows(DATA / "series.csv")
    }


@cache
def sources() -> Mapping[str, str]:
    """Where figures come from, by the id that the tables give."""
    return {row["id"]: row["source"] for row in tables.rows(DATA / "sources.csv")}


def _definitions() -> dict[str, list[Definition]]:
    found: dict[str, list[Definition]] = {}
    for row in tables.rows(DATA / "definitions.csv"):
        years = int(row["from_year"]), int(row["to_year"])
        one = Definition(*years, row["definition"], Verified(row["verified"]))
        found.setdefault(row["published_id"], []).append(one)
    return found


def _breaks() -> dict[str, list[Break]]:
    found: dict[str, list[Break]] = {}
    for row in tables.rows(DATA / "breaks.csv"):
        one = Break(int(row["year"]), row["words"], Verified(row["verified"]))
        found.setdefault(row["published_id"], []).append(one)
    return found


def _derivations() -> dict[str, Derivation]:
    return {
        row["published_id"]: Derivation(row["counted"], row["out_of"], int(row["per"]))
        for row in tables.rows(DATA / "derivations.csv")
    }
