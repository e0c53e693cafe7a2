"""An authority's returns in numbers, and the numbers of many together."""

from functools import partial
from pathlib import Path

import polars as pl
import pytest

from kith.checks import authorities, check
from kith.checks.authorities import (
    Asked,
    Counted,
    authority_in,
    check_authority,
    counts_table,
    totals_by_rule,
    unknown_rules,
)
from kith.dataset.each_authority import each_authority
from kith.dataset.readers.files import CannotRead

CHECKED = Asked(only=("101", "102", "INT01"))


def a_return(authority: Path, year: int, sex: str = "1") -> Path:
    """A return of two children as Parquet; `sex` is the first child's."""
    folder = authority / f"903_{year}"
    folder.mkdir(parents=True)
    dob = ["05/06/2010", "06/07/2011"]
    header = pl.DataFrame({"CHILD": ["A1", "B2"], "SEX": [sex, "2"], "DOB": dob})
    episodes = pl.DataFrame({"CHILD": ["A1", "B2"], "DECOM": [f"01/05/{year - 1}", f"02/05/{year - 1}"]})
    header.write_parquet(folder / "Header.parquet")
    episodes.write_parquet(folder / "Episodes.parquet")
    return authority


def counted(authority: str, *rules: tuple[str, str, int]) -> Counted:
    frame = pl.DataFrame(
        {
            "rule": [code for code, _, _ in rules],
            "result": [result for _, result, _ in rules],
            "findings": [count for _, _, count in rules],
            "children": [count for _, _, count in rules],
            "not run because": ["" for _ in rules],
        }
    )
    return Counted(authority, "903", 2024, "903_2024", 4, 0, frame)


def test_every_return_of_an_authority_is_counted_by_year(tmp_path):
    a_return(a_return(tmp_path / "301", 2023), 2024, sex="9")
    found = check_authority(CHECKED, tmp_path / "301")
    assert [(one.authority, one.return_, one.year, one.folder, one.rows) for one in found] == [
        ("301", "903", 2023, "903_2023", 4),
        ("301", "903", 2024, "903_2024", 4),
    ]
    assert [one.findings for one in found] == [0, 1]
    assert found[1].statuses == {"findings": 1, "clear": 1, "could not run": 1}


def test_a_year_alone_may_be_asked_for_and_is_checked_with_the_year_before_it(tmp_path):
    a_return(a_return(tmp_path / "301", 2023), 2024, sex="9")
    (one,) = check_authority(Asked(return_="903", year=2024), tmp_path / "301")
    assert one.year == 2024
    assert "missing: last year's return" not in one.by_rule["not run because"].to_list()


def test_last_years_returns_may_lie_in_a_folder_of_authorities_of_their_own(tmp_path):
    a_return(tmp_path / "now" / "301", 2024)
    a_return(tmp_path / "then" / "301", 2023)
    (alone,) = check_authority(Asked(), tmp_path / "now" / "301")
    (with_last,) = check_authority(Asked(previous=tmp_path / "then"), tmp_path / "now" / "301")
    (none_of_its_own,) = check_authority(Asked(previous=tmp_path / "now"), a_return(tmp_path / "302", 2024))
    lacked = "missing: last year's return"
    assert lacked in alone.by_rule["not run because"].to_list()
    assert lacked not in with_last.by_rule["not run because"].to_list()
    assert lacked in none_of_its_own.by_rule["not run because"].to_list()


@pytest.mark.parametrize("asked", [Asked(year=2020), Asked(return_="cin")])
def test_what_was_asked_for_and_is_not_there_is_refused_with_what_is(tmp_path, asked):
    a_return(a_return(tmp_path / "301", 2023), 2024)
    with pytest.raises(CannotRead, match="What is there: SSDA903 2022-23, SSDA903 2023-24"):
        check_authority(asked, tmp_path / "301")


def test_last_years_returns_that_cannot_be_read_are_told_as_such(tmp_path):
    (tmp_path / "then" / "301").mkdir(parents=True)
    with pytest.raises(CannotRead, match="Last year's return could not be read"):
        check_authority(Asked(previous=tmp_path / "then"), a_return(tmp_path / "301", 2024))


def test_a_return_is_asked_those_rules_that_its_year_has(tmp_path):
    a_return(a_return(tmp_path / "301", 2023), 2024)
    asked = Asked(only=("101", "8500"))
    assert [one.by_rule["rule"].to_list() for one in check_authority(asked, tmp_path / "301")] == [
        ["101"]
    ] * 2
    (of_no_rule,) = check_authority(Asked(only=("8500",), year=2024), tmp_path / "301")
    assert of_no_rule.by_rule.height == 0
    assert unknown_rules(("101", "8500", "ZZ9")) == ["ZZ9"]


@pytest.mark.parametrize(
    "name, code",
    [
        ("301", "301"),
        ("301_barking", "301"),
        ("E09000002 Barking", "E09000002"),
        ("Barking", None),
        ("3012", None),
        ("903_2024", "903"),
    ],
)
def test_a_folders_name_may_begin_with_the_authoritys_code(name, code):
    assert authority_in(name) == code


def test_the_folders_code_says_who_sends_a_return_that_does_not(tmp_path, monkeypatch):
    senders = []

    def noted(*given, authority, **settings):
        senders.append(authority)
        return check(*given, authority=authority, **settings)

    monkeypatch.setattr(authorities, "check", noted)
    for name in ("301_barking", "Northbrook"):
        check_authority(CHECKED, a_return(tmp_path / name, 2024))
    census = pl.DataFrame({"Year": [2024], "ReferenceDate": ["2024-03-31"], "LEA": ["302"]})
    (tmp_path / "301").mkdir()
    census.write_parquet(tmp_path / "301" / "Header.parquet")
    check_authority(CHECKED, tmp_path / "301")
    assert senders == ["301", None, "302"]


def test_the_counts_are_the_same_whatever_the_number_of_processes(tmp_path):
    for number, sex in enumerate("1929", start=301):
        a_return(tmp_path / f"{number}", 2024, sex=sex)

    def table(processes: int) -> pl.DataFrame:
        ended = each_authority(tmp_path, partial(check_authority, CHECKED), processes)
        return counts_table([one for each in ended for one in each.answer])

    alone = table(1)
    assert alone.equals(table(3))
    assert alone.filter(pl.col("rule") == "101")["findings"].to_list() == [0, 1, 0, 1]


def test_the_table_of_counts_has_a_row_for_each_authority_year_and_rule_with_its_sentence():
    table = counts_table([counted("302", ("101", "clear", 0)), counted("301", ("101", "findings", 3))])
    assert table["authority"].to_list() == ["301", "302"]
    assert table["findings"].to_list() == [3, 0]
    assert all("sex" in sentence for sentence in table["what is wrong"])


def test_totals_say_in_how_many_returns_each_rule_ended_each_way():
    totals = totals_by_rule(
        counts_table(
            [
                counted("301", ("101", "findings", 3), ("102", "clear", 0)),
                counted("302", ("101", "findings", 4), ("102", "crashed", 0)),
                counted("303", ("101", "clear", 0), ("102", "could not run", 0)),
            ]
        )
    )
    ends = ("rule", "findings", "returns", "with findings", "clear", "could not run", "crashed")
    assert totals.select(ends).rows() == [("102", 0, 3, 0, 1, 1, 1), ("101", 7, 3, 2, 1, 0, 0)]
