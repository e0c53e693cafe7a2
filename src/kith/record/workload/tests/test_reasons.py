"""Why something is late, and that nobody has to do it: a reason each, and no day is moved."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kith.record.access.models import KeptApart, Message
from kith.record.clocks.queries import due_for_people
from kith.record.frontdoor import services as frontdoor
from kith.record.pathway import services as pathway
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import acts_about, refused
from kith.record.workload import permissions, queries, services
from kith.record.workload.models import SaidOfClock
from kith.record.workload.policies import ReasonMissing

TODAY = timezone.localdate()
ASSESSMENT = "AS-01"


@pytest.fixture
def lines(amira, twin, worker):
    """What is due for both: an assessment begun a hundred days ago."""
    began = TODAY - timedelta(days=100)
    for child in (amira, twin):
        frontdoor.receive_referral(
            children=[child], on=began, source="1A", primary_need="N1", is_no_further_action=False, by=worker
        )
        pathway.start_assessment(children=[child], on=began, by=worker)
    found = due_for_people([amira.pk, twin.pk], TODAY)
    return [line for line in found if line.clock == ASSESSMENT]


def days(child):
    return [line.due_on for line in due_for_people([child.pk], TODAY) if line.clock == ASSESSMENT]


def test_a_reason_for_being_late_moves_no_day(lines, amira, worker):
    before = days(amira)
    services.say_why_late(lines=lines, because="  The family moved  twice ", by=worker)
    assert days(amira) == before
    assert queries.said_of([amira.pk])[queries.key_of(lines[0])].reason == "The family moved twice"
    assert acts_about(amira).count("say_why_late") == 1


def test_a_newer_reason_stands_and_the_older_stays_readable(lines, amira, worker):
    for reason in ("Ill", "Ill", "Ill, and then the snow"):  # the second is the first sent twice
        services.say_why_late(lines=lines[:1], because=reason, by=worker)
    assert queries.said_of([amira.pk])[queries.key_of(lines[0])].reason == "Ill, and then the snow"
    assert SaidOfClock.objects.filter(person=amira).count() == 2


def test_what_is_not_needed_is_due_no_more_for_that_child_alone(lines, amira, twin, manager):
    mine = [line for line in lines if line.person_id == amira.pk]
    services.put_aside(lines=mine, because="She turned 18", by=manager)
    assert days(amira) == []
    assert days(twin)
    assert "put_aside" in acts_about(amira)
    assert "put_aside" not in acts_about(twin)


def test_a_worker_may_say_why_it_is_late_and_not_that_it_is_not_needed(lines, worker, stranger, manager):
    with pytest.raises(NotAllowed):
        services.put_aside(lines=lines, because="No", by=worker)
    for act in (services.say_why_late, services.put_aside):
        with pytest.raises(NotAllowed):
            act(lines=lines, because="No", by=stranger)
    assert permissions.can_put_aside(manager, [])
    assert not SaidOfClock.objects.exists()


@pytest.mark.parametrize("because", ["", "   ", "x" * 501])
def test_a_reason_is_said_and_short(lines, worker, because):
    with refused(ReasonMissing, "needs a reason|longer than"):
        services.say_why_late(lines=lines, because=because, by=worker)


def test_the_database_keeps_one_reason_of_a_clock_and_day(lines, worker, amira):
    (said, *_) = services.say_why_late(lines=lines[:1], because="Ill", by=worker)
    same = {name: getattr(said, name) for name in ("kind", "clock", "fact_table", "fact_thread", "due_on")}
    with pytest.raises(IntegrityError), transaction.atomic():
        SaidOfClock.objects.create(person_id=said.person_id, reason="Twice", **same)
    with pytest.raises(IntegrityError), transaction.atomic():
        SaidOfClock.objects.create(person=amira, reason="", **{**same, "due_on": date(2026, 1, 1)})


def test_no_worker_is_told_of_a_child_who_is_kept_from_them(lines, amira, worker, manager):
    KeptApart.objects.create(user=worker, person=amira, because="Her neighbour", started_by=manager)
    services.put_aside(lines=[one for one in lines if one.person_id == amira.pk], because="18", by=manager)
    assert not Message.objects.filter(to=worker).exists()
