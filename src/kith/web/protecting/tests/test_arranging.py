"""Arranging a conference: the days on offer, who is asked, and what was found."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.chronology.entering import enter
from kith.record.clocks.models import LocalClock
from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.models import Message as FrontDoorMessage
from kith.record.frontdoor.services import Named
from kith.record.help.models import FamilyHelp, TeamMember
from kith.record.help.services import begin_help
from kith.record.owed.queries import owed_for
from kith.record.people.models import Allocation
from kith.record.people.services import register_person, relate
from kith.record.protection.models import Conference, EnquiryFinding, Invited, ProtectionPlan
from kith.record.protection.queries import conference_parts, invited_to
from kith.record.protection.services import Asked
from kith.record.schooling.models import SchoolPlace
from kith.record.sharing.models import Ask
from kith.standards.dates import long_date
from kith.standards.working_days import LONDON, add_working_days, in_london
from kith.web.front_door.told import TABLE
from kith.web.protecting.arranging import first_due
from kith.web.protecting.knowers import cannot_be_quorate, is_same, who_knows
from kith.web.protecting.slots import chairs_for, slots_for
from kith.web.protecting.tests.steps import (
    BACKEND,
    another_chair,
    arranged,
    convene,
    decided,
    discuss,
    go,
    people_of,
    start,
)
from kith.web.tests.families import LONG_AGO

pytestmark = pytest.mark.django_db


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


def test_the_page_of_a_conference_says_the_last_day_that_the_law_leaves(client, as_worker, family, chair):
    start(as_worker, family)
    discuss(as_worker, family)
    page = as_worker.get(reverse("arrange_conference", args=[family.ada.pk])).content.decode()
    last = add_working_days(family.today, 15)
    assert f"to be held by <strong>{long_date(last)}</strong>" in page
    convene(as_worker, family)
    decided(client, Conference.current.get(), family, chair)
    client.force_login(family.worker, backend=BACKEND)
    page = client.get(reverse("arrange_review", args=[family.ada.pk])).content.decode()
    plan = ProtectionPlan.current.get(person=family.ada)
    assert f"to be held by <strong>{long_date(plan.started_on + timedelta(days=90))}</strong>" in page


def test_of_two_conferences_the_button_says_whose_decisions_are_to_be_sent(client, as_worker, family, chair):
    decided(client, arranged(as_worker, family), family, chair)
    client.force_login(family.worker, backend=BACKEND)
    page = client.get(reverse("my_work")).content.decode()
    assert f"Send what was decided, of {long_date(family.today)}" in page


def test_the_review_that_is_due_first_sets_the_days_on_offer():
    reviewed = ProtectionPlan(thread=1, started_on=date(2025, 10, 1))  # next by 1 July, six months on
    begun = ProtectionPlan(thread=2, started_on=date(2026, 2, 1))  # first by 1 May, three months on
    held = {1: [date(2026, 1, 1)], 2: []}
    assert first_due([reviewed, begun], held) == (date(2026, 2, 1), "CP-06")


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


@pytest.mark.parametrize(
    "one, other, is_one",
    [
        (("Dr Rao", "gp"), ("Anita Rao", "gp"), True),
        (("Dr. A. Rao", "gp"), ("Anita Rao", "gp"), True),
        (("Anita Rao", "gp"), ("anita rao", "nhs_provider"), True),
        (("Dr Rao", "gp"), ("Ben Rao", "nhs_provider"), False),  # of two places: perhaps two people
        (("Ben Rao", "gp"), ("Anita Rao", "gp"), False),
        (("DC Bell", "police"), ("PC Bell", "police"), True),
        (("Dr Rao", "gp"), ("Dr Shah", "gp"), False),
    ],
)
def test_somebody_written_in_two_ways_is_one_person(one, other, is_one):
    assert is_same(Asked(one[0], "", one[1]), Asked(other[0], "", other[1])) is is_one
    assert is_same(Asked(other[0], "", other[1]), Asked(one[0], "", one[1])) is is_one


def test_a_doctor_whom_a_discussion_named_too_is_asked_once_and_an_agency_is_said_once(as_worker, family):
    frontdoor.write_message(
        children=[Named(person=family.ada)], what_was_said="A mark.", way="phone", source="3A",
        teller_name="Dr Anita Rao", teller_role="Doctor", may_name_teller=True, by=family.worker,
    )  # fmt: skip
    start(as_worker, family)
    discuss(as_worker, family, **{"who-police": "DC Bell", "who-gp": "Dr Rao"})
    found = [one.asked.name for one in who_knows(family.worker, [family.ada], family.today)]
    assert [name for name in found if "Rao" in name] == ["Dr Rao"]
    convene(as_worker, family)
    page = as_worker.get(reverse("conference", args=[Conference.current.get().thread])).content.decode()
    assert "Police." in page and "Police. Police." not in page


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


def test_another_day_names_its_chair(as_worker, family, chair):
    start(as_worker, family)
    discuss(as_worker, family)
    other = another_chair()
    at = add_working_days(family.today, 6)
    convene(as_worker, family, slot="other", other_at_day=f"{at:%d/%m/%Y}", other_at_time="14:00",
            other_chair=str(other.pk))  # fmt: skip
    assert Conference.current.get().chair == other


def test_a_chair_who_is_booked_just_then_is_said_before_it_is_saved_and_is_no_bar(as_worker, family, chair):
    start(as_worker, family)
    discuss(as_worker, family)
    other = another_chair()
    at = add_working_days(family.today, 6)
    Conference.objects.create(kind="review", planned_for=in_london(at, time(13)), chair=other, room="Room 9")
    given = {"slot": "other", "other_at_day": f"{at:%d/%m/%Y}", "other_at_time": "14:00",
             "other_chair": str(other.pk)}  # fmt: skip
    page = convene(as_worker, family, **given)
    assert page.status_code == 422 and not Conference.current.filter(kind="initial").exists()
    assert (
        "has another conference at that time" in page.content.decode() and "Room 9" in page.content.decode()
    )
    assert "Book it all the same" in page.content.decode()
    convene(as_worker, family, **given, all_the_same="yes")
    assert Conference.current.get(kind="initial").chair == other


def test_a_conference_moved_to_an_hour_of_its_chairs_other_one_is_said_first(
    client, as_worker, family, chair
):
    conference = arranged(as_worker, family)
    later = conference.planned_for + timedelta(days=7)
    Conference.objects.create(kind="review", planned_for=later, chair=conference.chair)
    given = {"planned_for_day": f"{later:%d/%m/%Y}", "planned_for_time": f"{later.astimezone(LONDON):%H:%M}",
             "because": "Police away", "safe_until_then": "With Nan"}  # fmt: skip
    page = go(as_worker, "move_conference", conference.thread, **given)
    assert page.status_code == 422 and "Book it all the same" in page.content.decode()
    go(as_worker, "move_conference", conference.thread, **given, all_the_same="yes")
    assert Conference.current.get(thread=conference.thread).planned_for == later


def test_the_childrens_own_chair_is_offered_first_and_is_no_guest(client, as_worker, family, chair):
    conference, first_by_name = arranged(as_worker, family), another_chair()
    decided(client, conference, family, chair)
    Allocation.objects.create(person=family.ada, worker=chair, role="cp_chair", started_on=family.ago(1))
    children = [family.ada, family.ben]
    assert chairs_for(children, family.today) == [chair, first_by_name]
    names = [one.asked.name for one in who_knows(family.worker, children, family.today)]
    assert family.worker.name in names and chair.name not in names
