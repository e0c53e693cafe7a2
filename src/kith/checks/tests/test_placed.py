"""Values put where their rows stand: nothing for the others, and no row at all is no fault."""

import polars as pl

from kith.checks.placed import Runs, marked, placed, runs_of

ROWS = pl.Series([2, 0, 2], dtype=pl.UInt32)
NO_ROWS = pl.Series([], dtype=pl.UInt32)


def test_the_rows_are_marked_and_no_other() -> None:
    assert marked(ROWS, 4).to_list() == [True, False, True, False]


def test_a_value_stands_at_its_row_and_the_last_one_stays() -> None:
    assert placed(ROWS, pl.Series(["first", "b", "last"]), 4).to_list() == ["b", None, "last", None]


def test_without_rows_nothing_is_marked_or_placed() -> None:
    assert marked(NO_ROWS, 2).to_list() == [False, False]
    empty = placed(NO_ROWS, pl.Series([], dtype=pl.Date), 2)
    assert empty.to_list() == [None, None]
    assert empty.dtype == pl.Date


def test_each_row_of_a_run_has_the_value_of_its_first_or_last() -> None:
    runs = Runs(pl.Series([True, False, True, True, False]))
    values = pl.Series(["a", "b", "c", "d", None])
    assert runs.first(values).to_list() == ["a", "a", "c", "d", "d"]
    assert runs.last(values).to_list() == ["b", "b", "c", None, None]


def test_of_no_row_there_is_no_run() -> None:
    none = Runs(pl.Series([], dtype=pl.Boolean))
    values = pl.Series([], dtype=pl.Date)
    assert none.first(values).to_list() == none.last(values).to_list() == []


def test_rows_in_order_of_a_number_are_a_run_for_each() -> None:
    rows = pl.Series([7, 8, 9, 10])
    runs = runs_of(pl.Series([0, 0, 2, 3], dtype=pl.UInt32))
    assert runs.firsts(rows).to_list() == [7, 9, 10]
    assert runs.lasts(rows).to_list() == [8, 9, 10]
