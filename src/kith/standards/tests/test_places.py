"""Places from postcodes, and the dated table of districts. Real postcodes of public buildings only."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from kith.standards import build_places, places
from kith.standards.places import Authority, PlacesNotBuilt
from kith.standards.verified import Verified

COUNTY_HALL_NORTHALLERTON = "DL7 8AD"
CARLISLE_CASTLE = "CA3 8UR"
PARLIAMENT = "SW1A 0AA"
LEEDS_TOWN_HALL = "LS1 3AD"
EDINBURGH_CASTLE = "EH1 2NG"


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    places.build()


@pytest.fixture
def _not_built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(build_places, "TABLE", tmp_path / "postcodes.bin")


@pytest.mark.parametrize("typed", ["SW1A 0AA", "sw1a0aa", "  Sw1A   0aA ", "SW1A\u00a00AA"])
def test_a_postcode_is_found_in_any_case_and_spacing(typed: str) -> None:
    found = places.find(typed)
    assert found and found.postcode == "SW1A0AA"
    assert found.district == "E09000033"
    assert abs((found.easting or 0) - 530_270) < 100 and abs((found.northing or 0) - 179_550) < 100


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (None, "No postcode was given"),
        ("  ", "No postcode was given"),
        ("not a postcode", "has not the form of a postcode"),
        ("'; DROP TABLE places; --", "has not the form of a postcode"),
        ("A" * 100_000, "has not the form of a postcode"),
        ("ZZ99 9ZZ", "is not in the list of postcodes"),
    ],
)
def test_an_unknown_postcode_says_why(typed: str | None, why: str) -> None:
    assert places.find(typed) is None
    assert places.authority_of(typed, date(2025, 6, 1)) is None
    told = places.why_unknown(typed)
    assert told and why in told and len(told) < 200


def test_a_known_postcode_has_nothing_to_explain() -> None:
    assert places.why_unknown(PARLIAMENT) is None


def test_distance_is_in_miles_to_one_decimal() -> None:
    assert places.distance_miles(PARLIAMENT, PARLIAMENT) == 0.0
    assert places.distance_miles(PARLIAMENT, "ZZ99 9ZZ") is None
    assert places.distance_miles(None, PARLIAMENT) is None
    far = places.distance_miles(PARLIAMENT, LEEDS_TOWN_HALL)
    assert far and far == places.distance_miles(LEEDS_TOWN_HALL, PARLIAMENT)
    assert 165 < far < 175 and far == round(far, 1)


def test_a_place_with_no_grid_reference_has_no_distance() -> None:
    jersey = places.find("JE2 4WL")
    assert jersey is None or jersey.easting is None
    assert places.distance_miles(PARLIAMENT, "JE2 4WL") is None


@pytest.mark.parametrize(
    ("district", "on", "dfe_code"),
    [
        ("E06000059", date(2019, 3, 31), "835"),  # Dorset: the county, then the new council
        ("E06000059", date(2019, 4, 1), "838"),
        ("E06000058", date(2019, 3, 31), None),  # parted between Bournemouth, Poole and Dorset
        ("E06000058", date(2019, 4, 1), "839"),
        ("E07000048", date(2019, 3, 31), "835"),  # Christchurch, when files still named it
        ("E07000048", date(2019, 4, 1), None),
        ("E06000060", date(2020, 3, 31), "825"),  # Buckinghamshire kept its number
        ("E06000061", date(2021, 3, 31), "928"),
        ("E06000061", date(2021, 4, 1), "940"),
        ("E06000062", date(2021, 4, 1), "941"),
        ("E06000063", date(2023, 3, 31), "909"),
        ("E06000063", date(2023, 4, 1), "942"),
        ("E06000064", date(2023, 4, 1), "943"),
        ("E06000065", date(2023, 4, 1), "815"),
        ("E06000066", date(2023, 4, 1), "933"),
        ("E08000038", date(2020, 1, 1), "370"),  # Barnsley under its later code
        ("E08000039", date(2026, 1, 1), "373"),
        ("E07000240", date(2025, 1, 1), "919"),  # St Albans lies in Hertfordshire
        ("W06000015", date(2025, 1, 1), "WAL"),
        ("X99999999", date(2025, 1, 1), None),
    ],
)
def test_a_district_belongs_to_an_authority_on_a_day(district: str, on: date, dfe_code: str | None) -> None:
    found = places.authority_of_district(district, on)
    assert (found.dfe_code if found else None) == dfe_code


def test_a_postcode_keeps_the_authority_of_its_day() -> None:
    before, after = date(2023, 3, 31), date(2023, 4, 1)
    county = places.authority_of(COUNTY_HALL_NORTHALLERTON, before)
    assert county == Authority("E10000023", "North Yorkshire (county)", "815")
    assert places.authority_of(COUNTY_HALL_NORTHALLERTON, after) == Authority(
        "E06000065", "North Yorkshire", "815"
    )
    assert [
        found.name for day in (before, after) if (found := places.authority_of(CARLISLE_CASTLE, day))
    ] == ["Cumbria", "Cumberland"]


def test_outside_england_the_authority_is_the_country() -> None:
    assert places.authority_of(EDINBURGH_CASTLE, date(2025, 1, 1)) == Authority("SCO", "Scotland", "SCO")


@pytest.mark.parametrize(
    ("on", "count"),
    [
        (date(2018, 4, 1), 152),
        (date(2019, 4, 1), 151),  # Bournemouth, Poole and Dorset became two
        (date(2021, 4, 1), 152),  # Northamptonshire became two
        (date(2023, 4, 1), 153),  # Cumbria became two
        (date(2026, 4, 1), 153),
    ],
)
def test_england_has_as_many_authorities_as_it_had(on: date, count: int) -> None:
    found = places.authorities(on)
    assert len(found) == count
    assert len({authority.dfe_code for authority in found}) == count
    assert all(len(authority.dfe_code) == 3 for authority in found)


def test_an_authority_is_found_by_its_three_digits() -> None:
    found = places.authority_with_dfe_code("928", date(2020, 1, 1))
    assert found and found.name == "Northamptonshire"
    assert places.authority_with_dfe_code("928", date(2022, 1, 1)) is None


def test_an_invented_authority_is_laid_over_real_ones_and_has_nobodys_digits() -> None:
    real = {span.authority.code for span in places.district_spans()}
    assert places.laid_over("989") == ("E08000033", "E08000034")
    assert set(places.laid_over("989")) <= real
    assert "989" not in {span.authority.dfe_code for span in places.district_spans()}
    assert places.laid_over("382") == ()


def test_no_district_has_two_authorities_on_a_day_but_the_one_that_was_parted() -> None:
    parted = set()
    for day in (date(2017, 4, 1) + timedelta(days=30 * step) for step in range(120)):
        held = [span.district for span in places.district_spans() if span.holds_on(day)]
        parted |= {district for district in held if held.count(district) > 1}
    assert parted == {"E06000058"}


def test_every_english_postcode_has_an_authority_today() -> None:
    districts = places.districts()
    missing = [code for code in districts if not places.authority_of_district(code, date(2026, 4, 1))]
    assert len(districts) > 350
    assert missing == []


def test_many_postcodes_are_placed_at_once_as_each_is_alone() -> None:
    typed = [
        PARLIAMENT,
        None,
        "DL78AD",
        "nowhere",
        PARLIAMENT,
        "ZZ99 9ZZ",
        "EH1 2NG",
        "",
        "A" * 1000,
        "GY1 1AA",
    ]
    found = places.find_all(pl.Series(typed, dtype=pl.String))
    alone = [places.find(one) for one in typed]
    assert found.columns == ["easting", "northing", "district"]
    assert found.rows() == [
        (one.easting, one.northing, one.district) if one else (None, None, None) for one in alone
    ]
    assert [one is None for one in alone] == [False, True, False, True, False, True, False, True, True, False]


def test_the_postcodes_of_a_district_are_told_in_order() -> None:
    isles_of_scilly, city_of_london = "E06000053", "E09000001"
    found = places.postcodes_of([isles_of_scilly, city_of_london, "E00000000"])
    assert found.keys() == {isles_of_scilly, city_of_london}
    for district, postcodes in found.items():
        assert postcodes == sorted(postcodes)
        for place in map(places.find, postcodes[:5]):
            assert place and place.district == district and place.easting


def test_no_postcodes_are_placed_as_none() -> None:
    assert places.find_all(pl.Series([], dtype=pl.String)).height == 0
    assert places.find_all(pl.Series([None], dtype=pl.String)).rows() == [(None, None, None)]


def test_the_first_and_the_last_postcode_of_the_table_are_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(build_places, "TABLE", tmp_path / "postcodes.bin")
    some = sorted(build_places._files())[-1:]  # Z: the smallest letter
    monkeypatch.setattr(build_places, "_files", lambda: some)
    every = build_places._table()
    build_places.build()
    assert every["key"].is_sorted() and every["key"].is_unique().all()
    keys = [every["key"][0], every["key"][-1], every["key"][0] - 1, every["key"][-1] + 1]
    found = places._open().places_of(pl.Series(keys, dtype=pl.UInt64))
    assert found.rows() == [every.row(0)[1:], every.row(-1)[1:], (None, None, None), (None, None, None)]


def test_a_second_build_leaves_the_table_and_a_new_source_makes_it_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    some = sorted(build_places._files())[-1:]  # Z: the smallest letter
    monkeypatch.setattr(build_places, "_files", lambda: some)
    path = tmp_path / "built" / "postcodes.bin"
    first = build_places.build(path)
    again = build_places.build(path)
    assert (first.is_new, again.is_new, again.rows) == (True, False, first.rows)
    stamp = path.with_suffix(".json")
    stamp.write_text(json.dumps({"source": "an older package", "rows": 1}))
    assert build_places.build(path).is_new
    stamp.write_text("{ torn")
    assert build_places.build(path).is_new
    assert [found.name for found in sorted(path.parent.iterdir())] == ["postcodes.bin", "postcodes.json"]


@pytest.mark.usefixtures("_not_built")
def test_without_the_table_nothing_breaks_and_the_reason_is_given() -> None:
    assert not places.is_built()
    assert places.find(PARLIAMENT) is None
    assert places.distance_miles(PARLIAMENT, LEEDS_TOWN_HALL) is None
    assert "has not been built" in (places.why_unknown(PARLIAMENT) or "")
    with pytest.raises(PlacesNotBuilt, match="make setup"):
        places.districts()


def test_without_the_package_the_build_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(build_places, "_DISTRIBUTION", "no-such-distribution-of-postcodes")
    with pytest.raises(build_places.NoPostcodePackage, match="make setup"):
        build_places.build(tmp_path / "postcodes.bin")


@pytest.mark.usefixtures("_not_built")
def test_the_command_builds_once_and_says_so_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    some = sorted(build_places._files())[-1:]  # Z: the smallest letter
    monkeypatch.setattr(build_places, "_files", lambda: some)
    assert build_places.main() == 0
    assert re.fullmatch(r"Places: built, [\d,]+ postcodes, \d+\.\d seconds\n", capsys.readouterr().out)
    written = build_places.TABLE.stat().st_mtime_ns
    assert build_places.main() == 0
    assert re.fullmatch(r"Places: already built, [\d,]+ postcodes, 0\.\d seconds\n", capsys.readouterr().out)
    assert build_places.TABLE.stat().st_mtime_ns == written


def test_the_command_says_plainly_that_the_package_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build_places, "_DISTRIBUTION", "no-such-package")
    assert build_places.main() == 1
    said = capsys.readouterr()
    assert not said.out
    assert "no-such-package is not installed" in said.err and "make setup" in said.err


@pytest.mark.parametrize(
    ("district", "verified", "dfe_code_verified"),
    [
        ("E06000047", Verified.DATA_SEEN, Verified.DATA_SEEN),  # County Durham: nothing changed
        ("E06000063", Verified.TEXT_SEEN, Verified.KNOWLEDGE),  # Cumberland: the order was read, not its 942
        ("E06000058", Verified.TEXT_SEEN, Verified.SECONDARY_SEEN),
        (
            "E06000061",
            Verified.KNOWLEDGE,
            Verified.KNOWLEDGE,
        ),  # North Northamptonshire: no order read
        (
            "E08000038",
            Verified.KNOWLEDGE,
            Verified.DATA_SEEN,
        ),  # Barnsley: the code's day was not read
    ],
)
def test_a_district_says_what_of_it_was_read(
    district: str, verified: Verified, dfe_code_verified: Verified
) -> None:
    newest = [span for span in places.district_spans() if span.district == district][-1]
    assert (newest.verified, newest.dfe_code_verified) == (verified, dfe_code_verified)
