"""The datasets that every indicator is counted in twice, and the periods it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from reference import SAMPLES

from insight.disturbed import disturbed
from insight.slow_counts.told import Told, read
from kith.dataset.facts import facts_of
from kith.insight.facts import Facts
from kith.insight.opening import open_facts
from kith.insight.periods import Period, Periods, twelve_months_to, years_to
from kith.insight.sources.sources import sources_of_returns, whole_source
from kith.invented.authority import Authority, invent
from kith.invented.frames import dataset_of, returns_of
from kith.invented.tests.made import MadePostcodes
from kith.standards import places

SAMPLE = SAMPLES / "903_years"
CHILDREN, YEARS = 150, 3
SEEDS = {"first": (2, date(2026, 11, 22)), "second": (5, date(2027, 3, 31))}


@dataclass(frozen=True)
class Asked:
    """Facts, their simple reading, and the periods that are asked for, earliest first."""

    facts: Facts
    told: Told
    periods: Periods


def asked(name: str) -> Asked | None:
    """The dataset of this name, made once; None where its files are not there."""
    return _asked(name)


@cache
def _asked(name: str) -> Asked | None:
    facts, years, other = DATASETS[name]()
    if facts is None:
        return None
    return Asked(facts, read(facts), Periods(in_order([*years, twelve_months_to(other)])))


def in_order(periods: list[Period]) -> list[Period]:
    """Periods by their days."""
    return sorted(periods, key=lambda period: period.last)


def _sample() -> tuple[Facts | None, tuple[Period, ...], date]:
    facts = open_facts(SAMPLE).facts if SAMPLE.is_dir() else None
    return facts, years_to(2022, 5), date(2020, 9, 30)


@cache
def _authority(seed: int, until: date) -> Authority:
    """An invented one, with real postcodes where their table has been built, so that there are distances."""
    if places.is_built():
        return invent(CHILDREN, YEARS, seed, until)
    return invent(CHILDREN, YEARS, seed, until, MadePostcodes())


def _record(which: str) -> tuple[Facts, tuple[Period, ...], date]:
    """A whole record, as frames straight from the diary."""
    seed, until = SEEDS[which]
    authority = _authority(seed, until)
    dataset = dataset_of(authority)
    facts = Facts(dataset, whole_source(dataset, "record", until), authority.code)
    return facts, years_to(authority.last_year, YEARS), date(2026, 10, 31)


def _returns(which: str) -> tuple[Facts, tuple[Period, ...], date]:
    """The same authority as its returns tell it, the SSDA903 and the CIN census of each year."""
    seed, until = SEEDS[which]
    authority = _authority(seed, until)
    returns = list(returns_of(authority))
    facts = Facts(facts_of(returns), sources_of_returns(returns), authority.code)
    return facts, years_to(authority.last_year, YEARS), date(authority.last_year - 1, 9, 30)


def _disturbed(seed: int) -> tuple[Facts, tuple[Period, ...], date]:
    """An extract of another authority with all that systems do to facts in it."""
    until = date(2026, 12, 31)
    authority = _authority(seed, until)
    dataset = disturbed(dataset_of(authority), seed, until)
    facts = Facts(dataset, whole_source(dataset, "extract", until), authority.code)
    return facts, years_to(authority.last_year, YEARS), until


Made = Callable[[], tuple[Facts | None, tuple[Period, ...], date]]
DATASETS: dict[str, Made] = {
    "the sample of 903 returns": _sample,
    "the first invented record": lambda: _record("first"),
    "the second invented record": lambda: _record("second"),
    "the returns of the first": lambda: _returns("first"),
    "the returns of the second": lambda: _returns("second"),
    "an extract with slips": lambda: _disturbed(11),
    "another extract with slips": lambda: _disturbed(12),
}
