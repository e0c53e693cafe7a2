"""The team around a family, and who leads."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kith.record.help import queries, services
from kith.record.pathway import help_steps
from kith.record.people.models import Membership, Role
from kith.web.help.tests.pages import read, sent
from kith.web.tests.families import LONG_AGO, user

pytestmark = pytest.mark.django_db


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
