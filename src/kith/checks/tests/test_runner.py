"""The runner: fused, yet no rule takes another with it, and no rule is silent about not having run."""

import polars as pl
import pytest

from kith.checks import check
from kith.checks.collection import Collection
from kith.checks.door.typing import made_ready
from kith.checks.rule import check as rule
from kith.checks.runner import run
from kith.checks.views import Views
from kith.checks.words import col, working_days_between


def views(**tables: dict[str, list[str | None]]) -> Views:
    ready = {name: made_ready(pl.DataFrame(columns), name, "903") for name, columns in tables.items()}
    return Views(ready, Collection("903", 2027))


EPISODES = {
    "CHILD": ["1", "1", "2"],
    "DECOM": ["01/05/2026", "01/06/2026", "31/02/2026"],
    "DEC": ["30/04/2026", None, None],
}


@rule("A", table="Episodes", fields="DECOM DEC")
def ends_before_it_starts() -> pl.Expr:
    """It ends before it starts."""
    return col("DEC") < col("DECOM")


@rule("B", table="Episodes", fields="DECOM")
def breaks_in_the_pass() -> pl.Expr:
    """It adds a day to a text."""
    return col("CHILD").dt.year() > 1


@rule("C", table="Episodes", fields="DECOM")
def breaks_before_the_pass() -> pl.Expr:
    """It is not even an expression."""
    raise ValueError("a slip in the rule")


@rule("D", table="Episodes", fields="DECOM")
def says_neither_yes_nor_no() -> pl.Expr:
    """It gives a number."""
    return col("DECOM").dt.year()


@rule("E", table="Missing", fields="MIS_START")
def has_no_table() -> pl.Expr:
    """Its table is not there."""
    return col("MIS_START").is_null()


@rule("F", table="Episodes", fields="SW_ID")
def has_no_column() -> pl.Expr:
    """Its column is not there."""
    return col("SW_ID").is_null()


@rule("G", table="Episodes", fields="DECOM LastYear.Header.DOB")
def has_no_last_year() -> pl.Expr:
    """Last year's return is not there."""
    return col("LastYear.Header.DOB") > col("DECOM")


def test_a_rule_that_crashes_takes_no_other_with_it():
    rules = (ends_before_it_starts, breaks_in_the_pass, breaks_before_the_pass, says_neither_yes_nor_no)
    outcomes = {outcome.rule.code: outcome for outcome in run(rules, views(Episodes=EPISODES))}
    assert outcomes["A"].status == "findings"
    assert outcomes["A"].rows["row"].to_list() == [0]
    assert [outcomes[code].status for code in "BCD"] == ["crashed"] * 3
    assert "a slip in the rule" in outcomes["C"].error
    assert "true or false" in outcomes["D"].error


@pytest.mark.parametrize(
    "one, missing",
    [
        (has_no_table, "the table Missing"),
        (has_no_column, "the column SW_ID of Episodes"),
        (has_no_last_year, "last year's return"),
    ],
)
def test_what_a_rule_lacked_is_named(one, missing):
    (outcome,) = run([one], views(Episodes=EPISODES))
    assert (outcome.status, outcome.missing) == ("could not run", missing)


def test_a_finding_names_the_rule_the_child_the_row_and_what_was_typed():
    tables = {"Episodes": pl.DataFrame(EPISODES).with_columns(_file=pl.lit("episodes.csv"), _line=pl.lit(2))}
    report = check(tables, year=2027, only=["356"])
    (finding,) = report.findings()
    assert (finding.rule.code, finding.child) == ("356", "1")
    assert [(row.table, row.row, row.file, row.line) for row in finding.rows] == [
        ("Episodes", 0, "episodes.csv", 2)
    ]
    assert finding.values == {"DECOM": "01/05/2026", "DEC": "30/04/2026"}


def test_a_date_that_cannot_be_read_is_kept_as_it_was_typed():
    held = views(Episodes=EPISODES)
    assert held.column("Episodes", "DECOM").to_list()[2] is None
    assert held.column("Episodes", "DECOM.text").to_list()[2] == "31/02/2026"


def test_the_neighbours_of_a_row_are_the_childs_own_in_order_of_date():
    held = views(Episodes={**EPISODES, "DECOM": ["01/06/2026", "01/05/2026", "01/01/2026"]})
    assert held.column("Episodes", "next.row").to_list() == [None, 0, None]
    assert held.column("Episodes", "before.row").to_list() == [1, None, None]


def test_somebody_born_on_29_february_is_a_year_older_on_1_march_of_a_common_year():
    held = views(Header={"CHILD": ["1", "2"], "DOB": ["29/02/2008", "28/02/2008"]})
    seventeen, twenty = (held.column("Header", f"DOB.turns_{age}") for age in (17, 20))
    assert [str(day) for day in seventeen] == ["2025-03-01", "2025-02-28"]
    assert [str(day) for day in twenty] == ["2028-02-29", "2028-02-28"]


def test_working_days_leave_out_weekends_and_bank_holidays():
    days = pl.DataFrame({"start": ["2026-04-02"], "end": ["2026-04-07"]}).with_columns(
        pl.all().str.to_date("%Y-%m-%d")
    )
    told = days.select(n=working_days_between("start", "end"))
    assert told["n"].to_list() == [1]


@rule("P", table="Missing+Episodes", fields="MIS_START other.DECOM")
def missing_before_an_episode() -> pl.Expr:
    """It lays each time missing beside each episode."""
    return col("MIS_START") < col("other.DECOM")


def test_one_child_with_thousands_of_rows_in_two_tables_is_told_of_and_fills_no_memory():
    many = 3_000
    laden = views(
        Missing={"CHILD": ["1"] * many, "MIS_START": ["01/05/2026"] * many},
        Episodes={"CHILD": ["1"] * many, "DECOM": ["01/05/2026"] * many},
    )
    beside, alone = run([missing_before_an_episode, ends_before_it_starts], laden)
    assert beside.status == "could not run"
    assert "one child alone has 9,000,000 pairs" in beside.missing
    assert alone.status == "could not run" and "DEC" in alone.missing


def test_as_many_rows_of_many_children_are_laid_side_by_side():
    ids = [str(number) for number in range(3_000)]
    spread = views(
        Missing={"CHILD": ids, "MIS_START": ["01/05/2026"] * 3_000},
        Episodes={"CHILD": ids, "DECOM": ["02/05/2026"] * 3_000},
    )
    (outcome,) = run([missing_before_an_episode], spread)
    assert (outcome.status, outcome.count) == ("findings", 3_000)
