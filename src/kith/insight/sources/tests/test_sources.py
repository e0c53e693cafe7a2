"""What was given, and what it cannot tell: never silently none."""

from datetime import date
from pathlib import Path

import pytest

from kith.dataset.dataset import Dataset
from kith.dataset.schema import from_rows, tables
from kith.insight.periods import twelve_months_to, year_ending
from kith.insight.sources import Sources, whole_source
from kith.insight.sources.kept import read_sources, write_sources
from kith.insight.sources.needs import in_words
from kith.insight.sources.sources import GivenReturn
from kith.insight.sources.tells import tells
from kith.standards.tables import rows as table_rows

EPISODES = frozenset({"Header", "Episodes"})
CENSUS = frozenset({"Children", "CINdetails", "Section47", "ChildProtectionPlans"})
FROM_903 = Sources((GivenReturn("903", 2019, EPISODES), GivenReturn("903", 2020, EPISODES)))
FROM_BOTH = Sources((*FROM_903.returns, GivenReturn("cin", 2020, CENSUS)))
YEAR = year_ending(2020)


@pytest.mark.parametrize(
    ("needs", "sources", "why"),
    [
        (["kith_periods_of_care"], FROM_903, None),
        (["ssd_cin_episodes"], FROM_903, "SSDA903 returns hold no referrals."),
        (["ssd_contacts"], FROM_BOTH, "SSDA903 and CIN census returns hold no contacts."),
        (["ssd_cin_episodes"], FROM_BOTH, None),
        (
            ["ssd_missing"],
            FROM_903,
            "The SSDA903 that was given of 2019-20 has no table Missing, and so no missing episodes.",
        ),
        (
            ["ssd_involvements"],
            FROM_903,
            "The SSDA903 asks for the workers that children had from 2023-24 only.",
        ),
        (
            ["schools"],
            FROM_BOTH,
            "Kith does not hold schools yet. Schooling comes with the pages for assessment.",
        ),
        (["kith_periods_of_care", "ssd_cin_episodes"], FROM_903, "SSDA903 returns hold no referrals."),
        (["ssd_cin_episodes"], Sources(), "Nothing was given to answer from."),
    ],
)
def test_a_return_cannot_tell_what_it_does_not_ask(
    needs: list[str], sources: Sources, why: str | None
) -> None:
    assert sources.why_not(needs, YEAR) == why


def test_a_year_that_was_not_given_is_not_told() -> None:
    assert FROM_903.why_not(["kith_periods_of_care"], year_ending(2018)) == (
        "No SSDA903 of 2017-18 was given, which this needs for time in care."
    )


def test_looking_back_needs_the_years_before() -> None:
    assert FROM_903.why_not(["kith_periods_of_care"], YEAR, looks_back=1) is None
    assert "2017-18" in str(FROM_903.why_not(["kith_periods_of_care"], YEAR, looks_back=2))


def test_the_last_day_needs_only_its_own_year() -> None:
    to_december = twelve_months_to(date(2018, 12, 31))
    assert "2017-18" in str(FROM_903.why_not(["kith_periods_of_care"], to_december))
    assert FROM_903.why_not(["kith_periods_of_care"], to_december, only_last_day=True) is None


def test_a_period_that_is_not_over_is_not_told() -> None:
    assert FROM_903.why_not(["kith_periods_of_care"], twelve_months_to(date(2020, 4, 1))) == (
        "The period had not ended by 31 Mar 2020, the last day that is told of."
    )


def test_what_looks_on_is_too_soon_until_three_quarters_of_it_is_over() -> None:
    assert FROM_903.why_not(["kith_periods_of_care"], year_ending(2019), looks_on=12) is None
    assert FROM_903.why_not(["kith_periods_of_care"], YEAR, looks_on=3) is None  # 274 of its 366 days
    assert "too soon" in str(FROM_903.why_not(["kith_periods_of_care"], YEAR, looks_on=4))


def extract() -> Dataset:
    referrals = [
        {"cine_referral_id": str(at), "cine_person_id": "1", "cine_referral_date": date(year, 5, 1)}
        for at, year in enumerate([2009, *[2018] * 20, *[2019] * 20])
    ]
    return Dataset({"ssd_cin_episodes": from_rows("ssd_cin_episodes", referrals)})


def test_an_extract_tells_what_it_holds_from_its_first_full_year() -> None:
    sources = whole_source(extract(), "extract", date(2020, 3, 31))
    assert sources.why_not(["ssd_cin_episodes"], year_ending(2019)) is None
    assert sources.why_not(["ssd_cin_episodes"], year_ending(2018)) == (
        "This extract holds referrals from 1 Apr 2018 on, and earlier ones are needed."
    )
    assert sources.why_not(["ssd_contacts"], YEAR) == "This extract holds no contacts."
    assert sources.why_not(["ssd_cin_episodes.cine_referral_team"], YEAR) == (
        "This extract holds no teams that took referrals."
    )


def test_what_was_given_is_read_again_as_it_was_written(tmp_path: Path) -> None:
    write_sources(FROM_BOTH, tmp_path)
    assert read_sources(Dataset(), [tmp_path]) == FROM_BOTH
    whole = whole_source(extract(), "record", date(2020, 3, 31))
    write_sources(whole, tmp_path)
    assert read_sources(extract(), [tmp_path]) == whole


def test_a_record_that_began_with_an_import_tells_nothing_of_before(tmp_path: Path) -> None:
    began = {"ssd_cin_episodes": date(2019, 4, 1)}
    sources = whole_source(extract(), "record", date(2020, 3, 31), began)
    assert sources.why_not(["ssd_cin_episodes"], YEAR) is None
    assert sources.why_not(["ssd_cin_episodes"], year_ending(2019)) == (
        "The record holds referrals from 1 Apr 2019 on, and earlier ones are needed."
    )
    write_sources(sources, tmp_path)
    assert read_sources(extract(), [tmp_path]) == sources


def test_a_folder_without_the_file_is_an_extract_to_the_last_day_it_names(tmp_path: Path) -> None:
    assert read_sources(extract(), [tmp_path]).until == date(2019, 5, 1)


def test_every_need_is_a_table_or_column_of_the_dataset_or_said_to_come_later() -> None:
    known = {table: {column.name for column in columns} for table, columns in tables().items()}
    path = Path(__file__).parent.parent / "data" / "needs.csv"
    for row in table_rows(path):
        table, _, column = row["need"].partition(".")
        if in_words(row["need"]).later:
            assert table not in known, f"{table} is in the dataset now"
            assert row["note"]
            continue
        assert column in ("", *known[table])
        assert row["dated"] in ("", *known[table])


def test_what_a_return_tells_is_in_the_dataset() -> None:
    known = {table: {column.name for column in columns} for table, columns in tables().items()}
    for kind in ("903", "cin"):
        for table, told in tells(kind).items():
            assert told.columns <= known[table], table


def test_a_table_is_told_from_the_first_year_without_a_gap() -> None:
    years = [GivenReturn("cin", year, CENSUS) for year in (2016, 2018, 2019)]
    assert Sources(tuple(years)).first_told("ssd_cp_plans") == date(2017, 4, 1)
    assert Sources(tuple(years)).first_told("ssd_cp_reviews") is None
    assert FROM_903.first_told("ssd_cp_plans") is None
    assert Sources().first_told("ssd_cp_plans") is None


def test_an_extract_tells_of_a_table_from_its_first_full_year() -> None:
    rows = [{"cppl_cp_plan_id": str(n), "cppl_cp_plan_start_date": date(2018, 5, 1)} for n in range(20)]
    rows.append({"cppl_cp_plan_id": "old", "cppl_cp_plan_start_date": date(2012, 5, 1)})
    dataset = Dataset({"ssd_cp_plans": from_rows("ssd_cp_plans", rows)})
    sources = whole_source(dataset, "extract", date(2019, 3, 31))
    assert sources.first_told("ssd_cp_plans") == date(2018, 4, 1)
    assert sources.first_told("ssd_cp_reviews") is None
