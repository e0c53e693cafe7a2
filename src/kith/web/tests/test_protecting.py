"""The pages of protection: an enquiry for three in a few presses, a conference, and what shows to whom."""

import json
import re
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.access.models import Message, OneTimeLink, Restriction
from kith.record.chronology.entering import enter
from kith.record.clocks.models import LocalClock
from kith.record.clocks.queries import clocks_for
from kith.record.drafts import services as drafts
from kith.record.drafts.queries import restore
from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.models import Message as FrontDoorMessage
from kith.record.frontdoor.services import Named
from kith.record.help.models import FamilyHelp, TeamMember
from kith.record.help.services import begin_help
from kith.record.owed.queries import owed_for
from kith.record.pathway.help_steps import begin_with_family
from kith.record.people.models import Allocation, Membership, Role, Team
from kith.record.people.services import correct_details, merge, register_person, relate
from kith.record.planning.models import PlanKind
from kith.record.planning.queries import open_plan
from kith.record.planning.queries import shown as lines_of
from kith.record.planning.services import add_action, set_goal, start_plan
from kith.record.protection import services
from kith.record.protection.models import (
    Conference,
    ConferenceOf,
    CoreGroup,
    EmergencyStep,
    EnquiryFinding,
    HarmSuspected,
    Invited,
    LegalPlanningLook,
    PlanReview,
    ProtectionPlan,
    Section47Enquiry,
    StrategyDiscussion,
    TransferIn,
    TransferOut,
)
from kith.record.protection.queries import conference_parts, invited_to
from kith.record.schooling.models import SchoolPlace
from kith.record.sharing.models import Ask
from kith.record.visits.services import Saw, write_visit
from kith.standards.dates import long_date
from kith.standards.working_days import add_working_days, legal_day
from kith.web.front_door.told import TABLE
from kith.web.protecting.arranging import first_due
from kith.web.protecting.knowers import cannot_be_quorate, who_knows
from kith.web.protecting.slots import chairs_for, slots_for
from kith.web.story.tonight import night_of
from kith.web.tests.families import HOSTILE, LONG_AGO, the_okoros, user

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(scope="module")
def family_once(module_db):
    return the_okoros(timezone.localdate())


@pytest.fixture
def family(family_once, db):
    return deepcopy(family_once)


@pytest.fixture
def chair():
    team = Team.objects.create(name="Reviewing")
    chair = user("Cleo Chair", Role.REVIEWING_OFFICER)
    Membership.objects.create(user=chair, team=team, started_on=LONG_AGO)
    return chair


@pytest.fixture
def as_worker(client, family):
    client.force_login(family.worker, backend=BACKEND)
    return client


def go(client, name, *args, **data):
    """Send a form; the answer is the page it leads to."""
    return client.post(reverse(name, args=args), data, follow=True)


def three(family):
    return [str(child.pk) for child in (family.ada, family.ben, family.chi)]


def start(client, family, **more):
    given = {"children": three(family), "suspected_harm": "Bruises on all three"}
    return go(client, "enquire", family.ada.pk, **{**given, **more})


def discuss(client, family, **more):
    given = {"took_part": ["police", "gp"], "discussed": "All seen today", "decision": "enquire_with_police"}
    return go(client, "strategy_discussion", family.ada.pk, **{**given, **more})


def convene(client, family, **more):
    page = client.get(reverse("arrange_conference", args=[family.ada.pk]))
    slot = page.context["slots"][0].value
    given = {"finding": "continuing", "slot": slot, "family_told_by": "me", "people": people_of(page)}
    return go(client, "arrange_conference", family.ada.pk, **{**given, **more})


def people_of(page):
    return page.context["form"].fields["people"].initial


@pytest.mark.parametrize(
    "kind, set_here, days",
    [("initial", None, 3), ("review", None, 5), ("initial", 4, 4)],
    ids=["initial", "review", "as the authority sets it"],
)
def test_papers_are_with_the_family_as_long_before_as_their_clock_says(db, kind, set_here, days):
    if set_here:
        LocalClock.objects.create(
            clock="CP-13", amount=set_here, unit="working_days", started_on=LONG_AGO, agreed_by="Board"
        )
    for today in (date(2026, 6, 2), date(2026, 7, 31)):  # inside the fifteen working days, and long after
        for slot in slots_for(date(2026, 6, 1), "CP-02", [], today, kind=kind):
            assert slot.papers_by == add_working_days(slot.at.date(), -days)
            assert slot.papers_by > today


def test_the_review_that_is_due_first_sets_the_days_on_offer():
    reviewed = ProtectionPlan(thread=1, started_on=date(2025, 10, 1))  # next by 1 July, six months on
    begun = ProtectionPlan(thread=2, started_on=date(2026, 2, 1))  # first by 1 May, three months on
    held = {1: [date(2026, 1, 1)], 2: []}
    assert first_due([reviewed, begun], held) == (date(2026, 2, 1), "CP-06")


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


def test_everybody_the_record_knows_is_proposed_and_only_who_works_with_them_is_ticked(as_worker, family):
    nan = register_person(by=family.manager, given_names="Rose", family_name="Okoro", sex="F",
                          date_of_birth=family.ago(61 * 365))  # fmt: skip
    relate(family.ada, nan, by=family.manager, kind="grandparent")
    enter(
        SchoolPlace(person=family.ben, kind="school", school="Hill Primary", started_on=family.ago(90)),
        by=family.manager, act="correct_details",
    )  # fmt: skip
    start(as_worker, family)
    discuss(as_worker, family, **{"who-police": "DC Bell", "who-gp": "Dr Rao"})
    page = as_worker.get(reverse("arrange_conference", args=[family.ada.pk]))
    field = page.context["form"].fields["people"]
    ticked = {words for key, words in field.choices if key in field.initial}
    assert {words.split(",")[0] for words in ticked} == {
        "Ruth Adeyemi", "DC Bell", "Dr Rao", "Whoever leads on safeguarding at the school of Ben Okoro",
        "Grace Okoro", "Emeka Okoro",
    }  # fmt: skip
    assert {words for _, words in field.choices} - ticked == {"Rose Okoro, Grandparent"}
    assert "Hill Primary" not in page.content.decode()  # it is Ben's own, and this is Ada's page
    convene(as_worker, family)
    police = Invited.current.get(name="DC Bell")
    assert (police.agency, police.is_report_wanted) == ("police", True)


def test_who_told_us_who_answered_and_who_helps_the_family_are_proposed(as_worker, family):
    frontdoor.write_message(
        children=[Named(person=family.ada)], what_was_said="A mark on her arm.", way="phone", source="2A",
        teller_name="Mrs Lowe", teller_role="Head teacher", may_name_teller=True, by=family.worker,
    )  # fmt: skip
    frontdoor.write_message(
        children=[Named(person=family.ada)], what_was_said="Shouting.", way="phone", source="1B",
        teller_name="Mr Next Door", by=family.worker,
    )  # fmt: skip
    told = FrontDoorMessage.current.get(teller_name="Mrs Lowe")
    Ask.objects.create(
        about_table=TABLE, about_thread=told.thread, asked_of="The midwives", kind="midwifery", why="-",
        power="-", answered_at=timezone.now(), answered_by="Joy Midwife", is_family_known=True,
    )  # fmt: skip
    helped = begin_help(
        people=[family.ada], basis="voluntary", agreed_by="Grace", agreed_how="in_person", by=family.manager
    )
    FamilyHelp.current.filter(thread=helped.thread).update(lead=family.worker)
    TeamMember.objects.create(
        family_thread=helped.thread, name="Ola Nursery", does_what="Nursery nurse", started_on=family.today
    )
    found = {one.asked.name: one for one in who_knows(family.worker, [family.ada], family.today)}
    assert (found["Mrs Lowe"].asked.agency, found["Mrs Lowe"].is_ticked) == ("school", True)
    assert (found["Joy Midwife"].asked.agency, found["Ola Nursery"].is_ticked) == ("midwifery", True)
    assert found[family.worker.name].asked.job == "Leads the family’s help"
    assert "Mr Next Door" not in found
    assert cannot_be_quorate(found.values(), 3) and not cannot_be_quorate(found.values(), 2)
    start(as_worker, family)
    text = as_worker.get(reverse("arrange_conference", args=[family.ada.pk])).content.decode()
    assert "No quorum yet" in text


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


def test_a_conference_for_three_is_convened_and_nobody_is_invited_by_it(as_worker, family, chair):
    start(as_worker, family)
    discuss(as_worker, family)
    page = convene(as_worker, family)
    conference = Conference.current.get()
    assert page.redirect_chain[-1][0] == reverse("conference", args=[conference.thread])
    assert len(conference_parts(conference.thread)) == 3
    assert (conference.chair, conference.family_told_by) == (chair, family.worker.name)
    assert conference.planned_for.weekday() < 5
    names = [one.name for one in invited_to(conference.thread)]
    assert names == [family.worker.name, "Grace Okoro", "Emeka Okoro"]
    assert not Invited.current.exclude(invited_on=None).exists()
    assert EnquiryFinding.current.count() == 3
    assert "family_told" in {line.owed.what for line in owed_for([family.ada.pk], timezone.now())}


def test_still_enquiring_holds_a_date(as_worker, family, chair):
    start(as_worker, family)
    convene(as_worker, family, finding="still")
    conference = Conference.current.get()
    assert conference.is_date_only_held and not EnquiryFinding.current.exists()
    go(as_worker, "keep_date", conference.thread)
    assert not Conference.current.get().is_date_only_held


def test_what_was_found_and_who_told_the_family_is_not_asked_again(as_worker, family, chair):
    start(as_worker, family)
    discuss(as_worker, family)
    today, each = f"{family.today:%d/%m/%Y}", {}
    for child in (family.ada, family.ben, family.chi):
        each |= {f"each-{child.pk}-finding": "continuing", f"each-{child.pk}-because": "Seen by a doctor",
                 f"each-{child.pk}-child_said": f"Words of {child.pk}",
                 f"each-{child.pk}-seen_on": today}  # fmt: skip
    go(as_worker, "enquiry_found", family.ada.pk, family_told_on=today, family_told_by="Ruth", **each)
    stood = {one.pk for one in EnquiryFinding.current.all()}
    page = as_worker.get(reverse("arrange_conference", args=[family.ada.pk]))
    fields = page.context["form"].fields
    assert not {"finding", "because", "family_told_by"} & set(fields)
    text = page.content.decode()
    assert f"Words of {family.ada.pk}" in text and f"Words of {family.ben.pk}" not in text
    slot = page.context["slots"][0].value
    go(as_worker, "arrange_conference", family.ada.pk, slot=slot, people=people_of(page))
    made = Conference.current.get()
    assert (made.family_told_by, made.is_date_only_held) == ("Ruth", False)
    assert {one.pk for one in EnquiryFinding.current.all()} == stood
    assert "family_told" not in {line.owed.what for line in owed_for([family.ada.pk], timezone.now())}


def test_one_child_is_found_otherwise_and_has_no_conference(as_worker, family, chair):
    start(as_worker, family)
    chi = family.chi.pk
    convene(
        as_worker, family,
        **{f"each-{chi}-finding": "not_borne_out", f"each-{chi}-because": "A fall",
           f"when_seen-{chi}-not_seen_because": "With her dad"},
    )  # fmt: skip
    found = {one.person_id: one.finding for one in EnquiryFinding.current.all()}
    assert found[family.chi.pk] == "not_borne_out" and found[family.ada.pk] == "continuing"
    [conference] = Conference.current.all()
    assert family.chi.pk not in {part.person_id for part in conference_parts(conference.thread)}


def test_a_harm_that_goes_on_needs_a_conference(as_worker, family):
    start(as_worker, family)
    page = convene(as_worker, family, slot="none")
    assert page.status_code == 422 and "needs a conference" in page.content.decode()
    assert not EnquiryFinding.current.exists()


def arranged(client, family):
    start(client, family)
    discuss(client, family)
    convene(client, family)
    return Conference.current.get()


def test_a_parent_is_told_before_a_letter_goes(as_worker, family, chair):
    conference = arranged(as_worker, family)
    mother = next(one for one in invited_to(conference.thread) if one.name == "Grace Okoro")
    letter = reverse("conference_invitation", args=[conference.thread, mother.thread])
    assert as_worker.get(letter).status_code == 404
    today = timezone.localdate()
    page = go(
        as_worker, "conference_person", conference.thread, mother.thread, invited_on=f"{today:%d/%m/%Y}"
    )
    assert page.status_code == 422 and "Nobody has told Grace Okoro" in page.content.decode()
    go(
        as_worker, "conference_person", conference.thread, mother.thread,
        told_on=f"{today:%d/%m/%Y}", told_by="Ruth", invited_on=f"{today:%d/%m/%Y}", invited_how="in_person",
    )  # fmt: skip
    answer = as_worker.get(letter, follow=True)
    text = answer.content.decode()
    assert answer.redirect_chain[-1][0].endswith(f"/{mother.thread}/") and "For whom is it?" in text
    assert "investigat" not in text.lower() and "case conference" not in text.lower()


def test_the_invitation_of_a_partner_is_made_for_that_partner_and_is_written_down(as_worker, family, chair):
    conference = arranged(as_worker, family)
    partner = next(one for one in invited_to(conference.thread) if not one.is_family)
    page = reverse("conference_invitation", args=[conference.thread, partner.thread])
    assert f"Make it for {partner.name}" in as_worker.get(f"{page}?pdf").content.decode()  # nothing is made
    assert as_worker.post(page).status_code == 200
    listed = as_worker.get(reverse("letters", args=[family.ada.pk])).content.decode()
    assert "Invitation" in listed and partner.name in listed


def test_moving_needs_its_reason_and_what_keeps_them_safe(as_worker, family, chair):
    conference = arranged(as_worker, family)
    later = conference.planned_for + timedelta(days=7)
    moved = {"planned_for_day": f"{later:%d/%m/%Y}", "planned_for_time": "10:00"}
    page = go(as_worker, "move_conference", conference.thread, **moved)
    assert page.status_code == 422
    go(
        as_worker, "move_conference", conference.thread, because="Police away", safe_until_then="With Nan",
        **moved,
    )  # fmt: skip
    assert Conference.current.get().moved_because == "Police away"
    page = as_worker.get(reverse("conference", args=[conference.thread]))
    assert "With Nan" in page.content.decode()


def decided(client, conference, family, chair, held_by=None, **more):
    """The chair writes down who came and what was decided; one child has no plan."""
    client.force_login(chair, backend=BACKEND)
    came = {f"came-{one.thread}": "there" for one in invited_to(conference.thread)}
    go(client, "conference_came", conference.thread, **came)
    answers = {
        "went_on_because": "They are to be safe tonight", "is_other_day": "on",
        "chair": str(chair.pk) if held_by is None else held_by,
    }  # fmt: skip
    for child, decision in ((family.ada, "plan"), (family.ben, "plan"), (family.chi, "no_plan")):
        answers |= {f"each-{child.pk}-decision": decision, f"each-{child.pk}-because": f"Because {child.pk}"}
        answers[f"each-{child.pk}-category"] = "PHY" if decision == "plan" else ""
    return go(client, "chair_conference", conference.thread, **{**answers, **more})


def test_the_chair_reads_whom_each_conference_is_about_and_when_two_are_at_once(
    client, as_worker, family, chair
):
    first = arranged(as_worker, family)
    client.force_login(chair, backend=BACKEND)
    pages = [reverse("chairing"), reverse("my_work")]
    for page in pages:
        text = client.get(page).content.decode()
        assert all(f"{name} Okoro (" in text for name in ("Ada", "Ben", "Chi"))
        assert "Booked twice" not in text
    other = Conference.objects.create(
        kind="review", planned_for=first.planned_for + timedelta(minutes=45), chair=chair
    )
    for child in (family.unborn, family.cousin):  # whose record a restriction keeps from the chair
        ConferenceOf.objects.create(person=child, matter_thread=other.thread)
    for page in pages:
        text = client.get(page).content.decode()
        assert text.count("Booked twice") == 2 and "Dele" not in text
        assert "Baby Okoro, a child who is kept from you" in text


def test_the_chair_reads_reports_findings_and_childrens_words_beside_the_outline(
    client, as_worker, family, chair
):
    conference = arranged(as_worker, family)
    first = invited_to(conference.thread)[0]
    Invited.current.filter(thread=first.thread).update(report="He is cared for at school")
    EnquiryFinding.current.update(why="Bruises of three ages")
    write_visit(
        at=timezone.now(), how="in_person", what_happened="At school", by=family.worker,
        saw=[Saw(family.ada, seen="alone", own_words="I like Nan")],
    )  # fmt: skip
    client.force_login(chair, backend=BACKEND)
    text = client.get(reverse("chair_conference", args=[conference.thread])).content.decode()
    for said in ("He is cared for at school", "Bruises of three ages", "I like Nan"):
        assert said in text.partition("What is known")[2]


def test_the_chair_decides_for_each_child(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    page = decided(client, conference, family, chair)
    assert page.redirect_chain[-1][0] == reverse("chairing")
    assert {plan.person_id for plan in ProtectionPlan.current.all()} == {family.ada.pk, family.ben.pk}
    client.force_login(family.worker, backend=BACKEND)
    record = client.get(
        reverse("conference_record", args=[family.ada.pk, conference.thread])
    ).content.decode()
    assert f"Because {family.ada.pk}" in record and f"Because {family.ben.pk}" not in record
    page = client.get(reverse("protection_plan", args=[family.ada.pk])).content.decode()
    assert "Physical abuse" in page and "Write the core group" in page
    sent = go(client, "conference_sent", conference.thread, to=[str(invited_to(conference.thread)[0].thread)])
    assert "Sent to 1" in sent.content.decode()


def test_a_plan_without_its_kind_of_harm_is_refused_and_nothing_is_lost(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    page = decided(client, conference, family, chair, **{f"each-{family.ada.pk}-category": ""})
    assert page.status_code == 422
    assert f"Because {family.ada.pk}" in page.content.decode()
    assert not ProtectionPlan.current.exists()


def test_the_workers_manager_may_not_chair(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    page = decided(client, conference, family, family.manager)
    assert page.status_code in {403, 422} and not ProtectionPlan.current.exists()


def test_a_core_group_is_written_once_for_all(client, as_worker, family, chair):
    decided(client, arranged(as_worker, family), family, chair)
    client.force_login(family.worker, backend=BACKEND)
    plan = open_plan(family.ada.pk, PlanKind.PROTECTION)
    add_action(plan=plan, what="Ring the nursery", owner=family.worker, by=family.worker)
    text = client.get(reverse("core_group", args=[family.ada.pk])).content.decode()
    assert "Ring the nursery" in text and "Grace Okoro" in text.partition("Who belongs to it")[2]
    page = go(
        client, "core_group", family.ada.pk, on=f"{timezone.localdate():%d/%m/%Y}", who_came="Mum, nurse",
        what_changed="He left", **{f"each-{family.ada.pk}-decided": "A bed"},
    )  # fmt: skip
    assert "A bed" in page.content.decode() and CoreGroup.current.count() == 1
    assert "A bed" not in client.get(reverse("protection_plan", args=[family.ben.pk])).content.decode()


def test_a_manager_agrees_what_was_found_and_the_worker_does_not(client, as_worker, family, chair):
    start(as_worker, family)
    discuss(as_worker, family)
    each = {}
    for child in (family.ada, family.ben, family.chi):
        each |= {f"each-{child.pk}-finding": "not_borne_out", f"each-{child.pk}-because": "A fall",
                 f"each-{child.pk}-seen_on": f"{timezone.localdate():%d/%m/%Y}"}  # fmt: skip
    go(as_worker, "enquiry_found", family.ada.pk, **each)
    one = Section47Enquiry.current.get(person=family.ada)
    assert one.ended_on == timezone.localdate()
    assert as_worker.post(reverse("agree_finding", args=[family.ada.pk, one.thread])).status_code == 403
    client.force_login(family.manager, backend=BACKEND)
    go(client, "agree_finding", family.ada.pk, one.thread)
    assert EnquiryFinding.current.get(person=family.ada).agreed_by == family.manager
    go(client, "send_finding_back", family.ben.pk, Section47Enquiry.current.get(person=family.ben).thread,
       because="Ask dad")  # fmt: skip
    assert EnquiryFinding.current.get(person=family.ben).sent_back_because == "Ask dad"


def test_an_hour_of_police_protection_is_kept_to_the_minute(as_worker, family):
    go(
        as_worker, "use_emergency_power", family.ada.pk, children=three(family)[:1],
        kind="police_protection", began_on="27/3/2026", began_at="22:30",
    )  # fmt: skip
    step = EmergencyStep.current.get()
    assert step.began_at == datetime(2026, 3, 27, 22, 30, tzinfo=UTC)
    text = as_worker.get(reverse("emergency", args=[family.ada.pk])).content.decode()
    assert "at 23:30" in text  # 72 hours later the clocks have gone forward


def test_a_plan_from_another_area_is_seen_from_their_letter_on(as_worker, family):
    given = {"children": three(family), "from_authority": "Leeds"}
    go(as_worker, "transfer_in", family.ada.pk, notified_on=f"{timezone.localdate():%d/%m/%Y}", **given)
    assert TransferIn.current.count() == 3
    for name in ("story", "protection_plan"):
        assert "Plan from Leeds" in as_worker.get(reverse(name, args=[family.ben.pk])).content.decode()


def merged(family):
    """Ada's record merged into another one of hers, which is kept."""
    kept = register_person(by=family.manager, given_names="Adah", family_name="Okoro", sex="F")
    merge(kept, family.ada, by=family.manager, reason="One girl")
    return kept


def test_a_plan_from_another_area_and_an_enquiry_are_seen_on_the_record_a_childs_was_merged_into(
    as_worker, family
):
    given = {"children": three(family), "from_authority": "Leeds"}
    go(as_worker, "transfer_in", family.ada.pk, notified_on=f"{timezone.localdate():%d/%m/%Y}", **given)
    start(as_worker, family)
    kept = merged(family)
    for name in ("story", "protection_plan"):
        assert "Plan from Leeds" in as_worker.get(reverse(name, args=[kept.pk])).content.decode()
    assert "Section 47 enquiry since" in as_worker.get(reverse("story", args=[kept.pk])).content.decode()
    transfer = TransferIn.current.get(person=family.ada)
    assert as_worker.get(reverse("end_transfer_in", args=[kept.pk, transfer.thread])).status_code == 200


def test_the_acts_of_a_plan_find_it_on_the_record_a_childs_was_merged_into(client, as_worker, family, chair):
    decided(client, arranged(as_worker, family), family, chair)
    kept = merged(family)
    client.force_login(family.worker, backend=BACKEND)
    go(
        client, "core_group", kept.pk, on=f"{timezone.localdate():%d/%m/%Y}", who_came="Mum, nurse",
        what_changed="He left", **{f"each-{kept.pk}-decided": "A bed"},
    )  # fmt: skip
    assert "A bed" in client.get(reverse("protection_plan", args=[kept.pk])).content.decode()
    assert client.get(reverse("mother_unwell", args=[kept.pk])).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "enquire", "enquiry", "strategy_discussion", "enquiry_found", "arrange_conference", "arrange_review",
        "arrange_transfer", "protection_plan", "core_group", "transfer_in", "transfer_out", "emergency",
        "use_emergency_power", "previous_plans", "mother_unwell", "legal_look",
    ],
)  # fmt: skip
def test_a_stranger_sees_none_of_it(client, family, name):
    client.force_login(user("Sam Stranger", Role.SOCIAL_WORKER), backend=BACKEND)
    assert client.get(reverse(name, args=[family.ada.pk])).status_code == 403


def test_a_stranger_sees_no_conference(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    client.force_login(user("Sam Stranger", Role.SOCIAL_WORKER), backend=BACKEND)
    for name in ("conference", "move_conference", "ask_to_conference"):
        assert client.get(reverse(name, args=[conference.thread])).status_code == 403
    assert client.get(reverse("chair_conference", args=[conference.thread])).status_code == 403


def test_a_cousin_kept_hidden_is_named_nowhere(as_worker, family):
    text = as_worker.get(reverse("enquire", args=[family.ada.pk])).content.decode()
    assert "Dele" not in text


def test_a_professional_without_an_account_writes_one_report_by_a_link(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    asked = {"name": "Bea Nurse", "agency": "health_visiting"}
    as_worker.post(reverse("ask_to_conference", args=[conference.thread]), asked)
    nurse = next(one for one in invited_to(conference.thread) if one.name == "Bea Nurse")
    made = go(as_worker, "report_link", conference.thread, nurse.thread).context["made"]
    address = made[made.index("/report/") :]
    client.logout()
    page = client.get(address)
    assert "Ada" not in page.content.decode() and page["Cache-Control"].endswith("no-store")
    assert client.post(address, {"report": " "}).status_code == 422
    assert "Your report has come" in client.post(address, {"report": HOSTILE}).content.decode()
    assert client.post(address, {"report": "Again"}).status_code == 410
    held = Invited.current.get(thread=nurse.thread)
    assert (held.report, held.report_received_on) == (HOSTILE, timezone.localdate())
    client.force_login(family.worker, backend=BACKEND)
    assert HOSTILE not in client.get(reverse("conference", args=[conference.thread])).content.decode()


def test_of_two_links_for_one_report_the_second_alone_opens(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    nurse = {"name": "Nora Nurse", "job": "Nurse", "agency": "gp", "is_report_wanted": "yes"}
    as_worker.post(reverse("ask_to_conference", args=[conference.thread]), nurse)
    asked = invited_to(conference.thread)[-1].thread
    pages = [go(as_worker, "report_link", conference.thread, asked).content.decode() for _ in range(2)]
    first, second = (re.search(r"/report/[\w-]+/", page).group() for page in pages)
    client.logout()
    assert client.post(first, {"report": "The first"}).status_code == 410
    assert client.post(second, {"report": "a" * 100_001}).status_code == 422
    assert client.post(second, {"report": "The second"}).status_code == 200
    assert invited_to(conference.thread)[-1].report == "The second"


def test_a_report_not_taken_is_there_again_and_its_link_goes_with_the_conference(
    client, as_worker, family, chair
):
    conference = arranged(as_worker, family)
    asked = {"name": "Bea Nurse", "agency": "health_visiting"}
    as_worker.post(reverse("ask_to_conference", args=[conference.thread]), asked)
    nurse = next(one for one in invited_to(conference.thread) if one.name == "Bea Nurse")
    made = go(as_worker, "report_link", conference.thread, nurse.thread).context["made"]
    address, before = made[made.index("/report/") :], Conference.current.get(thread=conference.thread)
    moved = services.move_conference(
        conference=before, planned_for=before.planned_for + timedelta(days=7), because="Ill",
        safe_until_then="With Gran", by=family.worker, now=timezone.now(),
    )  # fmt: skip
    assert OneTimeLink.objects.get(about_thread=nurse.thread).expires_at == moved.planned_for
    services.call_off_conference(conference=moved, because="Not borne out", by=family.worker)
    client.logout()
    assert client.post(address, {"report": "Two falls, seen by me."}).status_code == 422
    assert "Two falls, seen by me." in client.get(address).content.decode()


def test_no_report_is_asked_of_a_parent(as_worker, family, chair):
    conference = arranged(as_worker, family)
    mother = next(one for one in invited_to(conference.thread) if one.name == "Grace Okoro")
    page = go(as_worker, "report_link", conference.thread, mother.thread)
    assert page.status_code == 422 and "No report is asked of Grace Okoro" in page.content.decode()


def test_a_letter_that_is_not_known_to_be_safe_goes_only_for_a_reason(as_worker, family, chair):
    conference = arranged(as_worker, family)
    mother = next(one for one in invited_to(conference.thread) if one.name == "Grace Okoro")
    day = f"{timezone.localdate():%d/%m/%Y}"
    sent = {"told_on": day, "told_by": "Ruth", "invited_on": day, "invited_how": "letter"}
    page = go(as_worker, "conference_person", conference.thread, mother.thread, **sent)
    assert page.status_code == 422 and "safe" in page.content.decode()
    go(as_worker, "conference_person", conference.thread, mother.thread, although="She asked for it", **sent)
    assert Invited.current.get(thread=mother.thread).invited_how == "letter"
    assert "family_told" not in {line.owed.what for line in owed_for([family.ada.pk], timezone.now())}


def test_a_mother_unwell_after_the_birth_gives_the_first_meeting_longer(as_worker, family):
    baby, today = family.unborn, timezone.localdate()
    page = go(as_worker, "mother_unwell", baby.pk, is_unwell="yes")
    assert "This child has no protection plan" in page.content.decode()
    plan = ProtectionPlan.objects.create(person=baby, started_on=family.ago(9), initial_category="NEG")
    assert reverse("mother_unwell", args=[baby.pk]) not in text_of_plan(as_worker, baby)
    correct_details(
        baby, by=family.worker, because="Born", date_of_birth=family.ago(1), expected_date_of_birth=None
    )
    assert reverse("mother_unwell", args=[baby.pk]) in text_of_plan(as_worker, baby)
    assert go(as_worker, "mother_unwell", baby.pk).status_code == 422  # nothing is chosen beforehand
    seen = as_worker.get(reverse("mother_unwell", args=[baby.pk])).context["form"]["seen"].value()
    go(as_worker, "mother_unwell", baby.pk, is_unwell="yes", seen=seen)
    assert ProtectionPlan.current.get(thread=plan.thread).is_mother_unwell is True
    [line] = [one for one in clocks_for(baby, today) if one.clock in {"CP-10", "CP-10b"}]
    assert line.clock == "CP-10b"
    assert go(as_worker, "mother_unwell", baby.pk, is_unwell="no", seen=seen).status_code == 409


def text_of_plan(client, child):
    return client.get(reverse("protection_plan", args=[child.pk])).content.decode()


def test_a_review_sets_how_often_a_child_is_seen_and_the_plan_says_it(client, as_worker, family, chair):
    decided(client, arranged(as_worker, family), family, chair)
    ProtectionPlan.current.update(started_on=family.ago(5))
    client.force_login(family.worker, backend=BACKEND)
    page = client.get(reverse("arrange_review", args=[family.ada.pk]))
    slot = page.context["form"].fields["slot"].choices[0][0]
    go(client, "arrange_review", family.ada.pk, slot=slot, people=people_of(page))
    review = Conference.current.get(kind="review")
    client.force_login(chair, backend=BACKEND)
    go(client, "conference_came", review.thread, **{f"came-{invited_to(review.thread)[0].thread}": "there"})
    answers = {"went_on_because": "All but one ill", "chair": str(chair.pk), "is_other_day": "on"}
    for child, days in ((family.ada, "5"), (family.ben, "")):
        answers |= {f"each-{child.pk}-decision": "continue", f"each-{child.pk}-because": "Still cold",
                    f"each-{child.pk}-category": "PHY", f"each-{child.pk}-visits_every": days}  # fmt: skip
    page = go(
        client, "chair_conference", review.thread, **{**answers, f"each-{family.ada.pk}-visits_every": "21"}
    )
    assert page.status_code == 422 and PlanReview.current.count() == 0
    go(client, "chair_conference", review.thread, **answers)
    found = {one.person_id: one.visits_every for one in ProtectionPlan.current.all()}
    assert found == {family.ada.pk: 5, family.ben.pk: None}
    client.force_login(family.worker, backend=BACKEND)
    assert "Seen every 5 working days" in text_of_plan(client, family.ada)
    text = client.get(reverse("story", args=[family.ada.pk])).content.decode()
    assert "(as this plan says)" in text


def test_a_review_may_lead_to_family_help_which_is_owed_or_its_lead_told(client, as_worker, family, chair):
    decided(client, arranged(as_worker, family), family, chair)
    ProtectionPlan.current.update(started_on=family.ago(5))
    client.force_login(family.worker, backend=BACKEND)
    page = client.get(reverse("arrange_review", args=[family.ada.pk]))
    slot = page.context["form"].fields["slot"].choices[0][0]
    go(client, "arrange_review", family.ada.pk, slot=slot, people=people_of(page))
    review = Conference.current.get(kind="review")
    lead = user("Lea Leads", Role.FAMILY_HELP_LEAD)
    helped = begin_help(
        people=[family.ben], basis="voluntary", agreed_by="Grace", agreed_how="in_person", by=family.manager
    )
    FamilyHelp.current.filter(thread=helped.thread).update(lead=lead)
    client.force_login(chair, backend=BACKEND)
    go(client, "conference_came", review.thread, **{f"came-{invited_to(review.thread)[0].thread}": "there"})
    answers = {"went_on_because": "All but one ill", "chair": str(chair.pk), "is_other_day": "on"}
    for child in (family.ada, family.ben):
        own = {"decision": "end", "because": "Safer", "end_reason": "safer", "steps_down": "family_help"}
        answers |= {f"each-{child.pk}-{name}": said for name, said in own.items()}
    go(client, "chair_conference", review.thread, **answers)
    assert not ProtectionPlan.current.filter(ended_on=None).exists()
    owed = {
        pk: {line.owed.what for line in owed_for([pk], timezone.now())}
        for pk in (family.ada.pk, family.ben.pk)
    }
    assert "family_help" in owed[family.ada.pk] and "family_help" not in owed[family.ben.pk]
    assert Message.objects.filter(to=lead, text__contains="the family help you lead goes on").exists()
    client.force_login(family.worker, backend=BACKEND)
    begin = reverse("help_begin_for", args=[family.ada.pk])
    assert begin in client.get(reverse("story", args=[family.ada.pk])).content.decode()
    assert begin in text_of_plan(client, family.ada)
    begin_with_family(
        known=[family.ada.pk], new_children=[], by=family.worker, basis="voluntary", agreed_by="Grace",
        agreed_how="in_person",
    )  # fmt: skip
    assert "family_help" not in {line.owed.what for line in owed_for([family.ada.pk], timezone.now())}


def test_a_legal_planning_look_is_written_for_each_child_and_stands_on_the_plan(as_worker, family):
    for child in (family.ada, family.ben):
        ProtectionPlan.objects.create(person=child, started_on=family.ago(470), initial_category="NEG")
    story = as_worker.get(reverse("story", args=[family.ada.pk])).content.decode()
    assert "Legal planning look: the plan lasts 15 months" in story
    assert reverse("legal_look", args=[family.ada.pk]) in story
    form = as_worker.get(reverse("legal_look", args=[family.ada.pk])).context["form"]
    assert not form[f"each-{family.ada.pk}-decision"].value()  # no judgement is chosen beforehand
    answers = {"on": f"{timezone.localdate():%d/%m/%Y}", "who": "Lena Law"}
    for child, decision in ((family.ada, "plan_goes_on"), (family.ben, "pre_proceedings")):
        answers |= {
            f"each-{child.pk}-decision": decision,
            f"each-{child.pk}-because": f"{HOSTILE} {child.pk}",
        }
    page = go(as_worker, "legal_look", family.ada.pk, **{**answers, f"each-{family.ben.pk}-decision": ""})
    assert page.status_code == 422 and "Lena Law" in page.content.decode()
    text = go(as_worker, "legal_look", family.ada.pk, **answers).content.decode()
    assert "The plan goes on" in text and HOSTILE not in text
    assert f" {family.ada.pk}" in text and "Begin pre-proceedings" not in text
    assert {one.decision for one in LegalPlanningLook.current.all()} == {"plan_goes_on", "pre_proceedings"}
    story = as_worker.get(reverse("story", args=[family.ada.pk])).content.decode()
    assert "Write the legal planning look" not in story


def test_the_plan_page_leads_to_changing_and_to_a_copy_that_a_family_may_keep(
    client, as_worker, family, chair
):
    decided(client, arranged(as_worker, family), family, chair)
    client.force_login(family.worker, backend=BACKEND)
    written = open_plan(family.ada.pk, PlanKind.PROTECTION)
    for child, what in ((family.ada, "Ada has a bed"), (family.ben, "Ben goes to school")):
        set_goal(plan=written, what=what, only_for=child, by=family.worker)
    page = text_of_plan(client, family.ada)
    copy = reverse("letter", args=[family.ada.pk, "plan", written.thread])
    assert copy in page and reverse("plan", args=[written.thread]) in page
    paper = client.get(copy).content.decode()  # asks for whom it is before anything is made
    assert "For whom is it?" in paper and "Ada has a bed" in paper and "Ben goes to school" not in paper


def test_a_plan_kept_for_another_area_ends_when_the_family_goes_on(as_worker, family):
    day = f"{family.ago(3):%d/%m/%Y}"
    go(
        as_worker,
        "transfer_in",
        family.ada.pk,
        notified_on=day,
        children=three(family),
        from_authority="Leeds",
    )
    kept = TransferIn.current.get(person=family.ada)
    leave = reverse("end_transfer_in", args=[family.ada.pk, kept.thread])
    assert leave in text_of_plan(as_worker, family.ada)
    assert go(as_worker, "end_transfer_in", family.ada.pk, kept.thread, on=day).status_code == 422
    go(as_worker, "end_transfer_in", family.ada.pk, kept.thread, on=day, because="They went to York")
    assert TransferIn.current.get(person=family.ada).ended_on == family.ago(3)
    assert TransferIn.current.get(person=family.ben).ended_on is None
    assert as_worker.get(leave).status_code == 404  # sent twice, it is over once
    assert "Plan from Leeds" not in text_of_plan(as_worker, family.ada)


def test_a_plan_of_a_child_who_moved_stays_ours_until_their_conference(as_worker, family):
    ProtectionPlan.objects.create(person=family.ada, started_on=family.ago(40), initial_category="NEG")
    told = family.ago(2)
    go(
        as_worker, "transfer_out", family.ada.pk, children=[str(family.ada.pk)], to_authority="York",
        on=f"{told:%d/%m/%Y}",
    )  # fmt: skip
    text = text_of_plan(as_worker, family.ada)
    assert f"due by {long_date(add_working_days(told, 15))}" in text
    moving = TransferOut.current.get()
    go(as_worker, "their_conference", family.ada.pk, moving.thread, on=f"{family.ago(1):%d/%m/%Y}")
    plan = ProtectionPlan.current.get()
    assert (plan.ended_on, plan.end_reason) == (family.ago(1), "moved")


def another_chair(name="Ann Other"):
    one = user(name, Role.REVIEWING_OFFICER)
    Membership.objects.create(user=one, team=Team.objects.get(name="Reviewing"), started_on=LONG_AGO)
    return one


def test_saving_who_came_keeps_what_was_typed_of_the_decision(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    client.force_login(chair, backend=BACKEND)
    draft = client.get(reverse("chair_conference", args=[conference.thread])).context["draft"]
    body = {
        "fields": {f"each-{family.ada.pk}-because": ["Typed before saving who came"]}, "revision": 0,
        "key": draft.key, "tab": "a", "saves_of_tab": 1, "owner": draft.owner, "take_mine": False,
    }  # fmt: skip
    address = reverse("save_draft", args=["conference-day", conference.thread])
    assert client.post(address, json.dumps(body), content_type="application/json").status_code == 200
    came = {f"came-{invited_to(conference.thread)[0].thread}": "there"}
    page = go(client, "conference_came", conference.thread, **came)
    assert "Typed before saving who came" in page.content.decode()
    assert page.context["draft"].revision == client.get(address).json()["revision"] == 1


def test_without_scripts_recording_who_came_keeps_the_decision_that_was_typed(
    client, as_worker, family, chair
):
    conference = arranged(as_worker, family)
    client.force_login(chair, backend=BACKEND)
    draft = client.get(reverse("chair_conference", args=[conference.thread])).context["draft"]
    first, second = invited_to(conference.thread)[:2]
    typed = {
        "draft_key": draft.key, "draft_revision": "0", f"each-{family.ada.pk}-because": "Typed and not sent",
        f"each-{family.ada.pk}-decision": "plan", f"came-{first.thread}": "there",
    }  # fmt: skip
    page = go(client, "conference_came", conference.thread, **typed)
    assert "Typed and not sent" in page.content.decode()
    assert page.context["form"][f"each-{family.ada.pk}-decision"].value() == "plan"
    assert Invited.current.get(thread=first.thread).came == "there"
    typed = {**typed, "draft_revision": "1", f"out-{second.thread}": "He hit her"}
    page = go(client, "keep_out", conference.thread, second.thread, **typed)
    assert "Typed and not sent" in page.content.decode()
    assert Invited.current.get(thread=second.thread).kept_out_because == "He hit her"


def test_the_plan_page_leads_to_the_help_that_runs_beside_it_and_after_it(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    decided(client, conference, family, chair)
    client.force_login(family.worker, backend=BACKEND)
    page = reverse("protection_plan", args=[family.ada.pk])
    assert "Help beside the plan" not in client.get(page).content.decode()
    help = begin_help(
        people=[family.ada], basis="voluntary", agreed_by="Grace", agreed_how="phone", by=family.worker
    )
    text = client.get(page).content.decode()
    assert "Help beside the plan" in text and reverse("help_family", args=[help.thread]) in text
    begun = start_plan(kind="child_in_need", basis="section_17", people=[family.ada],
                       on=family.today, by=family.worker)  # fmt: skip
    assert reverse("plan", args=[begun.thread]) in client.get(page).content.decode()
    assert "Start a child in need plan" not in client.get(page).content.decode()


def outlined(number, **line):
    return {f"outline-{number}-{name}": value for name, value in line.items()}


def test_the_outline_of_a_plan_is_goals_and_actions_on_the_work_of_who_does_them(
    client, as_worker, family, chair
):
    conference = arranged(as_worker, family)
    soon = timezone.localdate() + timedelta(days=3)
    day, goal = f"{soon.day}/{soon.month}/{soon.year}", "Nobody hits anybody"
    outline = {
        **outlined(0, goal=goal, what="See them all weekly", who=family.worker.name.upper(), due_on=day),
        **outlined(1, goal=goal, what="Go to the course", who="Dad"),
        "safe_meanwhile": "They sleep at Nan’s", "if_nothing_changes": "We ask a lawyer",
    }  # fmt: skip
    page = decided(client, conference, family, chair, **{**outline, "outline-1-who": ""})
    assert page.status_code == 422 and "Say who will do this" in page.content.decode()
    assert "Nobody hits anybody" in page.content.decode()
    decided(client, conference, family, chair, **outline)
    plan = open_plan(family.ada.pk, PlanKind.PROTECTION)
    [shown_goal] = lines_of(plan, [family.ada.pk]).goals
    assert shown_goal.goal.what == goal
    assert [(one.whose, one.owner) for one in shown_goal.actions] == [
        (family.worker.name, family.worker), ("Dad", None),
    ]  # fmt: skip
    client.force_login(family.worker, backend=BACKEND)
    assert "See them all weekly" in client.get(reverse("my_work")).content.decode()
    for name, about in (("protection_plan", family.ada.pk), ("plan", plan.thread)):
        text = client.get(reverse(name, args=[about])).content.decode()
        assert "They sleep at Nan’s" in text and "We ask a lawyer" in text, name
    go(client, "plan_change", plan.thread, safe_meanwhile="They sleep at home", if_nothing_changes="")
    assert open_plan(family.ada.pk, PlanKind.PROTECTION).safe_meanwhile == "They sleep at home"


def test_an_outline_with_no_plan_to_stand_in_is_refused_and_kept(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    none = {f"each-{child.pk}-decision": "no_plan" for child in (family.ada, family.ben, family.chi)}
    page = decided(client, conference, family, chair, **none, safe_meanwhile="They sleep at Nan’s")
    assert page.status_code == 422 and "no child has a plan to write it in" in page.content.decode()
    assert "They sleep at Nan’s" in page.content.decode()


def test_who_came_unasked_is_written_down_once_with_the_decision_or_before_it(
    client, as_worker, family, chair
):
    conference = arranged(as_worker, family)
    client.force_login(chair, backend=BACKEND)
    unasked = {"unasked_name": "Nell Nurse", "unasked_job": "School nurse", "unasked_agency": "school"}
    go(client, "conference_came", conference.thread, **unasked)
    go(client, "conference_came", conference.thread, **unasked)
    nurse = Invited.current.get(name="Nell Nurse")
    assert (nurse.came, nurse.agency) == ("there", "school")
    decided(client, conference, family, chair, unasked_name="PC Late", unasked_agency="police")
    assert Conference.current.get().state == "held"
    assert Invited.current.get(name="PC Late").came == "there"


def test_a_conference_without_a_chair_is_given_one_who_is_independent(as_worker, family):
    conference = arranged(as_worker, family)
    page = as_worker.get(reverse("conference", args=[conference.thread])).content.decode()
    assert "No chair yet" in page and reverse("name_chair", args=[conference.thread]) in page
    Team.objects.create(name="Reviewing")
    other = another_chair()
    for said in ("", str(family.manager.pk)):
        assert go(as_worker, "name_chair", conference.thread, chair=said).status_code == 422
    page = go(as_worker, "name_chair", conference.thread, chair=str(other.pk))
    assert "Chair: Ann Other" in page.content.decode()
    assert Conference.current.get().chair == other


def test_a_draft_about_a_child_kept_from_the_chair_does_not_come_back(as_worker, family, chair):
    conference = arranged(as_worker, family)
    drafts.save_draft(
        by=chair, form="conference-day", about=str(conference.thread), fields={"said": ["About Ada"]},
        revision=0, key="k1", children=[family.ada.pk],
    )  # fmt: skip
    asked = {"by": chair, "form": "conference-day", "about": str(conference.thread)}
    assert restore(**asked, power="chair_conferences") and restore(**asked) is None
    Restriction.objects.create(
        person=family.ada, kind="high_profile", reason="Kept close", custodian=family.manager,
        placed_by=family.manager,
    )  # fmt: skip
    assert restore(**asked, power="chair_conferences") is None


def test_who_chaired_is_asked_and_stands_in_the_record(client, as_worker, family, chair):
    conference, other = arranged(as_worker, family), another_chair()
    page = decided(client, conference, family, chair, held_by="")
    assert page.status_code == 422 and "Choose who chaired" in page.content.decode()
    decided(client, conference, family, chair, held_by=str(other.pk))
    assert Conference.current.get().chair == other
    client.force_login(family.worker, backend=BACKEND)
    record = client.get(reverse("conference_record", args=[family.ada.pk, conference.thread]))
    assert "Chair: Ann Other" in record.content.decode()


def test_a_conference_held_on_another_day_than_planned_is_said_to_be(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    page = decided(client, conference, family, chair, is_other_day="")
    assert page.status_code == 422 and "It was planned for" in page.content.decode()
    assert Conference.current.get().state == "planned"


def test_another_day_names_its_chair(as_worker, family, chair):
    start(as_worker, family)
    discuss(as_worker, family)
    other = another_chair()
    at = add_working_days(family.today, 6)
    convene(as_worker, family, slot="other", other_at_day=f"{at:%d/%m/%Y}", other_at_time="14:00",
            other_chair=str(other.pk))  # fmt: skip
    assert Conference.current.get().chair == other


def test_the_childrens_own_chair_is_offered_first_and_is_no_guest(client, as_worker, family, chair):
    conference, first_by_name = arranged(as_worker, family), another_chair()
    decided(client, conference, family, chair)
    Allocation.objects.create(person=family.ada, worker=chair, role="cp_chair", started_on=family.ago(1))
    children = [family.ada, family.ben]
    assert chairs_for(children, family.today) == [chair, first_by_name]
    names = [one.asked.name for one in who_knows(family.worker, children, family.today)]
    assert family.worker.name in names and chair.name not in names


def test_after_a_core_group_the_plan_does_not_wait_for_the_first_one(client, as_worker, family, chair):
    decided(client, arranged(as_worker, family), family, chair)
    client.force_login(family.worker, backend=BACKEND)
    written = open_plan(family.ada.pk, PlanKind.PROTECTION)
    assert "The first core group turns" in text_of_plan(client, family.ada)
    go(client, "core_group", family.ada.pk, on=f"{family.today:%d/%m/%Y}", who_came="Mum",
       what_changed="The children sleep well")  # fmt: skip
    text = text_of_plan(client, family.ada)
    assert "The first core group turns" not in text
    assert reverse("plan", args=[written.thread]) in text and "Add goals and actions" in text
