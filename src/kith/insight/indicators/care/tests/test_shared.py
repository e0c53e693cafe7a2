"""What indicators of care share: distances that are never made up, siblings, neighbours, and groups."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from kith.dataset.dataset import Dataset
from kith.dataset.schema import from_rows
from kith.insight.answers import answer
from kith.insight.catalogue import indicator_called
from kith.insight.facts import Facts
from kith.insight.indicators.care.distance import distances_on_the_last_day
from kith.insight.indicators.care.groups import group_of, groups
from kith.insight.indicators.care.siblings import linked, siblings
from kith.insight.indicators.runs import after, before
from kith.insight.periods import Periods, year_ending
from kith.insight.sources import whole_source
from kith.standards import places
from kith.standards.codes import code_list

YEAR = Periods([year_ending(2020)])
BEGUN, UNTIL = date(2018, 5, 1), date(2020, 3, 31)
LEEDS, YORK, NOWHERE = "LS1 4DY", "YO1 7HH", "ZZ1 1ZZ"
NORTHALLERTON = "DL7 8AD"

needs_places = pytest.mark.skipif(not places.is_built(), reason="the table of postcodes is not built")


def facts(authority: str | None = None, **tables: list[dict[str, Any]]) -> Facts:
    dataset = Dataset({name: from_rows(name, rows) for name, rows in tables.items()})
    return Facts(dataset, whole_source(dataset, "extract", UNTIL), authority)


def placed(
    home: str | None, postcode: str | None, miles: float | None = None, authority: str = "E08000035"
) -> Facts:
    """One child in care, from `home`, who lives at `postcode`."""
    period = {"kith_person_id": "1", "kith_period_id": "a", "kith_start_date": BEGUN}
    placement = {
        "clap_cla_id": "a",
        "clap_cla_placement_id": "p",
        "clap_cla_placement_type": "U4",
        "clap_cla_placement_start_date": BEGUN,
        "clap_cla_placement_postcode": postcode,
        "clap_cla_placement_distance": miles,
    }
    return facts(
        authority,
        kith_periods_of_care=[{**period, "kith_home_postcode": home}],
        ssd_legal_status=[
            {"kith_period_id": "a", "lega_legal_status": "C2", "lega_legal_status_start_date": BEGUN}
        ],
        ssd_cla_placement=[placement],
    )


def miles_of(told: Facts) -> float | None:
    found: float | None = distances_on_the_last_day(told, YEAR)["miles"].item()
    return found


@needs_places
def test_miles_are_those_that_two_postcodes_alone_give() -> None:
    counted = miles_of(placed(LEEDS.lower(), YORK))
    assert counted == places.distance_miles(LEEDS, YORK)
    assert counted is not None
    assert 20 < counted < 25


@needs_places
def test_living_at_home_is_no_miles() -> None:
    assert miles_of(placed(LEEDS, LEEDS)) == 0


@pytest.mark.parametrize("home, postcode", [(None, YORK), (LEEDS, None), (NOWHERE, YORK), ("not told", YORK)])
def test_a_postcode_that_is_not_known_gives_no_miles(home: str | None, postcode: str | None) -> None:
    assert miles_of(placed(home, postcode)) is None
    assert miles_of(placed(home, postcode, 12.3)) == 12.3
    assert miles_of(placed(home, postcode, 999.9)) is None


def test_without_the_table_of_postcodes_no_miles_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "is_built", lambda: False)
    told = placed(LEEDS, YORK)
    assert distances_on_the_last_day(told, YEAR).select("miles", "is_own").row(0) == (None, None)
    far = answer(told, YEAR, [indicator_called("children_placed_over_20_miles_from_home")]).figures
    assert set(far["state"]) == {"not_held"}
    assert far["value"].null_count() == far.height


@needs_places
@pytest.mark.parametrize("code", ["E10000023", "E06000065", "815"])
def test_an_authority_has_its_own_area_by_each_of_its_codes(code: str) -> None:
    """North Yorkshire has had another ONS code since 2023, and the DfE's all along."""
    told = placed(NORTHALLERTON, NORTHALLERTON, authority=code)
    assert distances_on_the_last_day(told, YEAR)["is_own"].item() is True
    elsewhere = placed(NORTHALLERTON, LEEDS, authority=code)
    assert distances_on_the_last_day(elsewhere, YEAR)["is_own"].item() is False


def test_without_an_authority_nobody_is_out_of_area() -> None:
    asked = [indicator_called("children_placed_out_of_area")]
    nobodys = facts(ssd_cla_placement=[], kith_periods_of_care=[])
    told = placed(LEEDS, YORK)
    figures = answer(Facts(told.dataset, told.sources), YEAR, asked).figures
    assert set(figures["why_not"]) == {"It was not said which authority these facts are of."}
    assert set(answer(nobodys, YEAR, asked).figures["state"]) == {"not_held"}


def related(*rows: tuple[str, str, str]) -> list[dict[str, Any]]:
    names = ("kith_person_id", "kith_other_person_id", "kith_kind")
    return [
        {"kith_relationship_id": str(at), **dict(zip(names, row, strict=True))} for at, row in enumerate(rows)
    ]


def pairs(told: Facts) -> set[tuple[str, ...]]:
    return set(siblings(told).select("person", "sibling").rows())


def test_siblings_are_full_and_half_ones_and_children_of_one_parent() -> None:
    told = facts(
        kith_relationships=related(
            ("a", "b", "sibling"),
            ("b", "c", "half_sibling"),
            ("c", "d", "step_sibling"),
            ("e", "mum", "mother"),
            ("f", "mum", "adoptive_parent"),
            ("g", "mum", "grandparent"),
        )
    )
    assert pairs(told) == {("a", "b"), ("b", "a"), ("b", "c"), ("c", "b"), ("e", "f"), ("f", "e")}


def test_where_only_families_are_told_their_members_are_siblings() -> None:
    family = [{"fami_family_id": "x", "fami_person_id": person} for person in ("a", "b")]
    assert pairs(facts(ssd_family=family)) == {("a", "b"), ("b", "a")}
    other = related(("c", "d", "sibling"))
    assert pairs(facts(ssd_family=family, kith_relationships=other)) == {("c", "d"), ("d", "c")}


def test_a_group_is_everybody_linked_one_after_another() -> None:
    chain = [(f"{at:02}", f"{at + 1:02}", "sibling") for at in range(9)]
    came = pl.DataFrame({"person": [f"{at:02}" for at in range(10)]}).with_columns(
        pl.lit(0, dtype=pl.UInt32).alias("period"),
        pl.lit(BEGUN).alias("day"),
        *[pl.lit("AA11AA").alias(name) for name in ("postcode", "urn", "carer")],
    )
    told = linked(facts(kith_relationships=related(*chain)), came)
    assert set(told["group"]) == {"00"}
    assert told["together"].all()


def test_neighbours_are_those_of_the_same_group() -> None:
    rows = pl.DataFrame({"group": ["a", "a", "b"], "value": [1, 2, 3]})
    assert rows.select(before("value", "group"))["value"].to_list() == [None, 1, None]
    assert rows.select(after("value", "group"))["value"].to_list() == [2, None, None]


@pytest.mark.parametrize(
    "table, listed",
    [
        ("placement_groups", "placement_type"),
        ("leaving_reasons", "reason_episode_ceased"),
        ("worker_changes", "social_worker_change_reason"),
        ("adoption_reversals", "adoption_reason_no_longer_placed"),
    ],
)
def test_every_code_of_the_list_has_a_group(table: str, listed: str) -> None:
    assert {code.code for code in code_list(listed)} - set(group_of(table)) <= {"X1"}
    assert len(set(groups(table))) == len(groups(table))


def test_every_legal_status_but_short_breaks_has_a_group() -> None:
    assert {code.code for code in code_list("legal_status")} - set(group_of("legal_status_groups")) == {
        "V3",
        "V4",
    }


def test_children_in_care_are_broken_down_by_what_was_so_on_the_day() -> None:
    told = placed(LEEDS, YORK)
    tables = {name: told.dataset[name] for name in told.dataset.filled()}
    alone = [{"immi_person_id": "1", "immi_immigration_status": "UASC"}]
    dataset = Dataset({**tables, "ssd_immigration_status": from_rows("ssd_immigration_status", alone)})
    given = answer(
        Facts(dataset, whole_source(dataset, "extract", UNTIL)),
        YEAR,
        [indicator_called("children_in_care"), indicator_called("children_settled_for_two_years")],
        ["unaccompanied", "legal_status"],
    ).figures
    numbers = given.filter((pl.col("measure") == "number") & (pl.col("value") > 0))
    found = set(numbers.filter(indicator="children_in_care").select("breakdown", "group").rows())
    assert found == {
        (None, None),
        ("unaccompanied", "Came to this country alone"),
        ("legal_status", "Full care order"),
    }
