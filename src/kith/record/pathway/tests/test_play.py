"""Player 2: a whole invented diary goes through the services, by people who may do what they do."""

from dataclasses import replace
from datetime import date
from pkgutil import iter_modules

import pytest
from django.db import connection

from kith.invented import acts as invented_acts
from kith.invented import deciding
from kith.invented.authority import Authority, invent
from kith.invented.diary import Act
from kith.invented.rooms import __path__ as TOLD
from kith.invented.rooms import every_room
from kith.record.audit.models import Entry
from kith.record.care.models import Placement
from kith.record.chronology.models import Line
from kith.record.facts import Ending
from kith.record.frontdoor.models import Referral
from kith.record.pathway import play as player
from kith.record.pathway.playing import __path__ as PLAYED
from kith.record.pathway.playing import every_playing
from kith.record.people.models import Allocation, Person, User
from kith.record.people.permissions import powers
from kith.record.refusals import Refused


class Postcodes:
    """Twenty invented postcodes for every district."""

    def of_district(self, ons_code: str) -> list[str]:
        area = sum(map(ord, ons_code)) % 90 + 1
        return [f"NB{area} {number % 9 + 1}{letter}B" for number in range(5) for letter in "ADEF"]


@pytest.fixture(scope="module")
def authority() -> Authority:
    return invent(6, 1, 4, date(2026, 6, 30), Postcodes())


@pytest.fixture(scope="module")
def begun(authority: Authority) -> Authority:
    """The first part of the same diary."""
    return replace(authority, diary=authority.diary[: len(authority.diary) // 4])


@pytest.fixture(scope="module")
def played_once(authority: Authority, module_db: None) -> player.Played:
    return player.play(authority)


@pytest.fixture
def played(played_once: player.Played, db: None) -> player.Played:
    return played_once


# These stand first: each plays a diary itself, into an empty record.
def test_what_the_record_refuses_is_listed_with_why_and_the_day_goes_on(begun, db, monkeypatch):
    def refuse(**_given):
        raise Refused("Not today.", "Try tomorrow.")

    monkeypatch.setitem(player.SHARED, "receive_contact", refuse)
    played = player.play(begun)
    contacts = sum(act.act == "receive_contact" for act in begun.diary)
    assert {why for act, why in played.refused} == {"Not today. Try tomorrow."}
    assert len(played.refused) == contacts
    assert played.acts == len(begun.diary) - contacts


def test_a_room_plays_its_acts_by_hand_by_somebody_who_may(begun, db, monkeypatch):
    """A request for help is about no child; nobody at the top answers it, so somebody who may does."""
    answered = []

    def answer(playing, act):
        answered.append((act.facts["words"], playing.actor(act)))

    monkeypatch.setitem(player.BY_HAND, "answer_help", answer)
    monkeypatch.setitem(player.POWER_OF, "answer_help", "assess")
    last = begun.diary[-1].on
    asked = replace(begun, diary=(*begun.diary, Act(last, "", "answer_help", {"words": "Food"})))
    played = player.play(asked)
    [(words, who)] = answered
    assert (words, played.refused, played.acts) == ("Food", [], len(asked.diary))
    by_user = {user: key for key, user in played.users.items()}
    role = next(worker.role for worker in begun.workers if worker.key == by_user[who])
    assert role in powers()["assess"].roles


def test_from_a_day_on_each_act_is_a_transaction_of_its_own_and_timed(begun, db, monkeypatch):
    depths = []
    register = player.people.register_person

    def watched(**given):
        depths.append(len(connection.savepoint_ids))
        return register(**given)

    monkeypatch.setattr(player.people, "register_person", watched)
    days = sorted({act.on for act in begun.diary if act.act == "register_person"})
    first = days[len(days) // 2]
    live = sum(act.on >= first for act in begun.diary)
    played = player.play(begun, alone_from=first)
    assert (played.acts, played.alone) == (len(begun.diary), live)
    assert played.seconds > 0
    assert depths[0] == depths[-1] + 1  # the day's transaction is around each of its acts


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
    assert set(invented_acts.ACTS) <= {
        *player.SHARED,
        *player.OF_ONE,
        *player.CARRYING_ON,
        *player.BY_HAND,
        *by_hand,
    }
    done = {*player.SHARED, *player.OF_ONE, *player.CARRYING_ON}
    assert done <= player.DECISIONS | set(player.POWER_OF) <= done | set(player.BY_HAND)
    assert not player.DECISIONS & set(player.POWER_OF)
    of_rooms = {act for playing in every_playing() for act in playing.decisions}
    assert player.DECISIONS - of_rooms == deciding.DECISIONS


def test_every_act_that_a_room_tells_is_played_by_the_module_of_its_name():
    assert {act for room in every_room() for act in room.acts} == {
        act for playing in every_playing() for act in playing.acts
    }
    told, played = (sorted(each.name for each in iter_modules(where)) for where in (TOLD, PLAYED))
    assert told == played


def test_without_such_a_day_nothing_is_timed(played):
    assert (played.alone, played.seconds) == (0, 0.0)
