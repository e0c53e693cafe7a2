"""Published figures of England, a region or an authority, for END years: 2019-20 is 2020.

Nothing is estimated. A figure that nobody published is worked out from published counts where it can be,
and says so; otherwise its marker says why there is none.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kith.insight.england.deriving import figure_of
from kith.insight.england.held import Held, held
from kith.insight.england.markers import Marker
from kith.insight.england.places import ENGLAND, NoSuchPlace, Place, Places, regions
from kith.insight.england.series import Series, series

SHAPE = pl.Schema(
    {
        "published_id": pl.String(),
        "year": pl.Int64(),
        "level": pl.String(),
        "code": pl.String(),
        "dfe_code": pl.String(),
        "name": pl.String(),
        "region": pl.String(),
        "value": pl.Float64(),
        "unit": pl.String(),
        "marker": pl.String(),
        "derived": pl.Boolean(),
        "definition": pl.String(),
        "source": pl.String(),
        "break_before": pl.Boolean(),
    }
)
"""The columns of a frame of published figures. `code` is the ONS code; `dfe_code` and `region` are an
authority's alone; `value` or `marker` is null, never both; `derived` is true for what was worked out."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure of a place and END year: a row of the frame.

    `break_before` is true where it cannot be compared with the year before it among those asked for.
    """

    published_id: str
    year: int
    place: Place
    value: float | None
    unit: str
    marker: Marker | None
    derived: bool
    definition: str
    source: str
    break_before: bool


@dataclass(frozen=True, slots=True)
class Population:
    """How many children aged 0 to 17 live in a place, and where the number comes from."""

    value: int
    source: str


def published(
    published_ids: str | Sequence[str],
    years: int | Sequence[int] | None = None,
    *,
    of: str | Sequence[str] | None = None,
    added: Path | None = None,
) -> pl.DataFrame:
    """A row for each id, place and year asked for, in that order and the shape of `SHAPE`.

    `of` names places by "England", the name of a region, or an authority's code (the DfE's three digits or
    ONS); None is England, every region and every authority. `years` are END years; None is every year for
    which the id, or the count it is worked out from, is held. `added` is a folder of figures that
    `add_published` wrote. Raises NoSuchSeries, NoSuchPlace, and CannotRead for a damaged folder.
    """
    known = held(added)
    places = _places(known.places, of)
    wanted = [series(one) for one in _listed(published_ids)]
    return frame_of(
        figure
        for one in wanted
        for place in places
        for figure in _figures(known, one, _years(known, one, years), place)
    )


def figure(published_id: str, year: int, of: str, *, added: Path | None = None) -> Figure:
    """The one figure of a place and END year. Raises NoSuchSeries and NoSuchPlace."""
    known = held(added)
    return next(_figures(known, series(published_id), [year], known.places.find(of)))


def population(of: str, year: int, *, added: Path | None = None) -> Population | None:
    """Children aged 0 to 17 in the middle of the year before END year `year`: what the DfE divides by.

    None where it is not known: for the authorities only 2020 comes with Kith, for England 2010 to 2020. A
    region's is the sum of its authorities. Other years come with the DfE's files that are added. None, too,
    for a place that nothing is published for.
    """
    try:
        found = figure("population_0_17", year, of, added=added)
    except NoSuchPlace:
        return None
    return None if found.value is None else Population(round(found.value), found.source)


def frame_of(figures: Iterable[Figure]) -> pl.DataFrame:
    """The figures as a frame, in the shape of `SHAPE`."""
    return pl.DataFrame([_row(one) for one in figures], schema=SHAPE, orient="row")


def _figures(known: Held, one: Series, years: Sequence[int], place: Place) -> Iterator[Figure]:
    earlier: int | None = None
    for year in years:
        cell = figure_of(known, one.published_id, year, place)
        yield Figure(
            one.published_id,
            year,
            place,
            cell.value,
            one.unit,
            cell.marker,
            cell.derived,
            one.definition_in(year),
            cell.source,
            bool(one.breaks_between(earlier, year)),
        )
        earlier = year


def _row(one: Figure) -> tuple[object, ...]:
    place = one.place
    return (
        one.published_id,
        one.year,
        place.level.value,
        place.code,
        place.dfe_code,
        place.name,
        place.region,
        one.value,
        one.unit,
        one.marker and one.marker.value,
        one.derived,
        one.definition,
        one.source,
        one.break_before,
    )


def _places(known: Places, of: str | Sequence[str] | None) -> list[Place]:
    if of is None:
        return [ENGLAND, *regions(), *known.authorities()]
    return [known.find(code) for code in _listed(of)]


def _years(known: Held, one: Series, years: int | Sequence[int] | None) -> list[int]:
    if years is None:
        ids = [one.published_id, *([one.derivation.counted] if one.derivation else [])]
        return sorted({year for each in ids for year in known.years_of(each)})
    return [years] if isinstance(years, int) else sorted(set(years))


def _listed(given: str | Sequence[str]) -> list[str]:
    return [given] if isinstance(given, str) else list(dict.fromkeys(given))
