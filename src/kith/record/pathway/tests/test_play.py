"""Player 2: a whole invented diary goes through the services, by people who may do what they do."""

from datetime import date

import pytest

from kith.invented import acts as invented_acts
from kith.invented.authority import Authority, invent
from kith.record.audit.models import Entry
from kith.record.care.models import Placement
from kith.record.chronology.models import Line
from kith.record.facts import Ending
from kith.record.frontdoor.models import Referral
from kith.record.pathway import play as player
from kith.record.people.models import Allocation, Person, User
from kith.record.refusals import Refused


class Postcodes:
    """Twenty invented postcodes for every district."""

    def of_district(self, ons_code: str) -> list[str]:
        area = sum(map(ord, ons_code)) % 90 + 1
        return [f"NB{area} {number % 9 + 1}{letter}B" for number in range(5) for letter in "ADEF"]


@pytest.fixture(scope="module")
def authority() -> Authority:
    return invent(6, 1, 4, date(2026, 6, 30), Postcodes())


@pytest.fixture
def played(authority, db) -> player.Played:
    return player.play(authority)


def test_every_act_of_the_diary_is_done_and_none_refused(played, authority):
    assert [(act.act, why) for act, why in played.refused] == []
    assert played.acts == len(authority.diary)
    assert len(played.persons) == Person.objects.count()


def test_what_was_played_is_told_audited_and_recorded_by_somebody(played, authority):
    referrals = sum(act.act == "receive_referral" for act in authority.diary)
    assert Referral.current.count() == referrals > 0
    assert Line.objects.filter(kind="referral_received", struck_at=None).count() == referrals
    assert Entry.objects.filter(act="receive_referral").count() == referrals
    assert not Referral.objects.filter(recorded_by=None).exists()
    assert not Entry.objects.filter(actor_id=None).exists()
    moves = sum(act.act in ("start_care", "place_child") for act in authority.diary)
    assert Placement.current.count() == moves


def test_those_who_left_can_no_longer_act(played, authority):
    left = {worker.key for worker in authority.workers if worker.ended_on}
    assert not User.objects.filter(pk__in=[played.users[key].pk for key in left], is_active=True).exists()
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_workers_hand_over_with_no_gap(played):
    ended = Allocation.objects.filter(ended_as=Ending.CONTINUED).exclude(worker=None)
    assert all(allocation.superseded_by.ended_on for allocation in ended)


def test_every_act_has_its_service():
    by_hand = {
        name[1:] for name in vars(player._Player) if name.startswith("_") and not name.startswith("__")
    }
    assert set(invented_acts.ACTS) <= {*player.SHARED, *player.OF_ONE, *player.CARRYING_ON, *by_hand}
    assert {*player.SHARED, *player.OF_ONE, *player.CARRYING_ON} <= set(player.POWER_OF)


def test_what_the_record_refuses_is_listed_with_why_and_the_day_goes_on(authority, db, monkeypatch):
    def refuse(**_given):
        raise Refused("Not today.", "Try tomorrow.")

    monkeypatch.setitem(player.SHARED, "receive_contact", refuse)
    played = player.play(authority)
    contacts = sum(act.act == "receive_contact" for act in authority.diary)
    assert {why for act, why in played.refused} == {"Not today. Try tomorrow."}
    assert len(played.refused) == contacts
    assert played.acts == len(authority.diary) - contacts
