"""What a report is asked for, and the figures that answer it, as its audience is given them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from kith.insight.answers import answer
from kith.insight.case import CaseForChange, Look, case_for_change, indicators_needed
from kith.insight.case.case import BREAKDOWNS_NEEDED, MONTHS_NEEDED, is_needed_by_month
from kith.insight.catalogue import every_indicator, indicators_called
from kith.insight.disclosure import INSIDE, audience_called, release
from kith.insight.facts import Facts
from kith.insight.figures import HELD
from kith.insight.indicator import Indicator
from kith.insight.periods import Period, months_to, twelve_months_to, year_ending
from kith.insight.statistics.intervals.of_counts import INTERVALS_OF_COUNTS
from kith.standards.dates import short_date
from kith.standards.years import return_year

YEARS = 5


class NotInsideTheFigures(ValueError):
    """What was asked for is not in the figures; the message says what is."""


@dataclass(frozen=True)
class Asked:
    """What a report is to show.

    `period` is the one it is about: without it the last return year that is told, or of a record the twelve
    months to its last day. `years` is how many return years are set before it. `breakdowns` are the groups
    that figures are shown in, besides those that the findings need. `audience` is for whom: numbers are exact
    for "inside" alone. `added` is a folder of published figures that were added to England's.
    """

    period: Period | None = None
    years: int = YEARS
    breakdowns: Sequence[str] = ()
    indicators: Sequence[Indicator] = ()
    audience: str = INSIDE
    added: Path | None = None


@dataclass(frozen=True)
class Report:
    """A place's figures, and its case for change, as an audience is given them.

    `place` is what the authority is called, `told_from` what the figures came from in words, and `done` what
    was done to the numbers for the audience.
    """

    place: str
    period: Period
    figures: pl.DataFrame
    look: Look
    case: CaseForChange
    indicators: Sequence[Indicator]
    breakdowns: Sequence[str]
    told_from: Sequence[str]
    audience: str
    done: str
    years: Sequence[str] = field(default_factory=tuple)


def report_of(facts: Facts, asked: Asked, *, place: str, told_from: Sequence[str] = ()) -> Report:
    """The report that was asked for. Raises NotInsideTheFigures, NoSuchBreakdown, NoSuchAudience and
    NotForThisAudience."""
    period = asked.period or default_period(facts)
    years = _years_before(period, asked.years)
    indicators = tuple(asked.indicators) or every_indicator()
    breakdowns = tuple(dict.fromkeys([*asked.breakdowns, *_needed(asked)]))
    wanted = tuple(dict.fromkeys([*indicators, *indicators_called(indicators_needed())]))
    answers = answer(facts, _in_order(*years, period), wanted, breakdowns)
    released = release(
        answers.figures, asked.audience, as_of=_as_of(facts, asked), ranges=INTERVALS_OF_COUNTS
    )
    look = Look(
        released.figures,
        period.label,
        tuple(year.label for year in years),
        months=_months(facts, period, wanted) if asked.audience == INSIDE else None,
        added=asked.added,
    )
    return Report(
        place=place,
        period=period,
        figures=released.figures,
        look=look,
        case=case_for_change(look),
        indicators=indicators,
        breakdowns=breakdowns,
        told_from=told_from,
        audience=asked.audience,
        done=released.words,
        years=look.years,
    )


def default_period(facts: Facts) -> Period:
    """The last return year that returns tell of; of a whole system, the twelve months to its last day."""
    if facts.until == date.min:
        raise NotInsideTheFigures("There is nothing to tell from. Give a folder of returns, or an extract.")
    if facts.sources.whole is not None:
        return twelve_months_to(facts.until)
    return year_ending(return_year(facts.until))


def is_told(report: Report) -> bool:
    """Whether any figure of the period is held at all."""
    of_period = (pl.col("period") == report.period.label) & (pl.col("state") == HELD)
    return report.figures.filter(of_period).height > 0


def _needed(asked: Asked) -> tuple[str, ...]:
    """The breakdowns that the findings draw; of an audience outside, those it may be given."""
    if asked.audience == INSIDE:
        return BREAKDOWNS_NEEDED
    allowed = audience_called(asked.audience, date.max).breakdowns
    return tuple(name for name in BREAKDOWNS_NEEDED if name in allowed)


def _years_before(period: Period, count: int) -> tuple[Period, ...]:
    last = return_year(period.last) - (0 if period.is_a_return_year or _is_over(period) else 1)
    return tuple(year_ending(last - back) for back in reversed(range(count)))


def _is_over(period: Period) -> bool:
    return year_ending(return_year(period.last)).last <= period.last


def _in_order(*periods: Period) -> list[Period]:
    return sorted(dict.fromkeys(periods), key=lambda period: (period.first, period.last))


def _as_of(facts: Facts, asked: Asked) -> date | None:
    return None if asked.audience == INSIDE else facts.until


def _months(facts: Facts, period: Period, indicators: Sequence[Indicator]) -> pl.DataFrame:
    """Shares month by month, to tell a change from the ordinary up and down."""
    wanted = [each for each in indicators if is_needed_by_month(each)]
    return answer(facts, months_to(period.last, MONTHS_NEEDED), wanted).figures


def title_of(report: Report) -> str:
    """What the report is called."""
    return f"The case for change: {report.place}, {report.period.label}"


def days_of(report: Report) -> str:
    """The days it is about, in words."""
    return f"{short_date(report.period.first)} to {short_date(report.period.last)}"
