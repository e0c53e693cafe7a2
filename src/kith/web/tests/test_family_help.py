"""The pages of family help: from a request to a family's help, its plan, more help, less help and its end."""

import json
import re
from copy import deepcopy
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kith.record.access.services import place_restriction
from kith.record.audit.models import Entry
from kith.record.centres.models import DirectoryService
from kith.record.centres.services import import_directory
from kith.record.frontdoor.models import Concerned, Message
from kith.record.frontdoor.queries import open_referrals
from kith.record.frontdoor.services import close_referral as close_case
from kith.record.help import queries, services
from kith.record.help.models import FamilyHelp, HelpRequest, StepUp
from kith.record.pathway import help_steps
from kith.record.pathway.queries import stage
from kith.record.pathway.services import allocate_worker
from kith.record.people.family import ties_of
from kith.record.people.models import Address, Membership, Person, Role
from kith.record.people.queries import name_of
from kith.record.people.services import record_safe_contact
from kith.record.planning import queries as plans
from kith.record.planning.models import PlanAction
from kith.record.protection.models import ProtectionPlan
from kith.record.visits.services import Saw, write_visit
from kith.web.tests.families import LONG_AGO, the_okoros, user

pytestmark = pytest.mark.django_db
NO_BED = "One bed for three"


@pytest.fixture(scope="module")
def okoros_once(module_db):
    return the_okoros(timezone.localdate())


@pytest.fixture
def okoros(okoros_once, db):
    return deepcopy(okoros_once)


@pytest.fixture
def helper(okoros):
    made = user("Fay Helper", Role.FAMILY_HELP_LEAD)
    Membership.objects.create(user=made, team=okoros.team, started_on=LONG_AGO)
    return made


@pytest.fixture
def stranger():
    return user("Sam Stranger", Role.SOCIAL_WORKER)


@pytest.fixture
def asked(db):
    return services.ask_for_help(what_would_help=NO_BED, how_and_when_safe="Text after 6", name="Grace")


@pytest.fixture
def family(okoros, helper, asked):
    return services.begin_help(
        people=[okoros.ada, okoros.ben], basis="voluntary", agreed_by="Grace", agreed_how="phone",
        request=asked, by=helper,
    )  # fmt: skip


def sent(client, who, page, about, /, **said):
    client.force_login(who)
    return client.post(reverse(page, args=[about] if about else []), said)


def read(client, who, page, about=None, /, **query):
    client.force_login(who)
    return client.get(reverse(page, args=[about] if about else []), query)


def test_who_waits_is_in_the_list_and_in_my_work_with_by_when(client, helper, asked):
    for page in (read(client, helper, "family_help"), read(client, helper, "my_work")):
        assert "Grace" in page.content.decode()
    assert "Due" in read(client, helper, "family_help").content.decode()


def test_a_request_is_read_by_those_who_answer_and_each_reading_is_written_down(client, helper, asked):
    assert NO_BED in read(client, helper, "help_request", asked.thread).content.decode()
    assert Entry.objects.filter(act="help_request_read", actor_id=helper.pk).count() == 1
    analyst = user("Ann Analyst", Role.ANALYST)
    assert read(client, analyst, "help_request", asked.thread).status_code == 403


def test_one_of_us_writes_down_what_a_family_asks_on_the_phone(client, helper):
    answer = sent(
        client, helper, "write_help_request", None,
        what_would_help="A rest", how_and_when_safe="Ring at noon", way="phone",
    )  # fmt: skip
    made = HelpRequest.current.get()
    assert answer["Location"] == reverse("help_request", args=[made.thread])
    assert made.recorded_by == helper


def test_a_partner_asks_for_a_family_and_nobody_rings_until_it_knows(client, helper):
    said = {"what_would_help": "A rest", "way": "partner", "asked_by": "Bea, Elm Road School"}
    assert sent(client, helper, "write_help_request", None, **said).status_code == 422
    sent(client, helper, "write_help_request", None, **said, does_family_know="no")
    made = HelpRequest.current.get()
    assert "Nobody rings them" in read(client, helper, "help_request", made.thread).content.decode()
    tried = {"got_through": "no", "way": "phone", "is_safe_way": "unsaid"}
    refused = sent(client, helper, "help_reply", made.thread, **tried, said="typed before")
    assert refused.status_code == 422
    assert "typed before" in refused.content.decode()
    sent(client, helper, "help_knows", made.thread, how_and_when_safe="Ring at noon")
    assert sent(client, helper, "help_reply", made.thread, **tried).status_code == 302


def test_what_was_tried_and_what_became_of_it_is_read_on_the_request(client, helper, asked):
    tried = {"is_safe_way": "yes"}
    sent(client, helper, "help_reply", asked.thread, got_through="no", way="phone", **tried)
    sent(
        client, helper, "help_reply", asked.thread, got_through="yes", way="text", said="A bed comes Friday",
        **tried,
    )  # fmt: skip
    sent(client, helper, "help_answer", asked.thread, answer="other_service", in_words="Elm Road furniture")
    page = read(client, helper, "help_request", asked.thread).content.decode()
    for said in ("nobody answered", "A bed comes Friday", "Help from another service", "Elm Road furniture"):
        assert said in page


def test_only_a_manager_ends_a_request_at_the_front_door_and_nothing_is_typed_again(
    client, okoros, helper, asked
):
    shown = read(client, helper, "help_request", asked.thread).content.decode()
    assert reverse("help_front_door", args=[asked.thread]) not in shown
    assert read(client, helper, "help_front_door", asked.thread).status_code == 403
    said = {"reason": "A bruise", "children": "Ada, 9\na baby", "is_family_told": "no"}
    assert sent(client, okoros.manager, "help_front_door", asked.thread, **said).status_code == 422
    sent(client, okoros.manager, "help_front_door", asked.thread, **said, why_not_told="He reads her phone")
    assert NO_BED in Message.current.get().what_was_said
    assert queries.request_of(asked.thread).answer == "contact"


def test_whoever_answers_makes_a_request_a_contact_and_the_help_goes_on(client, okoros, helper, asked):
    sent(client, helper, "help_reply", asked.thread, got_through="yes", way="text", said="He hit the wall",
         is_safe_way="yes")  # fmt: skip
    shown = read(client, helper, "help_request", asked.thread).content.decode()
    assert "Make this a contact" in shown
    said = {"reason": "A bruise", "children": "Ada, 9\na baby", "is_family_told": "no", "danger": "now"}
    assert sent(client, helper, "help_contact", asked.thread, **said).status_code == 422
    said["why_not_told"] = "He reads her phone"
    assert sent(client, helper, "help_contact", asked.thread, **said).status_code == 302
    message = Message.current.get()
    carried = (NO_BED, "Text after 6", "He hit the wall", "A bruise", "He reads her phone")
    assert all(words in message.what_was_said for words in carried)
    assert (message.teller_name, message.teller_way_back) == ("Grace", "Text after 6")
    assert message.received_at == asked.asked_at and message.managers_told_at
    rows = Concerned.current.filter(message_thread=message.thread).order_by("place")
    assert [(row.called, row.age_said, row.match) for row in rows] == [("Ada", "9", ""), ("a baby", "", "")]
    after = read(client, helper, "help_request", asked.thread).content.decode()
    assert reverse("message", args=[message.thread]) in after and "it waits for a decision" in after
    assert "They accept family help" in after and "Make this a contact</a>" not in after
    assert queries.request_of(asked.thread) in queries.requests_waiting()
    assert sent(client, helper, "help_contact", asked.thread, **said).status_code == 302  # sent twice: one
    assert Message.current.count() == 1


def test_a_family_that_is_helped_becomes_a_contact_about_its_own_children(client, okoros, helper, family):
    asked = HelpRequest.current.get()
    shown = read(client, helper, "help_contact", asked.thread).content.decode()
    assert "Ada Okoro" in shown and "checked" not in shown
    said = {"reason": "A bruise", "people": [okoros.ada.pk], "is_family_told": "yes"}
    assert sent(client, helper, "help_contact", asked.thread, **said, danger="").status_code == 302
    message = Message.current.get()
    assert [row.person for row in Concerned.current.filter(message_thread=message.thread)] == [okoros.ada]
    assert message.received_at > asked.asked_at  # it was answered before: what is new came now
    assert queries.help_of(family.thread).ended_on is None


def test_who_answers_no_families_makes_no_contact_of_a_request(client, okoros, asked):
    for role in (Role.LEAD_PROTECTION_PRACTITIONER, Role.REVIEWING_OFFICER):
        reader = user(f"Reader {role}", role)
        assert read(client, reader, "help_contact", asked.thread).status_code == 403
        assert sent(client, reader, "help_contact", asked.thread, reason="x").status_code == 403


def test_family_help_begins_for_children_on_record_and_new_ones(client, okoros, helper, asked):
    found = read(client, helper, "help_begin", asked.thread, q="Ada Okoro")
    assert f"?child={okoros.ada.pk}" in found.content.decode()
    client.force_login(helper)
    form = client.get(f"{reverse('help_begin', args=[asked.thread])}?child={okoros.ada.pk}").content.decode()
    assert "Ben Okoro" in form and "Dele" not in form  # her brother; not the cousin who is kept hidden
    assert "checked" not in form  # nobody and nothing is chosen beforehand
    people = Person.objects.count()
    answer = client.post(
        f"{reverse('help_begin', args=[asked.thread])}?child={okoros.ada.pk}",
        {
            "people": [okoros.ada.pk], "given_names_1": "Efe", "family_name_1": "Okoro",
            "basis": "voluntary", "agreed_by": "Grace", "agreed_how": "phone",
        },
    )  # fmt: skip
    help = FamilyHelp.current.get()
    assert answer["Location"] == reverse("help_family", args=[help.thread])
    assert (len(queries.people_helped(help)), Person.objects.count()) == (2, people + 1)
    assert help.what_would_help == NO_BED


@pytest.mark.parametrize(("hidden", "homes"), [("no", [False]), ("yes", [True]), ("", [])])
def test_where_a_family_said_it_lives_goes_to_the_new_children_as_told(client, okoros, helper, hidden, homes):
    made = services.ask_for_help(
        what_would_help=NO_BED, how_and_when_safe="Text", name="Grace", where="4 Mill Lane, NB1 4AA"
    )
    client.force_login(helper)
    client.post(
        f"{reverse('help_begin', args=[made.thread])}?child=new",
        {
            "given_names_1": "Efe", "family_name_1": "Okoro", "is_home_hidden": hidden,
            "basis": "voluntary", "agreed_by": "Grace", "agreed_how": "phone",
        },
    )  # fmt: skip
    (child,) = queries.people_helped(FamilyHelp.current.get())
    told = Address.current.filter(person=child)
    assert [one.is_confidential for one in told] == homes  # nobody said so: never assumed
    for one in told:
        assert (one.lines, one.postcode) == ("4 Mill Lane", "NB1 4AA")
        assert one.said_by.startswith("the family, who asked for help on") and "not checked" in one.said_by


def test_a_new_family_is_put_on_record_with_who_asked_as_they_told_it(client, okoros, helper):
    made = services.ask_for_help(
        what_would_help="Food", how_and_when_safe="Text 10 to 2", name="Carys Bevan",
        where="4 Mill Lane, Northbrook",
    )  # fmt: skip
    page = f"{reverse('help_begin', args=[made.thread])}?child=new"
    client.force_login(helper)
    form = client.get(page).content.decode()
    assert "What is Carys Bevan, who asked, to the new children?" in form and not re.search(
        r"<input[^>]* checked", form
    )
    due = timezone.localdate() + timedelta(days=90)
    new = {
        "given_names_1": "Ellis", "family_name_1": "Bevan", "given_names_2": "Baby",
        "expected_2": f"{due:%d/%m/%Y}", "basis": "voluntary", "agreed_by": "Carys", "agreed_how": "phone",
    }  # fmt: skip
    told = {"together": "siblings", "asker_is": "mother", "is_home_hidden": "yes", "need": "food"}
    client.post(page, {**new, **told})
    help = FamilyHelp.current.get()
    ellis, baby = queries.people_helped(help)
    ties = {tie.kind: tie for tie in ties_of(ellis)}
    assert ties["sibling"].person_id == baby.pk and set(ties) == {"sibling", "mother"}
    carys = Person.objects.get(pk=ties["mother"].person_id)
    assert name_of(carys) == "Carys Bevan" and "not checked" in ties["mother"].said_by
    homes = Address.current.filter(person__in=[ellis, carys])
    assert [(one.lines, one.is_confidential) for one in homes] == [("4 Mill Lane, Northbrook", True)] * 2
    shown = client.get(reverse("help_family", args=[help.thread])).content.decode()
    assert "<strong>Food</strong>" in shown
    assert "Text 10 to 2" in client.get(reverse("story", args=[ellis.pk])).content.decode()


def test_nobody_is_tied_or_put_on_record_where_it_is_left_open(client, okoros, helper):
    made = services.ask_for_help(what_would_help="Food", how_and_when_safe="Text", name="Carys")
    people = Person.objects.count()
    client.force_login(helper)
    client.post(
        f"{reverse('help_begin', args=[made.thread])}?child=new",
        {
            "given_names_1": "Ellis", "given_names_2": "Poppy", "basis": "voluntary", "agreed_by": "Carys",
            "agreed_how": "phone",
        },
    )  # fmt: skip
    ellis, _ = queries.people_helped(FamilyHelp.current.get())
    assert (Person.objects.count(), ties_of(ellis)) == (people + 2, [])


def test_help_does_not_begin_for_nobody(client, helper, asked):
    client.force_login(helper)
    answer = client.post(
        f"{reverse('help_begin', args=[asked.thread])}?child=new",
        {"basis": "voluntary", "agreed_by": "Grace", "agreed_how": "phone"},
    )
    assert answer.status_code == 422
    assert "Choose or name the children" in answer.content.decode()


def test_the_familys_page_shows_all_of_it_and_each_childs_own(client, okoros, helper, family):
    today = timezone.localdate().strftime("%d/%m/%Y")
    sent(client, helper, "help_describe", family.thread, going_well="They laugh", is_hard="Nights")
    sent(client, helper, "help_childs_view", okoros.ada.pk, on=today, own_words="I share with Ben")
    sent(client, helper, "help_need", family.thread, kind="housing", only_for="all", in_words="Two more beds")
    sent(client, helper, "help_team", family.thread, name="Bea Teacher", does_what="Breakfast club")
    sent(client, helper, "help_agreement", family.thread, who="Emeka", answer="no", how="phone", on=today)
    sent(
        client, helper, "help_meeting", family.thread, kind="decision_making", is_offered="yes",
        offered_to="Grace", how="visit", on=today,
    )  # fmt: skip
    meeting = queries.written_of(family, []).meetings[0]
    sent(client, helper, "help_meeting_reply", meeting.thread, reply="yes", on=today, prepared_by="Ivy")
    sent(
        client, helper, "help_meeting_held", meeting.thread, on=today, familys_plan="Nan has them on Fridays",
        had_private_time="yes", not_agreed="Joe drives", not_agreed_because="No licence",
    )  # fmt: skip
    sent(client, helper, "help_review", family.thread, on=today, what_changed="They sleep")
    need = queries.written_of(family, []).needs[0]
    sent(client, helper, "help_match_need", need.thread, met_by="Elm Road furniture", has_helped="yes")
    page = read(client, helper, "help_family", family.thread).content.decode()
    for said in (
        "They laugh", "Nights", "I share with Ben", "Two more beds", "Elm Road furniture", "it helped",
        "Bea Teacher", "Does not agree", "Nan has them on Fridays", "Joe drives", "No licence", "They sleep",
    ):  # fmt: skip
        assert said in page, said


def test_who_leads_is_named_by_a_manager_and_nobody_is_chosen_beforehand(client, okoros, helper, family):
    assert read(client, helper, "help_lead", family.thread).status_code == 403
    page = read(client, okoros.manager, "help_lead", family.thread).content.decode()
    assert "checked" not in page
    assert page.index("Ruth Adeyemi") < page.index("Fay Helper")  # the worker they have comes first
    today = timezone.localdate().strftime("%d/%m/%Y")
    sent(client, okoros.manager, "help_lead", family.thread, worker=helper.pk, on=today)
    assert queries.help_of(family.thread).lead == helper


def test_the_manager_of_whoever_leads_works_with_the_family(client, okoros, helper):
    new = {"given_names": "Ellis", "family_name": "Bevan"}
    begun = help_steps.begin_with_family(
        known=[], new_children=[new], basis="voluntary", agreed_by="Carys", agreed_how="phone", by=helper
    )
    (ellis,) = queries.people_helped(begun)
    today = timezone.localdate().strftime("%d/%m/%Y")
    assert "Ellis Bevan" in read(client, okoros.manager, "help_lead", begun.thread).content.decode()
    answer = sent(client, okoros.manager, "help_lead", begun.thread, worker=helper.pk, on=today)
    assert answer["Location"] == reverse("help_family", args=[begun.thread])
    assert client.get(answer["Location"]).status_code == 200
    assert read(client, okoros.manager, "story", ellis.pk).status_code == 200


def test_a_manager_who_may_not_see_the_family_once_it_is_led_lands_on_a_page_of_theirs(
    client, okoros, helper, monkeypatch
):
    other = user("Ola Manager", Role.TEAM_MANAGER)
    begun = help_steps.begin_with_family(
        known=[], new_children=[{"given_names": "Ellis"}], basis="voluntary", agreed_by="Carys",
        agreed_how="phone", by=helper,
    )  # fmt: skip
    monkeypatch.setattr("kith.web.help.team._workers", lambda *_: [helper])
    today = timezone.localdate().strftime("%d/%m/%Y")
    answer = sent(client, other, "help_lead", begun.thread, worker=helper.pk, on=today)
    assert answer["Location"] == reverse("family_help")
    assert client.get(answer["Location"]).status_code == 200


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


def test_less_help_goes_on_with_the_worker_they_have(client, okoros):
    page = read(client, okoros.worker, "help_step_down", okoros.ada.pk).content.decode()
    assert "checked" not in page
    sent(
        client, okoros.worker, "help_step_down", okoros.ada.pk, people=[okoros.ada.pk, okoros.ben.pk],
        agreed_by="Grace", agreed_how="visit",
    )  # fmt: skip
    assert queries.people_helped(FamilyHelp.current.get()) == [okoros.ada, okoros.ben]


def test_two_who_write_of_one_family_see_both_side_by_side_and_lose_nothing(client, okoros, helper, family):
    client.force_login(okoros.worker)
    form = client.get(reverse("help_describe", args=[family.thread])).context["form"]
    seen = form["seen"].value()
    services.describe_family(help=family, going_well="They sing", by=helper)
    clash = client.post(
        reverse("help_describe", args=[family.thread]), {"seen": seen, "going_well": "They laugh"}
    )
    assert clash.status_code == 409
    assert "They sing" in clash.content.decode() and "They laugh" in clash.content.decode()
    assert queries.help_of(family.thread).going_well == "They sing"


def test_a_form_sent_twice_is_written_once(client, helper, family):
    form = read(client, helper, "help_need", family.thread).context["draft"]
    said = {"draft_key": form.key, "kind": "food", "only_for": "all"}
    for _ in range(2):
        assert sent(client, helper, "help_need", family.thread, **said).status_code == 302
    assert len(queries.written_of(family, []).needs) == 1


def test_where_one_child_is_kept_from_the_reader_nothing_of_all_is_shown(client, okoros, helper, family):
    services.describe_family(help=family, going_well="They laugh", by=helper)
    place_restriction(
        okoros.ben, by=okoros.manager, kind="hidden_address", reason="Hidden", custodian=okoros.custodian
    )
    page = read(client, helper, "help_family", family.thread).content.decode()
    assert "kept from you" in page and "Ada Okoro" in page
    assert "They laugh" not in page and "Ben" not in page


def test_who_does_not_work_with_the_family_sees_none_of_it(client, okoros, helper, stranger, family):
    services.lead_named(help=family, worker=helper, on=timezone.localdate(), by=okoros.manager)
    for name in ("help_family", "help_describe", "help_close", "help_step_up", "help_plan"):
        assert read(client, stranger, name, family.thread).status_code == 403, name


def test_hostile_words_never_run(client, helper, family):
    typed = "<script>alert(1)</script>{{ 7|add:7 }}"
    sent(client, helper, "help_describe", family.thread, going_well=typed)
    page = read(client, helper, "help_family", family.thread).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_a_plan_is_agreed_changed_line_by_line_and_each_child_keeps_their_own(client, okoros, helper, family):
    today = timezone.localdate().strftime("%d/%m/%Y")
    sent(
        client, helper, "help_plan", family.thread, goal="All sleep", action="Get a bed",
        owner_in_words="Grace", due_on=today,
    )  # fmt: skip
    plan = plans.open_plan(okoros.ada.pk, "family_help")
    sent(
        client, helper, "plan_add_action", plan.thread, what="Ada’s swimming", owner_in_words="Nan",
        due_on=today, only_for=okoros.ada.pk,
    )  # fmt: skip
    page = read(client, helper, "plan", plan.thread).content.decode()
    assert "Get a bed" in page and "Ada’s swimming" in page
    for child in (okoros.ada, okoros.ben):
        assert reverse("letter", args=[child.pk, "plan", plan.thread]) in page
    action = plans.shown(plan, []).goals[0].actions[0]
    sent(client, helper, "plan_action_done", action.thread, on=today)
    assert plans.shown(plan, []).goals[0].actions[0].done_on == timezone.localdate()


def test_what_somebody_took_on_is_in_their_work_until_it_is_done(client, okoros, helper, family):
    services.lead_named(help=family, worker=helper, on=timezone.localdate(), by=okoros.manager)
    plan = services.agree_plan(
        help=family, goal="All sleep", action="Ring the landlord", owner=helper, due_on=timezone.localdate(),
        by=helper,
    )  # fmt: skip
    assert "Ring the landlord" in read(client, helper, "my_work").content.decode()
    action = plans.shown(plan, []).goals[0].actions[0]
    sent(client, helper, "plan_action_done", action.thread, on=timezone.localdate().strftime("%d/%m/%Y"))
    assert "Ring the landlord" not in read(client, helper, "my_work").content.decode()


def test_a_larger_team_to_choose_who_leads_from_asks_no_more_of_the_database(
    client, okoros, helper, family, django_assert_max_num_queries
):
    read(client, okoros.manager, "help_lead", family.thread)
    with CaptureQueriesContext(connection) as of_one:
        read(client, okoros.manager, "help_lead", family.thread)
    for place in range(8):
        made = user(f"Hal Helper {place}", Role.FAMILY_HELP_LEAD)
        Membership.objects.create(user=made, team=okoros.team, started_on=LONG_AGO)
    with django_assert_max_num_queries(len(of_one)):
        page = read(client, okoros.manager, "help_lead", family.thread).content.decode()
    assert "Hal Helper 7" in page and "Fay Helper" in page


def test_who_does_an_action_is_one_of_us_or_somebody_named_and_its_page_can_change_that(
    client, okoros, helper, family
):
    services.lead_named(help=family, worker=helper, on=timezone.localdate(), by=okoros.manager)
    plan = services.agree_plan(
        help=family, goal="All sleep", action="A bed", owner_in_words="Grace", due_on=None, by=helper
    )
    day = timezone.localdate().strftime("%d/%m/%Y")
    page = read(client, helper, "plan_add_action", plan.thread).content.decode()
    assert "Me, Fay Helper" in page and str(okoros.worker) in page and "Somebody else, named below" in page
    ring = {"what": "Ring the landlord", "due_on": day}
    for who in ({}, {"worker": helper.pk, "owner_in_words": "Nan"}, {"worker": "unsaid"}):
        sent(client, helper, "plan_add_action", plan.thread, only_for="all", **ring, **who)
    stranger = user("Sam Far", Role.SOCIAL_WORKER)
    sent(client, helper, "plan_add_action", plan.thread, only_for="all", worker=stranger.pk, **ring)
    assert PlanAction.current.count() == 1
    sent(client, helper, "plan_add_action", plan.thread, only_for="all", worker=helper.pk, **ring)
    assert "Ring the landlord" in read(client, helper, "my_work").content.decode()
    action = PlanAction.current.get(owner=helper)
    seen = json.dumps({str(action.thread): action.pk})
    sent(
        client, helper, "plan_action", action.thread, seen=seen, worker="unsaid", owner_in_words="Nan", **ring
    )
    assert "Ring the landlord" not in read(client, helper, "my_work").content.decode()
    assert PlanAction.current.get(thread=action.thread).whose == "Nan"


def test_the_childs_page_tells_of_the_help_and_the_plan(client, okoros, helper, family):
    services.agree_plan(
        help=family, goal="All sleep", action="A bed", owner_in_words="Grace", due_on=None, by=helper
    )
    page = read(client, helper, "story", okoros.ada.pk).content.decode()
    assert "Nobody leads yet" in page and "Family help plan" in page


def test_somebody_of_the_family_is_asked_how_the_help_felt_by_a_link(client, okoros, helper, family):
    page = sent(client, helper, "help_felt", family.thread, asked_of="Grace, their mum").content.decode()
    link = re.search(r"/felt/[\w-]+/", page).group()
    client.logout()
    assert "The help you had" in client.get(link).content.decode()


def test_the_page_says_that_beginning_opens_a_closed_record_for_a_time(client, okoros):
    Person.objects.update(created_at=timezone.now() - timedelta(days=90))
    stranger = user("Sid Stranger", Role.FAMILY_HELP_LEAD)
    own = services.write_request(
        what_would_help="A bed", how_and_when_safe="Text", name="Grace", way="phone", by=stranger
    )
    page = f"{reverse('help_begin', args=[own.thread])}?child={okoros.ada.pk}"
    client.force_login(stranger)
    assert "at once and look at it" in client.get(page).content.decode()
    asked = services.ask_for_help(what_would_help="A bed", how_and_when_safe="Text", name="Grace")
    page = f"{reverse('help_begin', args=[asked.thread])}?child={okoros.ada.pk}"
    assert "at once and look at it" not in client.get(page).content.decode()


def test_help_begins_from_a_childs_page_too(client, okoros, helper):
    today = timezone.localdate()
    for child in (okoros.ada, okoros.ben, okoros.chi, okoros.unborn):
        for referral in open_referrals([child], today).values():
            close_case(referral=referral, on=okoros.ago(1), reason="RC8", by=okoros.manager)
    page = read(client, helper, "story", okoros.ada.pk).content.decode()
    assert reverse("help_begin_for", args=[okoros.ada.pk]) in page
    form = read(client, helper, "help_begin_for", okoros.ada.pk).content.decode()
    assert "checked" not in form
    agreed = {"basis": "voluntary", "agreed_by": "Grace", "agreed_how": "phone"}
    sent(client, helper, "help_begin_for", okoros.ada.pk, people=[okoros.ada.pk, okoros.unborn.pk], **agreed)
    help = FamilyHelp.current.get()
    assert queries.people_helped(help) == [okoros.ada, okoros.unborn]
    answer = read(client, helper, "help_of_child", child=okoros.unborn.pk)
    assert answer["Location"] == reverse("help_family", args=[help.thread])
    assert stage(okoros.ada, today).name == "help"


def test_from_a_child_to_the_help_leads_only_who_may_open_the_child(client, okoros, helper, stranger, family):
    services.lead_named(help=family, worker=helper, on=timezone.localdate(), by=okoros.manager)
    for who, child in ((stranger, okoros.ada.pk), (helper, okoros.cousin.pk), (helper, 1), (helper, "word")):
        assert read(client, who, "help_of_child", child=child).status_code == 404


@pytest.fixture
def agreed(family, helper):
    return services.agree_plan(
        help=family, goal="All sleep", action="Get a bed", owner_in_words="Grace", due_on=None, by=helper
    )


def lines_of(plan):
    (each, *_) = plans.shown(plan, []).goals
    return each.goal, each.actions


def test_each_line_of_a_plan_is_done_with_by_one_press_and_a_short_form(client, helper, agreed):
    today = timezone.localdate().strftime("%d/%m/%Y")
    goal, (action,) = lines_of(agreed)
    page = read(client, helper, "plan", agreed.thread).content.decode()
    pages = {
        goal.thread: ("plan_goal_reached", "plan_goal_aside"),
        action.thread: ("plan_action_done", "plan_action_not_needed"),
        agreed.thread: ("plan_add_child", "plan_end"),
    }
    for name, thread in ((name, thread) for thread, names in pages.items() for name in names):
        assert reverse(name, args=[thread]) in page, name
    assert sent(client, helper, "plan_action_not_needed", action.thread, because=" ").status_code == 422
    sent(client, helper, "plan_action_not_needed", action.thread, because="Nan had one")
    assert "Nan had one" in read(client, helper, "plan", agreed.thread).content.decode()
    assert sent(client, helper, "plan_action_again", action.thread).status_code == 302
    assert lines_of(agreed)[1][0].is_open
    sent(client, helper, "plan_goal_reached", goal.thread, on=today)
    assert "Reached" in read(client, helper, "plan", agreed.thread).content.decode()
    assert sent(client, helper, "plan_goal_again", goal.thread).status_code == 302
    assert lines_of(agreed)[0].reached_on is None


def test_a_goal_is_set_aside_with_what_need_not_be_done_any_more(client, helper, agreed):
    goal, (action,) = lines_of(agreed)
    form = read(client, helper, "plan_goal_aside", goal.thread).content.decode()
    assert "Get a bed" in form and "checked" not in form
    sent(client, helper, "plan_goal_aside", goal.thread, because="They moved", actions=[action.thread])
    goal, (action,) = lines_of(agreed)
    assert goal.set_aside_because == action.not_needed_because == "They moved"


def test_a_line_for_one_child_says_for_whom_and_another_child_of_the_plan_is_kept_out(
    client, okoros, helper, agreed
):
    sent(
        client, helper, "plan_add_goal", agreed.thread, what="Ada swims", only_for=okoros.ada.pk,
    )  # fmt: skip
    assert "For Ada Okoro alone" in read(client, helper, "plan", agreed.thread).content.decode()


def test_a_plan_ends_and_says_why(client, helper, stranger, agreed):
    today = timezone.localdate().strftime("%d/%m/%Y")
    assert sent(client, helper, "plan_end", agreed.thread, on=today).status_code == 422
    assert sent(client, helper, "plan_end", agreed.thread, on="1/1/1900", reason="Better").status_code == 422
    for _ in range(2):  # pressed twice
        sent(client, helper, "plan_end", agreed.thread, on=today, reason="All sleep")
    page = read(client, helper, "plan", agreed.thread).content.decode()
    assert "All sleep" in page and "End the plan" not in page
    assert plans.plan_of(agreed.thread).ended_on == timezone.localdate()


def test_a_brother_and_a_child_who_is_new_join_the_help_and_its_plan(client, okoros, helper, family, agreed):
    today = timezone.localdate().strftime("%d/%m/%Y")
    form = read(client, helper, "help_add_child", family.thread).content.decode()
    assert "Chi Okoro" in form and "Dele" not in form and "checked" not in form
    assert "Ben Okoro alone" not in form
    sent(client, helper, "help_add_child", family.thread, child=okoros.chi.pk, on=today)
    nameless = sent(client, helper, "plan_add_child", agreed.thread, child="new", on=today)
    assert nameless.status_code == 422
    said = {"child": "new", "given_names": "Efe", "family_name": "Okoro", "sex": "F", "tie": "half_sibling"}
    sent(client, helper, "plan_add_child", agreed.thread, on=today, date_of_birth=today, **said)
    names = [name_of(one) for one in plans.people_on(agreed)]
    assert names == ["Ada Okoro", "Ben Okoro", "Chi Okoro", "Efe Okoro"]
    assert [name_of(one) for one in queries.people_helped(family)] == names


def test_somebodys_part_in_the_team_ends(client, helper, family):
    bea = services.add_team_member(help=family, name="Bea Teacher", by=helper)
    assert (
        reverse("help_team_end", args=[bea.thread])
        in read(client, helper, "help_family", family.thread).content.decode()
    )
    today = timezone.localdate().strftime("%d/%m/%Y")
    sent(client, helper, "help_team_end", bea.thread, on=today)
    page = read(client, helper, "help_family", family.thread).content.decode()
    assert "(until" in page and reverse("help_team_end", args=[bea.thread]) not in page


def test_who_does_not_work_with_the_family_changes_nothing_of_its_plan(
    client, okoros, helper, stranger, family, agreed
):
    services.lead_named(help=family, worker=helper, on=timezone.localdate(), by=okoros.manager)
    goal, (action,) = lines_of(agreed)
    bea = services.add_team_member(help=family, name="Bea", by=helper)
    for name, thread in (
        ("plan_end", agreed.thread), ("plan_add_child", agreed.thread), ("plan_goal_aside", goal.thread),
        ("plan_goal_reached", goal.thread), ("plan_goal_again", goal.thread), ("help_team_end", bea.thread),
        ("plan_action_not_needed", action.thread), ("plan_action_again", action.thread),
        ("help_add_child", family.thread),
    ):  # fmt: skip
        assert read(client, stranger, name, thread).status_code == 403, name


def test_a_plan_part_of_which_is_kept_from_the_reader_is_not_added_to(client, okoros, helper, family, agreed):
    place_restriction(
        okoros.ben, by=okoros.manager, kind="hidden_address", reason="Hidden", custodian=okoros.custodian
    )
    for name, thread in (("plan_add_child", agreed.thread), ("help_add_child", family.thread),
                         ("plan_end", agreed.thread)):  # fmt: skip
        page = read(client, helper, name, thread).content.decode()
        assert "kept from you" in page and "Ben" not in page, name


@pytest.fixture
def pantry(helper):
    given = {
        "id": "1", "name": "Pantry <b>", "description": "Food", "phones": [{"number": "01632 960001"}],
        "url": "https://pantry.example.test",
    }  # fmt: skip
    import_directory(content=json.dumps([given]).encode(), by=helper)
    return DirectoryService.current.get()


def test_a_need_is_met_from_the_directory_and_goes_into_the_plan_without_typing(
    client, helper, family, agreed, pantry
):
    need = services.add_need(help=family, kind="food", by=helper)
    form = read(client, helper, "help_match_need", need.thread).content.decode()
    assert "Pantry &lt;b&gt;" in form and "01632 960001" in form and "checked" not in form
    assert sent(client, helper, "help_match_need", need.thread, was_taken_up="yes").status_code == 422
    sent(client, helper, "help_match_need", need.thread, service=pantry.thread)
    (held,) = queries.written_of(family, []).needs
    assert (held.met_by, held.service_thread) == ("Pantry <b>", pantry.thread)
    page = read(client, helper, "help_family", family.thread).content.decode()
    assert f"{reverse('plan_add_action', args=[agreed.thread])}?need={need.thread}" in page
    begun = read(client, helper, "plan_add_action", agreed.thread, need=need.thread).content.decode()
    assert "Get in touch with Pantry &lt;b&gt;, 01632 960001" in begun
    sent(client, helper, "help_match_need", need.thread, met_by="Nan")
    assert queries.written_of(family, []).needs[0].service_thread is None


def test_help_is_found_for_a_plan_in_the_directory(client, helper, agreed, pantry):
    found = read(client, helper, "find_help", None, kind="food", plan=agreed.thread).content.decode()
    link = f"{reverse('plan_add_action', args=[agreed.thread])}?service={pantry.thread}"
    assert link in found and "Near" not in found.split("<h2", 1)[1]
    assert "Get in touch with Pantry" in client.get(link).content.decode()
    for query in ({"kind": "\0"}, {"kind": "<script>", "plan": "x"}, {"q": "zzzz"}):
        assert client.get(reverse("find_help"), query).status_code == 200


def test_a_need_of_another_family_puts_nothing_into_a_plan(client, okoros, helper, family, agreed):
    other = services.begin_help(
        people=[okoros.chi], basis="voluntary", agreed_by="Grace", agreed_how="phone", by=helper
    )
    need = services.add_need(help=other, kind="food", met_by="A secret", by=helper)
    assert (
        "A secret"
        not in read(client, helper, "plan_add_action", agreed.thread, need=need.thread).content.decode()
    )


def test_what_nothing_meets_is_read_by_those_who_plan_services(client, helper, family):
    need = services.add_need(help=family, kind="housing", by=helper)
    assert sent(client, helper, "help_need_unmet", need.thread, what=" ").status_code == 422
    sent(client, helper, "help_need_unmet", need.thread, what="=A large house", district="NB1")
    assert "Nothing meets it" in read(client, helper, "help_family", family.thread).content.decode()
    analyst = user("Ann Analyst", Role.ANALYST)
    page = read(client, analyst, "unmet_needs").content.decode()
    assert "A large house" in page and "NB1 1" in page and "Keep it" not in page
    assert sent(client, analyst, "unmet_needs", None, what="A cot").status_code == 403
    table = read(client, analyst, "unmet_needs", None, form="csv").content.decode()
    assert "Somewhere to live,'=A large house,NB1" in table  # no cell is a formula
    assert read(client, user("Cy Carer", Role.PERSONAL_ADVISER), "unmet_needs").status_code == 403


def test_a_baby_is_expected_told_of_and_born_without_typing_again(client, okoros, helper, family, agreed):
    services.lead_named(help=family, worker=helper, on=timezone.localdate(), by=okoros.manager)
    due = timezone.localdate() + timedelta(weeks=8)
    form = read(client, helper, "expect_baby", okoros.ada.pk).content.decode()
    assert "Grace Okoro" in form and 'value="Okoro"' in form and "checked" not in form
    assert f'value="{okoros.ada.pk}"' not in form  # she is nine
    said = {"expected_on": f"{due:%d/%m/%Y}", "how_many": "2", "family_name": "Okoro"}
    again = sent(client, helper, "expect_baby", okoros.ada.pk, mother=okoros.mother.pk, **said)
    assert again.status_code == 422 and "on record already" in again.content.decode()  # hers is there
    born = sent(
        client, okoros.worker, "baby_born", okoros.unborn.pk, sex="F", given_names="Efe", family_name="Okoro",
        on=f"{timezone.localdate():%d/%m/%Y}",
    )  # fmt: skip
    assert born["Location"] == reverse("story", args=[okoros.unborn.pk])
    assert name_of(okoros.unborn) == "Efe Okoro"
    assert client.get(reverse("baby_born", args=[okoros.unborn.pk])).status_code == 404
    assert client.get(reverse("baby_expected", args=[okoros.ada.pk])).status_code == 404


def test_who_is_expected_stands_on_the_page_with_the_midwife(client, okoros):
    due = timezone.localdate() + timedelta(weeks=8)
    sent(
        client, okoros.worker, "baby_expected", okoros.unborn.pk, expected_on=f"{due:%d/%m/%Y}",
        name="Ivy <b>", phone="01632 960300", booked_at="St Ann",
    )  # fmt: skip
    page = read(client, okoros.worker, "story", okoros.unborn.pk).content.decode()
    for said in ("Ivy &lt;b&gt;", "01632 960300", "Midwife, St Ann", "The baby is born"):
        assert said in page, said
    assert "The baby is born" not in read(client, okoros.worker, "story", okoros.ada.pk).content.decode()


def test_a_pregnancy_that_ended_is_told_first_and_no_page_speaks_of_a_birth(client, okoros):
    page = read(client, okoros.worker, "story", okoros.unborn.pk).content.decode()
    assert reverse("pregnancy_end", args=[okoros.unborn.pk]) in page
    asked = read(client, okoros.worker, "pregnancy_end", okoros.unborn.pk).content.decode()
    assert "Told at once" in asked and "checked" not in asked
    assert sent(client, okoros.worker, "pregnancy_end", okoros.unborn.pk, on="1/1/2026").status_code == 422
    answer = sent(
        client, okoros.worker, "pregnancy_end", okoros.unborn.pk, how="lost",
        on=f"{timezone.localdate():%d/%m/%Y}", in_their_words="Her name is <b>Noor",
    )  # fmt: skip
    assert answer["Location"] == reverse("story", args=[okoros.unborn.pk])
    after = read(client, okoros.worker, "story", okoros.unborn.pk).content.decode()
    assert "The baby was lost before birth" in after and "Her name is &lt;b&gt;Noor" in after
    assert "not expected any more" in after and "The baby is born" not in after and "no birth" not in after
    cards = read(client, okoros.worker, "my_work").content.decode()
    assert "the pregnancy ended on" in cards and "not yet born" not in cards
    assert read(client, okoros.worker, "pregnancy_end", okoros.unborn.pk).status_code == 404
    sent(client, okoros.worker, "pregnancy_goes_on", okoros.unborn.pk, because="Another family was meant")
    assert "The baby is born" in read(client, okoros.worker, "story", okoros.unborn.pk).content.decode()


def test_a_family_is_reached_as_it_said_or_somebody_says_why_not(client, helper, asked):
    page = read(client, helper, "help_reply", asked.thread).content.decode()
    warning = page.index("How they said it is safe to reach them")
    assert warning < page.index('name="way"') and "Text after 6" in page[warning : warning + 200]
    tried = {"got_through": "no", "way": "letter"}
    assert sent(client, helper, "help_reply", asked.thread, **tried).status_code == 422
    assert sent(client, helper, "help_reply", asked.thread, is_safe_way="no", **tried).status_code == 422
    why = {"is_safe_way": "no", "against_safe_way_because": "The phone is dead"}
    assert sent(client, helper, "help_reply", asked.thread, **why, **tried).status_code == 302
    assert "The phone is dead" in read(client, helper, "help_request", asked.thread).content.decode()


def test_a_worker_who_takes_on_the_first_action_finds_it_in_my_work(client, okoros, helper, family):
    help_steps.name_lead(help=family, worker=helper, on=timezone.localdate(), by=okoros.manager)
    form = read(client, helper, "help_plan", family.thread).content.decode()
    assert "Me, Fay Helper" in form and not re.search(r"<input[^>]* checked", form)
    plan = {"goal": "Food", "action": "Bring a voucher",
            "due_on": f"{timezone.localdate() + timedelta(days=4):%d/%m/%Y}"}  # fmt: skip
    assert sent(client, helper, "help_plan", family.thread, **plan).status_code == 422  # nobody does it
    sent(client, helper, "help_plan", family.thread, worker=helper.pk, **plan)
    assert PlanAction.current.get().owner == helper
    assert "Bring a voucher" in read(client, helper, "my_work").content.decode()


def test_the_familys_page_tells_of_protection_and_of_what_each_child_said_elsewhere(
    client, okoros, helper, family
):
    today = timezone.localdate()
    help_steps.name_lead(help=family, worker=helper, on=today, by=okoros.manager)
    before = read(client, helper, "help_family", family.thread).content.decode()
    assert before.count("No words of theirs yet") == 2 and "Child protection plan" not in before
    ProtectionPlan.objects.create(person=okoros.ada, started_on=today, initial_category="NEG")
    write_visit(
        saw=[Saw(okoros.ada, "alone", own_words="I like toast")], at=timezone.now(), how="in_person",
        what_happened="Tea", by=okoros.worker,
    )  # fmt: skip
    page = read(client, helper, "help_family", family.thread).content.decode()
    assert "Child protection plan: Ada Okoro" in page and "I like toast" in page and "at a visit" in page
    assert page.count("No words of theirs yet") == 1
    assert re.search(r"Ada Okoro</a>, \d+", page)


@pytest.fixture
def never_by_letter(okoros):
    record_safe_contact(
        okoros.mother, way="letter", is_safe=False, said_by="Grace", where="1 Secret Street",
        started_on=timezone.localdate(), by=okoros.manager,
    )  # fmt: skip
    allocate_worker(child=okoros.mother, on=timezone.localdate(), worker=okoros.worker, by=okoros.manager)


def test_how_it_is_safe_is_seen_wherever_something_goes_to_the_family(
    client, okoros, helper, family, agreed, never_by_letter
):
    services.lead_named(help=family, worker=helper, on=timezone.localdate(), by=okoros.manager)
    for name, thread in (
        ("help_family", family.thread), ("help_meeting", family.thread), ("help_felt", family.thread),
        ("plan", agreed.thread),
    ):  # fmt: skip
        page = read(client, okoros.worker, name, thread).content.decode()
        assert "Never" in page and "1 Secret Street" in page, name  # he works with her
        assert "1 Secret Street" not in read(client, helper, name, thread).content.decode(), name
        assert "Text after 6 (told us asking for help on" in page, name


def test_what_was_said_asking_for_help_stands_wherever_it_is_told_how_to_reach_them(
    client, okoros, helper, family
):
    services.lead_named(help=family, worker=helper, on=timezone.localdate(), by=okoros.manager)
    allocate_worker(child=okoros.mother, on=timezone.localdate(), worker=okoros.worker, by=okoros.manager)
    pages = {
        "help_family": family.thread, "help_meeting": family.thread, "story": okoros.ada.pk,
        "handover": okoros.ada.pk, "safe_contact": okoros.ada.pk,
    }  # fmt: skip
    for name, about in pages.items():
        page = read(client, okoros.worker, name, about).content.decode()
        assert "Text after 6 (told us asking for help on" in page, name
        assert "Nobody has said how it is safe" not in page, name
        assert "How it is safe to reach the family" not in page, name
    assert "Text after 6" in read(client, okoros.worker, "story", okoros.mother.pk).content.decode()
    record_safe_contact(
        okoros.mother, way="text", is_safe=True, said_by="Grace", by=okoros.manager,
        started_on=timezone.localdate(),
    )  # fmt: skip
    HelpRequest.objects.filter(thread=family.request_thread).update(name=name_of(okoros.mother))
    assert (
        "told us asking for help" not in read(client, okoros.worker, "story", okoros.ada.pk).content.decode()
    )


def test_where_nobody_said_a_page_from_which_something_goes_out_says_so(client, okoros, helper):
    begun = services.begin_help(
        people=[okoros.ada], basis="voluntary", agreed_by="Grace", agreed_how="phone", by=helper
    )
    page = read(client, okoros.worker, "help_meeting", begun.thread).content.decode()
    assert "Nobody has said how it is safe" in page


def test_an_offer_goes_to_no_way_that_is_never_safe_without_a_reason(
    client, okoros, helper, family, never_by_letter
):
    offer = {"kind": "network", "is_offered": "yes", "offered_to": "Grace", "how": "letter",
             "on": f"{timezone.localdate():%d/%m/%Y}"}  # fmt: skip
    refused = sent(client, helper, "help_meeting", family.thread, **offer)
    said = refused.content.decode()
    assert refused.status_code == 422 and "must never be reached by letter" in said
    assert "1 Secret Street" not in said
    assert sent(client, helper, "help_meeting", family.thread, **{**offer, "how": "visit"}).status_code == 302
    sent(client, helper, "help_meeting", family.thread, **offer, although="She asked for it in writing")
    kept = Entry.objects.filter(act="offer_meeting").latest("id")
    assert kept.about["although_not_safe"] == "She asked for it in writing"


def test_a_meeting_is_offered_answered_held_and_its_plan_looked_at_again(client, helper, family, agreed):
    today = f"{timezone.localdate():%d/%m/%Y}"
    services.offer_meeting(
        help=family,
        kind="decision_making",
        offered_to="Grace",
        on=timezone.localdate(),
        how="visit",
        by=helper,
    )
    (meeting,) = queries.written_of(family, []).meetings
    held, reply = (
        reverse(name, args=[meeting.thread]) for name in ("help_meeting_held", "help_meeting_reply")
    )
    sent(client, helper, "help_meeting_reply", meeting.thread, reply="later", on=today)
    page = read(client, helper, "help_family", family.thread).content.decode()
    assert "They say something else now" in page and reply in page and held not in page
    early = sent(client, helper, "help_meeting_review", meeting.thread, on=today, how_it_goes="Well")
    assert early.status_code == 422 and "not held yet" in early.content.decode()
    sent(client, helper, "help_meeting_reply", meeting.thread, reply="yes", on=today, prepared_by="Ivy")
    assert held in read(client, helper, "help_family", family.thread).content.decode()
    sent(
        client, helper, "help_meeting_held", meeting.thread, on=today, familys_plan="Nan has them on Fridays",
        agreed="Taxis to Nan", who_came="Grace, Nan and Ada", had_private_time="yes",
    )  # fmt: skip
    page = read(client, helper, "help_family", family.thread).content.decode()
    into_plan = f"{reverse('plan_add_action', args=[agreed.thread])}?meeting={meeting.thread}"
    assert into_plan in page and "Taxis to Nan" in client.get(into_plan).content.decode()
    for on in ("1/1/1900", "1/1/2090"):
        assert (
            sent(client, helper, "help_meeting_review", meeting.thread, on=on, how_it_goes="Well").status_code
            == 422
        )
    sent(client, helper, "help_meeting_review", meeting.thread, on=today, how_it_goes="They love it")
    assert "They love it" in read(client, helper, "help_family", family.thread).content.decode()
