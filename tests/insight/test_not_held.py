"""What a source cannot tell is not held, with its reason: of every indicator and every kind of source.

`told_by.csv` says of each indicator which returns carry what it needs, as the definitions say. The facts
asked are a whole authority's, so that a figure which looked at the facts and not at what was given would be
found out.
"""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from kith.dataset.dataset import Dataset
from kith.dataset.formats import tables_903, tables_cin
from kith.insight.answers import answer
from kith.insight.breakdowns import BREAKDOWNS
from kith.insight.catalogue import every_indicator
from kith.insight.facts import Facts
from kith.insight.figures import NOT_HELD
from kith.insight.indicator import Indicator
from kith.insight.periods import year_ending
from kith.insight.sources import Sources, whole_source
from kith.insight.sources.sources import GivenReturn
from kith.invented.authority import invent
from kith.invented.frames import dataset_of
from kith.standards.tables import rows

TOLD_BY = {row["indicator"]: row for row in rows(Path(__file__).parent / "told_by.csv")}
YEAR = year_ending(2026)
TABLES = {"903": frozenset(tables_903()), "cin": frozenset(tables_cin())}
SOURCES = {
    "903": Sources(tuple(GivenReturn("903", year, TABLES["903"]) for year in range(2016, 2028))),
    "cin": Sources(tuple(GivenReturn("cin", year, TABLES["cin"]) for year in range(2016, 2028))),
    "nothing": Sources(),
}
EACH = [pytest.param(each, id=each.id) for each in every_indicator()]


@pytest.fixture(scope="module")
def whole() -> Dataset:
    """All the facts of an invented authority, whoever could have told them."""
    return dataset_of(invent(60, 3, 4, date(2026, 3, 31)))


@pytest.fixture(scope="module")
def figures(whole: Dataset) -> dict[str, pl.DataFrame]:
    """Every figure that is told of them, if only that source had been given."""
    return {
        name: answer(Facts(whole, sources, "E1"), [YEAR], every_indicator(), list(BREAKDOWNS)).figures
        for name, sources in SOURCES.items()
    }


def test_the_table_has_every_indicator_and_no_other() -> None:
    assert set(TOLD_BY) == {each.id for each in every_indicator()}


@pytest.mark.parametrize("source", ["903", "cin"])
@pytest.mark.parametrize("each", EACH)
def test_a_return_carries_what_the_table_says(each: Indicator, source: str) -> None:
    why = SOURCES[source].why_not(each.needs, YEAR, each.looks_back, each.looks_on, each.only_last_day)
    assert ("yes" if why is None else "no") == TOLD_BY[each.id][source], why


@pytest.mark.parametrize("source", list(SOURCES))
@pytest.mark.parametrize("each", EACH)
def test_what_is_not_told_is_not_held_with_its_reason(
    each: Indicator, source: str, figures: dict[str, pl.DataFrame]
) -> None:
    if source != "nothing" and TOLD_BY[each.id][source] == "yes":
        return
    told = figures[source].filter(pl.col("indicator") == each.id)
    assert told.height
    assert set(told["state"]) == {NOT_HELD}
    for name in ("value", "numerator", "denominator", "low", "high"):
        assert told[name].null_count() == told.height, name
    assert all(reason and reason.endswith(".") for reason in told["why_not"])


def test_siblings_referrals_and_school_moves_are_none_that_a_903_tells(
    figures: dict[str, pl.DataFrame],
) -> None:
    reasons = dict(
        figures["903"]
        .filter(pl.col("breakdown").is_null())
        .select("indicator", "why_not")
        .unique()
        .iter_rows()
    )
    assert reasons["children_parted_from_brothers_and_sisters"].startswith("SSDA903 returns hold no")
    assert reasons["referrals"] == "SSDA903 returns hold no referrals."
    assert reasons["school_moves"].startswith("Kith does not hold")


def test_an_extract_of_nothing_but_people_holds_no_figure_about_anything_else(whole: Dataset) -> None:
    people = Dataset({"ssd_person": whole["ssd_person"]})
    facts = Facts(people, whole_source(people, "extract", date(2026, 3, 31)), "E1")
    assert set(answer(facts, [YEAR], every_indicator()).figures["state"]) == {NOT_HELD}
