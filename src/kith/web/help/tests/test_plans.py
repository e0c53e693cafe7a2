"""A plan: agreed, changed line by line, joined by one more child, and ended."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.access.services import place_restriction
from kith.record.help import queries, services
from kith.record.pathway import help_steps
from kith.record.people.models import Role
from kith.record.people.queries import name_of
from kith.record.planning import queries as plans
from kith.record.planning.models import PlanAction
from kith.web.help.tests.pages import lines_of, read, sent
from kith.web.tests.families import user

pytestmark = pytest.mark.django_db


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
