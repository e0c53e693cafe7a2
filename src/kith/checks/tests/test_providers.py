"""Ofsted's lists of providers, in each of the layouts of the samples, and what is no such list."""

import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from xlsxwriter import Workbook

from kith.checks import check
from kith.checks.door import providers
from kith.checks.door.providers import read_providers
from kith.dataset.readers.files import CannotRead
from kith.dataset.tests.samples import SAMPLES
from kith.standards import places

OFSTED = SAMPLES / "ofsted_fake"
COLUMNS = ["URN", "PLACE_CODES", "PROVIDER_CODES", "POSTCODE", "REG_DATE", "REG_END", "PROVIDER_LA"]
HEADINGS = (
    *("URN", "Placement code", "Placement provider code", "Setting address postcode"),
    *("Registration date", "Deregistration date"),
)
EAST_SUSSEX = "E10000011"


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    places.build()


def _written(path: Path, *sheets: list[tuple[object, ...]]) -> Path:
    with Workbook(path) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return path


def _row(frame: pl.DataFrame, urn: str) -> tuple[object, ...]:
    return frame.filter(pl.col("URN") == urn).select(COLUMNS[1:]).row(0)


@pytest.mark.parametrize(
    ("name", "count", "urn", "expected"),
    [
        (
            *("ch_fake.xlsx", 1, "NJASCN"),
            ("COD3C0D3", "COD3", "BN20 8JX", date(2023, 12, 1), None, EAST_SUSSEX),
        ),
        (
            *("combined_scp_ch_fake.xlsx", 4, "GND00002"),
            ("A3,A4,A5,A6", "RD1,RD3", "GN1 1AN", date(2021, 1, 1), None, None),
        ),
        (
            *("scp_ch_2025_fake.xlsx", 2, "1"),
            ("H5", "RRR", "RT1 4RT", date(2025, 1, 1), None, None),
        ),
        (
            *("scp_ch_2025_fake.xlsx", 2, "2"),
            ("N1", None, "P05 7OD", date(2024, 1, 1), date(2024, 2, 1), None),
        ),
        (
            *("scp_fake.xlsx", 2, "P4BABOO7"),
            ("C0D5", "C0D4D0", "BN20 8JX", None, date(2023, 1, 1), EAST_SUSSEX),
        ),
        (
            *("scpch_assisted.xlsx", 6, "TNT00001"),
            ("H5,K3", "CODE1", "CNW000", date(2000, 1, 1), None, None),
        ),
    ],
)
def test_each_layout_is_read(name: str, count: int, urn: str, expected: tuple[object, ...]) -> None:
    found = read_providers(OFSTED / name)
    assert found.columns == COLUMNS
    assert found.schema["REG_DATE"] == found.schema["REG_END"] == pl.Date
    assert found.height == count
    assert _row(found, urn) == expected


def test_a_sentence_in_the_place_of_codes_is_none() -> None:
    found = read_providers(OFSTED / "scpch_assisted.xlsx")
    assert _row(found, "ARN00001")[1] is None
    assert _row(found, "MDR00003")[1] is None


def test_a_folder_of_lists_is_read_as_one() -> None:
    found = read_providers(OFSTED)
    assert found["URN"].is_unique().all()
    assert {"NJASCN", "ARN00001", "BABABOOEY", "2", "ISL00001"} <= set(found["URN"])


def test_a_number_is_text_and_a_provider_that_comes_twice_is_one(tmp_path: Path) -> None:
    rows = [
        ("Providers of children's social care",),
        (),
        HEADINGS,
        (1234567, "u1, U2", "PR4", "ls1 3ad", "01/05/2020", "31/03/2025"),
        ("1234567.0", "U2;U4", "PR4", "LS1 4DY", "2019-05-01", "-"),
        (None, "K2", "PR1", "LS1 3AD", None, None),
        (" sc000001 ", "K2", "PR1", "LS1 3AD", "01/05/2020", "30/09/2025"),
    ]
    found = read_providers(_written(tmp_path / "list.xlsx", rows))
    assert found["URN"].to_list() == ["1234567", "SC000001"]
    leeds = "E08000035"
    assert found.row(0)[1:] == ("U1,U2,U4", "PR4", "LS1 3AD,LS1 4DY", date(2019, 5, 1), None, leeds)
    assert found.row(1)[1:] == ("K2", "PR1", "LS1 3AD", date(2020, 5, 1), date(2025, 9, 30), leeds)


def test_the_authority_is_that_of_the_day_asked_for(tmp_path: Path) -> None:
    carlisle_castle = [HEADINGS, ("SC1", "K2", "PR1", "CA3 8UR", None, None)]
    path = _written(tmp_path / "list.xlsx", carlisle_castle)
    assert read_providers(path)["PROVIDER_LA"].to_list() == ["E06000063"]
    assert read_providers(path, on=date(2023, 3, 31))["PROVIDER_LA"].to_list() == ["E10000006"]


def test_what_is_read_serves_the_rules(tmp_path: Path) -> None:
    path = _written(tmp_path / "list.xlsx", [HEADINGS, (1234567, "K2", "PR4", "LS1 3AD", "01/05/2020", None)])
    episodes = pl.DataFrame(
        {"CHILD": ["1", "2", "3"], "PLACE": ["K2", "U4", "K2"], "URN": ["1234567", "1234567", "7654321"]}
    )
    report = check({"Episodes": episodes}, year=2027, only=["219", "1008"], providers=read_providers(path))
    assert [(found.rule.code, found.child) for found in report.findings()] == [("1008", "3"), ("219", "2")]


def _a_csv(path: Path) -> None:
    path.write_text("URN,Placement code,Setting postcode\n1,K2,LS1 3AD\n", encoding="utf-8")


def _half_a_workbook(path: Path) -> None:
    whole = (OFSTED / "combined_scp_ch_fake.xlsx").read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _another_workbook(path: Path) -> None:
    _written(path, [("CHILD", "DECOM"), ("1", "01/05/2026")])


def _a_list_with_nobody(path: Path) -> None:
    _written(path, [HEADINGS])


def _an_empty_file(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (_a_csv, "no Excel workbook, whatever its name says"),
        (_half_a_workbook, "damaged, not whole"),
        (_another_workbook, "There is no list of providers in list.xlsx"),
        (_a_list_with_nobody, "list.xlsx is empty"),
        (_an_empty_file, "no Excel workbook"),
    ],
)
def test_what_is_no_list_is_refused_in_plain_words(tmp_path: Path, make, why: str) -> None:
    path = tmp_path / "list.xlsx"
    make(path)
    with pytest.raises(CannotRead, match=why):
        read_providers(path)


def test_a_path_with_nothing_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="There is nothing at"):
        read_providers(tmp_path / "list.xlsx")
    with pytest.raises(CannotRead, match="There is no workbook"):
        read_providers(tmp_path)


def test_a_workbook_cut_anywhere_is_refused_and_breaks_nothing(tmp_path: Path) -> None:
    whole = (OFSTED / "scp_fake.xlsx").read_bytes()
    path = tmp_path / "list.xlsx"
    for size in range(4, len(whole) - 30, 997):
        path.write_bytes(whole[:size])
        with pytest.raises(CannotRead):
            read_providers(path)


def test_without_the_postcodes_the_authority_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "is_built", lambda: False)
    assert read_providers(OFSTED / "ch_fake.xlsx")["PROVIDER_LA"].to_list() == [None]


def test_a_workbook_with_one_cell_at_the_far_corner_is_refused_before_room_is_made(tmp_path):
    with Workbook(tmp_path / "far.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        sheet.write(1_048_575, 16_383, "x")
    with pytest.raises(CannotRead, match="reaches far below"):
        read_providers(tmp_path / "far.xlsx")


def test_a_workbook_that_says_it_is_small_and_is_not_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(providers, "_MOST_UNPACKED", 100_000)
    path, told, found = tmp_path / "lies.xlsx", 1_000, 200_000
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"a" * found)
    says = path.read_bytes().replace(found.to_bytes(4, "little"), told.to_bytes(4, "little"))
    path.write_bytes(says)
    assert zipfile.ZipFile(path).infolist()[0].file_size == told
    with pytest.raises(CannotRead, match="far more"):
        read_providers(path)
