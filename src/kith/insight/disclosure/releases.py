"""What is given out, and to whom: the declared pages, reports and workbooks, each with what is in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from kith.insight.disclosure.fixed_periods import kind_of_period
from kith.insight.disclosure.release import Ranges, Released, release
from kith.insight.disclosure.sums import Sum
from kith.standards.tables import day, holds_on, rows

_TABLE = Path(__file__).parent / "data" / "releases.csv"
_ALL = "all"


class NoSuchRelease(LookupError):
    """No release of this name is declared; the message lists those that are."""


@dataclass(frozen=True, slots=True)
class Declared:
    """One thing that is given out: to which audience, and which figures are in it.

    `indicators` is None for all of them. Figures for everyone are always in it.
    """

    name: str
    words: str
    audience: str
    indicators: frozenset[str] | None
    breakdowns: frozenset[str]
    periods: frozenset[str]

    def rows_of(self, figures: pl.DataFrame) -> pl.DataFrame:
        """The rows of `figures` that are in this release."""
        is_in = pl.col("breakdown").is_null() | pl.col("breakdown").is_in(self.breakdowns)
        if self.indicators is not None:
            is_in &= pl.col("indicator").is_in(self.indicators)
        spans = figures.select("first", "last").unique()
        kinds = [kind_of_period(*span) in self.periods for span in spans.iter_rows()]
        return figures.filter(is_in).join(
            spans.filter(kinds), on=["first", "last"], how="semi", maintain_order="left"
        )


@cache
def releases_on(on: date) -> tuple[Declared, ...]:
    """The releases that are declared on a day, in the order of the table."""
    return tuple(
        Declared(
            name=row["release"],
            words=row["words"],
            audience=row["audience"],
            indicators=None if row["indicators"] == _ALL else frozenset(row["indicators"].split()),
            breakdowns=frozenset(row["breakdowns"].split()),
            periods=frozenset(row["periods"].split()),
        )
        for row in rows(_TABLE)
        if holds_on(on, day(row["valid_from"]), day(row["valid_to"]))
    )


def release_all(
    figures: pl.DataFrame,
    audience: str,
    *,
    as_of: date,
    sums: Iterable[Sum] | None = None,
    ranges: Ranges | None = None,
) -> Released:
    """All that an audience is given of `figures` in any declared release, decided together.

    Each release then takes its own with `part`. Figures that are in no release of the audience are left out.
    """
    declared = [each for each in releases_on(as_of) if each.audience == audience]
    numbered = figures.with_row_index("row")
    rows_in = [each.rows_of(numbered).select("row") for each in declared]
    union = pl.concat([numbered.select("row").clear(), *rows_in]).unique()
    given = numbered.join(union, on="row", how="semi", maintain_order="left").drop("row")
    return release(given, audience, as_of=as_of, sums=sums, ranges=ranges)


def part(released: Released, name: str, on: date) -> pl.DataFrame:
    """The figures of one declared release, out of all that its audience is given. Raises NoSuchRelease."""
    found = {each.name: each for each in releases_on(on) if each.audience == released.audience.name}
    if name not in found:
        raise NoSuchRelease(f"No release “{name}” is declared. There are {', '.join(found)}.")
    return found[name].rows_of(released.figures)
