"""The pages of an enquiry: begun for three in a few presses, discussed, and what shows to whom."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.access.models import Message
from kith.record.owed.queries import owed_for
from kith.record.people.models import Role
from kith.record.protection.models import EnquiryFinding, HarmSuspected, Section47Enquiry, StrategyDiscussion
from kith.standards.working_days import legal_day
from kith.web.protecting.tests.steps import BACKEND, convene, discuss, find_no_harm, go, start, three
from kith.web.story.tonight import night_of
from kith.web.tests.families import HOSTILE, user

pytestmark = pytest.mark.django_db


def test_two_facts_start_an_enquiry_for_three(as_worker, family):
    page = start(as_worker, family)
    assert page.redirect_chain[-1][0] == reverse("strategy_discussion", args=[family.ada.pk])
    assert Section47Enquiry.current.count() == 3 and HarmSuspected.current.count() == 1
    assert "The enquiry has begun" in page.content.decode()
    assert Message.objects.filter(to=family.manager).exists()


def test_sent_twice_it_is_one_enquiry(as_worker, family):
    page = as_worker.get(reverse("enquire", args=[family.ada.pk]))
    draft = page.context["draft"]
    for _ in range(2):
        start(as_worker, family, draft_key=draft.key, draft_revision="0")
    assert HarmSuspected.current.count() == 1


def test_nothing_typed_is_lost_when_no_child_was_chosen(as_worker, family):
    page = start(as_worker, family, children=[])
    assert page.status_code == 422
    assert "Choose the children" in page.content.decode() and "Bruises on all three" in page.content.decode()


def test_no_judgement_is_chosen_beforehand(as_worker, family):
    start(as_worker, family)
    for name in ("enquire", "strategy_discussion", "arrange_conference", "enquiry_found"):
        form = as_worker.get(reverse(name, args=[family.ben.pk])).context["form"]
        filled = {
            field.name for field in form if field.value() not in (None, "", [], "{}", [None, None, None])
        }
        assert filled <= {"seen", "at", "held_at", "about", "people"}, name


def test_help_is_shown_before_the_form_and_asked_of_nobody(as_worker, family):
    text = as_worker.get(reverse("enquire", args=[family.ada.pk])).content.decode()
    assert text.index("No help is on record") < text.index("Which children may be suffering harm?")


def test_hostile_words_stay_words_on_every_page(as_worker, family):
    start(as_worker, family, suspected_harm=HOSTILE)
    discuss(as_worker, family, discussed=HOSTILE)
    for name in ("enquiry", "strategy_discussion", "protection_plan", "emergency"):
        assert HOSTILE not in as_worker.get(reverse(name, args=[family.ada.pk])).content.decode()


def test_a_discussion_leads_to_the_conference_or_stays(as_worker, family):
    start(as_worker, family)
    page = discuss(as_worker, family, then="stay")
    assert page.redirect_chain[-1][0] == reverse("enquiry", args=[family.ada.pk])
    page = discuss(as_worker, family)
    assert page.redirect_chain[-1][0] == reverse("arrange_conference", args=[family.ada.pk])
    assert StrategyDiscussion.current.count() == 2
    assert {one.is_joint for one in Section47Enquiry.current.all()} == {True}


def test_at_night_a_discussion_leads_to_the_enquiry_for_who_may_not_arrange(client, as_worker, family):
    night = user("Nia Night", Role.OUT_OF_HOURS)
    start(as_worker, family)
    client.force_login(night, backend=BACKEND)
    for child in three(family):
        said = {"reason": "A call at night from a neighbour", "hours": "2"}
        client.post(reverse("break_glass", args=[child]), said)
    page = client.get(reverse("strategy_discussion", args=[family.ada.pk]))
    assert page.status_code == 200 and page.context["act"] == "Save the discussion"
    assert "plan the conference" not in page.content.decode()
    page = discuss(client, family)
    assert page.status_code == 200
    assert page.redirect_chain[-1][0] == reverse("enquiry", args=[family.ada.pk])
    assert "Plan the conference" not in page.content.decode()


def test_the_start_of_an_enquiry_is_not_offered_for_a_child_who_has_one_open(as_worker, family):
    button = 'govuk-button--warning" href="' + reverse("enquire", args=[family.ada.pk])
    pages = [reverse(name, args=[family.ada.pk]) for name in ("story", "enquiry")]
    assert all(button in as_worker.get(page).content.decode() for page in pages)
    start(as_worker, family)
    for page in pages:
        text = as_worker.get(page).content.decode()
        assert button not in text and "Add new harm to" in text


def test_what_is_owed_folds_after_three_lines(as_worker, family):
    start(as_worker, family)
    convene(as_worker, family)  # nobody wrote the discussion, nor when they were seen
    text = as_worker.get(reverse("story", args=[family.ada.pk])).content.decode()
    assert text.count("Still owed: ") == 3
    left = len(owed_for([family.ada.pk], timezone.now())) - 3
    assert left > 0 and f"<summary>{left} more still owed</summary>" in text


def test_each_agency_has_the_name_of_who_came_from_it(as_worker, family):
    start(as_worker, family)
    discuss(
        as_worker, family, took_part=["police", "school"],
        **{"who-police": "DC Bell", "who-gp": "Dr Rao", "led_by": str(family.manager.pk)},
    )  # fmt: skip
    held = StrategyDiscussion.current.get()
    assert held.led_by == family.manager
    assert {(one["agency"], one["who"]) for one in held.took_part} == {
        ("la_csc", family.manager.name), ("la_csc", family.worker.name), ("police", "DC Bell"),
        ("gp", "Dr Rao"), ("school", ""),
    }  # fmt: skip
    text = as_worker.get(reverse("enquiry", args=[family.ada.pk])).content.decode()
    assert "(DC Bell)" in text and "(Dr Rao)" in text


def test_a_discussion_with_nobody_there_is_asked_again_with_what_was_typed(as_worker, family):
    start(as_worker, family)
    page = discuss(as_worker, family, took_part=[])
    text = page.content.decode()
    assert page.status_code == 422
    assert "Choose each agency that took part" in text and "All seen today" in text


def test_where_each_child_sleeps_and_whether_safe_shows_with_the_enquiry(as_worker, family):
    start(as_worker, family)
    ada, ben = family.ada.pk, family.ben.pk
    own = {f"tonight-{ada}-sleeps_where": "At Nan’s", f"tonight-{ada}-is_safe_tonight": "yes"}
    discuss(as_worker, family, **own, **{f"tonight-{ben}-is_safe_tonight": "no"})
    text = as_worker.get(reverse("enquiry", args=[ada])).content.decode()
    assert "Safe tonight" in text and "At Nan’s" in text and "Not safe tonight" not in text
    other = as_worker.get(reverse("enquiry", args=[ben])).content.decode()
    assert "Not safe tonight" in other and "At Nan’s" not in other


def test_where_a_child_sleeps_tonight_and_the_enquiry_stand_first_on_their_page(as_worker, family):
    as_worker.post(reverse("enquire", args=[family.ada.pk]), {
        "children": three(family), "suspected_harm": "Bruises", "is_danger_now": "yes",
    })  # fmt: skip
    headline = as_worker.get(reverse("story", args=[family.chi.pk])).context["sentence"]
    assert ", is not safe tonight, is in a section 47 enquiry, since " in headline
    ada, ben = family.ada.pk, family.ben.pk
    own = {f"tonight-{ada}-sleeps_where": "At Nan’s", f"tonight-{ada}-is_safe_tonight": "yes"}
    discuss(as_worker, family, **own, **{f"tonight-{ben}-is_safe_tonight": "no"})
    page = as_worker.get(reverse("story", args=[ada]))
    night = page.content.decode().partition("Where they sleep tonight")[2].partition("Whom to ring")[0]
    assert "At Nan’s" in night and "Safe tonight" in night and family.worker.name in night
    assert "Not on record" not in night
    assert "is in a section 47 enquiry" in page.context["sentence"]
    assert "not safe" not in page.context["sentence"]
    other = as_worker.get(reverse("story", args=[ben]))
    assert "is not safe tonight" in other.context["sentence"] and "At Nan’s" not in other.content.decode()


def test_a_home_that_began_after_the_discussion_stands_before_what_it_settled(as_worker, family):
    start(as_worker, family)
    ada = family.ada.pk
    discuss(as_worker, family, **{f"tonight-{ada}-sleeps_where": "At Nan’s"})
    settled = night_of([ada], family.today).settled
    assert settled and settled.is_newest(legal_day(settled.held_at))
    assert not settled.is_newest(legal_day(settled.held_at) + timedelta(days=1))


def test_an_adult_of_concern_warns_whoever_visits_beside_what_keeps_the_children_safe(as_worker, family):
    start(as_worker, family)
    who = "Wayne, her partner, not to be in the house"
    discuss(as_worker, family, of_concern=who, actions="Glenys stays the night")
    for name in ("enquiry", "story", "handover"):
        text = as_worker.get(reverse(name, args=[family.ben.pk])).content.decode()
        assert who in text and "Glenys stays the night" in text
    assert "Before you visit: an adult of concern" in text
    Section47Enquiry.current.update(ended_on=timezone.localdate())
    assert who not in as_worker.get(reverse("story", args=[family.ben.pk])).content.decode()


def test_a_manager_agrees_what_was_found_and_the_worker_does_not(client, as_worker, family, chair):
    start(as_worker, family)
    discuss(as_worker, family)
    find_no_harm(as_worker, family)
    one = Section47Enquiry.current.get(person=family.ada)
    assert one.ended_on == timezone.localdate()
    assert as_worker.post(reverse("agree_finding", args=[family.ada.pk, one.thread])).status_code == 403
    client.force_login(family.manager, backend=BACKEND)
    go(client, "agree_finding", family.ada.pk, one.thread)
    assert EnquiryFinding.current.get(person=family.ada).agreed_by == family.manager
    go(client, "send_finding_back", family.ben.pk, Section47Enquiry.current.get(person=family.ben).thread,
       because="Ask dad")  # fmt: skip
    assert EnquiryFinding.current.get(person=family.ben).sent_back_because == "Ask dad"
