"""My work in the order of what cannot wait, told briefly, and with whom each message is about."""

import re
from copy import deepcopy
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.access import services as access
from kith.record.access.messages import tell
from kith.record.audit.models import Entry
from kith.record.frontdoor import services as frontdoor
from kith.record.help import services as help
from kith.record.owed import services as owed
from kith.record.pathway import services as pathway
from kith.record.pathway.urgent import start_urgently
from kith.record.people import services as people
from kith.record.people import staff
from kith.record.people.models import Allocation, Membership, Role
from kith.record.planning import services as planning
from kith.record.protection import services as protection
from kith.standards.dates import long_date
from kith.web.tests.families import LONG_AGO, the_khans, user

TODAY = timezone.localdate()


@pytest.fixture(scope="module")
def khans_once(module_db):
    return the_khans(TODAY)


@pytest.fixture
def khans(khans_once, db):
    return deepcopy(khans_once)


@pytest.fixture
def page(client):
    def asked(who, name="my_work", *args):
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
        html = client.get(reverse(name, args=args)).content.decode()
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))

    return asked


def theirs(family, names, days=100):
    """Give these children to the family's worker, with a referral of so many days ago."""
    children = [family.people[name] for name in names]
    for child in children:
        staff.allocate(child, by=family.manager, worker=family.worker, team=family.team)
    made = frontdoor.receive_referral(
        children=children, on=family.ago(days), source="1A", primary_need="N1", is_no_further_action=False,
        by=family.manager,
    )  # fmt: skip
    return children, {one.person_id: one.thread for one in made}


def test_a_manager_reads_a_late_section_47_before_what_is_only_late(page, khans):
    children, referrals = theirs(khans, ["yusuf"])
    protection.start_section_47(children=children, on=khans.ago(40), referrals=referrals, by=khans.manager)
    read = page(khans.manager)
    first = read.index("In my team: dangerous, or runs out today")
    late = read.index("Late in my team")
    assert first < read.index("Finish the section 47 enquiry") < late
    assert late < read.index("Next review of care") < read.index("What each of the team carries")


def test_a_section_47_begun_in_the_night_stands_first_with_who_began_it_and_what_is_owed(page, khans):
    theirs(khans, ["yusuf", "unborn"], 1)
    night = user("Owen Night", Role.OUT_OF_HOURS)
    start_urgently(
        children=[khans.unborn, khans.yusuf],
        suspected_harm="Shouting and blows.",
        by=night,
        is_danger_now=True,
    )
    read = page(khans.manager)
    at = read.index("Section 47 begun at")
    assert re.match(r"Section 47 begun at \d\d:\d\d by Owen Night: Yusuf Khan, ", read[at:])
    assert all(at < read.index(later) for later in ("Decisions to make", "Late in my team"))
    assert "Agree or change what was decided" in read and "Strategy discussion: Due" in read
    assert "Hold the strategy discussion" not in read


def test_three_things_of_one_kind_are_one_line_that_opens(client, khans):
    for name, days in (("yusuf", 100), ("half_sister", 90), ("half_brother", 80)):
        children, _ = theirs(khans, [name], days)
        pathway.start_assessment(children=children, on=khans.ago(days), by=khans.manager)
    client.force_login(khans.manager, backend="django.contrib.auth.backends.ModelBackend")
    html = client.get(reverse("my_work")).content.decode()
    folded = re.findall(
        r'<details class="kith-kind"><summary>(.*?)</summary>(.*?)</details></li>', html, re.S
    )
    ((words, lines),) = [one for one in folded if "visits to write" in one[0]]
    assert re.match(r"\d+ visits to write, the first was due", words)
    assert all(name in lines for name in ("Yusuf", "Leila", "Idris"))


def test_a_workers_children_and_what_is_due_for_them_stand_by_family(page, khans):
    theirs(khans, ["hostile"])
    children, _ = theirs(khans, ["yusuf", "yunus"], 90)
    pathway.start_assessment(children=children, on=khans.ago(90), by=khans.manager)
    mine = page(khans.worker).partition("My children (")[2]
    assert "Khan family" in mine
    of_the_khans = mine.partition("Khan family")[2]
    at = [of_the_khans.index(name) for name in ("Amira Khan", "Yunus Khan", "Yusuf Khan", "Zara Khan")]
    assert "Neill" in mine and "Neill" not in of_the_khans[min(at) : max(at)]


def test_who_has_no_brother_or_sister_on_the_page_stands_under_no_familys_heading(page, khans):
    theirs(khans, ["hostile"])
    children, _ = theirs(khans, ["yusuf", "yunus"], 90)
    pathway.start_assessment(children=children, on=khans.ago(90), by=khans.manager)
    cards = page(khans.worker).partition("My children (")[2]
    family, _, alone = cards.partition("No brother or sister here")
    assert "Yusuf Khan" in family and "Neill" not in family and "Neill" in alone


def test_what_is_owed_to_protect_a_child_comes_before_all_that_can_wait(page, khans):
    children, referrals = theirs(khans, ["yusuf"])
    (fact,) = protection.start_section_47(children=children, on=TODAY, referrals=referrals, by=khans.manager)
    for what in ("strategy_discussion", "family_told"):
        owed.owe(what=what, fact=fact, persons=[khans.yusuf.pk], by=khans.manager, owed_by=khans.worker)
    read = page(khans.worker)
    order = ["To protect a child: still to do (1)", "Late, or due today", "Still owed (1)"]
    assert [read.index(heading) for heading in order] == sorted(read.index(heading) for heading in order)


def test_a_message_names_whom_it_is_about_to_who_may_see_them_and_writes_it_down(page, khans):
    for child in (khans.amira, khans.hidden):
        tell([khans.manager], "Look at this.", link=f"/child/{child.pk}/")
    read = page(khans.manager)
    assert "About: Amira Khan" in read and "Salma" not in read
    assert "About: somebody whose name is kept from you" in read
    looked = Entry.objects.filter(act="name_shown", actor_id=khans.manager.pk, person_id=khans.amira.pk)
    assert any(one.about.get("why") == "a message on my work" for one in looked)


def test_a_message_about_a_request_says_who_asked_and_when(page, khans):
    asked = help.write_request(
        what_would_help="Shopping", way="phone", by=khans.manager, name="Dee", how_and_when_safe="Ring"
    )
    for reader in (khans.manager, khans.custodian):
        tell([reader], "Read it and answer.", link=f"/help/asked/{asked.thread}/")
    assert "About: Dee, who asked on" in page(khans.manager)
    assert "Dee" not in page(khans.custodian)  # who does not answer families is not told who asked


def test_a_manager_reads_whose_record_was_opened_and_no_number(page, khans):
    other = user("Olu Outside", Role.SOCIAL_WORKER)
    Membership.objects.create(user=other, team=khans.team, started_on=LONG_AGO)
    glass = access.break_glass(khans.half_sister, by=other, reason="Rung by her school", hours=1)
    for read in (page(khans.manager), page(khans.manager, "review_glass", glass.pk)):
        assert "Leila Rahman-Featherstonehaugh" in read
        assert str(khans.half_sister.pk) not in read
    assert timezone.localdate(glass.started_at) - TODAY < timedelta(days=1)


def test_open_work_that_nobody_has_stands_by_family_and_says_truly_why(page, khans):
    mei = people.register_person(by=khans.manager, given_names="Mei", family_name="Okoro")
    for days, one in ((6, khans.yusuf), (5, mei), (4, khans.yunus)):
        Allocation.current.filter(person=one).delete()
        frontdoor.receive_referral(
            children=[one], on=khans.ago(days), source="1A", primary_need="N1", is_no_further_action=False,
            by=khans.manager,
        )  # fmt: skip
        staff.leave_with_the_unallocated([one.pk], on=khans.ago(days))
    held = Allocation(
        person=khans.yunus, worker=khans.worker, started_on=khans.ago(50), ended_on=khans.ago(4)
    )
    held.save()
    read = page(khans.manager).partition("Open work that nobody has")[2]
    assert "import" not in read.partition("What each of the team carries")[0]
    at = [read.index(name) for name in ("Yusuf Khan", "Yunus Khan", "Mei Okoro")]
    assert at == sorted(at)  # the brothers beside each other, whoever came between them
    assert f"New since {long_date(khans.ago(6))}: not given to anybody yet" in read
    assert f"Zainab Osei worked with them until {long_date(khans.ago(4))}" in read


def test_nothing_is_late_is_not_said_under_what_is_owed_today(page, khans):
    newcomer = user("Bo Newcomer", Role.SOCIAL_WORKER)
    assert "Nothing is late, and nothing is due today" in page(newcomer)
    children, referrals = theirs(khans, ["yusuf"], 1)
    (fact,) = protection.start_section_47(children=children, on=TODAY, referrals=referrals, by=khans.manager)
    owed.owe(what="family_told", fact=fact, persons=[khans.yusuf.pk], by=khans.manager, owed_by=newcomer)
    assert "Nothing is late, and nothing is due today" not in page(newcomer)


def test_nothing_is_late_is_not_said_beside_an_action_of_a_plan_that_is_late(page, khans):
    newcomer = user("Bo Newcomer", Role.SOCIAL_WORKER)
    staff.allocate(khans.yusuf, by=khans.manager, worker=newcomer, team=khans.team)
    plan = planning.start_plan(kind="child_in_need", people=[khans.yusuf], on=khans.ago(30), by=newcomer)
    goal = planning.set_goal(plan=plan, what="He sleeps", by=newcomer)
    planning.add_action(plan=plan, goal=goal, what="A bed", owner=newcomer, due_on=khans.ago(2), by=newcomer)
    read = page(newcomer)
    assert "A bed" in read and "Nothing is late" not in read


def test_a_chair_is_not_asked_to_write_the_visit_of_a_child_they_review(page, khans):
    children, _ = theirs(khans, ["yusuf"], 1)
    assert "Write the visit" in page(khans.worker)
    chair = user("Cleo Chair", Role.REVIEWING_OFFICER)
    staff.allocate(children[0], by=khans.manager, worker=chair, role="cp_chair")
    read = page(chair)
    assert "Yusuf Khan" in read and "Write the visit" not in read
