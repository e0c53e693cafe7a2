"""The page of the clocks: it is as the table is, and every clock on it reads as words."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kith.standards import clock_page
from kith.standards.clocks import DayOne, Verified, clock, clock_rows


def test_the_page_is_as_the_table_is() -> None:
    assert clock_page.PAGE.read_text(encoding="utf-8") == clock_page.page(), (
        "docs/clocks.md is not as the table is. Run `python -m kith.standards.clock_page`."
    )


@pytest.mark.parametrize(
    ("clock_id", "words"),
    [
        ("CR-01", "First review: within 20 working days of started looked after"),
        (
            "CP-02",
            "Initial child protection conference held: within 15 working days of strategy discussion "
            "starting section 47",
        ),
        ("PF-01", "Carer notifies local authority: at least 6 weeks before proposed start"),
        ("CL-05", "Approval recorded: before, or on the day of, out of area placement start"),
        ("IG-04", "Case record kept until: not before 75 years after child looked after birth"),
        (
            "CS-02",
            "Series total: no more than 75 calendar days in all from series first day in 12 months",
        ),
        (
            "CV-07",
            "Weekly until first review: within 1 week of regulation 24 or interim care order with parent "
            "start, and so again each time",
        ),
        ("IG-02", "Information Commissioner told: within 72 hours of personal data breach known"),
        (
            "CP-01b",
            "Strategy discussion held: within 1 calendar day of immediate danger suspected "
            "(its day is day 1)",
        ),
        ("H-5", "Handover read: before, or on the day of, new worker first day with child"),
        ("LC-11", "Staying close assessment: no limit in time, from former relevant"),
        (
            "RT-01",
            "Child in need census submitted: within 4 months of 31 March, and so again each time",
        ),
    ],
)
def test_a_clock_in_words(clock_id: str, words: str) -> None:
    assert clock_page.in_words(clock(clock_id)) == words


def test_a_clock_that_counts_its_own_day_says_so() -> None:
    assert clock("AD-07").day_one is DayOne.SAME_DAY
    assert clock_page.in_words(clock("AD-07")).endswith("(its day is day 1)")


def test_every_row_is_on_the_page_once_and_what_was_not_verified_is_marked() -> None:
    lines = [line for line in clock_page.page().splitlines() if re.match(r"\| [A-Z]{1,2}-\d", line)]
    assert len(lines) == len(clock_rows())
    for row, line in zip(clock_rows(), lines, strict=True):
        assert line.startswith(f"| {row.id} |") and row.source in line
        assert ("| **Not verified** |" in line) == (row.verified is Verified.KNOWLEDGE)


def test_no_stage_has_two_headings() -> None:
    headings = [line for line in clock_page.page().splitlines() if line.startswith("## ")]
    assert len(headings) == len(set(headings)) == len({row.stage for row in clock_rows()})


def test_a_line_keeps_its_cells_and_shows_its_dates() -> None:
    odd = replace(
        clock("CR-01"), rule_note="this | that", valid_from=date(2026, 4, 1), valid_to=date(2027, 3, 31)
    )
    line = clock_page._line(odd)
    assert "this \\| that" in line
    assert line.endswith("| from Wed 1 Apr 2026 to Wed 31 Mar 2027 |\n")


def test_the_command_writes_the_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clock_page, "PAGE", tmp_path / "clocks.md")
    clock_page.main()
    assert (tmp_path / "clocks.md").read_text(encoding="utf-8") == clock_page.page()
    assert capsys.readouterr().out == f"Wrote clocks.md: {len(clock_rows())} clocks\n"
