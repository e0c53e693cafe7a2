"""Every indicator gives what a slow count in plain Python gives, written from its definition alone.

Each is asked of seven sources: a sample of SSDA903 returns, two invented records, the returns of both, and
two extracts with slips in them; for each of their years and for twelve months that are no return year; of
everyone, and in each group.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from insight.datasets import DATASETS, Asked, asked
from insight.slow_counts.every import COUNTS, Counted, count
from kith.insight.answers import answer
from kith.insight.catalogue import every_indicator
from kith.insight.figures import HELD, NOT_HELD
from kith.standards import places

INDICATORS = {each.id: each for each in every_indicator()}
COUNTED = [each for each in INDICATORS if each in COUNTS]
BY = ("age", "sex", "ethnicity", "need", "kind")

NOT_HELD_BY_NATURE = {
    "no source tells how a decision was timed, or what was discussed before an enquiry": (
        "referral_decisions_in_one_working_day strategy_discussions"
    ),
    "courts tell it, and no return or standard extract does": (
        "care_applications care_proceedings_length repeat_care_proceedings"
    ),
    "schooling is not held": "school_kept_on_moving_home school_moves",
    "family time, networks and kin who care outside care are not held": (
        "care_leavers_supported_only_by_their_worker children_with_nobody_for_emotional_support "
        "family_time_with_brothers_and_sisters kinship_assessments_that_led_to_a_home "
        "kinship_carers_supported mental_health_wait"
    ),
    "what was said in a child's or a family's own words, or asked for, is not held": (
        "access_to_own_file children_whose_own_words_were_written_down families_who_found_help_useful"
    ),
    "fostering is not held": (
        "fostering_applications fostering_approvals fostering_enquiries fostering_enquiry_to_approval "
        "fostering_households_gained_and_lost fostering_places_vacant"
    ),
    "the workforce is not held": (
        "social_workers_agency social_workers_leaving social_workers_not_working_with_families "
        "social_workers_vacant supervision_in_time time_with_families"
    ),
    "money is not held": (
        "placement_cost_a_week spending_help_for_each_pound_of_care spending_on_children_in_care "
        "spending_on_help"
    ),
}
"""Indicators that are defined and have no slow count, for nothing that could be given tells them yet."""
EXEMPT = {name for names in NOT_HELD_BY_NATURE.values() for name in names.split()}


def the(name: str) -> Asked:
    """The dataset of this name; skips where its files are not there."""
    found = asked(name)
    if found is None:
        pytest.skip("The sample returns are not here.")
    return found


@cache
def told_figures(name: str) -> dict[str, list[dict[str, Any]]]:
    """By indicator, the figures of a dataset that are told, of everyone and each group, but for rates."""
    dataset = the(name)
    figures = answer(dataset.facts, dataset.periods, list(INDICATORS.values()), BY).figures
    told: dict[str, list[dict[str, Any]]] = {each: [] for each in INDICATORS}
    for row in figures.to_dicts():
        if row["state"] != NOT_HELD and row["measure"] != "rate":
            told[row["indicator"]].append(row)
    return told


def told_of(indicator: str) -> list[dict[str, Any]]:
    """The figures of an indicator that any dataset tells."""
    return [row for name in DATASETS if asked(name) for row in told_figures(name)[indicator]]


@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize("indicator", COUNTED)
def test_an_indicator_is_what_a_slow_count_gives(name: str, indicator: str) -> None:
    dataset, every = the(name), told_figures(name)[indicator]
    for period in dataset.periods:
        told = [row for row in every if row["period"] == period.label]
        if told:
            slow = count(indicator, dataset.told, period.first, period.last, BY)
            for row in told:
                assert_same(row, slow)
            assert_nobody_left_out(told, slow)


def assert_same(row: dict[str, Any], slow: dict[Any, Counted]) -> None:
    """A figure is the slow one; a group that is not there has nothing in it."""
    found = slow.get((row["breakdown"], row["group"]), slow["", None])
    where = f"{row['breakdown']} {row['group']} in {row['period']}: {row['measure']}"
    if row["measure"] == "number":
        assert row["value"] == found.numerator, where
    else:
        assert (row["numerator"], row["denominator"]) == (found.numerator, found.denominator), where
        assert row["value"] == pytest.approx(found.value), where
    assert (row["state"] == HELD) == (row["value"] is not None), where


def assert_nobody_left_out(told: list[dict[str, Any]], slow: dict[Any, Counted]) -> None:
    """Every group of the slow count in which there is anything is among the figures."""
    shown = {(row["breakdown"], row["group"]) for row in told}
    breakdowns = {row["breakdown"] for row in told} - {None}
    hidden = {key for key, found in slow.items() if key[0] in breakdowns and found.numerator}
    assert hidden <= shown


def test_no_slow_count_reads_what_it_is_to_be_equal_to() -> None:
    counters = list((Path(__file__).parent / "slow_counts").glob("*.py"))
    assert counters
    reading = re.compile(r"^(from|import) (polars|kith\.insight\.indicators)", re.MULTILINE)
    assert not [path.name for path in counters if reading.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("indicator", COUNTED)
def test_there_is_something_to_count_twice(indicator: str) -> None:
    """A count that is never told anywhere, or always of nobody, would prove nothing."""
    if "out_of_area" in indicator and not places.is_built():
        pytest.skip("The table of postcodes is not built.")
    assert any(row["numerator"] or row["value"] for row in told_of(indicator))


def test_every_indicator_has_a_slow_count_or_cannot_be_told() -> None:
    """Ratios are of two groups of figures that have one, and are held by their examples."""
    ratios = {each.id for each in INDICATORS.values() if each.measure == "ratio"}
    assert ratios
    assert set(INDICATORS) - set(COUNTS) - ratios == EXEMPT
    assert set(COUNTS) <= set(INDICATORS)


@pytest.mark.parametrize("indicator", sorted(EXEMPT))
def test_an_indicator_without_a_slow_count_is_told_by_nothing(indicator: str) -> None:
    assert told_of(indicator) == []
