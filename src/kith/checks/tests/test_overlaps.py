"""A row that began while another ran is found beside the one that ran."""

import polars as pl
import pytest

from kith.checks import check


def plans(*rows: tuple[str, str, str | None]) -> dict[str, pl.DataFrame]:
    names = ["LAchildID", "CPPstartDate", "CPPendDate"]
    return {"ChildProtectionPlans": pl.DataFrame(rows, schema=names, orient="row")}


def pairs(tables: dict[str, pl.DataFrame]) -> list[tuple[int, ...]]:
    """For each finding of rule 8940, where the later plan and the one that still ran stand."""
    report = check(tables, return_="cin", year=2026, only=["8940"])
    return [tuple(row.row for row in finding.rows) for finding in report.findings()]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("1", "2025-05-01", "2025-06-01"), ("1", "2025-06-01", None)], [(1, 0)]),  # the day it ended counts
        ([("1", "2025-05-01", "2025-06-01"), ("1", "2025-06-02", None)], []),
        ([("1", "2025-05-01", None), ("2", "2025-06-02", None)], []),  # two children
        ([("1", "2025-06-02", None), ("1", "2025-05-01", None)], [(0, 1)]),  # later in the file, begun before
        ([("1", "2025-05-01", None), ("1", "2025-05-01", None)], [(1, 0)]),  # the same plan twice
        ([("1", "2025-05-01", "soon"), ("1", "2025-06-01", None)], []),  # nobody knows when it ended
        (
            # the first runs longest: both that began in it are found beside it
            [
                ("1", "2025-05-01", "2025-12-01"),
                ("1", "2025-06-01", "2025-06-05"),
                ("1", "2025-09-01", "2025-09-05"),
            ],
            [(1, 0), (2, 0)],
        ),
        ([(None, "2025-05-01", None), (None, "2025-05-02", None)], []),  # nobody knows whose they are
    ],
)
def test_a_plan_that_began_in_another_is_found_beside_it(rows, found):
    assert pairs(plans(*rows)) == found
