"""The diary as a whole: it is whole, repeatable, and like England's children's social care."""

from collections import Counter, defaultdict
from datetime import date

import pytest

from kith.invented.acts import ACTS, NotAnAct, check
from kith.invented.authority import Authority, invent
from kith.invented.deciding import DECISIONS
from kith.invented.diary import Act
from kith.invented.rates import rates

from .made import UNTIL, MadePostcodes, northbrook


@pytest.fixture(scope="module")
def authority() -> Authority:
    return northbrook()


def count(authority: Authority, act: str, start: date, end: date) -> int:
    return sum(start <= one.on <= end for one in authority.diary if one.act == act)


def test_every_act_has_just_the_facts_its_name_asks_for(authority: Authority) -> None:
    for act in authority.diary:
        check(act)


def test_an_act_with_other_facts_is_refused() -> None:
    with pytest.raises(NotAnAct, match="lacks"):
        check(Act(UNTIL, "NB1", "close_referral", {"referral": "R1"}))
    with pytest.raises(NotAnAct, match="no act called"):
        check(Act(UNTIL, "NB1", "tick_a_box"))


def test_nearly_every_act_happens(authority: Authority) -> None:
    happened = {act.act for act in authority.diary}
    # Few orders deprive anybody of liberty, and they are told only from April 2026.
    assert set(ACTS) - happened <= {"record_liberty_order", "end_liberty_order"}


def test_the_same_seed_makes_the_same_diary_and_another_a_different_one() -> None:
    one, same, other = (invent(40, 2, seed, UNTIL, MadePostcodes()) for seed in (7, 7, 8))
    assert one == same
    assert one.diary != other.diary


@pytest.mark.parametrize(("children", "years"), [(0, 6), (40, 0), (-1, 1)])
def test_sizes_below_one_are_refused(children: int, years: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        invent(children, years, 1, UNTIL, MadePostcodes())


def test_acts_are_in_order_and_none_is_later_than_the_last_day(authority: Authority) -> None:
    days = [act.on for act in authority.diary]
    assert days == sorted(days)
    assert days[-1] <= UNTIL


def test_everyone_is_registered_once_before_anything_else(authority: Authority) -> None:
    known: set[str] = set()
    for act in authority.diary:
        if act.act == "register_person":
            assert act.person not in known
            known.add(act.person)
        assert act.person in known, act
        if act.act == "relate":
            assert act.person != act.facts["other"]
    related = {act.facts["other"] for act in authority.diary if act.act == "relate"}
    assert related <= known


def test_every_reference_was_made_before_it_is_used(authority: Authority) -> None:
    made: set[str] = set()
    for act in authority.diary:
        for name in ("referral", "assessment", "enquiry", "plan", "conference", "contact", "order"):
            used = act.facts.get(name)
            if used is not None:
                assert used in made, act
        reference = act.facts.get("reference")
        if reference is not None:
            assert reference not in made, act
            made.add(reference)


def test_a_child_is_in_one_place_under_one_order_at_a_time(authority: Authority) -> None:
    in_care: set[str] = set()
    last_placed: dict[str, date] = {}
    for act in authority.diary:
        if act.act == "start_care":
            assert act.person not in in_care, act
            in_care.add(act.person)
            last_placed[act.person] = act.on
        elif act.act in ("place_child", "change_legal_status", "hold_care_review", "go_missing"):
            assert act.person in in_care, act
        elif act.act == "end_care":
            in_care.remove(act.person)
            assert act.on > last_placed[act.person], act
        if act.act == "place_child":
            assert act.on > last_placed[act.person], act
            last_placed[act.person] = act.on


def test_a_foster_home_is_not_overfull(authority: Authority) -> None:
    """At most two children of other families with a child, so that no carer has a crowd."""
    family_of = {
        child.key: number for number, family in enumerate(authority.families) for child in family.children
    }
    where: dict[str, str] = {}
    homes: dict[str, Counter[int]] = defaultdict(Counter)
    for act in authority.diary:
        if act.act in ("start_care", "place_child", "end_care"):
            before = where.pop(act.person, None)
            if before:
                homes[before][family_of[act.person]] -= 1
        if act.act in ("start_care", "place_child") and str(act.facts["carer"]).startswith("FC"):
            carer = act.facts["carer"]
            where[act.person] = carer
            homes[carer][family_of[act.person]] += 1
            assert sum(number > 0 for number in homes[carer].values()) <= 4, act


def test_brothers_and_sisters_share_events(authority: Authority) -> None:
    shared: dict[str, list[Act]] = defaultdict(list)
    for act in authority.diary:
        if act.together and act.act == "receive_referral":
            shared[act.together].append(act)
    assert shared
    for acts in shared.values():
        assert len(acts) == len({act.person for act in acts}) > 1
        assert len({(act.on, act.facts["source"]) for act in acts}) == 1


def test_families_are_of_many_kinds(authority: Authority) -> None:
    kinds = Counter(act.facts["kind"] for act in authority.diary if act.act == "relate")
    assert set(kinds) >= {
        "mother", "father", "sibling", "half_sibling", "step_sibling", "step_parent", "partner_of_parent",
        "grandparent", "aunt_uncle", "family_friend",
    }  # fmt: skip
    holders = Counter(
        act.person
        for act in authority.diary
        if act.act == "relate" and act.facts["has_parental_responsibility"]
    )
    assert set(holders.values()) >= {1, 2, 3}
    twins = [
        f for f in authority.families if len({c.born_on for c in f.children if c.born_on}) < len(f.children)
    ]
    assert twins
    assert any(act.facts["kind"] == "second_home" for act in authority.diary if act.act == "live_at")


def test_parents_are_of_an_age_to_be_parents(authority: Authority) -> None:
    for family in authority.families:
        for child in family.children:
            for parent in (child.mother, child.father):
                if parent is not None and parent.born_on is not None:
                    assert 14 < (child.begins_on - parent.born_on).days / 365.25 < 75


def test_some_children_are_unborn_at_the_end_of_a_diary() -> None:
    """Over a few authorities: an unborn child has an expected date, no date of birth and no sex."""
    found = []
    for seed in range(1, 4):
        acts = northbrook(200, 1, seed).diary
        born = {act.person for act in acts if act.act == "record_birth"}
        registered = [act for act in acts if act.act == "register_person" and act.facts["is_child"]]
        found += [act for act in registered if act.facts["date_of_birth"] is None and act.person not in born]
    assert found
    for act in found:
        assert act.facts["expected_date_of_birth"] is not None
        assert act.facts["sex"] == "U"


def test_open_children_are_about_as_many_as_asked_for_and_steady(authority: Authority) -> None:
    for year in range(2022, 2027):
        opened = count(authority, "receive_referral", date.min, date(year, 3, 31))
        closed = count(authority, "close_referral", date.min, date(year, 3, 31))
        assert 400 < opened - closed < 620, year


# England 2019/20, for each referral in the year (data/rates.csv). The spans are wide: five hundred
# open children are few, and families come in groups.
@pytest.mark.parametrize(
    ("act", "share", "within"),
    [
        ("start_assessment", 665_660 / 642_980, 0.10),
        ("start_section_47", 201_000 / 642_980, 0.20),
        ("hold_initial_conference", 77_470 / 642_980, 0.30),
        ("start_protection_plan", 66_380 / 642_980, 0.30),
    ],
)
def test_what_follows_referrals_is_near_england(
    authority: Authority, act: str, share: float, within: float
) -> None:
    start, end = date(2020, 4, 1), date(2026, 3, 31)
    referrals = count(authority, "receive_referral", start, end)
    assert count(authority, act, start, end) / referrals == pytest.approx(share, rel=within)


def test_referrals_are_as_many_as_england_has_for_its_open_children(authority: Authority) -> None:
    a_year = count(authority, "receive_referral", date(2020, 4, 1), date(2026, 3, 31)) / 6
    assert a_year == pytest.approx(500 / rates()["open_children_a_referral_a_year"], rel=0.15)


def test_children_in_care_are_near_a_fifth_of_open_children(authority: Authority) -> None:
    """80,000 of 389,260 in England on 31 March 2020; short breaks are not counted."""
    breaks = {
        act.person
        for act in authority.diary
        if act.act == "start_care"
        and act.facts["legal_status"][0] == "V"
        and act.facts["legal_status"] != "V2"
    }
    for year in range(2022, 2027):
        on = date(year, 3, 31)
        acts = [act for act in authority.diary if act.on <= on and act.person not in breaks]
        inside = sum(a.act == "start_care" for a in acts) - sum(a.act == "end_care" for a in acts)
        assert inside / 500 == pytest.approx(80_000 / 389_260, rel=0.35), year


def test_most_children_in_care_are_fostered(authority: Authority) -> None:
    """71% in England on 31 March 2020."""
    where: dict[str, str] = {}
    for act in authority.diary:
        if act.act in ("start_care", "place_child"):
            where[act.person] = act.facts["placement_type"]
        elif act.act == "end_care":
            where.pop(act.person)
    fostered = sum(code[0] == "U" for code in where.values())
    assert 0.55 < fostered / len(where) < 0.85


def test_some_children_come_back_within_a_year(authority: Authority) -> None:
    """22.6% of referrals in England in 2019/20."""
    before: dict[str, date] = {}
    again = total = 0
    for act in authority.diary:
        if act.act == "receive_referral":
            if act.on >= date(2021, 4, 1):
                total += 1
                again += act.person in before and (act.on - before[act.person]).days <= 365
            before[act.person] = act.on
    assert 0.13 < again / total < 0.30


def test_workers_who_take_children_on_are_here_on_the_day(authority: Authority) -> None:
    workers = {worker.key: worker for worker in authority.workers}
    opens = date(authority.first_year - 1, 4, 1)
    for act in authority.diary:
        if act.act == "allocate_worker" and act.on >= opens:
            worker = workers[act.facts["worker"]]
            assert worker.started_on <= act.on
            assert worker.ended_on is None or act.on <= worker.ended_on
            assert act.facts["registration"].startswith("SW") or act.facts["role"] == "personal_adviser"


def test_every_decision_is_by_somebody_here_who_may_take_it(authority: Authority) -> None:
    workers = {worker.key: worker for worker in authority.workers}
    takes = {
        "receive_referral": {"team_manager"},
        "close_referral": {"team_manager"},
        "authorise_assessment": {"team_manager"},
        "conclude_section_47": {"social_worker", "team_manager"},
        "start_child_in_need_plan": {"social_worker", "team_manager"},
        "hold_initial_conference": {"reviewing_officer"},
    }
    assert set(takes) == DECISIONS
    for act in authority.diary:
        if act.act in DECISIONS:
            by = workers[act.by]
            assert by.role in takes[act.act], act
            assert by.started_on <= act.on and (by.ended_on is None or act.on <= by.ended_on), act


def test_a_referral_is_received_at_the_front_door_and_closed_in_the_team_that_has_the_child(
    authority: Authority,
) -> None:
    workers = {worker.key: worker for worker in authority.workers}
    team: dict[str, str] = {}
    received: dict[str, str] = {}
    seen = Counter[str]()
    for act in authority.diary:
        if act.act == "allocate_worker" and act.facts["role"] == "social_worker":
            team[act.person] = act.facts["team"]
        elif act.act == "end_allocation" and act.facts["role"] == "social_worker":
            team.pop(act.person)
        elif act.act == "receive_referral":
            received[act.facts["reference"]] = act.by
            seen[workers[act.by].team] += 1
        elif act.act == "close_referral" and act.person in team:
            assert workers[act.by].team == team[act.person], act
        elif act.act == "close_referral":
            assert act.by == received[act.facts["referral"]], act
    front_door = {"Front door and assessment", "Assessment east"}
    assert set(seen) == front_door and min(seen.values()) > sum(seen.values()) / 4


def test_children_referred_together_are_received_by_one_manager(authority: Authority) -> None:
    by: dict[str, set[str]] = defaultdict(set)
    for act in authority.diary:
        if act.act == "receive_referral" and act.together:
            by[act.together].add(act.by)
    assert by and all(len(managers) == 1 for managers in by.values())
