"""What is published for a place and year, what is worked out, and what is said where there is nothing."""

import pytest

from kith.insight.england.deriving import figure_of
from kith.insight.england.held import Cell, Held, held
from kith.insight.england.markers import Marker
from kith.insight.england.places import ENGLAND, Level, NoSuchPlace, Place, Places, known_places
from kith.insight.england.published import SHAPE, figure, population, published
from kith.insight.england.series import NoSuchSeries, every_series

REGIONS = [
    "North East", "North West", "Yorkshire and The Humber", "East Midlands", "West Midlands",
    "East of England", "London", "South East", "South West",
]  # fmt: skip


def test_the_review_s_numbers_of_2020() -> None:
    """201,000 enquiries and 66,000 plans: its 135,000 that led to no plan."""
    one = {row["published_id"]: row["value"] for row in published(
        ["s47_enquiries", "cpp_started", "s47_without_cpp", "cla_at_31_march"], 2020, of="England"
    ).iter_rows(named=True)}  # fmt: skip
    assert one == {
        "s47_enquiries": 201_000,
        "cpp_started": 66_380,
        "s47_without_cpp": 134_620,
        "cla_at_31_march": 80_000,
    }


def test_a_row_for_each_figure_place_and_year_in_the_order_asked_for() -> None:
    frame = published(["referrals", "cla_rate"], [2020, 2019], of=["301", "England"])
    assert frame.schema == SHAPE
    assert frame.select("published_id", "name", "year").rows() == [
        ("referrals", "Barking and Dagenham", 2019),
        ("referrals", "Barking and Dagenham", 2020),
        ("referrals", "England", 2019),
        ("referrals", "England", 2020),
        ("cla_rate", "Barking and Dagenham", 2019),
        ("cla_rate", "Barking and Dagenham", 2020),
        ("cla_rate", "England", 2019),
        ("cla_rate", "England", 2020),
    ]
    assert frame["value"].is_null().eq(frame["marker"].is_not_null()).all()


@pytest.mark.parametrize(
    "code, name",
    [
        ("815", "North Yorkshire"),
        ("E06000065", "North Yorkshire"),  # since 2023
        ("E10000023", "North Yorkshire"),  # in 2020
        ("London", "London"),
        ("E12000007", "London"),
        ("England", "England"),
        ("E92000001", "England"),
        (" 420 ", "Isles of Scilly"),
    ],
)
def test_a_place_is_found_by_any_of_its_codes(code: str, name: str) -> None:
    assert figure("referrals", 2020, code).place.name == name


@pytest.mark.parametrize("code", ["999", "E06000999", "Narnia", "", "london borough"])
def test_a_place_that_nothing_is_published_for_is_refused_in_words(code: str) -> None:
    with pytest.raises(NoSuchPlace, match="three digits"):
        published("referrals", 2020, of=code)


def test_an_unknown_figure_is_refused_in_words() -> None:
    with pytest.raises(NoSuchSeries, match=r"series\.csv"):
        published("children_on_the_moon", 2020, of="England")


def test_what_the_dfe_hides_is_said_to_be_hidden_and_what_is_missing_to_be_missing() -> None:
    hidden = figure("cla_three_plus_placements_pct", 2020, "201")
    missing = figure("cla_placement_parents_pct", 2020, "201")
    assert (hidden.value, hidden.marker) == (None, Marker.SUPPRESSED)
    assert (missing.value, missing.marker) == (None, Marker.NOT_AVAILABLE)
    assert "could be recognised" in Marker.SUPPRESSED.words


def test_an_authority_before_2020_is_not_available_rather_than_nothing() -> None:
    frame = published("cla_at_31_march", of="301")
    assert frame["year"].to_list() == list(range(2010, 2021))
    assert frame.filter(frame["year"] < 2020)["marker"].unique().to_list() == ["not_available"]
    assert frame.filter(frame["year"] == 2020)["value"].to_list() == [402]


@pytest.mark.parametrize("published_id", ["referrals", "s47_enquiries", "cla_at_31_march", "population_0_17"])
def test_the_regions_add_up_to_england(published_id: str) -> None:
    frame = published(published_id, 2020, of=REGIONS)
    assert frame["derived"].all()
    assert frame["value"].sum() == pytest.approx(figure(published_id, 2020, "England").value, abs=10)


def test_london_is_its_two_parts() -> None:
    both = published("referrals", 2020, of=["Inner London", "Outer London"])
    assert figure("referrals", 2020, "London").value == both["value"].sum()


def test_a_region_s_rate_is_of_its_sums_and_no_average_of_rates() -> None:
    counted, out_of = (
        figure("cla_at_31_march", 2020, "North East"),
        figure("population_0_17", 2020, "North East"),
    )
    rate = figure("cla_rate", 2020, "North East")
    rates = [
        figure("cla_rate", 2020, place.key).value or 0 for place in known_places().authorities("North East")
    ]
    assert rate.derived
    assert rate.value == pytest.approx(10_000 * counted.value / out_of.value)
    assert rate.value != pytest.approx(sum(rates) / len(rates), abs=0.5)
    assert "Worked out from the sums over 12 authorities" in rate.source


def test_a_region_without_its_smallest_authority_says_so_in_count_and_rate() -> None:
    """Scilly has no section 47 figure; its children are left out of the rate's denominator too."""
    count, rate = (figure(one, 2020, "South West") for one in ("s47_enquiries", "s47_rate"))
    children = population("South West", 2020).value - population("420", 2020).value
    assert "without Isles of Scilly, not available" in count.source
    assert rate.value == pytest.approx(10_000 * count.value / children)


def test_a_region_that_lacks_more_than_one_child_in_a_hundred_is_not_summed() -> None:
    """Kingston and Richmond have no workforce figures."""
    assert figure("sw_fte", 2020, "Outer London").marker is Marker.NOT_AVAILABLE
    assert figure("sw_fte", 2020, "North East").value > 0


def test_a_region_s_share_is_not_guessed_from_shares() -> None:
    assert figure("rereferral_pct", 2020, "North East").marker is Marker.NOT_AVAILABLE
    assert figure("sw_average_caseload", 2020, "North East").marker is Marker.NOT_AVAILABLE


def test_a_rate_that_nobody_published_is_worked_out_and_says_so() -> None:
    rate = figure("assessment_rate", 2020, "England")
    assert rate.value == pytest.approx(10_000 * 665_660 / 11_790_492)
    assert rate.derived
    assert rate.source.startswith("Worked out from assessments and population_0_17.")
    assert not figure("referral_rate", 2020, "England").derived


def test_what_would_be_worked_out_agrees_with_what_is_published() -> None:
    """Within the rounding of the published figure: whole per cents and rates of care, else one decimal."""
    own = held()
    without_rates = Held(
        {key: cell for key, cell in own.cells.items() if not every_series()[key[0]].derivation}, own.places
    )
    compared = 0
    for (one, year, place), cell in own.cells.items():
        if every_series()[one].derivation and place == ENGLAND.key:
            worked = figure_of(without_rates, one, year, ENGLAND)
            if worked.value is not None and cell.value is not None:
                compared += 1
                assert worked.value == pytest.approx(cell.value, abs=0.8 if cell.value.is_integer() else 0.1)
    assert compared > 50


def test_a_hidden_count_is_not_worked_around() -> None:
    place = Place(Level.AUTHORITY, "E06000001", "Hartlepool", "805", "North East")
    cells = {
        ("cla_rate", 2024, "805"): Cell(None, Marker.SUPPRESSED, "DfE"),
        ("cla_at_31_march", 2024, "805"): Cell(3.0, None, "DfE"),
        ("population_0_17", 2024, "805"): Cell(20_000.0, None, "DfE"),
    }
    found = figure_of(Held(cells, Places({"805": place})), "cla_rate", 2024, place)
    assert (found.value, found.marker) == (None, Marker.SUPPRESSED)


@pytest.mark.parametrize(
    "published_id, years, broken",
    [
        ("population_0_17", [2011, 2012, 2013, 2014], [False, True, True, False]),
        ("population_0_17", [2010, 2020], [False, True]),  # the break lies in between
        ("cla_at_31_march", [2012, 2013], [False, False]),
        ("cla_rate", [2012, 2013], [True, True]),  # a rate breaks where its population does
        ("sw_average_caseload", [2017, 2018], [False, True]),
        ("care_leavers_19_21_eet_pct", [2014], [True]),  # the years before are another measure
    ],
)
def test_a_break_stands_before_the_year_that_cannot_be_compared(published_id, years, broken) -> None:
    assert published(published_id, years, of="England")["break_before"].to_list() == broken


def test_the_definition_is_that_of_the_year() -> None:
    told = published("population_0_17", [2012, 2013], of="England")["definition"].to_list()
    assert "not comparable with 2013" in told[0]
    assert "rebased" in told[1]


@pytest.mark.parametrize(
    "of, year, value",
    [
        ("England", 2020, 11_790_492),
        ("England", 2013, 11_403_970),
        ("201", 2020, 699),
        ("201", 2019, None),  # authorities before 2020 do not come with Kith
        ("999", 2020, None),  # an invented authority has no published children
    ],
)
def test_children_0_to_17(of: str, year: int, value: int | None) -> None:
    found = population(of, year)
    assert (found.value if found else None) == value
    assert found is None or found.source
