"""What a page of figures reads: the newest taking for those who are shown exact figures, and what was made at
the end of a quarter for everybody else. What is worked out is kept with the facts until the next taking.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from kith.insight.answers import Answers, answer
from kith.insight.breakdowns import BREAKDOWNS, NOT_KNOWN
from kith.insight.case import CaseForChange, Look, case_for_change, indicators_needed
from kith.insight.case.case import BREAKDOWNS_NEEDED, MONTHS_NEEDED, is_needed_by_month
from kith.insight.catalogue import indicator_called, indicators_called, topics
from kith.insight.disclosure import INSIDE
from kith.insight.england.places import NoSuchPlace, known_places
from kith.insight.facts import Facts
from kith.insight.figures import no_figures
from kith.insight.periods import Period, months_to, twelve_months_to, years_to
from kith.invented.places import AUTHORITY_CODE, AUTHORITY_NAME
from kith.record.figures import queries
from kith.record.figures.given_out import OF_PEOPLE_WHO_DECIDE, GivenOut, given_out, years_over
from kith.record.figures.models import Taking
from kith.record.figures.permissions import audience_of
from kith.record.people.models import User
from kith.record.refusals import NotAllowed
from kith.standards.dates import short_date
from kith.standards.years import return_year, year_bounds

YEARS = 6
_LAST = 1_000
AFTER_DECISIONS = "after_decisions"
LATEST = "latest"  # what an address calls the twelve months to the day of the taking


@dataclass(frozen=True)
class Choice:
    """A period that may be chosen: how an address writes it, and in words."""

    value: str
    words: str


@dataclass(frozen=True)
class Reading:
    """One place's figures of one period, as somebody may be shown them.

    `periods` are all that may be chosen, earliest first, and `facts` what they are told of; without facts
    the figures are those that were `made` for the audience.
    """

    place: str
    authority: str
    as_of: date
    audience: str
    period: Period
    periods: tuple[Period, ...]
    facts: Facts | None = field(default=None, compare=False, repr=False)
    made: GivenOut | None = field(default=None, compare=False, repr=False)

    @property
    def is_exact(self) -> bool:
        return self.facts is not None

    @property
    def done(self) -> str:
        """What was done to the numbers; blank where they are exact."""
        return self.made.words if self.made else ""

    @property
    def choices(self) -> list[Choice]:
        """The periods to choose from, the newest first."""
        return [Choice(period_value(each), period_words(each)) for each in reversed(self.periods)]

    @property
    def chosen(self) -> str:
        return period_value(self.period)

    @property
    def breakdowns(self) -> frozenset[str] | None:
        """The breakdowns that may be shown; None for all."""
        return frozenset(self.made.audience.breakdowns) if self.made else None

    def look(self, names: Sequence[str], breakdowns: Sequence[str] = (), months: bool = False) -> Look:
        """The figures of these indicators, with the years before and, if wished and told, each month's."""
        if self.facts is None:
            return _look_at_made(self, tuple(names))
        asked = (self.periods, tuple(names), tuple(breakdowns))
        of_months = self.facts.worked_out(_of_months, self.as_of, tuple(names)) if months else None
        return _look(self, self.facts.worked_out(_answers, *asked).figures, of_months)

    def answers(self, names: Sequence[str], breakdowns: Sequence[str] = ()) -> Answers:
        """The figures with what was counted. Raises NotAllowed for those who are not shown exact ones."""
        if self.facts is None:
            raise NotAllowed("Your figures are rounded, so nobody is shown behind them.", "Ask your manager.")
        return self.facts.worked_out(_answers, self.periods, tuple(names), tuple(breakdowns))

    def case(self) -> tuple[Look, CaseForChange]:
        """The case for change of the place and period."""
        if self.facts is None:
            look = _look_at_made(self, indicators_needed())
            return look, case_for_change(look)
        return self.facts.worked_out(_case, self, _stamp(queries.published_folder()))


def reading_for(user: User, asked: str = "") -> Reading | None:
    """What `user` is shown of a period ("2024-25"; else the newest), or None where nothing is there yet."""
    audience = audience_of(user)
    return exact_reading(asked) if audience == INSIDE else reading_made_for(audience, asked)


def exact_reading(asked: str = "") -> Reading | None:
    """The newest taking's figures; None before the first taking."""
    taking = queries.newest()
    if taking is None or taking.as_of is None:
        return None
    periods = periods_of(taking)
    facts = queries.facts_of(taking)
    code = taking.authority
    return Reading(
        place_called(code), code, taking.as_of, INSIDE, _chosen(periods, asked), periods, facts=facts
    )


def reading_made_for(audience: str, asked: str = "") -> Reading | None:
    """The figures made for an audience at the end of a quarter; None where none have been made."""
    made = given_out(audience)
    if made is None:
        return None
    periods = years_over(made.as_of)
    code = next(iter(made.figures["authority"].drop_nulls().unique()), "")
    return Reading(
        place_called(code), code, made.as_of, audience, _chosen(periods, asked), periods, made=made
    )


def periods_of(taking: Taking) -> tuple[Period, ...]:
    """The return years that were over as a taking was made, and the twelve months to its day."""
    day = taking.as_of or date.min
    year = return_year(day)
    over = year if year_bounds(year)[1] <= day else year - 1
    years = years_to(over, YEARS)
    newest = twelve_months_to(day)
    return years if years[-1].last == newest.last else (*years, newest)


def period_value(period: Period) -> str:
    """How an address writes a period."""
    return period.label if period.is_a_return_year else LATEST


def period_words(period: Period) -> str:
    """A period in words: "Twelve months to 29 Nov 2026", "2024-25 (April to March)"."""
    if period.is_a_return_year:
        return f"{period.label} (April to March)"
    return f"Twelve months to {short_date(period.last)}"


def place_called(code: str) -> str:
    """The name of an authority by its code; "This authority" where none is known."""
    if code == AUTHORITY_CODE:
        return AUTHORITY_NAME
    try:
        return known_places().find(code).name if code else "This authority"
    except NoSuchPlace:
        return f"Authority {code}"


def _chosen(periods: Sequence[Period], asked: str) -> Period:
    return next((each for each in periods if period_value(each) == asked), periods[-1])


def _answers(
    facts: Facts, periods: tuple[Period, ...], names: tuple[str, ...], breakdowns: tuple[str, ...]
) -> Answers:
    return answer(facts, periods, indicators_called(names), breakdowns)


def _of_months(facts: Facts, until: date, names: tuple[str, ...]) -> pl.DataFrame:
    return answer(facts, months_to(until, MONTHS_NEEDED), indicators_called(names)).figures


def _case(facts: Facts, reading: Reading, stamp: object) -> tuple[Look, CaseForChange]:
    names = indicators_needed()
    found = reading.answers(names, BREAKDOWNS_NEEDED)
    tested = tuple(name for name in names if is_needed_by_month(indicator_called(name)))
    is_now = reading.period == reading.periods[-1]
    months = facts.worked_out(_of_months, reading.as_of, tested) if is_now else None
    look = _look(reading, found.figures, months)
    return look, case_for_change(look)


def _look(reading: Reading, figures: pl.DataFrame, months: pl.DataFrame | None = None) -> Look:
    now = reading.period
    before = [each for each in reading.periods if each.is_a_return_year and each.last <= now.last]
    years = tuple(each.label for each in before if each != now)
    return Look(figures, now.label, years, months, queries.published_folder())


def _look_at_made(reading: Reading, names: tuple[str, ...]) -> Look:
    figures = reading.made.figures if reading.made else no_figures()
    return _look(reading, _in_order_of_groups(figures.filter(pl.col("indicator").is_in(names))))


def _in_order_of_groups(figures: pl.DataFrame) -> pl.DataFrame:
    """The figures with the groups of each breakdown in its own order, as far as it has one."""
    order = {group: at for each in BREAKDOWNS.values() for at, group in enumerate(each.groups)}
    at = pl.col("group").replace_strict({**order, NOT_KNOWN: _LAST}, default=0, return_dtype=pl.Int64)
    return figures.sort(at, maintain_order=True)


def topic_links() -> dict[str, str]:
    """Every topic in words, by how an address calls it: what became of decisions has a page of its own."""
    return {address_of(topic): words for topic, words in topics().items()}


def address_of(topic: str) -> str:
    """How an address calls a topic."""
    return AFTER_DECISIONS if topic == OF_PEOPLE_WHO_DECIDE else topic


def is_of_people_who_decide(name: str) -> bool:
    """Whether a figure is about what became of decisions, and is for those who made them first."""
    return indicator_called(name).topic == OF_PEOPLE_WHO_DECIDE


def _stamp(folder: Path | None) -> tuple[tuple[str, float], ...]:
    """When each of the added figures last changed."""
    files = sorted(folder.glob("*.csv")) if folder else []
    return tuple((file.name, file.stat().st_mtime) for file in files)
