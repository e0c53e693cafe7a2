"""Figures for those who may not be shown small counts: made once a quarter, kept, and never made again.

The record changes each day, and two copies of one figure a day apart can give a child away. So what partners
and anybody are given is made from the first taking after a quarter's end, and stays as it is.
"""

import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import polars as pl
from django.conf import settings
from django_tasks import task

from kith.insight.answers import answer
from kith.insight.catalogue import every_indicator
from kith.insight.disclosure import PARTNERS, PUBLIC, Audience, audience_called, release_all, what_was_done
from kith.insight.indicator import Indicator
from kith.insight.periods import Period, years_to
from kith.insight.statistics.intervals.of_counts import INTERVALS_OF_COUNTS
from kith.record.audit.services import record
from kith.record.figures.models import Taking
from kith.record.figures.queries import facts_of, newest
from kith.standards.years import return_year

YEARS = 6
OF_PEOPLE_WHO_DECIDE = "decisions"  # for those who decided, and never given out


@dataclass(frozen=True)
class GivenOut:
    """What an audience is given: its figures, as the record stood at the end of a quarter."""

    audience: Audience
    as_of: date
    figures: pl.DataFrame

    @property
    def words(self) -> str:
        """What was done to the numbers."""
        return what_was_done(self.audience)


def quarter_end(day: date) -> date:
    """The last day of the newest quarter that had ended by the end of `day`."""
    after = day + timedelta(days=1)
    first = date(after.year, (after.month - 1) // 3 * 3 + 1, 1)
    return first - timedelta(days=1)


def given_out(name: str) -> GivenOut | None:
    """The newest figures made for an audience; None where none are there yet."""
    made = sorted(_home().glob(f"*/{name}.parquet"), reverse=True)
    if not made:
        return None
    as_of = date.fromisoformat(made[0].parent.name)
    return GivenOut(audience_called(name, as_of), as_of, _read(made[0]))


def indicators_given_out() -> tuple[Indicator, ...]:
    """The figures that may be given out at all: none of those about what became of people's decisions."""
    return tuple(each for each in every_indicator() if each.topic != OF_PEOPLE_WHO_DECIDE)


def is_due(taking: Taking) -> bool:
    """Whether figures of the last quarter before a taking have still to be made."""
    return taking.as_of is not None and not (_home() / f"{quarter_end(taking.as_of)}").is_dir()


@task()
def give_out(taking_id: int) -> None:
    """Make the figures of the quarter before a taking for each audience, unless they are there.

    A taking that is gone, as a newer one was made, leaves it to that one.
    """
    taking = newest()
    if taking is None or taking.pk != taking_id or not is_due(taking) or taking.as_of is None:
        return
    as_of = quarter_end(taking.as_of)
    arriving = _home() / f".{as_of}-{taking.pk}"
    shutil.rmtree(arriving, ignore_errors=True)
    arriving.mkdir(parents=True, mode=0o700)
    for name in (PARTNERS, PUBLIC):
        _make(taking, name, as_of).write_parquet(arriving / f"{name}.parquet")
    record("figures_given_out", by=None, about={"taking": taking.pk, "as of": f"{as_of}"})
    arriving.rename(_home() / f"{as_of}")


def _make(taking: Taking, name: str, as_of: date) -> pl.DataFrame:
    breakdowns = audience_called(name, as_of).breakdowns
    figures = answer(facts_of(taking), years_over(as_of), indicators_given_out(), breakdowns).figures
    return release_all(figures, name, as_of=as_of, ranges=INTERVALS_OF_COUNTS).figures


def years_over(as_of: date) -> tuple[Period, ...]:
    """The newest return years that were over on a day, earliest first."""
    last = return_year(as_of + timedelta(days=1)) - 1
    return years_to(last, YEARS)


def _home() -> Path:
    return Path(settings.HOME) / "given-out"


@lru_cache(maxsize=4)
def _read(file: Path) -> pl.DataFrame:
    return pl.read_parquet(file)
