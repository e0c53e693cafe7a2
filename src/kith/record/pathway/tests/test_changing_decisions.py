"""Changing a decision of the front door: what stands, what is undone, what is left to be done by hand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.record.access.models import Message as Note
from kith.record.access.models import Restriction
from kith.record.assessment import services as assessing
from kith.record.assessment.models import Assessment
from kith.record.audit.models import Entry
from kith.record.chronology.policies import WrongCode
from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.models import (
    Came,
    Concerned,
    Contact,
    DecidedFor,
    Decision,
    Message,
    Referral,
    Way,
)
from kith.record.frontdoor.policies import NotDecided, NothingChanges, NothingSaid
from kith.record.frontdoor.services import Named
from kith.record.help import services as help_room
from kith.record.help.models import HelpRequest
from kith.record.owed.models import Owed
from kith.record.owed.queries import owed_for
from kith.record.pathway.changing_decisions import CaseClosed, change_decision
from kith.record.pathway.closing import close_case
from kith.record.pathway.deciding_contacts import ForChild, decide_contact
from kith.record.pathway.services import allocate_worker
from kith.record.pathway.urgent import start_urgently
from kith.record.people.models import Person, Role, Team
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import refused, told_of
from kith.record.versions import VersionClash, history

A_NEW_GIRL = Named("Sana", "Khan", is_new=True, sex="F")
WHY = "The school rang again: they had mixed up two families."


@pytest.fixture
def told(worker):
    def make(*children, by=worker, **changes):
        given = {"what_was_said": "Hungry at school.", "way": Way.PHONE, "source": "2A", **changes}
        return frontdoor.write_message(children=children, by=by, **given)

    return make


def decide(message, by, decision="assess", **changes):
    given = {
        "threshold": "4", "reason": "Hungry.", "consent_position": "agree", "lawful_basis": "help", **changes,
    }  # fmt: skip
    return decide_contact(message=message, decision=decision, by=by, **given)


def change(done, by, to, because=WHY, **changes):
    decision = Decision.current.get(thread=done.decision.thread)
    return change_decision(decision=decision, to=to, because=because, by=by, **changes)


def owed_about(person):
    return {line.owed.what for line in owed_for([person.pk], timezone.now())}


def came_of(changed, person):
    return [
        tuple(one) for part in changed.parts if part.person_id == person.pk for one in part.came_of_change
    ]


def test_a_case_nobody_touched_is_taken_back_and_everything_stays_readable(told, manager, staff, someone):
    child = someone("Noor", "Ali")
    done = decide(told(Named(person=child)), manager)
    other = staff(Role.TEAM_MANAGER, name="Ola Other")
    changed = change(done, other, "nothing")
    assert not Referral.current.exists() and not Assessment.current.exists()
    assert Referral.objects.get().ended_because == WHY  # still there to be read
    assert Contact.current.get().outcome == "NFA_FLAG"
    assert [kind for kind, _ in came_of(changed, child)] == [Came.UNDONE, Came.UNDONE]
    assert "primary_need" not in owed_about(child)
    newest, first = history(changed.decision)
    assert (newest.decision, newest.decided_by, newest.reason) == ("nothing", other, WHY)
    assert (first.decision, first.decided_by, first.reason) == ("assess", manager, "Hungry.")
    assert first.ended_because == WHY and newest.threshold == "4"
    part, before = history(DecidedFor.current.get())
    assert (part.decision, part.referral_thread, before.decision) == ("nothing", None, "assess")
    assert Message.current.get().decided_at == first.decided_at  # the clock was met then
    assert {"change_decision", "take_back_referral", "take_back_assessment"} <= set(
        Entry.objects.filter(actor_id=other.pk).values_list("act", flat=True)
    )
    said = [text for _, kind, text in told_of(child) if kind == "contact_decided"]
    assert said == ["Decided about the message: nothing more to do (before: find out what is needed "
                    "(assessment, section 17))"]  # fmt: skip


def test_a_case_that_somebody_worked_on_stands_and_is_owed_to_be_closed(told, manager, worker, someone, team):
    child = someone("Noor", "Ali")
    done = decide(told(Named(person=child)), manager)
    allocate_worker(child=child, on=timezone.localdate(), worker=worker, by=manager)
    changed = change(done, manager, "nothing")
    assert Referral.current.get().closed_on is None and Assessment.current.exists()
    [(kind, words)] = came_of(changed, child)
    assert kind == Came.BY_HAND and "Ada Osei became the worker" in words
    assert "undo_case" in owed_about(child)
    assert Note.objects.filter(to=worker, text__startswith="What the front door decided").exists()
    assessing.take_back_with(assessment=Assessment.current.get(), because="Not needed", by=worker)
    close_case(referral=Referral.current.get(), on=timezone.localdate(), reason="RC7", by=worker)
    assert "undo_case" not in owed_about(child)


def test_an_assessment_that_somebody_wrote_in_is_never_taken_back(told, manager, worker, amira):
    done = decide(told(Named(person=amira)), manager)
    assessing.begin_writing(assessments=[Assessment.current.get()], by=worker)
    [(kind, words)] = came_of(change(done, manager, "advice"), amira)
    assert kind == Came.BY_HAND and "assessment began" in words
    assert Assessment.current.exists() and Referral.current.exists()


def test_help_becomes_an_assessment_and_the_request_is_asked_no_more(told, manager, amira):
    done = decide(told(Named(person=amira), A_NEW_GIRL), manager, "help")
    changed = change(done, manager, "assess", primary_need="N1")
    assert HelpRequest.current.get().answer == "taken_back"
    assert [kind for kind, _ in changed.came] == [Came.UNDONE]
    assert Referral.current.count() == Assessment.current.count() == 2
    assert {one.primary_need for one in Referral.current.all()} == {"N1"}
    assert set(Contact.current.values_list("outcome", flat=True)) == {"NEW_REFERRAL_FLAG"}
    assert Contact.current.count() == 2  # no child has a second contact of one message
    again = change(done, manager, "help", because="The family asks for help after all.")
    assert HelpRequest.current.filter(answer="").count() == 1
    assert (Came.BEGAN, "Family help is asked, and answers the family.") in again.came


def test_help_that_has_tried_to_reach_them_is_told_and_not_taken_back(told, manager, staff, amira):
    helpers = Team.objects.create(name="Family help", kind=Team.Kind.FAMILY_HELP)
    lead = staff(Role.TEAM_MANAGER, manages=helpers)
    done = decide(told(Named(person=amira)), manager, "help")
    help_room.reply_to_request(request=HelpRequest.current.get(), way="phone", got_through=False, by=manager)
    changed = change(done, manager, "assess")
    assert [kind for kind, _ in changed.came] == [Came.BY_HAND]
    assert HelpRequest.current.get().answer == ""
    assert Note.objects.filter(to=lead, text__contains="decided otherwise").exists()


def test_nothing_becomes_a_strategy_discussion_for_one_child_alone(told, manager, amira, twin):
    done = decide(told(Named(person=amira), Named(person=twin)), manager, "nothing")
    row = Concerned.current.get(person=amira)
    change(done, manager, "strategy", children=[row.thread])
    assert Referral.current.get().person == amira
    assert "strategy_discussion" in owed_about(amira) and "strategy_discussion" not in owed_about(twin)
    assert Decision.current.get().decision == "nothing"  # what was decided for all stands
    assert DecidedFor.current.get(person=twin).decision == "nothing"
    change(done, manager, "nothing", children=[row.thread], because="The wrong child.")
    assert not Owed.current.filter(what="strategy_discussion", not_needed_at=None).exists()


def test_an_assessment_becomes_a_strategy_discussion_and_the_case_goes_on(told, manager, amira):
    done = decide(told(Named(person=amira)), manager, primary_need="N1")
    before = Referral.current.get().thread
    changed = change(done, manager, "strategy")
    assert Referral.current.get().thread == before == DecidedFor.current.get().referral_thread
    assert Assessment.current.exists() and Contact.current.get().outcome == "CP_ENQUIRY_FLAG"
    assert [kind for kind, _ in came_of(changed, amira)] == [Came.STANDS]


def test_a_referral_nobody_was_to_act_on_is_acted_on_and_the_other_way_round(told, manager, amira):
    done = decide(told(Named(person=amira)), manager, "referral_no_action")
    change(done, manager, "assess")
    assert Referral.current.get().is_no_further_action is False and Assessment.current.exists()
    assert "primary_need" in owed_about(amira)
    change(done, manager, "referral_no_action", because="After all not.")
    assert Referral.current.get().is_no_further_action and not Assessment.current.exists()
    assert "primary_need" not in owed_about(amira)


def test_a_child_left_out_before_is_decided_once_a_manager_said_who_that_is(told, manager, amira, someone):
    done = decide(told(Named(person=amira), Named("Noor", "Khan", will_be_confirmed=True)), manager)
    row = Concerned.current.get(given_names="Noor")
    noor = someone("Noor", "Khan")
    frontdoor.match_child(concerned=row, person=noor, by=manager)
    change(done, manager, "assess", because="She is known after all.")
    assert {one.person for one in Referral.current.all()} == {amira, noor}
    assert Referral.objects.count() == 2  # nothing of the first child's was done again


def test_what_was_added_to_open_work_goes_nowhere_else(told, manager, worker, amira):
    [case] = frontdoor.receive_referral(
        children=[amira], on=timezone.localdate() - timedelta(days=9), source="6", primary_need="N1",
        is_no_further_action=False, by=worker,
    )  # fmt: skip
    done = decide(told(Named(person=amira)), manager, "existing")
    changed = change(done, manager, "nothing")
    assert Referral.current.get().pk == case.pk  # a case of before is never taken back
    assert came_of(changed, amira) == []


def test_the_reply_is_asked_again_only_where_they_heard_otherwise(told, manager, amira):
    message = told(Named(person=amira))
    done = decide(message, manager)
    frontdoor.reply_to_teller(message=message, words="A social worker will ring.", by=manager)
    assert change(done, manager, "nothing").is_reply_owed and "reply_to_referrer" in owed_about(amira)
    frontdoor.reply_to_teller(message=message, words="We looked again.", by=manager)
    assert not change(done, manager, "nothing", because="The level was wrong.", threshold="2").is_reply_owed
    neighbour = told(Named(person=amira), source="1B")
    done = decide(neighbour, manager)
    frontdoor.reply_to_teller(message=neighbour, words="We looked at it.", by=manager)
    assert not change(done, manager, "advice").is_reply_owed  # the public hear no more than that


def test_what_was_decided_in_a_hurry_is_agreed_by_changing_it_and_the_enquiry_stands(staff, manager, amira):
    duty = staff(Role.OUT_OF_HOURS, name="Dee Duty")
    done = start_urgently(children=[amira], suspected_harm="Hit.", by=duty)
    changed = change(done, manager, "assess", threshold="4", consent_position="agree", lawful_basis="protect")
    assert changed.decision.agreed_by == manager
    assert not {"managers_agreement", "decision_details", "strategy_discussion"} & owed_about(amira)
    assert Referral.current.get().closed_on is None
    [(kind, words)] = came_of(change(done, manager, "nothing", because="No harm."), amira)
    assert kind == Came.BY_HAND and "section 47 enquiry began" in words


def test_a_case_that_was_closed_is_not_opened_again_by_a_change(told, manager, worker, amira):
    done = decide(told(Named(person=amira)), manager, "strategy", primary_need="N1")
    close_case(referral=Referral.current.get(), on=timezone.localdate(), reason="RC7", by=worker)
    with refused(CaseClosed, "was closed on"):
        change(done, manager, "assess")
    change(done, manager, "nothing")
    assert Referral.current.get().closure_reason == "RC7"


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"to": "assess"}, NothingChanges, "what was decided before"),
        ({"to": ""}, WrongCode, "No choice was made"),
        ({"to": "hang"}, WrongCode, "is not a decision"),
        ({"because": " \x00 "}, NothingSaid, "Say why"),
        ({"children": [1]}, NothingChanges, "No child was chosen"),
        ({"threshold": "99"}, WrongCode, "is not a level of need"),
        ({"lawful_basis": "; drop"}, WrongCode, "is not the power"),
    ],
)
def test_a_change_that_says_too_little_changes_nothing(told, manager, amira, changes, refusal, words):
    done = decide(told(Named(person=amira), A_NEW_GIRL), manager)
    before = (Decision.objects.count(), Referral.objects.count(), Person.objects.count())
    with refused(refusal, words):
        change(done, manager, **{"to": "nothing", **changes})
    assert before == (Decision.objects.count(), Referral.objects.count(), Person.objects.count())


def test_of_two_who_change_at_once_the_second_sees_the_clash(told, manager, amira):
    done = decide(told(Named(person=amira)), manager)
    seen = Decision.current.get()
    change(done, manager, "nothing")
    with pytest.raises(VersionClash):
        change_decision(decision=seen, to="advice", because=WHY, by=manager, expected=seen.pk)
    assert Contact.current.get().outcome == "NFA_FLAG"


def test_who_may_change_it(told, staff, manager, worker, amira):
    done = decide(told(Named(person=amira)), manager)
    for somebody in (worker, staff(Role.DUTY_WORKER), staff(Role.ANALYST)):
        with refused(NotAllowed, "does not let you decide"):
            change(done, somebody, "nothing")
    Restriction.objects.create(person=amira, kind=Restriction.Kind.POLICE, reason="Operation")
    with refused(NotAllowed, "cannot show you anything"):
        change(done, manager, "nothing")


def test_nobody_changes_the_decision_about_what_they_told_themselves(told, staff, manager, amira):
    other = staff(Role.TEAM_MANAGER)
    done = decide(told(Named(person=amira), by=manager, way=Way.WORKER), other)
    with refused(NotAllowed, "You told this yourself"):
        change(done, manager, "nothing")


def test_what_is_not_decided_is_not_changed(told, manager, amira):
    message = told(Named(person=amira))
    decision = Decision(message_thread=message.thread, decision="assess", decided_by=manager)
    with refused(NotDecided, "Nothing was decided"):
        change_decision(decision=decision, to="nothing", because=WHY, by=manager)


def test_one_child_decided_differently_before_keeps_that(told, manager, amira, twin):
    message = told(Named(person=amira), Named(person=twin))
    rows = {row.person: row for row in Concerned.current.all()}
    done = decide(message, manager, children={rows[twin].thread: ForChild(decision="advice", reason="Fed.")})
    change(done, manager, "nothing", children=[rows[amira].thread])
    assert DecidedFor.current.get(person=twin).decision == "advice"
    assert Contact.current.get(person=twin).outcome == "ADVICE_FLAG"
