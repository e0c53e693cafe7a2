"""At three in the morning two facts are enough; nothing one child has open holds up another."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from kith.record.access.models import Message as Note
from kith.record.access.models import Restriction
from kith.record.assessment.models import Assessment
from kith.record.chronology.policies import NoChildren
from kith.record.clocks.queries import clocks_for
from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.models import Concerned, Contact, Danger, Message, Referral
from kith.record.frontdoor.policies import AlreadyDecided, NothingSaid
from kith.record.frontdoor.services import Named
from kith.record.owed.queries import owed_by, owed_for
from kith.record.pathway import services as pathway
from kith.record.pathway.urgent import start_urgently
from kith.record.people.models import Allocation, Role, Team
from kith.record.protection.models import Section47Enquiry
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import acts_about, refused

HARM = "He held her by the throat tonight."


@pytest.fixture
def night(staff):
    return staff(Role.OUT_OF_HOURS, name="Nia Night")


@pytest.fixture
def head(staff):
    return staff(Role.SENIOR_MANAGER, name="Hal Head")


def test_two_facts_start_an_enquiry_about_children_without_a_case(night, head, amira):
    unknown = Named(said_as="A boy of about 6")  # no name, no birth date
    done = start_urgently(children=[amira], new=[unknown], suspected_harm=HARM, by=night)
    [boy] = done.registered
    today = timezone.localdate()
    for child in (amira, boy):
        referral = Referral.current.get(person=child)
        assert (referral.received_on, referral.primary_need, referral.source) == (today, "", "10")
        assert Section47Enquiry.current.get(person=child).referral_thread == referral.thread
        assert Assessment.current.get(person=child).referral_thread == referral.thread
        assert Contact.current.get(person=child).outcome == "CP_ENQUIRY_FLAG"
    assert (done.message.what_was_said, Message.current.get().is_waiting) == (HARM, False)
    assert Note.objects.get(to=head).text.startswith("A section 47 enquiry was begun at once")


def test_everything_not_asked_is_owed(night, head, amira):
    start_urgently(children=[amira], suspected_harm=HARM, by=night)
    assert {line.owed.what for line in owed_for([amira.pk], timezone.now())} == {
        "strategy_discussion", "single_or_joint", "contact_details", "decision_details",
        "managers_agreement", "primary_need", "reply_to_referrer",
    }  # fmt: skip
    assert [line.owed.what for line in owed_by(head, timezone.now())] == ["managers_agreement"]


def test_an_open_case_and_an_open_enquiry_get_the_new_information_and_the_third_child_begins(
    night, head, worker, amira, twin, unborn
):
    before = timezone.localdate() - timedelta(days=5)
    frontdoor.receive_referral(
        children=[amira, twin],
        on=before,
        source="6",
        primary_need="N1",
        is_no_further_action=False,
        by=worker,
    )
    [going_on] = pathway.start_section_47(children=[amira], on=before, by=worker)
    done = start_urgently(children=[amira, twin, unborn], suspected_harm=HARM, by=night)
    assert list(done.added_to) == [amira.pk]
    assert set(done.enquiries) == {twin.pk, unborn.pk}
    assert set(done.open_before) == {amira.pk, twin.pk}
    assert [one.person for one in done.referrals] == [unborn]
    assert Section47Enquiry.current.get(person=amira).pk == going_on.pk
    assert Contact.current.get(person=twin).outcome == "EXISTING_REFERRAL_FLAG"
    assert Note.objects.filter(to=worker).exists()  # the named worker of two of them is told


def test_one_message_about_several_children_is_one_thing_to_read_and_says_that_it_is_danger(
    night, head, worker, amira, twin
):
    frontdoor.receive_referral(
        children=[amira, twin], on=timezone.localdate(), source="6", primary_need="N1",
        is_no_further_action=False, by=worker,
    )  # fmt: skip
    done = start_urgently(children=[amira, twin], suspected_harm=HARM, by=night, is_danger_now=True)
    said = "Section 47 was begun in a family you work with. Somebody may be in danger now."
    assert Note.objects.get(to=worker).text == f"{said} Read it: what will you do?"
    [line] = [one for one in owed_by(worker, timezone.now()) if one.owed.what == "read_message"]
    assert (set(line.person_ids), line.owed.because) == ({amira.pk, twin.pk}, said)
    frontdoor.read_message(message=done.message, child=amira, what_next="I ring now", by=worker)
    assert "read_message" in {one.owed.what for one in owed_by(worker, timezone.now())}
    frontdoor.read_message(message=done.message, child=twin, what_next="I ring now", by=worker)
    assert "read_message" not in {one.owed.what for one in owed_by(worker, timezone.now())}


def test_a_message_that_waits_can_be_started_from(night, head, amira, worker):
    message = frontdoor.write_message(
        children=[Named(person=amira), Named("Sana", "Khan")], what_was_said="Screaming", way="phone",
        source="1B", by=worker,
    )  # fmt: skip
    done = start_urgently(message=message, suspected_harm=HARM, by=night)
    assert len(done.enquiries) == 2
    assert Message.current.get().what_was_said == "Screaming"
    with refused(AlreadyDecided, "was decided"):
        start_urgently(message=Message.current.get(), suspected_harm=HARM, by=night)


def test_the_day_is_the_day_the_message_came(night, head, amira):
    at = timezone.now() - timedelta(days=2)
    done = start_urgently(children=[amira], suspected_harm=HARM, by=night, at=at)
    assert done.referrals[0].received_on == timezone.localdate(at)


def test_without_a_child_or_a_word_nothing_is_written(night, amira):
    with refused(NoChildren, "No child"):
        start_urgently(suspected_harm=HARM, by=night)
    with refused(NothingSaid, "Nothing is written"):
        start_urgently(children=[amira], suspected_harm=" ", by=night)
    assert not Message.objects.exists() and not Concerned.objects.exists()
    assert acts_about(amira) == []


def test_a_manager_agrees_afterwards_and_nobody_their_own(night, head, manager, amira):
    done = start_urgently(children=[amira], suspected_harm=HARM, by=manager)
    with refused(NotAllowed, "You decided this yourself"):
        frontdoor.agree_decision(decision=done.decision, by=manager)
    with refused(NotAllowed, "does not let you"):
        frontdoor.agree_decision(decision=done.decision, by=night)
    agreed = frontdoor.agree_decision(decision=done.decision, by=head, because="Right to act.")
    assert agreed.agreed_by == head
    assert frontdoor.agree_decision(decision=agreed, by=head).pk == agreed.pk
    assert "managers_agreement" not in {line.owed.what for line in owed_for([amira.pk], timezone.now())}


def test_what_was_left_out_in_the_hurry_is_said_afterwards_and_owed_no_more(night, head, amira):
    done = start_urgently(children=[amira], suspected_harm=HARM, by=night)
    message = Message.current.get()
    whole = frontdoor.complete_message(message=message, source="6", teller_name="PC Holt", by=night)
    assert (whole.source, whole.what_was_said) == ("6", HARM)
    frontdoor.complete_decision(
        decision=done.decision, threshold="4", consent_position="nobody", lawful_basis="protect", by=night
    )
    left = {line.owed.what for line in owed_for([amira.pk], timezone.now())}
    assert not left & {"contact_details", "decision_details"}


def test_who_may_not(analyst, chair, amira, night):
    for somebody in (analyst, chair):
        with refused(NotAllowed, "does not let you decide at once"):
            start_urgently(children=[amira], suspected_harm=HARM, by=somebody)
    Restriction.objects.create(person=amira, kind=Restriction.Kind.STAFF_FAMILY, reason="Ours")
    with refused(NotAllowed, "cannot show you anything"):
        start_urgently(children=[amira], suspected_harm=HARM, by=night)


OWN = "about a child of your team"


@pytest.fixture
def nights_manager(staff):
    """The manager of out of hours, who is told in any case and works with no child."""
    team = Team.objects.create(name="Nights", kind=Team.Kind.OUT_OF_HOURS)
    return staff(Role.TEAM_MANAGER, manages=team, name="Ned Nights")


def told_of_own(user):
    return Note.objects.filter(to=user, text__contains=OWN).count()


def test_the_manager_of_the_childs_own_team_is_told_whoever_begins_it(
    night, nights_manager, manager, amira, twin
):
    done = start_urgently(children=[amira, twin], suspected_harm=HARM, by=night)
    assert told_of_own(manager) == 1  # once for both
    assert Note.objects.get(to=manager, text__contains=OWN).link == f"/front-door/{done.message.thread}/"
    assert told_of_own(nights_manager) == 0 and Note.objects.filter(to=nights_manager).exists()


def test_the_manager_who_is_told_already_or_began_it_is_told_no_second_time(
    nights_manager, worker, manager, amira
):
    start_urgently(children=[amira], suspected_harm=HARM, by=worker)  # of the manager's own team
    assert told_of_own(manager) == 0 and Note.objects.filter(to=manager).count() == 1
    start_urgently(children=[amira], suspected_harm=HARM, by=manager)
    assert told_of_own(manager) == 0


def test_twins_of_two_teams_are_told_to_both_managers(night, nights_manager, manager, amira, twin, staff):
    west = Team.objects.create(name="West")
    other = staff(Role.TEAM_MANAGER, manages=west, name="Wes West")
    Allocation.objects.filter(person=twin).update(team=west, worker=None)
    start_urgently(children=[amira, twin], suspected_harm=HARM, by=night)
    assert told_of_own(manager) == told_of_own(other) == 1


def test_nobody_is_told_of_a_child_who_is_kept_from_them(night, nights_manager, manager, amira):
    kept = Restriction.objects.create(person=amira, kind=Restriction.Kind.STAFF_FAMILY, reason="Ours")
    kept.allowed.add(night)
    start_urgently(children=[amira], suspected_harm=HARM, by=night)
    assert told_of_own(manager) == 0


def test_whoever_may_know_of_one_of_two_is_led_to_that_ones_page(night, nights_manager, manager, amira, twin):
    kept = Restriction.objects.create(person=amira, kind=Restriction.Kind.STAFF_FAMILY, reason="Ours")
    kept.allowed.add(night)
    start_urgently(children=[amira, twin], suspected_harm=HARM, by=night)
    [note] = Note.objects.filter(to=manager, text__contains=OWN)
    assert note.link == f"/child/{twin.pk}/"  # the message is held back from whoever may not know of both


def test_a_child_whom_nobody_works_with_is_told_as_before(night, nights_manager, someone):
    start_urgently(children=[someone("Noor", "Khan")], suspected_harm=HARM, by=night)
    assert not Note.objects.filter(text__contains=OWN).exists() and Note.objects.filter(to=nights_manager)


def test_danger_now_before_christmas_is_discussed_that_day_and_not_after_the_holidays(night, head, amira):
    at = datetime(2025, 12, 24, 16, tzinfo=UTC)
    start_urgently(children=[amira], suspected_harm=HARM, at=at, danger=Danger.NOW, by=night)
    [owed] = [one for one in owed_for([amira.pk], at) if one.owed.what == "strategy_discussion"]
    assert owed.due_on == date(2025, 12, 24)
    lines = {line.clock: line for line in clocks_for(amira, at)}
    assert "CP-01" not in lines and lines["CP-01b"].due_on == date(2025, 12, 24)
