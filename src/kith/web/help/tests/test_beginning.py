"""Family help begins: for children on record and new ones, from a request or a child’s page."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.frontdoor.queries import open_referrals
from kith.record.frontdoor.services import close_referral as close_case
from kith.record.help import queries, services
from kith.record.help.models import FamilyHelp
from kith.record.pathway.queries import stage
from kith.record.people.family import ties_of
from kith.record.people.models import Address, Person, Role
from kith.record.people.queries import name_of
from kith.record.people.services import register_person
from kith.web.help.tests.pages import NO_BED, read, sent
from kith.web.tests.families import user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.DUTY_WORKER, Role.FAMILY_HELP_LEAD])
def test_who_answers_a_family_is_led_to_begin_help_only_where_they_may(client, asked, role):
    who, begin = user("Somebody", role), reverse("help_begin", args=[asked.thread])
    may = read(client, who, "help_begin", asked.thread).status_code == 200
    shown = read(client, who, "help_request", asked.thread).content.decode()
    assert (begin in shown) is may
    assert ("ask a family help lead or a manager to begin it" in shown) is not may


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


def test_a_parent_who_is_found_brings_the_children_and_is_none_of_them(client, okoros, helper, asked):
    address = f"{reverse('help_begin', args=[asked.thread])}?child={okoros.people['mother'].pk}"
    client.force_login(helper)
    form = client.get(address).content.decode()
    assert "Ada Okoro" in form and "Grace Okoro</label>" not in form
    agreed = {"basis": "voluntary", "agreed_by": "Grace", "agreed_how": "phone"}
    answer = client.post(address, {"people": [okoros.people["mother"].pk], **agreed})
    assert answer.status_code == 422 and not FamilyHelp.objects.exists()


def test_a_parent_without_children_on_record_leads_to_children_who_are_new(client, helper, asked, okoros):
    alone = register_person(by=okoros.manager, given_names="Sal", date_of_birth=okoros.ago(40 * 365))
    client.force_login(helper)
    form = client.get(f"{reverse('help_begin', args=[asked.thread])}?child={alone.pk}").content.decode()
    assert "The children, who are new to us" in form and "Sal</label>" not in form


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
