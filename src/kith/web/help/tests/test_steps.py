"""More help, less help, and the end of a family’s help."""

import pytest
from django.utils import timezone

from kith.record.frontdoor.models import Message
from kith.record.help import queries, services
from kith.record.help.models import FamilyHelp, StepUp
from kith.record.owed.services import owe
from kith.record.owed.what import whats
from kith.record.pathway import help_steps
from kith.record.planning import services as planning
from kith.record.planning.models import PlanAction
from kith.web.help.tests.pages import read, sent

pytestmark = pytest.mark.django_db


def test_more_help_is_asked_for_and_a_manager_decides(client, okoros, helper, family):
    sent(
        client, helper, "help_step_up", family.thread, people=[okoros.ada.pk], what_has_changed="A burn",
        was_family_told="yes",
    )  # fmt: skip
    step = StepUp.current.get()
    assert read(client, helper, "help_step_up_decide", step.thread).status_code == 403
    assert "Ada Okoro" in read(client, okoros.manager, "family_help").content.decode()
    sent(client, okoros.manager, "help_step_up_decide", step.thread, decision="step_up", because="Not safe")
    assert "A burn" in Message.current.get().what_was_said


def test_a_step_up_is_taken_back(client, okoros, helper, family):
    step = services.ask_step_up(
        help=family, people=[okoros.ada], what_has_changed="A burn", was_family_told=True, by=helper
    )
    sent(client, helper, "help_step_up_withdraw", step.thread, because="It was paint")
    assert queries.steps_undecided() == []


def test_help_ends_as_the_family_wishes_without_a_reason(client, okoros, helper, family):
    today = timezone.localdate().strftime("%d/%m/%Y")
    answer = sent(client, helper, "help_close", family.thread, reason="family_stopped", on=today)
    assert answer.status_code == 302
    assert queries.help_of(family.thread).ended_on == timezone.localdate()
    assert not Message.objects.exists()


def test_whoever_ends_help_reads_first_what_it_does_to_what_is_open(client, okoros, helper, family):
    led = help_steps.name_lead(help=family, worker=helper, on=timezone.localdate(), by=okoros.manager)
    owe(what="not_seen", fact=led, persons=[okoros.ada.pk], by=helper, owed_by=helper)
    page = read(client, helper, "help_close", family.thread).content.decode()
    assert "Ada Okoro and Ben Okoro: Fay Helper is no longer the worker." in page
    assert f"Ada Okoro: “{whats()['not_seen'].words}” goes to {okoros.worker}." in page


def test_whoever_ends_help_reads_what_is_left_to_do_in_the_familys_plan(client, okoros, helper, family):
    services.agree_plan(
        help=family, goal="All sleep", action="Borrow a cot", owner_in_words="Nan", due_on=None, by=helper
    )
    page = read(client, helper, "help_close", family.thread).content.decode()
    assert "nobody is reminded of what is left in it: “Borrow a cot” (Nan)." in page
    done = PlanAction.current.get()
    planning.do_action(action=done, on=timezone.localdate(), by=helper)
    assert "what is left in it" not in read(client, helper, "help_close", family.thread).content.decode()


def test_less_help_goes_on_with_the_worker_they_have(client, okoros):
    page = read(client, okoros.worker, "help_step_down", okoros.ada.pk).content.decode()
    assert "checked" not in page
    sent(
        client, okoros.worker, "help_step_down", okoros.ada.pk, people=[okoros.ada.pk, okoros.ben.pk],
        agreed_by="Grace", agreed_how="visit",
    )  # fmt: skip
    assert queries.people_helped(FamilyHelp.current.get()) == [okoros.ada, okoros.ben]
