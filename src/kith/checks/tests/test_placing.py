"""Where a placement is, worked out of its postcodes. Real postcodes of public buildings only."""

from datetime import date

import polars as pl
import pytest

import kith.checks.facts  # noqa: F401  (registers what is asked for here)
from kith.checks.catalogue import every_rule
from kith.checks.collection import Collection
from kith.checks.rule import Rule
from kith.checks.views import CannotRun, Views
from kith.standards import places

PARLIAMENT = "SW1A 0AA"
LEEDS_TOWN_HALL = "LS1 3AD"
EDINBURGH_CASTLE = "EH1 2NG"
CARDIFF_CASTLE = "CF10 3RB"
LEEDS = "E08000035"
HOMES = [LEEDS_TOWN_HALL, LEEDS_TOWN_HALL, PARLIAMENT, None, "NOWHERE", LEEDS_TOWN_HALL]
PLACES = [LEEDS_TOWN_HALL, PARLIAMENT, EDINBURGH_CASTLE, CARDIFF_CASTLE, LEEDS_TOWN_HALL, None]


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    places.build()


def _views(authority: str | None = LEEDS, year: int = 2027, **columns: list[str | None]) -> Views:
    columns = {"HOME_POST": HOMES, "PL_POST": PLACES} | columns
    episodes = pl.DataFrame(columns, schema_overrides=dict.fromkeys(columns, pl.String))
    return Views({"Episodes": episodes, "LastYear.Episodes": episodes}, Collection("903", year, authority))


def _told(name: str, table: str = "Episodes", **columns: list[str | None]) -> list[object]:
    return _views(**columns).column(table, name).to_list()


@pytest.mark.parametrize("table", ["Episodes", "LastYear.Episodes"])
def test_the_distance_is_what_places_say(table: str) -> None:
    pairs = zip(HOMES, PLACES, strict=True)
    assert _told("PL_DISTANCE", table) == [places.distance_miles(home, place) for home, place in pairs]
    assert _told("PL_DISTANCE", table)[0] == 0.0


def test_the_authority_is_that_of_the_placements_postcode() -> None:
    expected = [LEEDS, "E09000033", "SCO", "WAL", LEEDS, None]
    assert _told("PL_LA") == expected
    alone = [places.authority_of(place, date(2027, 3, 31)) for place in PLACES]
    assert expected == [one and one.code for one in alone]


def test_a_placement_is_in_or_out_of_the_authority_that_sends_the_return() -> None:
    assert _told("PL_LOCATION") == ["IN", "OUT", "OUT", "OUT", "IN", None]


def test_an_invented_authority_has_the_area_it_is_laid_over_for_its_own() -> None:
    told = _views("989", PL_LA=["E08000034", "381", "989", LEEDS, None, "383"])
    assert told.column("Episodes", "PL_LA.is_own").to_list() == [True, True, True, False, None, False]


def test_without_the_authority_the_location_cannot_be_told() -> None:
    with pytest.raises(CannotRun, match="the authority that sends the return"):
        _views(authority=None).column("Episodes", "PL_LOCATION")


def test_a_files_own_word_is_taken() -> None:
    told = ["383", LEEDS, "E09000033", None, "WAL", "XXX"]
    assert _told("PL_LA", PL_LA=told) == told
    assert _told("PL_LA.is_own", PL_LA=told) == [True, True, False, None, False, False]
    assert _told("PL_LA.known", PL_LA=told) == [True, True, True, None, True, False]


def test_a_postcode_is_known_with_a_space_or_without() -> None:
    assert _told("HOME_POST.known") == [True, True, True, None, False, True]
    assert _told("PL_POST.known", PL_POST=["SW1A0AA", "SW1A 0AA", "", None, "ZZ1 1ZZ", "LS13AD"]) == [
        *(True, True, False, None, False, True)
    ]


def test_without_the_table_of_postcodes_the_rules_that_need_it_say_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(places, "is_built", lambda: False)
    with pytest.raises(CannotRun, match="the table of postcodes"):
        _views().column("Episodes", "PL_DISTANCE")
    assert _told("PL_LA", PL_LA=[LEEDS] * 6) == [LEEDS] * 6


def test_a_last_year_without_postcodes_hinders_only_itself() -> None:
    views = _views()
    views.tables["LastYear.Episodes"] = pl.DataFrame({"CHILD": ["1"]})
    assert views.column("Episodes", "PL_LOCATION").to_list() == ["IN", "OUT", "OUT", "OUT", "IN", None]
    with pytest.raises(CannotRun, match="the column HOME_POST of Episodes of last year's return"):
        views.column("LastYear.Episodes", "PL_DISTANCE")


WORKED_OUT = {"PL_DISTANCE", "PL_LA", "PL_LOCATION"}
ABOUT_PLACES = [rule for rule in every_rule("903") if WORKED_OUT & set(rule.fields)]


@pytest.mark.parametrize("rule", ABOUT_PLACES, ids=lambda rule: rule.code)
def test_a_rule_about_what_is_worked_out_of_a_postcode_shows_the_postcode(rule: Rule) -> None:
    assert "PL_POST" in rule.fields
