"""A decision about a message starts the next step by itself, for each child as that child stands."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.access.models import KeptApart, Restriction
from kith.record.access.models import Message as Note
from kith.record.assessment.models import Assessment
from kith.record.audit.models import Entry
from kith.record.chronology.policies import WrongCode
from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.models import Concerned, Contact, DecidedFor, Message, Referral, Way
from kith.record.frontdoor.policies import AlreadyDecided, NothingSaid, NotMatched
from kith.record.frontdoor.services import Named
from kith.record.help.models import HelpRequest
from kith.record.owed.queries import owed_for, owed_of
from kith.record.pathway.deciding_contacts import ForChild, NoOpenWork, SourceMissing, decide_contact
from kith.record.pathway.help_steps import children_of_message
from kith.record.pathway.queries import stage
from kith.record.pathway.telling_workers import NEW
from kith.record.people.models import Allocation, Person, Role, Team
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import acts_about, refused, told_of
from kith.record.versions import VersionClash

A_NEW_GIRL = Named("Sana", "Khan", is_new=True, sex="F")


@pytest.fixture
def told(worker):
    def make(*children, by=worker, **changes):
        given = {"what_was_said": "Hungry at school.", "way": Way.PHONE, "source": "2A", **changes}
        return frontdoor.write_message(children=children, by=by, **given)

    return make


def decide(message, by, decision="assess", **changes):
    given = {
        "threshold": "4", "reason": "Hungry, and help did not hold.", "consent_position": "agree",
        "lawful_basis": "help", **changes,
    }  # fmt: skip
    return decide_contact(message=message, decision=decision, by=by, **given)


def a_case(child, worker):
    [case] = frontdoor.receive_referral(
        children=[child], on=timezone.localdate() - timedelta(days=9), source="6", primary_need="N1",
        is_no_further_action=False, by=worker,
    )  # fmt: skip
    return case


def readers(child):
    """Who owes reading a message about a child."""
    held = [line.owed for line in owed_for([child.pk], timezone.now())]
    return [one.owed_by for one in held if one.what == "read_message"]


def test_three_children_decided_at_once_each_have_a_contact_a_case_and_an_assessment(
    told, manager, amira, twin
):
    received = timezone.now() - timedelta(days=1)
    message = told(Named(person=amira), Named(person=twin), A_NEW_GIRL, received_at=received)
    done = decide(message, manager, primary_need="N1")
    [sana] = done.registered
    for child in (amira, twin, sana):
        contact, referral = Contact.current.get(person=child), Referral.current.get(person=child)
        assert (contact.outcome, contact.message_thread) == ("NEW_REFERRAL_FLAG", message.thread)
        assert referral.contact_thread == contact.thread
        assert referral.received_on == timezone.localdate(received)  # the day received, not decided
        assert (referral.primary_need, referral.source, referral.decided_by) == ("N1", "2A", manager)
        assert Assessment.current.get(person=child).referral_thread == referral.thread
        assert DecidedFor.current.get(person=child).referral_thread == referral.thread
        assert stage(child, timezone.localdate()).name == "assessment"
    assert Allocation.current.get(person=sana).team.is_unallocated
    decided = "Decided about the message: find out what is needed (assessment, section 17)"
    assert ("contact_decided", decided) in [(kind, text) for _, kind, text in told_of(amira)]
    assert "decide_message" in Entry.objects.filter(actor_id=manager.pk).values_list("act", flat=True)


def test_a_child_with_a_case_and_no_worker_waits_for_one(told, manager, someone):
    child = someone("Noor", "Ali")
    decide(told(Named(person=child)), manager)
    assert Allocation.current.get(person=child).team.is_unallocated


def test_a_message_is_decided_once(told, manager, amira):
    waiting = told(Named(person=amira))
    decide(waiting, manager)
    with refused(AlreadyDecided, "was decided on"):
        decide(Message.current.get(), manager)
    assert Referral.objects.count() == 1


def test_of_two_who_decide_at_once_the_second_sees_the_clash(told, manager, amira):
    seen_by_both = told(Named(person=amira))
    decide(seen_by_both, manager)
    with pytest.raises(VersionClash):
        decide(seen_by_both, manager)
    assert Referral.objects.count() == Contact.objects.count() == 1


def test_nothing_more_to_do_registers_nobody_and_begins_nothing(told, manager, amira):
    before = Person.objects.count()
    message = told(Named(person=amira), A_NEW_GIRL)
    done = decide(message, manager, "nothing")
    assert (done.registered, Person.objects.count()) == ([], before)
    assert not Referral.objects.exists()
    assert Contact.current.get().outcome == "NFA_FLAG"
    assert set(Concerned.current.values_list("decision_thread", flat=True)) == {done.decision.thread}


def test_help_becomes_a_request_that_family_help_answers_with_nothing_typed_again(
    told, manager, staff, amira
):
    helpers = Team.objects.create(name="Family help", kind=Team.Kind.FAMILY_HELP)
    lead = staff(Role.TEAM_MANAGER, manages=helpers)
    message = told(Named(person=amira), A_NEW_GIRL, what_they_want="A place to play", teller_name="Mrs Bell")
    done = decide(message, manager, "help", reason="Tired, and asks for help.")
    request = HelpRequest.current.get()
    assert (request.what_would_help, request.does_family_know) == ("Tired, and asks for help.", True)
    assert "Mrs Bell" not in f"{request.asked_by} {request.name} {request.anything_else}"
    assert Message.current.get().help_request_thread == request.thread
    assert len(done.registered) == 1 and not Referral.objects.exists()
    assert Contact.current.get(person=amira).outcome == "OTHER_OUTCOMES_EXIST_FLAG"
    assert Note.objects.filter(to=lead).exists()
    children = children_of_message(request.message_thread)  # offered as help begins, none of them ticked
    assert children == [amira.pk, done.registered[0].pk]
    assert children_of_message(None) == []


def test_one_child_may_be_decided_differently(told, manager, amira, twin):
    message = told(Named(person=amira), Named(person=twin))
    rows = {row.person: row for row in Concerned.current.all()}
    own = {
        rows[twin].thread: ForChild(
            decision="advice", reason="He eats at his father’s.", child_said="I am fine"
        )
    }
    decide(message, manager, children=own)
    assert Referral.current.get().person == amira
    assert Contact.current.get(person=twin).outcome == "ADVICE_FLAG"
    part = DecidedFor.current.get(person=twin)
    assert (part.decision, part.reason, part.child_said) == (
        "advice",
        "He eats at his father’s.",
        "I am fine",
    )
    assert DecidedFor.current.get(person=amira).child_said == ""


def test_a_child_with_a_case_open_gets_the_message_added_and_the_others_begin(
    told, manager, worker, amira, twin
):
    open_one = a_case(amira, worker)
    done = decide(told(Named(person=amira), Named(person=twin)), manager)
    assert list(done.added_to) == [amira.pk]
    assert Contact.current.get(person=amira).outcome == "EXISTING_REFERRAL_FLAG"
    assert DecidedFor.current.get(person=amira).referral_thread == open_one.thread
    assert [one.person for one in done.referrals] == [twin]
    assert Note.objects.get(to=worker).text.startswith("Somebody told us something new")
    assert "Read what was added" in " ".join(line.words for line in owed_for([amira.pk], timezone.now()))


def test_a_worker_from_whom_the_child_is_kept_is_not_told_and_their_manager_reads_it(
    told, staff, manager, worker, amira
):
    a_case(amira, worker)
    KeptApart.objects.create(user=worker, person=amira, because="Her neighbour", started_by=manager)
    front_door = staff(Role.TEAM_MANAGER)
    decide(told(Named(person=amira), by=front_door), front_door)
    assert not Note.objects.filter(to=worker).exists()
    assert Note.objects.filter(to=manager, text__startswith="Somebody told us something new").exists()
    assert readers(amira) == [manager]


def test_a_worker_from_whom_another_child_in_the_message_is_kept_is_led_to_their_own(
    told, manager, worker, amira, twin
):
    a_case(amira, worker)
    KeptApart.objects.create(user=worker, person=twin, because="His aunt", started_by=manager)
    decide(told(Named(person=amira), Named(person=twin), by=manager), manager)
    note = Note.objects.get(to=worker)
    assert (note.text, note.link) == (NEW, reverse("story", args=[amira.pk]))
    assert readers(amira) == [manager]


def test_adding_to_open_work_needs_open_work(told, manager, amira):
    message = told(Named(person=amira))
    with refused(NoOpenWork, "no open work"):
        decide(message, manager, "existing")
    assert Message.current.get().is_waiting and not Contact.objects.exists()


def test_a_referral_with_no_further_action_needs_no_need_and_begins_no_work(told, manager, amira):
    decide(told(Named(person=amira)), manager, "referral_no_action")
    assert Referral.current.get().is_no_further_action
    assert not Assessment.objects.exists()
    assert [line.owed.what for line in owed_for([amira.pk], timezone.now())] == ["reply_to_referrer"]


def test_what_was_not_asked_is_owed(told, manager, amira):
    message = told(Named(person=amira))
    done = decide(message, manager, consent_position="will_be_told", family_told="Ada, today")
    assert {line.owed.what for line in owed_for([amira.pk], timezone.now())} == {
        "primary_need", "family_told", "reply_to_referrer",
    }  # fmt: skip
    assert [line.owed.because for line in owed_of([done.decision], timezone.now())] == ["Ada, today"]
    frontdoor.say_need(referral=done.referrals[0], primary_need="N1", by=manager)
    assert "primary_need" not in {line.owed.what for line in owed_for([amira.pk], timezone.now())}


@pytest.mark.parametrize("source", ["9", "10", "1C"])
def test_no_reply_is_owed_to_nobody(told, manager, amira, source):
    decide(told(Named(person=amira), source=source), manager, primary_need="N1")
    assert owed_for([amira.pk], timezone.now()) == []


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"decision": ""}, WrongCode, "No choice was made for a decision"),
        ({"threshold": ""}, WrongCode, "No choice was made for a level of need"),
        ({"threshold": "99"}, WrongCode, "is not a level of need"),
        ({"consent_position": ""}, WrongCode, "where the family stands"),
        ({"lawful_basis": ""}, WrongCode, "the power we act under"),
        ({"reason": "  "}, NothingSaid, "Say why"),
        ({"reason": "", "consent_position": "not_told_risk"}, NothingSaid, "without the family’s agreement"),
        ({"primary_need": "N99"}, WrongCode, "is not a primary need"),
    ],
)
def test_a_decision_that_lacks_something_is_refused_whole(told, manager, amira, changes, refusal, words):
    message = told(Named(person=amira), A_NEW_GIRL)
    before = Person.objects.count()
    with refused(refusal, words):
        decide(message, manager, **changes)
    assert Message.current.get().is_waiting
    assert Person.objects.count() == before and not Contact.objects.exists()


def test_nobody_is_decided_about_before_somebody_looked_who_they_are(told, manager):
    with refused(NotMatched, "Nobody has said yet who Noor Khan is"):
        decide(told(Named("Noor", "Khan")), manager)


def test_who_told_us_has_to_be_said_before_a_decision(told, manager, amira):
    with refused(SourceMissing, "who told us"):
        decide(told(Named("Noor", is_new=True), by=None, source="", way=Way.PAGE), manager)


def test_a_child_whom_a_manager_will_confirm_is_left_out_and_waits(told, manager, amira):
    message = told(Named(person=amira), Named("Noor", "Khan", will_be_confirmed=True))
    done = decide(message, manager)
    assert [row.called for row in done.left_out] == ["Noor Khan"]
    assert [one.person for one in done.referrals] == [amira]


def test_nobody_decides_about_a_child_who_is_kept_from_them(told, manager, amira, worker):
    message = told(Named(person=amira))
    Restriction.objects.create(person=amira, kind=Restriction.Kind.POLICE, reason="Operation")
    with refused(NotAllowed, "cannot show you anything"):
        decide(message, manager)


def test_who_may_decide(told, staff, manager, amira, worker, analyst):
    message = told(Named(person=amira))
    for somebody in (worker, analyst, staff(Role.DUTY_WORKER), staff(Role.OUT_OF_HOURS)):
        with refused(NotAllowed, "does not let you decide"):
            decide(message, somebody)
    own = told(Named(person=amira), by=manager, way=Way.WORKER)
    with refused(NotAllowed, "You told this yourself"):
        decide(own, manager)
    assert decide(told(Named(person=amira), by=manager), manager)  # a call written down is not one's own


def test_a_second_referral_within_twelve_months_is_marked_as_it_was_known_then(told, manager, worker, amira):
    on = timezone.localdate() - timedelta(days=200)
    [first] = frontdoor.receive_referral(
        children=[amira], on=on, source="6", primary_need="N1", is_no_further_action=False, by=worker
    )
    frontdoor.close_referral(referral=first, on=on + timedelta(days=30), reason="RC7", by=worker)
    decide(told(Named(person=amira)), manager)
    part = DecidedFor.current.get()
    assert part.is_referred_again
    assert part.known_then[0].startswith("Referred on ") and "closed on" in part.known_then[0]
    assert part.known_then[-1] == "Referred again within 12 months."


def test_an_unborn_child_and_one_nobody_can_name_are_registered_when_work_begins(
    told, manager, unborn, worker
):
    message = told(Named(person=unborn), Named(said_as="A girl, about 4", sex="F"))
    row = Concerned.current.get(person=None)
    frontdoor.match_child(concerned=row, nobody_can_tell=True, by=worker)
    done = decide(message, manager)
    assert len(done.registered) == 1 and len(done.referrals) == 2
    assert acts_about(done.registered[0])[0] == "person_registered"
