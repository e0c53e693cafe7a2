"""Whatever is in a return's tables, every rule ends clear, with findings, or says what it lacked.

Hypothesis chooses which tables and columns are gone, how many rows are left, what strange texts there are and
a number that scatters the rest: children that come twice, dates of no calendar, codes out of place.
"""

import os
import random
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.checks import Report, check
from kith.dataset.formats import Column, tables_903, tables_cin
from kith.dataset.readers.cin_xml import columns_of
from kith.dataset.returns import Kind
from kith.standards.years import NoSuchReturn, codes_in

settings.register_profile(
    "damaged tables",
    max_examples=60,
    deadline=None,
    derandomize="CI" in os.environ,  # the same examples at every run there
    suppress_health_check=[HealthCheck.too_slow],
)

YEARS = range(2023, 2028)
CHILDREN = ("1", "2", "2", " 2 ", "3", "A1", "a1", None, "")
NUMBERS = ("0", "1", "2", "2", "3", "-1", "40", "999999999999", "1.0", "1.5", "1e9", None)
POSTCODES = ("ZZ1 1ZZ", "ZZ11ZZ", "SW1A 1AA", "NO FIXED ABODE")
BAD_DATES = (
    *("31/02/2026", "2026-02-31", "29/02/2024", "2024-02-29", "01/01/1000", "1000-01-01", "31/12/9999"),
    *("9999-12-31", "00/00/0000", "1/4/26", "ZZ/ZZ/ZZZZ", "ZZ/04/2019", "46023", "today", None, None),
)
KINDS_OF_COLUMN = (
    *(pl.String, pl.String, pl.String, pl.String, pl.Date, pl.Date),
    *(pl.Datetime, pl.Null, pl.Int64, pl.Float64, pl.Categorical),
)


@dataclass(frozen=True)
class Damage:
    """What is drawn of one return; `seed` scatters the rest."""

    seed: int
    year: int
    most_rows: int
    strange: tuple[str, ...]
    gone: frozenset[str]


DAMAGE = st.builds(
    Damage,
    seed=st.integers(0, 2**32 - 1),
    year=st.sampled_from(YEARS),
    most_rows=st.sampled_from([0, 1, 3, 8]),
    strange=st.lists(st.text(max_size=8), max_size=6).map(tuple),
    gone=st.frozensets(
        st.sampled_from([*tables_903(), *tables_cin(), *(f"some columns {at}" for at in range(4))]),
        max_size=4,
    ),
)


def damaged(return_: Kind, damage: Damage, seed: int) -> dict[str, pl.DataFrame]:
    """Tables of a return, each cell something that might be there or nothing that should."""
    chance = random.Random(seed)
    formats = tables_903() if return_ == "903" else tables_cin()
    return {
        name: _table(return_, name, damage, chance)
        for name in formats
        if name not in damage.gone and chance.random() > 0.05
    }


def _table(return_: Kind, name: str, damage: Damage, chance: random.Random) -> pl.DataFrame:
    height = chance.randint(0, damage.most_rows)
    loses_columns = any(one.startswith("some columns") for one in damage.gone)
    columns = {
        column: _series(_values(return_, name, column, damage, chance), height, chance)
        for column in _headings(return_, name)
        if not (loses_columns and chance.random() < 0.1)
    }
    return pl.DataFrame(columns) if columns else pl.DataFrame({"unknown": ["x"] * height})


def _headings(return_: Kind, name: str) -> tuple[str, ...]:
    return tables_903()[name].headings if return_ == "903" else columns_of(name)


def _series(values: list[str | None], height: int, chance: random.Random) -> pl.Series:
    """A column of text, or of another type that holds those of the texts that it can."""
    texts = pl.Series([chance.choice(values) for _ in range(height)], dtype=pl.String)
    kind = chance.choice(KINDS_OF_COLUMN)
    if kind in (pl.Date, pl.Datetime):
        return texts.str.to_date("%Y-%m-%d", strict=False).cast(kind)
    return pl.Series([None] * height, dtype=pl.Null) if kind is pl.Null else texts.cast(kind, strict=False)


def _values(return_: Kind, table: str, name: str, damage: Damage, chance: random.Random) -> list[str | None]:
    """What a cell of the column may hold: mostly what belongs there."""
    fitting = [_fitting(return_, table, name, damage.year, chance) for _ in range(6)]
    return [*fitting, chance.choice(BAD_DATES), chance.choice(NUMBERS), None, *damage.strange[:2]]


def _fitting(return_: Kind, table: str, name: str, year: int, chance: random.Random) -> str | None:
    if name in ("CHILD", "LAchildID"):
        return chance.choice(CHILDREN)
    if name.endswith("_POST"):
        return chance.choice(POSTCODES)
    column = _column(return_, table, name)
    if column is not None and column.type == "date":
        day = date(year, 3, 31) - timedelta(days=chance.choice([0, 1, 365, 366, chance.randint(-40, 9000)]))
        return f"{day:%d/%m/%Y}" if return_ == "903" else day.isoformat()
    return chance.choice(_codes(return_, table, name, year) or NUMBERS)


def _column(return_: Kind, table: str, name: str) -> Column | None:
    formats = tables_903() if return_ == "903" else tables_cin()
    return next((column for column in formats[table].columns if column.name == name), None)


def _codes(return_: Kind, table: str, name: str, year: int) -> list[str]:
    try:
        return [code.code for code in codes_in(return_, table, name, year)]
    except NoSuchReturn:
        return []


def providers(damage: Damage) -> pl.DataFrame | None:
    """Ofsted's list with a few homes in it, or none."""
    if damage.seed % 3 == 0:
        return None
    chance = random.Random(damage.seed)
    count = chance.randint(0, 3)
    days = [date(2020, 4, 1) + timedelta(days=chance.randint(0, 2500)) for _ in range(count)]
    return pl.DataFrame(
        {
            "URN": pl.Series([chance.choice(["1", "2", "SC999999"]) for _ in range(count)], dtype=pl.String),
            "PLACE_CODES": pl.Series(["U4,K2"] * count, dtype=pl.String),
            "PROVIDER_CODES": pl.Series(["PR1,PR4"] * count, dtype=pl.String),
            "POSTCODE": pl.Series([chance.choice(POSTCODES) for _ in range(count)], dtype=pl.String),
            "REG_DATE": pl.Series(days, dtype=pl.Date),
            "REG_END": pl.Series([None] * count, dtype=pl.Date),
        }
    )


def no_rule_crashed(report: Report) -> None:
    """Fails with what the crashed rules raised; else reads every finding as a person would."""
    crashed = {outcome.rule.code: outcome.error for outcome in report.with_status("crashed")}
    assert not crashed, "\n".join(f"{code}: {error}" for code, error in crashed.items())
    assert set(report.statuses) <= {"clear", "findings", "could not run"}
    assert all(outcome.missing for outcome in report.with_status("could not run"))
    assert len(list(report.findings())) == report.finding_count
    assert sum(report.by_child().values()) <= report.finding_count


@settings(settings.get_profile("damaged tables"))
@given(DAMAGE)
def test_no_rule_of_the_903_crashes(damage):
    previous = damaged("903", damage, damage.seed + 1) if damage.seed % 2 else None
    report = check(
        damaged("903", damage, damage.seed),
        return_="903",
        year=damage.year,
        previous=previous,
        providers=providers(damage),
        authority="E06000063" if damage.seed % 5 else None,
    )
    no_rule_crashed(report)


@settings(settings.get_profile("damaged tables"))
@given(DAMAGE)
def test_no_rule_of_the_cin_census_crashes(damage):
    report = check(damaged("cin", damage, damage.seed), return_="cin", year=damage.year)
    no_rule_crashed(report)


def test_a_return_without_tables_says_of_every_rule_what_it_lacked():
    for return_ in ("903", "cin"):
        report = check({}, return_=return_, year=2026)
        assert set(report.statuses) == {"could not run"}
        no_rule_crashed(report)


def test_a_return_of_empty_tables_is_clear_or_says_what_it_lacked():
    for return_, formats in (("903", tables_903()), ("cin", tables_cin())):
        empty = {
            name: pl.DataFrame(schema=dict.fromkeys(_headings(return_, name), pl.String)) for name in formats
        }
        report = check(empty, return_=return_, year=2026)
        assert set(report.statuses) <= {"clear", "could not run"}
        no_rule_crashed(report)
