"""What the room of schooling adds: a place for whoever is of school age, and how their terms went."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from kith.invented.authority import Authority, invent
from kith.invented.diary import Act
from kith.invented.families import Child
from kith.invented.names import a_culture
from kith.invented.rooms.schooling import ROOM, _year
from kith.invented.spells import spells

from .made import UNTIL, MadePostcodes


@pytest.fixture(scope="module")
def authority() -> Authority:
    return invent(150, 2, 7, UNTIL, MadePostcodes(), (ROOM,))


def told(authority: Authority, name: str) -> list[Act]:
    return [act for act in authority.diary if act.act == name]


def test_most_children_of_school_age_have_a_place_and_nobody_else(authority: Authority) -> None:
    children = {child.key: child for family in authority.families for child in family.children}
    placed = {act.person for act in told(authority, "start_school")}
    assert all(children[key].age_on(UNTIL) >= 4 for key in placed)
    known = {
        case.child
        for case in spells(authority.diary, "receive_referral", "close_referral", "referral")
        if 6 <= children[case.child].age_on(case.start) < 16 and (min(case.end, UNTIL) - case.start).days > 20
    }
    assert known <= placed and len(known) > 100


def test_a_place_is_kept_until_the_home_or_the_phase_is_another(authority: Authority) -> None:
    places: dict[str, list[Act]] = {}
    for act in told(authority, "start_school"):
        places.setdefault(act.person, []).append(act)
        assert act.facts["since"] <= act.on
    assert max(map(len, places.values())) > 1
    kinds = Counter(act.facts["kind"] for acts in places.values() for act in acts)
    assert kinds["school"] > 200 and min(kinds[kind] for kind in ("college", "at_home", "no_place")) >= 1


@pytest.mark.parametrize(
    ("born_on", "year"),
    [
        (date(2021, 8, 31), 0),  # four on the last day of August: the youngest of the year
        (date(2014, 9, 1), 6),  # eleven on the first of September: the oldest of the year
    ],
)
def test_a_school_year_is_told_by_the_age_at_the_end_of_august(born_on: date, year: int) -> None:
    child = Child("NB1", "A", "B", "F", "WBRI", born_on, a_culture(Random(1)))
    assert _year(child, date(2025, 10, 1)) == year


def test_terms_suspensions_and_special_needs_are_told(authority: Authority) -> None:
    terms = told(authority, "record_attendance")
    assert len(terms) > 200 and all(act.facts["last"] < act.on for act in terms)
    assert 75 < sum(act.facts["percent"] for act in terms) / len(terms) < 90
    assert 0 < len(told(authority, "record_exclusion")) < len(terms) / 10
    supports = Counter(act.facts["support"] for act in told(authority, "record_special_need"))
    assert min(supports["plan"], supports["school"]) > 5
