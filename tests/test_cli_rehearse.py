"""`kith rehearse`: an invented authority's last days, one act at a time, in a record that is thrown away."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from terminal import kith, sentence, told

from kith.cli import rehearsing
from kith.invented import authority
from kith.invented.tests.made import MadePostcodes
from kith.record.frontdoor.models import Referral
from kith.record.pathway import play as player
from kith.record.people.models import Person
from kith.record.refusals import Refused

pytestmark = pytest.mark.django_db
SMALL = ("rehearse", "--children", 6, "--days", 120, "--seed", 4)
SHORT = ("rehearse", "--children", 2, "--days", 15, "--seed", 4)
TODAY = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def made_postcodes(monkeypatch):
    """An authority on a made table of postcodes; what the command sets in the environment is put back."""
    monkeypatch.setattr(rehearsing, "_today", lambda: TODAY)
    monkeypatch.setattr(authority, "RealPostcodes", MadePostcodes)
    monkeypatch.setenv("KITH_HOME", os.environ["KITH_HOME"])
    monkeypatch.setenv("DATABASE_URL", "sqlite:////nowhere/the-authoritys-own.sqlite3")


def test_it_tells_how_fast_what_was_refused_what_stands_and_what_is_due():
    answer = told(*SMALL)
    assert answer["until"] == TODAY.isoformat()
    assert answer["from"] == (TODAY - timedelta(days=119)).isoformat()
    assert 0 < answer["alone"] < answer["acts"]
    assert answer["acts_a_second"] > 0 and answer["refused"] == []
    assert answer["stands"]["people.person"] == Person.objects.count() > 0
    assert answer["stands"]["frontdoor.referral"] == Referral.current.count()
    assert {"visits.visit", "protection.strategydiscussion", "schooling.schoolplace"} <= set(answer["stands"])
    assert all(each["late"] <= each["due"] and each["what"] for each in answer["due"])
    assert all(each["late"] <= each["owed"] and each["what"] for each in answer["owed"])


def test_people_read_the_same_and_the_authoritys_own_record_is_not_touched():
    text = kith(*SHORT).stdout
    assert "Refused: 0" in text and "What stands at the end, by room:" in text and "a second" in text
    assert "\n  visits\n" in text and "\n    visit  " in text
    assert os.environ["DATABASE_URL"].endswith("/kith.sqlite3")
    assert "kith-rehearsal-" in os.environ["DATABASE_URL"]
    assert not Path(os.environ["KITH_HOME"]).exists()  # thrown away


def test_what_the_record_refuses_is_told_with_why_and_how_often(monkeypatch):
    def refuse(**_given):
        raise Refused("Not today.", "Try tomorrow.")

    monkeypatch.setitem(player.SHARED, "receive_contact", refuse)
    [refused] = told(*SHORT, status=1)["refused"]
    assert (refused["act"], refused["why"]) == ("receive_contact", "Not today. Try tomorrow.")
    assert refused["times"] >= 1 and refused["first_on"] < TODAY.isoformat()


def test_a_record_with_people_in_it_is_never_filled_with_invented_ones():
    Person.objects.create()
    assert "has people in it already" in sentence(*SHORT)
    assert Person.objects.count() == 1


def test_a_record_that_is_named_is_the_one_played_into():
    with rehearsing._fresh_record("sqlite:////an/empty.sqlite3") as record:
        assert record == "sqlite:////an/empty.sqlite3"
