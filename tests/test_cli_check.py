"""`kith check` at the terminal: what it prints, writes and answers, on good and bad input."""

import csv
import json
import zipfile
from pathlib import Path

import polars as pl
import pytest
from reference import SAMPLES
from terminal import EPISODES, HEADER, kith, sentence, told

from kith.checks import every_rule


def a_return(folder: Path, *, legal: str = "C2", decom: str = "01/05/2026") -> Path:
    """A 903 of 2026-27 with one boy of 8."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "header.csv").write_text(f"{HEADER}\nC1,M,05/06/2018,WBRI,UN5,,\n")
    episode = f"C1,{decom},S,{legal},N1,U1,PR1,,,,AB1 2CD,EF3 4GH,SC123456"
    (folder / "episodes.csv").write_text(f"{EPISODES}\n{episode}\n")
    return folder


def test_findings_are_told_by_rule_and_by_child_and_the_status_is_1(tmp_path):
    result = kith("check", a_return(tmp_path / "903", legal="J1"), "--year", "2026-27", status=1)
    assert "SSDA903 2026-27" in result.stdout
    assert "358" in result.stdout and "C1" in result.stdout
    assert "Could not run, and what they lacked:" in result.stdout
    assert "last year's return (give it with --previous)" in result.stdout


def test_clean_of_the_rules_asked_for_is_0_and_4_where_one_could_not_run(tmp_path):
    place = a_return(tmp_path / "903")
    kith("check", place, "--year", "2027", "--only", "358", status=0)
    kith("check", place, "--year", "2027", "--only", "358,202", status=4)


def test_what_was_not_all_read_is_not_clean(tmp_path):
    place = a_return(tmp_path / "301" / "903")
    (place / "reviews.csv").write_bytes(b"\x89PNG\r\n\x1a\n")
    asked = ("--year", "2027", "--only", "358")
    assert "could not be read" in kith("check", place, *asked, status=4).stdout
    kith("check", tmp_path, "--authorities", *asked, status=4)


def test_what_cannot_be_read_is_one_sentence_and_2(tmp_path):
    assert "There is nothing at" in sentence("check", tmp_path / "nowhere")
    (tmp_path / "x.csv").write_bytes(b"PK\x03\x04")
    assert "spreadsheet" in sentence("check", tmp_path / "x.csv")
    assert "no rule 999999" in sentence("check", a_return(tmp_path / "903"), "--only", "999999")
    a_return(tmp_path / "both" / "2026", decom="01/05/2025")
    a_return(tmp_path / "both" / "2027")
    assert "not there" in sentence("check", tmp_path / "both", "--year", "2019-20")
    assert "--output" in sentence("check", a_return(tmp_path / "903"), "--format", "xlsx")


def test_a_file_that_tells_no_year_hides_neither_why_another_is_unread_nor_a_return_beside_it(tmp_path):
    one = a_return(tmp_path / "one")
    (one / "episodes.csv").write_bytes((one / "episodes.csv").read_text().encode("utf-16"))
    said = sentence("check", one)
    assert "episodes.csv: This file is in UTF-16" in said
    assert "header.csv: No date in the file tells which year it is for." in said
    a_return(tmp_path / "whole")
    told_of = kith("check", tmp_path, "--only", "358", status=4).stdout
    assert "SSDA903 2026-27" in told_of and "2 rows or files could not be read" in told_of


@pytest.mark.parametrize("code", ["12", "3010", "Barnet", "e09000002"])
def test_what_is_no_authoritys_code_is_said_not_taken(tmp_path, code):
    assert "E09000002" in sentence("check", a_return(tmp_path / "903"), "--authority", code)


@pytest.mark.parametrize("code", ["301", "E09000002"])
def test_the_sender_is_named_by_either_code(tmp_path, code):
    place = a_return(tmp_path / "903")
    result = kith("check", place, "--year", "2027", "--only", "179", "--authority", code, status=1)
    assert "could not run" not in result.stdout


def test_a_rule_that_crashes_is_3(tmp_path, monkeypatch):
    import kith.checks.checking as checking
    from kith.checks.rule import check

    @check("X1", table="Episodes", fields="DECOM")
    def crashes() -> pl.Expr:
        """It crashes."""
        raise ValueError("a slip")

    monkeypatch.setattr(checking, "rules_of", lambda *_: (crashes,))
    result = kith("check", a_return(tmp_path / "903"), "--year", "2027", status=3)
    assert "Rule X1 CRASHED" in result.stdout and "a slip" in result.stdout


def test_a_date_that_cannot_be_read_is_a_finding_not_a_reject(tmp_path):
    answer = told("check", a_return(tmp_path / "903", decom="31/02/2026"), "--year", "2027", status=1)
    (one,) = answer["returns"]
    assert one["rejects"] == []
    assert {row["rule"] for row in one["rows"]} & {"141"}


def test_years_that_lie_together_are_each_checked_with_the_year_before(tmp_path):
    a_return(tmp_path / "all" / "2026", decom="01/05/2025")
    a_return(tmp_path / "all" / "2027")
    answer = told("check", tmp_path / "all", status=1)
    assert [one["year"] for one in answer["returns"]] == [2026, 2027]
    lacked = {row["rule"]: row["not run because"] for row in answer["returns"][1]["by_rule"]}
    assert "last year's return" not in lacked["202"]


def test_a_report_in_a_file_is_told_of_in_short_at_the_terminal(tmp_path):
    source = a_return(tmp_path / "903", legal="J1")
    (source / "reviews.csv").write_bytes(b"\x89PNG\r\n\x1a\n")
    asked = ("check", source, "--year", "2027", "--only", "358")
    result = kith(*asked, "--format", "html", "--output", tmp_path / "report.html", status=1)
    title, rules, findings, unread = result.stdout.splitlines()
    assert title == f"SSDA903 2026-27: {tmp_path / 'report.html'}"
    assert "1 with findings" in rules
    assert (findings, unread) == ("  1 finding about 1 child", "  1 row or file could not be read")
    assert "2 rows of 2 files" in kith(*asked, status=1).stdout


@pytest.mark.parametrize("form", ["csv", "json", "html", "xlsx", "text"])
def test_each_form_is_written_to_a_file(tmp_path, form):
    place = tmp_path / f"report.{form}"
    source = a_return(tmp_path / "903", legal="J1")
    kith("check", source, "--year", "2027", "--format", form, "--output", place, status=1)
    if form == "csv":
        rows = list(csv.DictReader(place.read_text("utf-8-sig").splitlines()))
        assert {"358"} <= {row["rule"] for row in rows}
    elif form == "json":
        assert json.loads(place.read_text())["return"] == "903"
    elif form == "html":
        assert "http" not in place.read_text().replace('http-equiv="', "")
    elif form == "xlsx":
        assert {"xl/workbook.xml"} <= set(zipfile.ZipFile(place).namelist())
        found = pl.read_excel(place, sheet_name="Findings")
        assert "358" in found["rule"].cast(pl.String).to_list()
        assert pl.read_excel(place, sheet_name="Rules not run").height > 0
        assert "severity" not in pl.read_excel(place, sheet_name="By rule").columns  # none is stated
    else:
        assert "358" in place.read_text()


def test_a_finding_shows_the_dates_of_the_row_it_links_to_and_of_no_other_table(tmp_path):
    place = tmp_path / "report.csv"
    source = SAMPLES / "cin_fake" / "CIN_Census_2024.xml"
    kith("check", source, "--only", "8565", "--format", "csv", "--output", place, status=1)
    rows = list(csv.DictReader(place.read_text("utf-8-sig").splitlines()))
    linked = [row["linked rows"].partition(" line")[0] for row in rows]
    assert linked == ["Assessments", "ChildProtectionPlans"]
    for table, row in zip(linked, rows, strict=True):
        named = {part.split()[0] for part in row["values"].split("; ") if " " in part}
        assert named == {table}


def test_a_page_says_by_which_rules_and_how_severe_each_is(tmp_path):
    place = tmp_path / "report.html"
    source = SAMPLES / "cin_fake" / "liia_cin-2022.xml"
    kith("check", source, "--format", "html", "--output", place, status=1)
    page = place.read_text()
    assert "Kith holds no rules for 2021-22; those of 2022-23 were used." in page
    assert "20 findings about 1 child." in page
    assert (
        page.count("<main>") == 1 and '<div class=wide tabindex=0 role=region aria-label="By child">' in page
    )
    assert "The child&#x27;s date of death is not within the census year. (query, 1)" in page


def test_the_year_that_dates_tell_is_told_in_words(tmp_path):
    place = a_return(tmp_path / "903")
    said = kith("check", place, "--only", "358", status=0).stdout
    assert "the year was inferred from 1 date, which falls in 2026-27" in said


def test_a_year_that_the_dates_belie_is_doubted(tmp_path):
    asked = ("check", a_return(tmp_path / "903"), "--only", "358", "--year")
    doubt = "the year was given, but most of the dates fall in 2026-27: is --year right?"
    assert doubt in kith(*asked, "2025", status=0).stdout
    assert doubt in kith(*asked, "2025", "--output", tmp_path / "report.csv", status=0).stdout
    assert "most of the dates" not in kith(*asked, "2027", status=0).stdout


def test_last_year_s_return_of_another_year_is_refused(tmp_path):
    this = a_return(tmp_path / "2027")
    last, older = (a_return(tmp_path / at, decom=f"01/05/{at}") for at in ("2025", "2024"))
    said = sentence("check", this, "--previous", older)
    assert "holds SSDA903 2024-25, but what is checked is SSDA903 2026-27" in said
    kith("check", this, "--only", "202", "--previous", last, status=0)


def test_a_code_of_no_authority_is_refused(tmp_path):
    assert "has the code 999" in sentence("check", a_return(tmp_path / "903"), "--authority", "999")


def test_rules_may_be_named_in_small_letters(tmp_path):
    source = SAMPLES / "cin_fake" / "CIN2rows.xml"
    assert "1 rule: 1 clear" in kith("check", source, "--only", "8842q", status=0).stdout


def test_the_form_follows_the_name_of_the_file(tmp_path):
    place = tmp_path / "report.xlsx"
    kith("check", a_return(tmp_path / "903"), "--only", "358", "--output", place, status=0)
    assert zipfile.is_zipfile(place)
    kith("check", tmp_path / "903", "--only", "358", "--output", tmp_path / "report", status=0)
    assert (tmp_path / "report").read_text().startswith("SSDA903")


@pytest.mark.parametrize("form", ["csv", "html"])
def test_several_reports_are_not_run_together_at_the_terminal(tmp_path, form):
    for name in ("one", "other"):
        a_return(tmp_path / "all" / name)
    assert f"--output FILE.{form}" in sentence("check", tmp_path / "all", "--format", form)


def test_what_is_there_is_named_once(tmp_path):
    for name in ("one", "other"):
        a_return(tmp_path / "all" / name)
    assert "What is there: SSDA903 2026-27." in sentence("check", tmp_path / "all", "--year", "2020")


def test_a_census_newer_than_its_rules_is_told_which_were_used(tmp_path):
    source = (SAMPLES / "cin_fake" / "CIN_Census_2026.xml").read_text()
    (tmp_path / "cin.xml").write_text(source.replace(">2024-03-31<", ">2027-03-31<"))
    said = kith("check", tmp_path / "cin.xml", "--only", "100,8590", status=1).stdout
    assert "Kith holds no rules for 2026-27 yet; those of 2025-26 were used." in said


def test_two_returns_of_one_year_are_written_to_two_files(tmp_path):
    for name, legal in (("one", "J1"), ("other", "C1")):
        a_return(tmp_path / "all" / name, legal=legal)
    place = tmp_path / "report.csv"
    said = kith(
        "check", tmp_path / "all", "--year", "2027", "--format", "csv", "--output", place, status=1
    ).stdout
    written = {path.name for path in tmp_path.glob("*.csv")}
    assert written == {"report_903_2027.csv", "report_903_2027_2.csv"}
    assert all(name in said for name in written)


def test_a_workbook_is_made_to_be_read_and_printed(tmp_path):
    place = tmp_path / "report.xlsx"
    kith(
        "check", SAMPLES / "cin_fake" / "CIN_Census_2026.xml", "--format", "xlsx", "--output", place, status=1
    )
    book = zipfile.ZipFile(place)
    assert b'wrapText="1"' in book.read("xl/styles.xml")
    sheet = book.read("xl/worksheets/sheet2.xml")
    assert b'orientation="landscape"' in sheet and b'fitToHeight="0"' in sheet
    severities = pl.read_excel(place, sheet_name="By rule")["severity"].to_list()
    assert severities == sorted(severities) and set(severities) == {"error", "query"}
    summary = pl.read_excel(place, sheet_name="Summary", has_header=False)
    assert "By the rules of 2023-24." in summary["column_0"].to_list()


def test_a_workbook_and_a_page_hold_hostile_text_as_text(tmp_path):
    place = a_return(tmp_path / "903")
    (place / "header.csv").write_text(f"{HEADER}\n=1+1<script>,X,05/06/2018,WBRI,UN5,,\n")
    kith("check", place, "--year", "2027", "--format", "html", "--output", tmp_path / "x.html", status=1)
    assert "<SCRIPT>" not in (tmp_path / "x.html").read_text().upper().replace("&LT;SCRIPT", "")
    kith("check", place, "--year", "2027", "--format", "xlsx", "--output", tmp_path / "x.xlsx", status=1)
    sheets = zipfile.ZipFile(tmp_path / "x.xlsx")
    assert not any(b"<f>" in sheets.read(name) for name in sheets.namelist() if "worksheets" in name)


def test_every_rule_is_told_of(tmp_path):
    answer = told("check", a_return(tmp_path / "903"), "--year", "2027", status=1)
    told_of = {row["rule"] for row in answer["returns"][0]["by_rule"]}
    assert told_of == {rule.code for rule in every_rule("903") if rule.holds_in(2027)}


def test_an_extract_of_the_dataset_is_checked_as_the_return_it_makes(tmp_path):
    kith("invent", "--children", 30, "--years", 2, "--to", tmp_path / "invented")
    asked = ("--year", 2026, "--return", "903", "--authority", "989")
    returns = tmp_path / "invented" / "returns"
    extract = kith_json(tmp_path / "invented" / "dataset", *asked)
    files = kith_json(returns / "903_2026", *asked, "--previous", returns / "903_2025")
    assert extract["rules"] == files["rules"]
    assert rules_and_children(extract) == rules_and_children(files)
    assert "--return" in sentence("check", tmp_path / "invented" / "dataset")


def kith_json(*arguments: object) -> dict:
    """The only return of a check, as JSON, whatever it found."""
    from click.testing import CliRunner

    from kith.cli import main

    answer = CliRunner().invoke(main, ["check", *(str(each) for each in arguments), "--json"])
    (one,) = json.loads(answer.stdout)["returns"]
    return one


def rules_and_children(told_of: dict) -> list[tuple[str, str]]:
    """Each finding as its rule and child."""
    return sorted((row["rule"], row["child"]) for row in told_of["rows"])
