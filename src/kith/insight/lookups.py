"""What no return holds and a figure may need: how many children live there, what area a postcode is in, and
how deprived that area is. An authority gives them as files; without one, what needs it says so.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from kith.insight.deprivation import FIFTHS
from kith.insight.england.published import population

POPULATIONS = {
    "authority": pl.String,
    "year": pl.Int64,
    "breakdown": pl.String,
    "group": pl.String,
    "children": pl.Int64,
    "source": pl.String,
}
AREAS = {"postcode": pl.String, "area": pl.String, "decile": pl.Int64}
_HIGHEST_DECILE = 10
_LONGEST_HEADING = 60
_MOST_CHILDREN = 20_000_000  # England has some twelve million; limits around a far larger number take hours
_YEARS_OLD = 3  # a population may be the one of three years before, until the newest is published


class BadLookup(ValueError):
    """A file of populations or areas that cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Lookups:
    """`populations`: children aged 0 to 17 by authority and END year, of everyone or of a group of a
    breakdown. `areas`: the area and the deprivation decile (1 is the most deprived tenth) of a postcode, or
    of all that begin with one. `published`: a folder of published figures beside those that come with Kith.

    Where no population was given of a year, the published one of everyone serves.
    """

    populations: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=POPULATIONS))
    areas: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=AREAS))
    published: Path | None = None

    def population(self, authority: str | None, year: int, breakdown: str | None) -> dict[str | None, int]:
        """Children by group (None for everyone) in the END year; of the latest year known where it is later,
        by up to three years. Empty where none is known; a fifth's are those of its two tenths.
        """
        if breakdown == "fifth":
            return _by_fifth(self.population(authority, year, "deprivation"))
        known = self.populations.filter(
            pl.col("authority").eq_missing(pl.lit(authority, dtype=pl.String))
            & pl.col("year").is_between(year - _YEARS_OLD, year)
            & pl.col("breakdown").eq_missing(pl.lit(breakdown, dtype=pl.String))
        )
        latest = known.filter(pl.col("year") == pl.col("year").max())
        given = dict(latest.select("group", "children").iter_rows())
        return given if given or breakdown or not authority else self._published(authority, year)

    def _published(self, authority: str, year: int) -> dict[str | None, int]:
        for one in range(year, year - _YEARS_OLD - 1, -1):
            if found := population(authority, one, added=self.published):
                return {None: found.value}
        return {}


def _by_fifth(tenths: dict[str | None, int]) -> dict[str | None, int]:
    if {str(tenth) for tenth in range(1, _HIGHEST_DECILE + 1)} - set(map(str, tenths)):
        return {}
    return {name: sum(tenths[str(tenth)] for tenth in pair) for name, pair in FIFTHS.items()}


def read_populations(path: Path) -> pl.DataFrame:
    """Child populations out of a CSV: authority, year (2020 for 2019-20), children, and if they are of a
    group, breakdown and group. Raises BadLookup.
    """
    frame = _read(path, required=("authority", "year", "children"))
    absent = [name for name in POPULATIONS if name not in frame.columns]
    frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in absent)
    typed = frame.with_columns(_whole_number("year"), _whole_number("children")).select(*POPULATIONS)
    for name in ("year", "children"):
        _refuse_rows(
            typed, pl.col(name).is_null() | (pl.col(name) < 0), f"its {name} is no whole number", path
        )
    _refuse_rows(typed, pl.col("children") > _MOST_CHILDREN, "it has more children than England", path)
    key = ["authority", "year", "breakdown", "group"]
    _refuse_rows(typed, typed.select(key).is_duplicated(), "another row says the same group", path)
    return typed


def read_areas(path: Path) -> pl.DataFrame:
    """Areas out of a CSV: postcode (whole, or the first part that an area's postcodes share), area, and
    decile (1 to 10, 1 the most deprived) if it is known. Raises BadLookup.
    """
    frame = _read(path, required=("postcode", "area"))
    if "decile" not in frame.columns:
        frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias("decile"))
    given = pl.col("decile").is_not_null()
    typed = frame.with_columns(pl.col("postcode").str.to_uppercase().str.replace_all(" ", "", literal=True))
    number = pl.col("decile").cast(pl.Int64, strict=False)
    _refuse_rows(
        typed,
        given & ~number.is_between(1, _HIGHEST_DECILE).fill_null(False),
        "its decile is not a number from 1 to 10",
        path,
    )
    typed = typed.with_columns(number).select(*AREAS)
    _refuse_rows(
        typed, pl.col("postcode").is_null() | pl.col("area").is_null(), "it lacks a postcode or area", path
    )
    _refuse_rows(typed, typed["postcode"].is_duplicated(), "its postcode stands there twice", path)
    return typed


def _read(path: Path, required: tuple[str, ...]) -> pl.DataFrame:
    try:
        frame = pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError, UnicodeDecodeError) as fault:
        raise BadLookup(
            f"{path.name} could not be read as a CSV file in UTF-8. Save it as “CSV UTF-8”. ({fault})"
        ) from None
    names = [name.strip().lower().removeprefix("\ufeff") for name in frame.columns]
    if twice := heading_twice(names):
        raise BadLookup(f"{path.name} has the heading {twice} more than once. Take one of them out.")
    frame.columns = names
    missing = [name for name in required if name not in frame.columns]
    if missing:
        raise BadLookup(
            f"{path.name} has no column {missing[0]}. Its first line has to name: {', '.join(required)}."
        )
    return frame.with_columns(pl.col(pl.String).str.strip_chars().replace("", None))


def heading_twice(headings: Iterable[str]) -> str:
    """A heading that stands more than once, as a page may say it; "" where none does."""
    counts = Counter(headings)
    return next(((name or "(blank)")[:_LONGEST_HEADING] for name, times in counts.items() if times > 1), "")


def _whole_number(name: str) -> pl.Expr:
    return pl.col(name).str.replace_all(",", "", literal=True).cast(pl.Int64, strict=False).alias(name)


def _refuse_rows(frame: pl.DataFrame, wrong: pl.Expr | pl.Series, why: str, path: Path) -> None:
    found = frame.select(pl.int_range(2, pl.len() + 2)).to_series().filter(frame.select(wrong).to_series())
    if found.len():
        raise BadLookup(f"{path.name}, line {found[0]}: {why}. Mend that line, and give the file again.")
