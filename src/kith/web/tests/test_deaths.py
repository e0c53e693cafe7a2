"""The pages of a death: what is open is seen and closed in one act, kindly; a mistake is taken back."""

import re
from copy import deepcopy
from datetime import timedelta

import pytest
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from kith.record.access.models import Message, Restriction
from kith.record.access.services import keep_apart, place_restriction
from kith.record.frontdoor.models import Referral
from kith.record.pathway import assessed, protecting
from kith.record.people.models import Allocation, Membership, PersonDetails, Relationship, Role
from kith.record.visits.services import Saw, write_visit
from kith.web.tests.families import LONG_AGO, the_okoros, user

pytestmark = pytest.mark.django_db
TODAY = f"{timezone.localdate():%d/%m/%Y}"


@pytest.fixture(scope="module")
def okoros_once(module_db):
    return the_okoros(timezone.localdate())


@pytest.fixture
def okoros(okoros_once, db):
    return deepcopy(okoros_once)


def sent(client, who, page, child, /, **said):
    client.force_login(who)
    return client.post(reverse(page, args=[child.pk]), said)


def read(client, who, page, *about):
    client.force_login(who)
    return client.get(reverse(page, args=[one.pk for one in about]))


def test_what_is_open_is_seen_and_nothing_is_chosen_beforehand(client, okoros):
    protecting.begin_enquiry(children=[okoros.ada, okoros.ben], suspected_harm="Hit.", by=okoros.worker)
    story = read(client, okoros.worker, "story", okoros.ada).content.decode()
    assert reverse("record_death", args=[okoros.ada.pk]) in story
    page = read(client, okoros.worker, "record_death", okoros.ada).content.decode()
    for words in (
        "Ada Okoro has died", "The assessment, begun on", "The section 47 enquiry, begun on", "Owed:", "Due:",
        "The case, open since", "Works with them: Ruth Adeyemi", "goes on for them",
        "Told at once: Priya Nair", "because Ada Okoro has died",
    ):  # fmt: skip
        assert words in page
    assert page.index("What is open now") < page.index(
        '<form class="kith-task__form"'
    )  # read first on a phone
    assert not re.search(r"<input[^>]* checked", page) and "Ben" not in page


def test_it_is_written_closed_and_told_first_and_her_brother_is_visited_as_before(client, okoros):
    protecting.begin_enquiry(children=[okoros.ada, okoros.ben], suspected_harm="Hit.", by=okoros.worker)
    assert sent(client, okoros.worker, "record_death", okoros.ada, on=TODAY).status_code == 422  # not said
    answer = sent(
        client, okoros.worker, "record_death", okoros.ada, on=TODAY, closes_case="yes", ends_work="no"
    )
    assert answer["Location"] == reverse("story", args=[okoros.ada.pk])
    assert Referral.current.get(person=okoros.ada).closure_reason == "RC2"
    story = read(client, okoros.worker, "story", okoros.ada).content.decode()
    assert "Died on" in story and "Nothing is due" in story and "Still open" not in story
    assert "Start an assessment" not in story and "Start section 47 enquiry" not in story
    assert f'href="{reverse("record_death", args=[okoros.ada.pk])}"' not in story
    assert "Close what is still open" not in story and "End the work of whoever is allocated" in story
    work = read(client, okoros.worker, "my_work").content.decode()
    assert f'href="{reverse("strategy_discussion", args=[okoros.ben.pk])}"' in work
    assert f'href="{reverse("strategy_discussion", args=[okoros.ada.pk])}"' not in work
    for page in ("write_visit", "strategy_discussion", "enquiry_found", "enquire"):
        shown = read(client, okoros.worker, page, okoros.ben)
        assert shown.status_code == 200 and "Ada Okoro" not in shown.content.decode()
    write_visit(
        saw=[Saw(okoros.ben, "alone")], at=timezone.now(), how="in_person", what_happened="Tea",
        by=okoros.worker,
    )  # fmt: skip


def test_a_day_before_a_visit_that_saw_them_is_asked_about_and_saved_once_it_is_checked(client, okoros):
    write_visit(
        saw=[Saw(okoros.ada, "alone")], at=timezone.now(), how="in_person", what_happened="Tea",
        by=okoros.worker,
    )  # fmt: skip
    before = f"{timezone.localdate() - timedelta(days=2):%d/%m/%Y}"
    said = {"on": before, "closes_case": "no", "ends_work": "no"}
    assert "They were seen later" not in read(client, okoros.worker, "record_death", okoros.ada).text
    asked = sent(client, okoros.worker, "record_death", okoros.ada, **said)
    assert asked.status_code == 422
    assert "saw them: that is after this day" in asked.text and before in asked.text
    assert PersonDetails.current.get(person=okoros.ada).date_of_death is None
    unreadable = sent(client, okoros.worker, "record_death", okoros.ada, **(said | {"on": "nonsense"}))
    assert "They were seen later" not in unreadable.text
    done = sent(client, okoros.worker, "record_death", okoros.ada, **said, is_day_checked="yes")
    assert done.status_code == 302
    assert PersonDetails.current.get(person=okoros.ada).date_of_death is not None


def test_the_case_may_stay_open_and_is_closed_later_from_the_page(client, okoros):
    helper = user("Fay Helper", Role.FAMILY_HELP_LEAD)
    Membership.objects.create(user=helper, team=okoros.team, started_on=LONG_AGO)
    page = read(client, helper, "record_death", okoros.ada).content.decode()
    assert "Stays open until" in page and 'name="closes_case"' not in page
    sent(client, helper, "record_death", okoros.ada, on=TODAY, closes_case="yes")  # not asked: not done
    assert Referral.current.get(person=okoros.ada).closed_on is None
    assert read(client, helper, "close_after_death", okoros.ada).status_code == 403
    story = read(client, okoros.worker, "story", okoros.ada).content.decode()
    assert "Still open: The case, open since" in story
    assert reverse("close_after_death", args=[okoros.ada.pk]) in story
    sent(client, okoros.worker, "close_after_death", okoros.ada, closes_case="yes", ends_work="no")
    assert Referral.current.get(person=okoros.ada).closure_reason == "RC2"


def test_where_the_record_closes_with_it_the_way_leads_to_my_work(client, okoros):
    Relationship.objects.filter(Q(person=okoros.ada) | Q(other=okoros.ada)).delete()
    answer = sent(
        client, okoros.worker, "record_death", okoros.ada, on=TODAY, closes_case="yes", ends_work="yes"
    )
    assert answer["Location"] == reverse("my_work")
    assert not Allocation.current.filter(person=okoros.ada, ended_on=None).exists()
    assert read(client, okoros.worker, "story", okoros.ada).status_code == 403


def test_sent_twice_it_is_written_once_and_a_mistake_is_taken_back(client, okoros):
    said = {"on": TODAY, "closes_case": "yes", "ends_work": "no"}
    sent(client, okoros.worker, "record_death", okoros.ada, **said)
    assert sent(client, okoros.worker, "record_death", okoros.ada, **said).status_code == 404
    story = read(client, okoros.worker, "story", okoros.ada).content.decode()
    assert "Died on" in story and "Say that they are missing" not in story
    assert sent(client, okoros.worker, "death_mistaken", okoros.ada).status_code == 422
    sent(client, okoros.worker, "death_mistaken", okoros.ada, because="Another child was meant")
    assert Referral.current.get(person=okoros.ada).closed_on is None
    story = read(client, okoros.worker, "story", okoros.ada).content.decode()
    assert "Died on" not in story
    assert read(client, okoros.worker, "death_mistaken", okoros.ada).status_code == 404
    assert read(client, okoros.worker, "close_after_death", okoros.ada).status_code == 404


def test_who_may_not_and_a_day_that_cannot_be(client, okoros):
    stranger = user("Sam Stranger", Role.SOCIAL_WORKER)
    assert sent(client, stranger, "record_death", okoros.ada, on=TODAY).status_code == 403
    assert read(client, okoros.worker, "record_death", okoros.unborn).status_code == 404
    ahead = f"{timezone.localdate() + timedelta(days=2):%d/%m/%Y}"
    answer = sent(
        client, okoros.worker, "record_death", okoros.ada, on=ahead, closes_case="no", ends_work="no"
    )
    assert answer.status_code == 422 and "has not come yet" in answer.content.decode()
    Restriction.objects.create(person=okoros.ada, kind=Restriction.Kind.STAFF_FAMILY, reason="Ours")
    assert sent(client, okoros.worker, "record_death", okoros.ada, on=TODAY).status_code == 403
    assert PersonDetails.current.get(person=okoros.ada).date_of_death is None


def test_a_parents_death_asks_for_the_day_alone(client, okoros):
    Allocation.objects.create(
        person=okoros.mother, worker=okoros.worker, team=okoros.team, started_on=LONG_AGO
    )
    page = read(client, okoros.worker, "record_death", okoros.mother).content.decode()
    assert 'name="closes_case"' not in page and "The case" not in page
    sent(client, okoros.worker, "record_death", okoros.mother, on=TODAY, ends_work="no")
    assert PersonDetails.current.get(person=okoros.mother).date_of_death == timezone.localdate()
    assert Referral.current.filter(closed_on=None).count() == 4  # her children's go on


def test_an_assessment_of_both_goes_on_for_her_brother_and_says_what_became_of_hers(client, okoros):
    family = assessed.assess_together(
        children=[okoros.ada, okoros.ben], on=timezone.localdate(), by=okoros.worker
    )
    sent(client, okoros.worker, "record_death", okoros.ada, on=TODAY, closes_case="yes", ends_work="no")
    client.force_login(okoros.worker)
    page = client.get(reverse("assessment", args=[family.thread])).content.decode()
    assert "Write about Ben Okoro" in page and "Write about Ada Okoro" not in page
    assert "ended without being finished" in page


def test_nobody_from_whom_a_child_is_kept_is_told_of_their_death(client, okoros):
    for name in ("Ola Apart", "Una Apart"):
        manager = user(name, Role.TEAM_MANAGER)
        Membership.objects.create(user=manager, team=okoros.team, is_manager=True, started_on=LONG_AGO)
    keep_apart(manager, okoros.ada, by=okoros.manager, because="Her niece")
    place_restriction(
        okoros.ada, by=okoros.manager, kind="staff_family", reason="Ours", custodian=okoros.custodian,
        allowed=[okoros.worker, okoros.manager],
    )  # fmt: skip
    Message.objects.all().delete()
    page = read(client, okoros.worker, "record_death", okoros.ada).content.decode()
    assert "Told at once: Priya Nair." in page and "Apart" not in page
    sent(client, okoros.worker, "record_death", okoros.ada, on=TODAY, closes_case="no", ends_work="no")
    sent(client, okoros.worker, "death_mistaken", okoros.ada, because="Another child was meant")
    assert {message.to for message in Message.objects.all()} == {okoros.manager}
