"""What an invented authority gives out: no small number in it can be worked out from all the rest together.

Every figure there is, in every period and breakdown that partners and the public are given, in pages, report
and workbook alike; `audit` narrows each cell by every sum that holds between what is shown.
"""

from datetime import date

import polars as pl
import pytest

from kith.insight.answers import answer
from kith.insight.catalogue import every_indicator
from kith.insight.disclosure import Released, audit, part, release_all, releases_on
from kith.insight.facts import Facts
from kith.insight.periods import years_to
from kith.insight.sources import whole_source
from kith.insight.statistics.intervals import rate_intervals, share_intervals
from kith.invented.authority import invent
from kith.invented.frames import dataset_of

AS_OF = date(2026, 3, 31)
BREAKDOWNS = ["age", "sex", "ethnicity"]


@pytest.fixture(scope="module")
def exact() -> pl.DataFrame:
    """The figures of an authority so small that a third of its numbers are."""
    dataset = dataset_of(invent(150, 3, 7, AS_OF))
    facts = Facts(dataset, whole_source(dataset, "extract", AS_OF), "E1")
    return answer(facts, years_to(2026, 3), every_indicator(), BREAKDOWNS).figures


@pytest.fixture(scope="module", params=["partners", "public"])
def released(request: pytest.FixtureRequest, exact: pl.DataFrame) -> Released:
    ranges = {"share": share_intervals, "rate": rate_intervals}
    return release_all(exact, request.param, as_of=AS_OF, ranges=ranges)


def test_there_is_something_to_protect_and_something_is_shown(
    exact: pl.DataFrame, released: Released
) -> None:
    assert exact.filter(pl.col("numerator").is_between(1, 4)).height > 500
    assert released.figures.filter(pl.col("value").is_not_null()).height > 500


def test_no_small_number_can_be_worked_out_from_all_that_is_given(released: Released) -> None:
    assert audit(released) == []


def test_no_small_number_stands_in_any_release(released: Released) -> None:
    for column in ("numerator", "denominator"):
        shown = released.figures[column].drop_nulls()
        assert not shown.is_between(0, 4).any()
        assert (shown % released.audience.round_to == 0).all()


def test_each_release_gives_the_same_number_for_the_same_cell(released: Released) -> None:
    cell = ["indicator", "measure", "period", "breakdown", "group"]
    told: dict[tuple[object, ...], object] = {}
    for declared in releases_on(AS_OF):
        if declared.audience == released.audience.name:
            for *key, value in part(released, declared.name, AS_OF).select(*cell, "value").iter_rows():
                assert told.setdefault(tuple(key), value) == value
    assert told
