"""One published figure of an authority beside England, its region and its statistical neighbours."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import polars as pl

from kith.insight.england.markers import Marker
from kith.insight.england.neighbours import Neighbours
from kith.insight.england.places import Level, NoSuchPlace, Place
from kith.insight.england.published import SHAPE, Figure, figure, frame_of
from kith.insight.england.series import series


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures of one published id and END year; each says by its marker why it has no value.

    `region` is None where the authority's region is not known. `neighbours` are the most alike first. A count
    cannot be compared between places of different sizes; its rate can.
    """

    own: Figure
    england: Figure
    region: Figure | None
    neighbours: tuple[Figure, ...]

    @property
    def held(self) -> int:
        """How many of the neighbours have a value."""
        return len(_values(self.neighbours))

    @property
    def median(self) -> float | None:
        """The middle of the neighbours' values, or the mean of the middle two; None where none has one."""
        values = _values(self.neighbours)
        return median(values) if values else None

    @property
    def lowest(self) -> float | None:
        """The lowest of the neighbours' values, or None."""
        return min(_values(self.neighbours), default=None)

    @property
    def highest(self) -> float | None:
        """The highest of the neighbours' values, or None."""
        return max(_values(self.neighbours), default=None)

    @property
    def frame(self) -> pl.DataFrame:
        """A row for each figure in the shape of `published.SHAPE`, and `stands_for` before it.

        `stands_for` is "own", "England", "region" or "neighbour".
        """
        region = [("region", self.region)] if self.region else []
        rows = [("own", self.own), ("England", self.england), *region]
        named = [*rows, *(("neighbour", one) for one in self.neighbours)]
        told = pl.Series("stands_for", [name for name, _ in named], dtype=pl.String)
        return frame_of(one for _, one in named).select(told, *SHAPE.names())


def comparison(
    published_id: str,
    year: int,
    authority: str,
    neighbours: Neighbours | None = None,
    *,
    added: Path | None = None,
) -> Comparison:
    """The authority's figure for END year `year` beside the others'.

    An authority that nothing is published for (an invented one) is "not available", and has no region; so is
    a neighbour. Raises NoSuchSeries, and CannotRead for a damaged folder of added figures.
    """
    own = _figure(published_id, year, authority, added)
    region = own.place.region
    near = neighbours.of(authority) if neighbours else ()
    return Comparison(
        own,
        figure(published_id, year, "England", added=added),
        figure(published_id, year, region, added=added) if region else None,
        tuple(_figure(published_id, year, one.dfe_code, added) for one in near),
    )


def _figure(published_id: str, year: int, authority: str, added: Path | None) -> Figure:
    try:
        return figure(published_id, year, authority, added=added)
    except NoSuchPlace:
        return _nothing(published_id, year, authority)


def _nothing(published_id: str, year: int, authority: str) -> Figure:
    one = series(published_id)
    place = Place(Level.AUTHORITY, "", authority, authority)
    definition, broken = one.definition_in(year), bool(one.breaks_between(None, year))
    return Figure(
        published_id, year, place, None, one.unit, Marker.NOT_AVAILABLE, False, definition, "", broken
    )


def _values(figures: Iterable[Figure]) -> list[float]:
    return [one.value for one in figures if one.value is not None]
