"""What is taken from a published file, what is left out, and what is said of a file that cannot be read."""

from pathlib import Path

import pytest

from kith.insight.england.explore_statistics import ReadFile, read_explore
from kith.insight.england.markers import Marker, read_cell
from kith.insight.england.published import SHAPE
from kith.insight.england.tests.explore_samples import (
    CUMBERLAND,
    ENGLAND,
    ENQUIRIES,
    GEOGRAPHY,
    HARTLEPOOL,
    NORTH_EAST,
    NUMBERS,
    SECTION_47,
    write,
)


def told(read: ReadFile) -> dict[tuple[str, int, str], float | str]:
    """The number or the marker of each figure, by its id, year and place."""
    return {
        (one.published_id, one.year, one.place.key): one.marker if one.value is None else one.value
        for one in read.figures
    }


def reasons(read: ReadFile) -> list[tuple[str, int]]:
    return [(left.reason, left.count) for left in read.left_out]


def test_a_file_gives_its_figures_for_every_place_and_year(tmp_path: Path) -> None:
    read = read_explore(write(tmp_path, *ENQUIRIES))
    assert told(read) == {
        ("s47_enquiries", 2025, "England"): 230_000,
        ("s47_enquiries", 2025, "North East"): 13_000,
        ("s47_enquiries", 2025, "805"): 948,
        ("s47_enquiries", 2025, "942"): 1_044,  # an authority that began after 2020
        ("s47_enquiries", 2024, "England"): 224_000,
        ("s47_enquiries", 2024, "805"): 901,
        ("s47_children", 2025, "England"): 195_000,
        ("s47_children", 2025, "North East"): 11_000,
        ("s47_children", 2025, "805"): 772,
        ("s47_children", 2025, "942"): 949,
        ("s47_children", 2024, "England"): 190_000,
        ("s47_children", 2024, "805"): Marker.NOT_AVAILABLE,
        ("icpcs", 2025, "England"): 72_000,
        ("icpcs", 2025, "North East"): 5_000,
        ("icpcs", 2025, "805"): Marker.SUPPRESSED,
        ("icpcs", 2025, "942"): 441,
        ("icpcs", 2024, "England"): 71_000,
        ("icpcs", 2024, "805"): 300,
    }
    assert (read.left_out, read.columns_left, read.notes) == ((), (), ())


def test_the_frame_is_that_of_published_figures(tmp_path: Path) -> None:
    frame = read_explore(write(tmp_path, *ENQUIRIES)).frame
    assert frame.schema == SHAPE
    of_cumberland = frame.filter(published_id="s47_enquiries", dfe_code="942")
    assert of_cumberland.row(0, named=True) == {
        "published_id": "s47_enquiries",
        "year": 2025,
        "level": "authority",
        "code": "E06000063",
        "dfe_code": "942",
        "name": "Cumberland",
        "region": "North West",
        "value": 1044.0,
        "unit": "number",
        "marker": None,
        "derived": False,
        "definition": "Section 47 enquiries started in the year; enquiries, not children",
        "source": "DfE, Explore Education Statistics, c4_section_47s.csv",
        "break_before": False,
    }


def test_a_rule_takes_only_the_rows_its_conditions_hold_for(tmp_path: Path) -> None:
    read = read_explore(write(tmp_path, *NUMBERS))
    assert told(read) == {
        ("cla_at_31_march", 2025, "England"): 81_000,
        ("cla_at_31_march", 2025, "805"): 330,
        ("cla_rate", 2025, "England"): 68,
        ("cla_rate", 2025, "805"): 165,
        ("cla_starting", 2025, "805"): 120,
        ("cla_starting_rate", 2025, "805"): 60,
        ("population_0_17", 2025, "England"): 12_000_000,
        ("population_0_17", 2025, "805"): 20_000,
    }


def test_the_workforce_census_of_a_september_is_of_the_year_that_ends_after_it(tmp_path: Path) -> None:
    lines = f"{GEOGRAPHY},inpost_fte,agency_fte", f"2024,{HARTLEPOOL},150.5,low"
    read = read_explore(write(tmp_path, *lines, name="csww_indicators.csv"))
    assert told(read) == {
        ("sw_fte", 2025, "805"): 150.5,
        ("sw_agency_fte", 2025, "805"): Marker.ROUNDS_TO_NOTHING,
    }


@pytest.mark.parametrize(
    "period, identifier, year",
    [("2025", "Reporting year", 2025), ("202425", "Financial year", 2025), ("199900", "Academic year", 2000)],
)
def test_a_year_is_the_one_it_ends_in(tmp_path: Path, period: str, identifier: str, year: int) -> None:
    line = ENQUIRIES[3].replace("2025,Reporting year", f"{period},{identifier}")
    assert {one.year for one in read_explore(write(tmp_path, ENQUIRIES[0], line)).figures} == {year}


def test_a_national_file_needs_no_columns_of_regions_and_authorities(tmp_path: Path) -> None:
    lines = (
        "time_identifier,time_period,geographic_level,country_code,country_name,cla_group,characteristic,number,percentage",
        "Reporting year,2025,National,E92000001,England,Age group,10 to 15 years,31700,39",
        "Reporting year,2025,National,E92000001,England,Ethnicity,"
        '"4. Total Black, African, Caribbean or Black British",5660,7',
        "Reporting year,2025,National,E92000001,England,Placement,1. Total  foster placements,57540,70",
    )
    read = read_explore(write(tmp_path, *lines, name="national_cla_on_31_march_by_characteristics.csv"))
    assert told(read) == {
        ("cla_age_10_15", 2025, "England"): 31_700,
        ("cla_ethnicity_black", 2025, "England"): 5_660,
        ("cla_placement_foster", 2025, "England"): 57_540,
        ("cla_placement_foster_pct", 2025, "England"): 70,
    }


@pytest.mark.parametrize(
    "cell, marker",
    [
        ("c", Marker.SUPPRESSED), ("C", Marker.SUPPRESSED), ("z", Marker.NOT_APPLICABLE),
        ("x", Marker.NOT_AVAILABLE), (":", Marker.NOT_AVAILABLE), ("", Marker.NOT_AVAILABLE),
        ("k", Marker.ROUNDS_TO_NOTHING), ("low", Marker.ROUNDS_TO_NOTHING), ("~", Marker.ROUNDS_TO_NOTHING),
        ("u", Marker.UNRELIABLE),
    ],
)  # fmt: skip
def test_each_of_the_dfe_s_marks(cell: str, marker: Marker) -> None:
    assert read_cell(cell) == (None, marker)
    assert marker.words.endswith(".")


@pytest.mark.parametrize(
    "cell", ["1,234", "-5", "12%", "1e5", "nan", "inf", "£3", "n/a", "0x1", "١٢", "9" * 40]
)
def test_what_is_neither_a_number_nor_a_mark_is_not_guessed(cell: str) -> None:
    with pytest.raises(ValueError, match="neither a number"):
        read_cell(cell)


CITY = "Reporting year,City,E92000001,England,,,,,"
JOINT = (
    "Reporting year,Local authority,E92000001,England,E12000004,East Midlands,940 / 941,"
    "E06000061 / E06000062,North Northamptonshire / West Northamptonshire"
)


@pytest.mark.parametrize(
    "row, reason",
    [
        (f"2025,{CITY},{SECTION_47},1,1,1", "the level “City” is not kept"),
        (f"2025,{ENGLAND.replace('National', '')},{SECTION_47},1,1,1", "the level “(blank)” is not kept"),
        (f"2025,{JOINT},{SECTION_47},1,1,1", "more than one authority in one row"),
        (
            f"2025,{HARTLEPOOL.replace('805', '806')},{SECTION_47},1,1,1",
            "codes of two authorities, 806 and E06000001",
        ),
        (f"2025,{HARTLEPOOL.replace('805,E06000001', 'z,z')},{SECTION_47},1,1,1", "“Hartlepool” has no code"),
        (
            f"2025,{NORTH_EAST.replace('E12000001,North East', ',Mercia')},{SECTION_47},1,1,1",
            "“Mercia” is not a region",
        ),
        (
            f"2025,{ENGLAND.replace('E92000001,England', 'W92000004,Wales')},{SECTION_47},1,1,1",
            "another country",
        ),
        (f"202426,{ENGLAND},{SECTION_47},1,1,1", "two years that do not follow each other"),
        (f"2025-26,{ENGLAND},{SECTION_47},1,1,1", "“2025-26” is not a year such as 2021 or 202021"),
        (f"0025,{ENGLAND},{SECTION_47},1,1,1", "“0025” is not a year"),
        (
            f"2025,{ENGLAND.replace('Reporting year', 'Autumn term')},{SECTION_47},1,1,1",
            "“Autumn term” is no whole year",
        ),
        (f"2025,{CUMBERLAND},{SECTION_47},12 children,1,1", "“12 children” is neither a number"),
        (f"2025,{CUMBERLAND},{SECTION_47},1,1", "its 14 cells"),
        (f"2025,{CUMBERLAND},{SECTION_47},1,234,1,1", "quotation marks around the cell"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_of_with_its_line(tmp_path: Path, row: str, reason: str) -> None:
    read = read_explore(write(tmp_path, *ENQUIRIES[:4], row))
    assert [left.lines for left in read.left_out] == [(5,)]
    assert reason in read.left_out[0].reason
    assert len(read.figures) in (9, 11)  # the rows before it; and of a row with one bad cell, the others


def test_a_percentage_above_100_is_left_out(tmp_path: Path) -> None:
    lines = (
        f"{GEOGRAPHY},category,referral_count,rereferral_percent",
        f"2025,{HARTLEPOOL},Referrals and Re-referrals,90,226",
    )
    read = read_explore(write(tmp_path, *lines))
    assert told(read) == {("referrals", 2025, "805"): 90}
    assert "more than 100" in read.left_out[0].reason


def test_a_row_that_stands_twice_is_taken_once(tmp_path: Path) -> None:
    read = read_explore(write(tmp_path, *ENQUIRIES[:4], ENQUIRIES[3]))
    assert told(read)["s47_enquiries", 2025, "805"] == 948
    assert reasons(read) == [("the row gives the same figure a second time", 3)]
    assert read.left_out[0].lines == (5, 5, 5)


def test_of_two_figures_for_the_same_place_and_year_neither_is_taken(tmp_path: Path) -> None:
    other = ENQUIRIES[3].replace(",948,", ",1000,")
    read = read_explore(write(tmp_path, *ENQUIRIES[:4], other))
    assert ("s47_enquiries", 2025, "805") not in told(read)
    assert told(read)["s47_children", 2025, "805"] == 772
    [apart] = [left for left in read.left_out if "differ" in left.reason]
    assert "2 figures of s47_enquiries for Hartlepool in 2025" in apart.reason
    assert apart.lines == (4, 5)


def test_columns_that_nothing_was_taken_from_are_named(tmp_path: Path) -> None:
    lines = [f"{line},{extra}" for line, extra in zip(ENQUIRIES[:2], ["Duration_median", "14"], strict=True)]
    assert read_explore(write(tmp_path, *lines)).columns_left == ("duration_median",)


def test_a_rule_that_was_never_checked_says_so(tmp_path: Path) -> None:
    lines = (
        f"{GEOGRAPHY},care_leaver_age,breakdown,care_leaver_percent",
        f"2025,{ENGLAND},19 to 21 years,Accommodation considered suitable,88",
    )
    read = read_explore(write(tmp_path, *lines, name="la_care_leavers_accommodation_suitability.csv"))
    assert told(read) == {("care_leavers_19_21_suitable_accommodation_pct", 2025, "England"): 88}
    assert "was not checked" in read.notes[0]


def test_an_analyst_s_own_mapping_comes_first(tmp_path: Path) -> None:
    mapping = write(
        tmp_path, "column,where,published_id", "ICPC,,s47_enquiries", "Completed,,assessments", name="own.csv"
    )
    lines = f"{ENQUIRIES[0]},Completed", f"{ENQUIRIES[2]},77"
    read = read_explore(write(tmp_path, *lines), mapping)
    assert told(read) == {
        ("assessments", 2025, "North East"): 77,
        ("icpcs", 2025, "North East"): 5_000,
        ("s47_children", 2025, "North East"): 11_000,
        ("s47_enquiries", 2025, "North East"): 5_000,
    }
