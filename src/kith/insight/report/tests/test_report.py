"""A place's case for change as HTML, a workbook and JSON: whole, safe to open, the same numbers in each."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from lxml import html

from kith.dataset.dataset import Dataset
from kith.dataset.schema import from_rows
from kith.insight.case.case import NOTHING
from kith.insight.catalogue import every_indicator, indicator_called
from kith.insight.disclosure import NotForThisAudience
from kith.insight.facts import Facts
from kith.insight.lookups import POPULATIONS, Lookups
from kith.insight.periods import twelve_months_to, year_ending
from kith.insight.report import (
    Asked,
    NotInsideTheFigures,
    Report,
    as_html,
    as_json,
    report_of,
    write_workbook,
)
from kith.insight.report.asking import default_period
from kith.insight.report.lines import how_many_told
from kith.insight.sources import Sources, whole_source
from kith.insight.sources.sources import GivenReturn

HOSTILE = "<script>alert(1)</script> =cmd|'/c calc'!A1"
CENSUS = frozenset({"Children", "CINdetails", "Section47", "ChildProtectionPlans"})


def facts(children: int = 30, until: date = date(2020, 3, 31)) -> Facts:
    """So many children, each in care since May 2019 and referred twice; of an extract to a day."""
    at = range(children)
    tables = {
        "ssd_person": [{"pers_person_id": str(n), "pers_dob": date(2008, 1, 1), "pers_sex": "F"} for n in at],
        "kith_periods_of_care": [
            {"kith_period_id": f"p{n}", "kith_person_id": str(n), "kith_start_date": date(2019, 5, 1)}
            for n in at
        ],
        "ssd_legal_status": [
            {
                "lega_legal_status_id": f"l{n}",
                "kith_period_id": f"p{n}",
                "lega_person_id": str(n),
                "lega_legal_status": "C2",
                "lega_legal_status_start_date": date(2019, 5, 1),
            }
            for n in at
        ],
        "ssd_cin_episodes": [
            {
                "cine_referral_id": f"{n}-{year}",
                "cine_person_id": str(n),
                "cine_referral_date": date(year, 5, 2),
            }
            for n in at
            for year in (2018, 2019)
        ],
    }
    dataset = Dataset({name: from_rows(name, rows) for name, rows in tables.items()})
    people = pl.DataFrame([["E1", 2020, None, None, 1000, "made up"]], schema=POPULATIONS, orient="row")
    return Facts(dataset, whole_source(dataset, "extract", until), "E1", Lookups(populations=people))


def report(children: int = 30, place: str = "Northbrook", **asked: object) -> Report:
    return report_of(facts(children), Asked(**asked), place=place, told_from=("An extract",))  # type: ignore[arg-type]


def test_a_report_of_a_whole_system_is_of_the_year_to_its_last_day() -> None:
    assert default_period(facts(until=date(2020, 1, 31))) == twelve_months_to(date(2020, 1, 31))


def test_a_report_of_returns_is_of_the_last_year_given() -> None:
    sources = Sources((GivenReturn("cin", 2019, CENSUS), GivenReturn("cin", 2020, CENSUS)))
    assert default_period(Facts(Dataset(), sources)) == year_ending(2020)


def test_nothing_to_tell_from_is_said() -> None:
    with pytest.raises(NotInsideTheFigures, match="nothing to tell from"):
        report_of(Facts(Dataset(), Sources()), Asked(), place="Northbrook")


def test_the_page_says_its_findings_its_figures_and_what_it_cannot_tell() -> None:
    page = html.fromstring(as_html(report()))
    text = page.text_content()
    assert "30 children were in care on the last day, 300 for every 10,000 children" in text
    assert "This extract holds no section 47 enquiries." in text
    assert {section.get("id") for section in page.findall(".//section")} >= {
        "findings",
        "figures",
        "not-held",
    }


def test_the_page_stands_alone_and_runs_nothing() -> None:
    page = as_html(report())
    tree = html.fromstring(page)
    assert not tree.findall(".//script") and not tree.findall(".//link") and not tree.findall(".//img")
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    assert page.count("url(") == page.count("url(#") and "@import" not in page


def test_every_table_has_a_caption_and_headings_for_its_rows_and_columns() -> None:
    for table in html.fromstring(as_html(report(breakdowns=("age",)))).findall(".//table"):
        assert (table.findtext("caption") or "").strip()
        moved = table.getparent().attrib  # by the keyboard too, where it is wider than a phone
        assert (moved["tabindex"], moved["aria-label"]) == ("0", table.findtext("caption"))
        assert all(cell.get("scope") == "col" for cell in table.findall("thead/tr/th"))
        assert all(row.find("th").get("scope") == "row" for row in table.findall("tbody/tr"))


def test_ids_on_the_page_are_each_there_once() -> None:
    ids = [element.get("id") for element in html.fromstring(as_html(report())).iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_hostile_words_are_words(tmp_path: Path) -> None:
    made = report(place=HOSTILE)
    assert "<script>" not in as_html(made)
    write_workbook(made, tmp_path / "report.xlsx")
    summary = pl.read_excel(tmp_path / "report.xlsx", sheet_name="Summary", has_header=False)
    assert HOSTILE in summary.row(0)[0]


def test_the_workbook_has_every_figure_that_is_held_as_a_number(tmp_path: Path) -> None:
    made = report(breakdowns=("age",))
    write_workbook(made, tmp_path / "report.xlsx")
    told = pl.read_excel(tmp_path / "report.xlsx", sheet_name="Figures")
    row = told.filter(
        (pl.col("indicator") == "children_in_care")
        & (pl.col("measure") == "rate")
        & (pl.col("period") == "2019-20")
    )
    assert row["value"].to_list() == [300]
    by_group = pl.read_excel(tmp_path / "report.xlsx", sheet_name="By group")
    assert "10 to 15" in by_group["group"].to_list()


def test_the_json_has_the_same_figures_and_nothing_that_json_cannot_hold() -> None:
    told = json.loads(json.dumps(as_json(report())))
    in_care = [
        row
        for row in told["figures"]
        if (row["indicator"], row["measure"], row["breakdown"]) == ("children_in_care", "number", None)
    ]
    assert {row["period"]: row["value"] for row in in_care}["2019-20"] == 30
    assert len(told["findings"]) == 6


def test_only_the_indicators_asked_for_are_listed_and_the_findings_stay_whole() -> None:
    made = report(indicators=(indicator_called("referrals"),))
    assert {row["indicator"] for row in as_json(made)["figures"]} == {"referrals"}
    assert made.case.findings[1].is_held


def test_for_the_public_small_numbers_are_kept_back_everywhere(tmp_path: Path) -> None:
    made = report(children=3, audience="public", period=year_ending(2020))
    told = as_json(made)
    of_care = [
        row
        for row in told["figures"]
        if row["indicator"] == "children_in_care" and row["period"] == "2019-20"
    ]
    assert {row["value"] for row in of_care} == {None}
    text = html.fromstring(as_html(made)).text_content()
    assert "3 children were in care" not in text
    assert "shown as c" in text
    assert "kept back" in how_many_told(made) and "kept back" not in how_many_told(report())
    write_workbook(made, tmp_path / "report.xlsx")
    summary = pl.read_excel(tmp_path / "report.xlsx", sheet_name="Summary", has_header=False)
    assert ("Stands out", NOTHING) in summary.rows()


def test_the_public_is_given_no_figures_of_an_odd_day() -> None:
    with pytest.raises(NotForThisAudience):
        report_of(facts(until=date(2020, 3, 30)), Asked(audience="public"), place="Northbrook")


def test_a_report_of_hardly_anything_lists_every_figure_as_not_held() -> None:
    sources = Sources((GivenReturn("903", 2020, frozenset({"Header"})),))
    made = report_of(Facts(Dataset(), sources, "E1"), Asked(), place="Northbrook")
    text = html.fromstring(as_html(made)).text_content()
    assert all(each.title in text for each in every_indicator())
