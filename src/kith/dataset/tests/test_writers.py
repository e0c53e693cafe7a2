"""What is written is read back the same."""

import dataclasses

import polars as pl
import pytest
from lxml import etree

from kith.dataset.readers.folder import read_folder
from kith.dataset.returns import Return
from kith.dataset.tests.samples import EPISODE, EPISODE_HEADINGS, SAMPLES, assert_same, csv
from kith.dataset.writers.cin_xml import write_cin_xml
from kith.dataset.writers.ssda903_csv import write_903_csv
from kith.dataset.writers.ssda903_xml import write_903_xml
from kith.dataset.writers.xml_elements import CannotWrite


def samples(kind: str) -> list[Return]:
    folders = ("903_years", "903_fake") if kind == "903" else ("cin_fake",)
    return [one for folder in folders for one in read_folder(SAMPLES / folder)]


def again(path, one: Return) -> Return:
    (read,) = read_folder(path, year=one.year)
    assert read.rejects == ()
    return read


@pytest.mark.parametrize("at", range(8))
def test_a_903_comes_back_the_same_from_csv(tmp_path, at):
    one = samples("903")[at]
    files = write_903_csv(one, tmp_path / "new")
    assert len(files) == len(one.tables)
    assert_same(one, again(tmp_path / "new", one))


@pytest.mark.parametrize("at", range(5))
def test_a_903_comes_back_the_same_from_xml(tmp_path, at):
    one = read_folder(SAMPLES / "903_years")[at]
    assert_same(one, again(write_903_xml(one, tmp_path / "x.xml"), one))


@pytest.mark.parametrize("at", range(10))
def test_a_census_comes_back_the_same(tmp_path, at):
    one = samples("cin")[at]
    assert_same(one, again(write_cin_xml(one, tmp_path / "x.xml"), one))


def test_the_newest_tables_come_back_from_xml_too(tmp_path):
    (one,) = read_folder(SAMPLES / "903_fake" / "fake_903.xml")
    child = one.tables["Header"]["CHILD"][0]
    born = f"{one.tables['Header']['DOB'][0]:%d/%m/%Y}"
    for name, headings, rest in (
        ("sw", "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON", "SW1,01/05/2017,,MANAGE"),
        ("dolo", "CHILD,DOB,DOLO_START,DOLO_END", "01/05/2017,02/05/2017"),
        ("perm", "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM", "P1,301,zz/05/2016"),
    ):
        (tmp_path / f"{name}.csv").write_bytes(csv(f"{child},{born},{rest}", headings=headings))
    (more,) = read_folder(tmp_path, year=2018)
    with_more = dataclasses.replace(one, tables={**one.tables, **more.tables})
    assert_same(with_more, again(write_903_xml(with_more, tmp_path / "x.xml"), one))


def test_awkward_text_comes_back_the_same_from_csv(tmp_path):
    (tmp_path / "e.csv").write_bytes(
        csv(EPISODE.replace("V28 5OY", '"V28, ""5OY"" É\nX"'), headings=EPISODE_HEADINGS)
    )
    (one,) = read_folder(tmp_path)
    assert one.tables["Episodes"]["HOME_POST"].to_list() == ['V28, "5OY" É\nX']
    write_903_csv(one, tmp_path / "new")
    assert_same(one, again(tmp_path / "new", one))


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda t: {**t, "Header": t["Header"].head(100)}, "are in Episodes but not in Header"),
        (lambda t: {**t, "Header": pl.concat([t["Header"], t["Header"].head(1)])}, "more than once"),
        (lambda t: {**t, "UASC": pl.concat([t["UASC"], t["UASC"]])}, "more than one row in UASC"),
        (lambda t: {**t, "OC2": t["OC2"].with_columns(DOB=pl.lit(None, pl.Date))}, "have another DOB in OC2"),
    ],
)
def test_what_xml_cannot_say_is_refused_before_a_file_is_made(tmp_path, change, words):
    (one,) = read_folder(SAMPLES / "903_fake" / "fake_903.xml")
    with pytest.raises(CannotWrite, match=words):
        write_903_xml(dataclasses.replace(one, tables=change(one.tables)), tmp_path / "x.xml")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "year, sex, gender, written",
    [
        (2025, "F", "2", "Sex"),  # Sex took the place of GenderCurrent in 2024-25
        (2024, "F", "2", "GenderCurrent"),
        (2024, "F", None, "Sex"),  # only that is held
        (2025, None, "2", "GenderCurrent"),
    ],
)
def test_the_census_asks_for_sex_or_gender_by_its_year(tmp_path, year, sex, gender, written):
    one = read_folder(SAMPLES / "cin_fake" / "CIN_Census_2024.xml")[0]
    children = (
        one.tables["Children"]
        .head(1)
        .with_columns(Sex=pl.lit(sex, pl.String), GenderCurrent=pl.lit(gender, pl.String))
    )
    changed = dataclasses.replace(one, year=year, tables={**one.tables, "Children": children})
    tree = etree.parse(str(write_cin_xml(changed, tmp_path / "x.xml")))
    identifiers = tree.find("Children/Child/ChildIdentifiers")
    assert identifiers is not None
    assert {"Sex", "GenderCurrent"} & {element.tag for element in identifiers} == {written}


def test_elements_stand_in_the_order_that_the_census_sets(tmp_path):
    one = read_folder(SAMPLES / "cin_fake" / "CIN_Census_2026.xml")[0]
    tree = etree.parse(str(write_cin_xml(one, tmp_path / "x.xml")))
    details = tree.find("Children/Child/CINdetails")
    assert details is not None
    assert [element.tag for element in details] == [
        *("CINreferralDate", "ReferralSource", "PrimaryNeedCode", "CINclosureDate", "ReasonForClosure"),
        *("DateOfInitialCPC", "Assessments", "CINPlanDates", "Section47", "ReferralNFA"),
        *("ChildProtectionPlans", "PreProceedingsandFGDM"),
    ]


def test_the_reviews_of_a_plan_are_written_in_one_block(tmp_path):
    text = (SAMPLES / "cin_fake" / "CIN_Census_2021.xml").read_text()
    more = "<Reviews><CPPreviewDate>2023-02-16</CPPreviewDate></Reviews></ChildProtectionPlans>"
    (tmp_path / "two.xml").write_text(text.replace("</ChildProtectionPlans>", more))
    (one,) = read_folder(tmp_path / "two.xml")
    tree = etree.parse(str(write_cin_xml(one, tmp_path / "x.xml")))
    assert len(tree.findall(".//Reviews")) == 1
    assert len(tree.findall(".//CPPreviewDate")) == 2


def test_the_referrals_of_a_child_who_stands_twice_are_written_once(tmp_path):
    one = read_folder(SAMPLES / "cin_fake" / "CIN_Census_2026.xml")[0]
    children = one.tables["Children"]
    twice = dataclasses.replace(one, tables={**one.tables, "Children": pl.concat([children, children])})
    assert_same(twice, again(write_cin_xml(twice, tmp_path / "x.xml"), twice))
