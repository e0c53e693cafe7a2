"""What a family needs: met from the directory and put into its plan, or met by nothing."""

import pytest
from django.urls import reverse

from kith.record.help import queries, services
from kith.record.people.models import Role
from kith.web.help.tests.pages import read, sent
from kith.web.tests.families import user

pytestmark = pytest.mark.django_db


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
