"""The limits of codes are dated rows that agree with the code lists and with themselves."""

from datetime import date
from itertools import combinations

import pytest

from kith.standards.codes import code_list
from kith.standards.limits import CHILD, STARTS_CARE, age_limit, age_limits, is_child, pairs_not_allowed
from kith.standards.tables import share_a_day

ON = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("listed", "code", "age", "allowed"),
    [
        ("legal_status", "J1", 9, False),  # remand from 10
        ("legal_status", "J1", 10, True),
        ("reason_episode_ceased", "E11", 17, True),  # adoption before 18
        ("reason_episode_ceased", "E11", 18, False),
        (STARTS_CARE, "", 17, True),
        (STARTS_CARE, "", 18, False),
    ],
)
def test_a_code_stands_from_its_least_age_and_before_its_greatest(listed, code, age, allowed):
    limit = age_limit(listed, code, ON)
    assert limit is not None
    assert limit.allows(age) is allowed


def test_a_limit_counts_from_its_first_day():
    assert age_limit("placement_type", "K3", date(2024, 3, 31)) is None
    assert age_limit("placement_type", "K3", date(2024, 4, 1)) is not None


def test_a_code_without_a_limit_has_none():
    assert age_limit("legal_status", "C2", ON) is None


@pytest.mark.parametrize(
    "on, child",
    [
        (date(2025, 12, 1), True),  # not yet born
        (date(2044, 3, 2), True),  # the day before the eighteenth birthday
        (date(2044, 3, 3), False),
    ],
)
def test_somebody_is_a_child_until_the_eighteenth_birthday(on, child):
    assert is_child(date(2026, 3, 3), on) is child


def test_every_limit_and_pair_is_about_a_code_of_a_list_and_says_where_it_is_from():
    of_ages = [key for key in age_limits() if key not in {(STARTS_CARE, ""), (CHILD, "")}]
    of_pairs = [side for pair in pairs_not_allowed() for side in (pair.first, pair.second)]
    assert [(name, code) for name, code in (*of_ages, *of_pairs) if code not in code_list(name)] == []
    rows = [limit for limits in age_limits().values() for limit in limits] + list(pairs_not_allowed())
    assert len(rows) > 20
    assert all(row.source for row in rows)


def test_no_two_limits_of_a_code_hold_on_one_day():
    for key, limits in age_limits().items():
        for one, other in combinations(limits, 2):
            assert not share_a_day((one.valid_from, one.valid_to), (other.valid_from, other.valid_to)), key
