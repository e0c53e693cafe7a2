"""`kith check --authorities`: a region's returns told one by one and together, whatever befalls some."""

import json
from pathlib import Path

import polars as pl
import pytest
from terminal import a_return, kith, told

from kith.checks.authorities import Counted
from kith.cli import checking_authorities
from kith.cli.checking_authorities import Region, exit_status
from kith.dataset.each_authority import Failed

CLEAR, NOT_RUN = "101", "INT01"  # the children have a sex; there is no table AD1


def region(root: Path, *names: str) -> Path:
    for name in names:
        a_return(root / name / "903_2020")
    return root


def with_a_sex_of_nine(folder: Path) -> Path:
    header = folder / "903_2020" / "header.csv"
    header.write_text(header.read_text().replace("A1,1,", "A1,9,"))
    return folder


def test_each_return_has_a_line_and_every_rule_its_total_over_all(tmp_path):
    region(tmp_path, "301", "302")
    with_a_sex_of_nine(tmp_path / "302")
    text = kith("check", tmp_path, "--authorities", "--only", "101,102,INT01", status=1).stdout
    lines = sorted(text.splitlines())
    assert any(line.startswith("301  SSDA903 2019-20             4 rows        0 findings") for line in lines)
    assert any(line.startswith("302  SSDA903 2019-20             4 rows        1 findings") for line in lines)
    assert "2 authorities, 2 returns: 8 rows, 1 findings" in lines
    assert any("101              1  in 1 of 2 returns  The child's sex is blank" in line for line in lines)
    assert any("1 rule  in 2 of 2 returns  the table AD1" in line for line in lines)


@pytest.mark.parametrize(
    "only, status", [(CLEAR, 0), (f"{CLEAR},{NOT_RUN}", 4)], ids=["clean", "some rules could not run"]
)
def test_the_exit_status_is_that_of_a_check(tmp_path, only, status):
    kith("check", region(tmp_path, "301"), "--authorities", "--only", only, status=status)


def test_an_authority_that_cannot_be_read_is_named_and_the_others_go_on(tmp_path):
    region(tmp_path, "301", "303")
    (tmp_path / "302").mkdir()
    (tmp_path / "302" / "return.csv").write_text("")
    text = kith("check", tmp_path, "--authorities", "--only", CLEAR, status=1).stdout
    assert "2 authorities, 2 returns: 8 rows, 0 findings" in text
    assert "1 could not be checked:\n- 302: None of the files in 302 could be read." in text
    assert "- return.csv: The file is empty." in text


def test_where_no_authority_can_be_read_nothing_was_checked(tmp_path):
    for name in ("301", "302"):
        (tmp_path / name).mkdir()
    result = kith("check", tmp_path, "--authorities", status=2)
    assert result.stdout == ""
    assert f"Could not: No authority in {tmp_path.name} could be checked." in result.stderr
    assert "- 301: " in result.stderr
    assert "- 302: " in result.stderr
    assert told("check", tmp_path, "--authorities", status=2).keys() == {"error"}


def test_machines_are_told_the_counts_by_authority_year_and_rule(tmp_path):
    region(tmp_path, "301", "302")
    (tmp_path / "303").mkdir()
    (tmp_path / "notes.txt").write_text("")
    answer = told(
        "check", with_a_sex_of_nine(tmp_path / "302").parent, "--authorities", "--only", "101", status=1
    )
    assert [(one["authority"], one["year"], one["rules"]) for one in answer["returns"]] == [
        ("301", 2020, {"clear": 1}),
        ("302", 2020, {"findings": 1}),
    ]
    assert [one["authority"] for one in answer["not_checked"]] == ["303"]
    assert answer["passed_over"] == ["notes.txt"]
    assert answer["by_rule"][0]["findings"] == 1
    assert answer["counts"][1] == {
        "authority": "302",
        "return": "903",
        "year": 2020,
        "folder": "903_2020",
        "rule": "101",
        "result": "findings",
        "findings": 1,
        "children": 1,
        "not run because": "",
    }


def test_the_table_of_counts_is_written_as_csv_with_the_authorities_that_failed(tmp_path):
    region(tmp_path / "in", "301", "302")
    (tmp_path / "in" / "303").mkdir()
    file = tmp_path / "counts.csv"
    text = kith(
        "check",
        tmp_path / "in",
        "--authorities",
        "--only",
        "101,102",
        "--format",
        "csv",
        "--output",
        file,
        status=1,
    ).stdout
    assert text.endswith(f"Counts by authority, year and rule: {file}\n")
    table = pl.read_csv(file, infer_schema=False)
    assert table.select("authority", "year", "rule", "result", "findings").rows() == [
        ("301", "2020", "101", "clear", "0"),
        ("301", "2020", "102", "clear", "0"),
        ("302", "2020", "101", "clear", "0"),
        ("302", "2020", "102", "clear", "0"),
        ("303", None, None, "could not be checked", None),
    ]


def test_the_lines_may_be_written_to_a_file(tmp_path):
    file = tmp_path / "told.txt"
    text = kith(
        "check", region(tmp_path / "in", "301"), "--authorities", "--only", CLEAR, "--output", file
    ).stdout
    assert text == f"Counts by authority, year and rule: {file}\n"
    assert "1 authority, 1 return: 4 rows, 0 findings" in file.read_text()


@pytest.mark.parametrize(
    "more, reason",
    [
        (["--authority", "301"], "--authority names one sender"),
        (["--format", "html"], "told as text, csv or json, not as html"),
        (["--only", "ZZ9"], "There is no rule ZZ9 in any return or year"),
        (["--previous", "nowhere"], "There is no folder at nowhere"),
        (["."], "give one PATH"),
    ],
)
def test_what_cannot_be_asked_of_several_authorities_is_refused(tmp_path, more, reason):
    assert reason in kith("check", region(tmp_path, "301"), "--authorities", *more, status=2).stderr


def test_parquet_tables_are_checked_as_the_files_are(tmp_path):
    files = with_a_sex_of_nine(region(tmp_path / "files", "301") / "301")
    tables = tmp_path / "tables" / "301" / "903_2020"
    tables.mkdir(parents=True)
    for name in ("header", "episodes"):
        frame = pl.read_csv(files / "903_2020" / f"{name}.csv", infer_schema=False)
        frame.write_parquet(tables / f"{name.title()}.parquet")
    from_files, from_tables = (
        told("check", tmp_path / each, "--authorities", "--only", "101,102,208,442", status=1)
        for each in ("files", "tables")
    )
    assert from_files == from_tables
    assert json.dumps(from_files["by_rule"]).count('"with findings": 1') >= 1


def test_what_nobody_foresaw_is_kept_in_a_file_that_is_named(tmp_path, monkeypatch):
    failed = Failed("301", "The work on it failed (KeyError: 'DOB').", "Traceback: in rule 102")
    monkeypatch.setattr(checking_authorities, "each_authority", lambda *given: (one for one in [failed]))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    said = kith("check", region(tmp_path / "in", "301"), "--authorities", status=2).stderr
    (file,) = tmp_path.glob("kith-fault-*.txt")
    assert "- 301: The work on it failed (KeyError: 'DOB')." in said
    assert f"Send {file} to whoever looks after Kith." in said
    assert "Traceback: in rule 102" in file.read_text()


def test_a_rule_that_crashed_anywhere_is_the_worst_that_can_be_said():
    crashed, clear = (
        Counted(
            "301",
            "903",
            2020,
            "",
            1,
            0,
            pl.DataFrame({"rule": ["101"], "result": [result], "findings": [0], "children": [0]}),
        )
        for result in ("crashed", "clear")
    )
    assert exit_status(Region([], [clear])) == 0
    assert exit_status(Region([], [clear, crashed])) == 3
