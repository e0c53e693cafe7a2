"""What the room of help adds: help while no child of a family has a case, led, planned and reviewed."""

import pytest

from kith.invented.authority import Authority, invent
from kith.invented.diary import Act
from kith.invented.frames import fold
from kith.invented.rooms.help import ROOM
from kith.invented.spells import spells

from .made import UNTIL, MadePostcodes


@pytest.fixture(scope="module")
def authority() -> Authority:
    return invent(80, 2, 7, UNTIL, MadePostcodes(), (ROOM,))


def told(authority: Authority, name: str) -> list[Act]:
    return [act for act in authority.diary if act.act == name]


def test_nobody_is_helped_while_they_have_a_case(authority: Authority) -> None:
    ended = {act.facts["help"]: act.on for act in told(authority, "close_help")}
    cases = spells(authority.diary, "receive_referral", "close_referral", "referral")
    for act in told(authority, "begin_help"):
        end = ended.get(act.facts["reference"], UNTIL)
        for child in act.facts["children"]:
            mine = [case for case in cases if case.child == child]
            assert not any(case.start <= end and act.on <= case.end for case in mine)


def test_help_comes_before_some_referrals_and_after_some_closings(authority: Authority) -> None:
    reasons = [act.facts["reason"] for act in told(authority, "close_help")]
    assert reasons.count("more_help") > 3 and reasons.count("helped") > 3
    begun, closed = told(authority, "begin_help"), len(reasons)
    assert len(begun) > 20 and 0 < len(begun) - closed < len(begun) / 2  # some go on at the end


def test_help_has_a_lead_a_plan_and_reviews(authority: Authority) -> None:
    begun = {act.facts["reference"]: act for act in told(authority, "begin_help")}
    for name in ("name_help_lead", "agree_help_plan", "review_help"):
        acts = told(authority, name)
        assert len(acts) > len(begun) / 2
        assert all(begun[act.facts["help"]].on < act.on for act in acts)


def test_each_child_helped_is_in_the_table_with_their_lead(authority: Authority) -> None:
    table = fold(authority.diary)["ssd_early_help_episodes"]
    children = sum(len(act.facts["children"]) for act in told(authority, "begin_help"))
    assert table.height == children
    assert table["earl_episode_worker_id"].null_count() < children / 10
    closed = sum(len(act.facts["children"]) for act in told(authority, "close_help"))
    assert table["earl_episode_end_date"].drop_nulls().len() == closed
