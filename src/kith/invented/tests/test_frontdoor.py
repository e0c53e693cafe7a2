"""What the front door's room adds: a message and a decision for each contact of the last year, no contact."""

from datetime import timedelta

import pytest

from kith.invented.authority import Authority, invent
from kith.invented.diary import Act
from kith.invented.rooms.frontdoor import ROOM
from kith.standards.working_days import add_working_days

from .made import UNTIL, MadePostcodes


@pytest.fixture(scope="module")
def authority() -> Authority:
    return invent(80, 2, 7, UNTIL, MadePostcodes(), (ROOM,))


def told(authority: Authority, name: str) -> list[Act]:
    return [act for act in authority.diary if act.act == name]


def test_each_contact_of_the_last_year_came_from_one_message(authority: Authority) -> None:
    messages = told(authority, "write_message")
    assert all(UNTIL - timedelta(days=365) < act.on < UNTIL for act in messages)
    came = {(child, act.on) for act in messages for child in act.facts["children"]}
    contacts = {
        (act.person, act.on)
        for act in told(authority, "receive_contact")
        if UNTIL - timedelta(days=365) < act.on < UNTIL
    }
    assert came == contacts and len(messages) > 50


def test_what_was_decided_is_what_the_first_pass_tells(authority: Authority) -> None:
    referrals = {act.facts["reference"]: act for act in told(authority, "receive_referral")}
    decided = told(authority, "decide_message")
    for act in decided:
        begun = [referrals[reference] for reference in act.facts["referrals"].values()]
        assert bool(begun) == (act.facts["decision"] in ("assess", "strategy", "referral_no_action"))
        stopped = {one.facts["is_no_further_action"] for one in begun}
        assert (True in stopped) == (act.facts["decision"] == "referral_no_action")
    decisions = {act.facts["decision"] for act in decided}
    assert decisions == {"assess", "strategy", "referral_no_action", "advice", "nothing"}


def test_most_are_decided_by_the_next_working_day(authority: Authority) -> None:
    came = {act.facts["reference"]: act.on for act in told(authority, "write_message")}
    decided = told(authority, "decide_message")
    in_time = [act.on <= add_working_days(came[act.facts["message"]], 1) for act in decided]
    assert 0.8 < sum(in_time) / len(in_time) < 1
