"""A finding shows rows of other tables where the return has them, and stands without them."""

import polars as pl

from kith.checks import check

HEADER = pl.DataFrame({"CHILD": ["1"], "SEX": ["F"], "MOTHER": ["2"]})
EPISODES = pl.DataFrame({"CHILD": ["1"], "DECOM": ["01/05/2026"], "DEC": [None], "LS": ["C2"]})
CARE_LEAVERS = pl.DataFrame({"CHILD": ["1"], "IN_TOUCH": ["YES"], "ACTIV": ["F1"], "ACCOM": ["B1"]})


def _tables_shown(tables: dict[str, pl.DataFrame]) -> list[str]:
    report = check(tables, return_="903", year=2027, only=["165"])
    (finding,) = report.findings()
    return [row.table for row in finding.rows]


def test_a_finding_shows_the_rows_beside_its_own() -> None:
    tables = {"Header": HEADER, "Episodes": EPISODES, "OC3": CARE_LEAVERS}
    assert _tables_shown(tables) == ["Header", "OC3"]


def test_a_table_that_is_only_shown_may_be_missing() -> None:
    assert _tables_shown({"Header": HEADER, "Episodes": EPISODES}) == ["Header"]


def test_every_review_told_of_short_breaks_is_shown() -> None:
    tables = {
        "Header": pl.DataFrame({"CHILD": ["1"], "MOTHER": ["0"]}),
        "Episodes": pl.DataFrame({"CHILD": ["1"], "DECOM": ["01/05/2026"], "LS": ["V4"]}),
        "Reviews": pl.DataFrame(
            {"CHILD": ["1"] * 3, "REVIEW": ["01/06/2026", None, None], "REVIEW_CODE": [None, "PN1", None]}
        ),
    }
    report = check(tables, return_="903", year=2027, only=["399"])
    shown = {(row.table, row.row) for finding in report.findings() for row in finding.rows}
    assert shown == {("Episodes", 0), ("Header", 0), ("Reviews", 0), ("Reviews", 1)}
