"""My work in its order, and the pages of who works with whom: given, handed over, covered for, late."""

import re
from copy import deepcopy
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.access import services as access
from kith.record.access.models import Message
from kith.record.audit.models import Entry
from kith.record.clocks.queries import due_for_people
from kith.record.drafts.models import Draft
from kith.record.frontdoor import services as frontdoor
from kith.record.help import services as help
from kith.record.owed import services as owed
from kith.record.owed.queries import owed_by
from kith.record.pathway import handing_over
from kith.record.pathway import services as pathway
from kith.record.people import services as people
from kith.record.people import staff
from kith.record.people.local import set_locally
from kith.record.people.models import Allocation, Cover, Membership, Role
from kith.record.planning import services as planning
from kith.record.planning.models import PlanAction
from kith.record.workload import services
from kith.record.workload.models import Handover, SaidOfClock
from kith.web.drafts.forms import FORMS
from kith.web.my_work import of_line
from kith.web.tests.families import HOSTILE, LONG_AGO, the_khans, user
from kith.web.working.whom import workers_to_choose

TODAY = timezone.localdate()
WHY = "Their sisters stay with who knows them"


@pytest.fixture(scope="module")
def khans_once(module_db):
    """The Khans; Yusuf and Yunus are Zainab's too, with an assessment begun too long ago."""
    family = the_khans(TODAY)
    twins = [family.yusuf, family.yunus]
    for child in twins:
        staff.allocate(child, by=family.manager, worker=family.worker, team=family.team)
    frontdoor.receive_referral(
        children=twins, on=family.ago(100), source="1A", primary_need="N1", is_no_further_action=False,
        by=family.manager,
    )  # fmt: skip
    pathway.start_assessment(children=twins, on=family.ago(100), by=family.manager)
    return family


@pytest.fixture
def khans(khans_once, db):
    return deepcopy(khans_once)


@pytest.fixture
def dan(khans):
    made = user("Dan Next", Role.SOCIAL_WORKER)
    Membership.objects.create(user=made, team=khans.team, started_on=LONG_AGO)
    return made


@pytest.fixture
def ask(client):
    """Ask for a page as somebody: ask(user, name, *args, **posted)."""

    def asked(who, name, *args, posted=None, **more):
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
        address = reverse(name, args=args)
        return client.get(address, more) if posted is None else client.post(address, posted)

    return asked


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def late_line(child):
    lines = due_for_people([child.pk], timezone.now())
    return next(line for line in lines if line.clock == "AS-01")


def due_args(child):
    line = late_line(child)
    return child.pk, line.clock, line.fact_thread, line.due_on.isoformat()


def test_of_a_child_not_yet_born_a_handover_asks_what_matters_to_the_mother(ask, khans):
    staff.allocate(khans.unborn, by=khans.manager, worker=khans.worker, team=khans.team)
    page = words(ask(khans.worker, "hand_over", khans.amira.pk))
    assert "What does Amira like" in page or "What does Mimi like" in page
    assert "What matters most to Baby’s mother?" in page and "What does Baby like" not in page


def test_one_line_for_brothers_and_sisters_where_the_thing_and_the_day_are_the_same(ask, khans):
    page = words(ask(khans.worker, "my_work"))
    line = late_line(khans.yusuf)
    both = [
        f"{one} Khan and {two} Khan: {line.what}" for one, two in (("Yusuf", "Yunus"), ("Yunus", "Yusuf"))
    ]
    assert sum(page.count(each) for each in both) == 1


def test_my_work_stands_in_its_order(ask, khans):
    (referral, *_) = frontdoor.receive_referral(
        children=[khans.half_brother], on=TODAY, source="1A", primary_need="N1",
        is_no_further_action=False, by=khans.manager,
    )  # fmt: skip
    owed.owe(
        what="family_told", fact=referral, persons=[khans.amira.pk], by=khans.manager, owed_by=khans.worker
    )
    page = words(ask(khans.worker, "my_work"))
    order = ["Late, or due today", "Still owed (1)", "My children"]
    places = [page.index(heading) for heading in order]
    assert places == sorted(places)
    assert "Amira Khan: Say who told the family, or why not" in page


def test_a_manager_reads_decisions_first(ask, khans):
    (referral, *_) = frontdoor.receive_referral(
        children=[khans.half_brother], on=TODAY, source="1A", primary_need="N1",
        is_no_further_action=False, by=khans.manager,
    )  # fmt: skip
    owed.owe(
        what="managers_agreement", fact=referral, persons=[khans.amira.pk], by=khans.worker,
        owed_by=khans.manager,
    )  # fmt: skip
    page = words(ask(khans.manager, "my_work"))
    assert page.index("Decisions to make") < page.index("Late in my team")
    assert "Agree or change what was decided in a hurry" in page
    assert "Decisions to make" not in words(ask(khans.worker, "my_work"))


def test_what_was_handed_over_of_a_family_is_one_line_to_read_and_one_page_leads_to_the_next(ask, khans, dan):
    twins = [khans.yusuf, khans.yunus]
    handing_over.hand_over(
        children=twins, before=khans.worker, to=dan, on=TODAY, by=khans.manager, apart_because=WHY
    )
    text = ask(dan, "my_work").content.decode()
    assert text.count(">Read it<") == 1
    assert "Yusuf Khan, Yunus Khan" in text or "Yunus Khan, Yusuf Khan" in text
    page = ask(dan, "handover", khans.yusuf.pk, posted={})
    assert page.url == reverse("handover", args=[khans.yunus.pk])
    assert ask(dan, "handover", khans.yunus.pk, posted={}).url == reverse("handover", args=[khans.yunus.pk])
    assert ">Read it<" not in ask(dan, "my_work").content.decode()


def test_what_one_act_left_owed_for_brothers_and_sisters_is_one_line(ask, khans):
    for child in (khans.yusuf, khans.yunus):
        fact = Allocation.current.filter(person=child).latest("pk")
        owed.owe(what="plan_in_full", fact=fact, persons=[child.pk], by=khans.worker, owed_by=khans.worker)
    text = ask(khans.worker, "my_work").content.decode()
    assert "Still owed (1)" in text
    assert "Yusuf Khan, Yunus Khan" in text or "Yunus Khan, Yusuf Khan" in text
    assert text.count(reverse("core_group", args=[khans.yunus.pk])) >= 1  # each child’s own, one at a time


@pytest.mark.parametrize("what", ["managers_agreement", "finding_agreed"])
def test_a_decision_owed_by_somebody_without_the_power_is_still_owed(ask, khans, what):
    (referral, *_) = frontdoor.receive_referral(
        children=[khans.half_brother], on=TODAY, source="1A", primary_need="N1",
        is_no_further_action=False, by=khans.manager,
    )  # fmt: skip
    owed.owe(
        what=what, fact=referral, persons=[khans.amira.pk], by=khans.manager, owed_by=khans.worker
    )  # fmt: skip
    page = words(ask(khans.worker, "my_work"))
    assert "Still owed (1)" in page and "Decisions to make" not in page


def test_a_card_says_when_a_child_was_seen_and_seen_alone(ask, khans):
    page = words(ask(khans.worker, "my_work"))
    assert "Last seen" not in page  # nobody wrote down a visit: nothing is said, and nothing empty shown


def test_a_reason_for_being_late_is_said_for_the_whole_family_and_shown(ask, khans):
    args = due_args(khans.yusuf)
    page = words(ask(khans.worker, "say_why_late", *args))
    assert "Yusuf Khan" in page and "Yunus Khan" in page
    sent = {"children": [khans.yusuf.pk, khans.yunus.pk], "because": "The family was away"}
    for _ in range(2):  # sent twice
        assert ask(khans.worker, "say_why_late", *args, posted=sent).status_code == 302
    assert SaidOfClock.objects.count() == 2
    assert "Late because: The family was away" in words(ask(khans.worker, "my_work"))


def test_a_reason_is_needed_and_what_was_chosen_is_kept(ask, khans):
    answer = ask(khans.worker, "say_why_late", *due_args(khans.yusuf), posted={"children": [khans.yusuf.pk]})
    assert answer.status_code == 422
    assert "Write why" in words(answer)
    assert re.search(rf'value="{khans.yusuf.pk}"[^>]*checked', answer.content.decode())


def test_what_is_not_due_has_no_such_page(ask, khans):
    child, clock, thread, _ = due_args(khans.yusuf)
    assert ask(khans.worker, "say_why_late", child, clock, thread, "none").status_code == 404
    assert ask(khans.worker, "say_why_late", child, "XX-1", thread, "2026-01-01").status_code == 404


def test_a_manager_says_that_it_is_not_needed_and_a_worker_may_not(ask, khans):
    args = due_args(khans.yusuf)
    sent = {"children": [khans.yusuf.pk], "because": "He moved away"}
    assert ask(khans.worker, "put_aside", *args, posted=sent).status_code == 403
    assert ask(khans.manager, "put_aside", *args, posted=sent).status_code == 302
    assert not [line for line in due_for_people([khans.yusuf.pk], timezone.now()) if line.clock == "AS-01"]
    assert late_line(khans.yunus)
    (told,) = Message.objects.filter(to=khans.worker, text__contains="is not needed")
    assert "Yusuf" not in told.text and told.link == reverse("story", args=[khans.yusuf.pk])


def test_what_was_put_aside_stands_on_that_childs_page_for_all_who_read_it(ask, khans):
    args = due_args(khans.yusuf)
    sent = {"children": [khans.yusuf.pk], "because": f"He moved {HOSTILE}"}
    ask(khans.manager, "put_aside", *args, posted=sent)
    page = words(ask(khans.worker, "story", khans.yusuf.pk))
    assert "Not needed, as a manager decided" in page and "Not needed: He moved" in page
    assert "Ada Thorne" in page and "It is due again" not in page  # a worker takes nothing back
    assert "He moved" not in words(ask(khans.worker, "story", khans.yunus.pk))
    assert HOSTILE not in ask(khans.worker, "story", khans.yusuf.pk).content.decode()


def test_a_manager_takes_back_that_something_is_not_needed(ask, khans):
    line = late_line(khans.yusuf)
    (aside,) = services.put_aside(lines=[line], because="He moved away", by=khans.manager)
    back = (khans.yusuf.pk, aside.thread)
    assert "He moved away" in words(ask(khans.manager, "due_again", *back))
    assert ask(khans.worker, "due_again", *back, posted={"because": "x"}).status_code == 403
    assert ask(khans.manager, "due_again", *back, posted={"because": ""}).status_code == 422
    assert (
        ask(khans.manager, "due_again", khans.yunus.pk, aside.thread).status_code == 404
    )  # a brother's page
    assert ask(khans.manager, "due_again", *back, posted={"because": "He is here"}).status_code == 302
    assert late_line(khans.yusuf).due_on == line.due_on
    assert ask(khans.manager, "due_again", *back, posted={"because": "Again"}).status_code == 404
    assert SaidOfClock.objects.get(thread=aside.thread).ended_because == "He is here"  # both stay readable
    assert Entry.objects.filter(act="due_again", person_id=khans.yusuf.pk).count() == 1


def test_a_manager_puts_aside_from_the_childs_page(ask, khans):
    address = reverse("put_aside", args=due_args(khans.yunus))
    assert address in ask(khans.manager, "story", khans.yunus.pk).content.decode()
    assert address not in ask(khans.worker, "story", khans.yunus.pk).content.decode()


def test_whoever_covers_answers_for_what_is_owed(ask, khans, dan):
    (referral, *_) = frontdoor.receive_referral(
        children=[khans.half_brother], on=TODAY, source="1A", primary_need="N1",
        is_no_further_action=False, by=khans.manager,
    )  # fmt: skip
    left = owed.owe(
        what="family_told", fact=referral, persons=[khans.amira.pk], by=khans.manager, owed_by=khans.worker
    )
    assert ask(dan, "owed_not_needed", left.thread).status_code == 404
    Cover.objects.create(
        user=dan, for_user=khans.worker, started_on=TODAY, ended_on=TODAY + timedelta(days=2),
        arranged_by=khans.manager,
    )  # fmt: skip
    assert ask(dan, "owed_not_needed", left.thread).status_code == 200


def test_what_is_owed_is_ended_with_a_reason_by_whoever_owes_it(ask, khans):
    (referral, *_) = frontdoor.receive_referral(
        children=[khans.half_brother], on=TODAY, source="1A", primary_need="N1",
        is_no_further_action=False, by=khans.manager,
    )  # fmt: skip
    left = owed.owe(
        what="family_told", fact=referral, persons=[khans.amira.pk], by=khans.manager, owed_by=khans.worker
    )
    stranger = user("Sam Stranger", Role.SOCIAL_WORKER)
    for posted in (None, {"because": "x"}):  # to who may not, it is not there at all
        assert ask(stranger, "owed_not_needed", left.thread, posted=posted).status_code == 404
        assert ask(stranger, "owed_not_needed", 1, posted=posted).status_code == 404
    assert "Amira Khan: Say who told the family" in words(ask(khans.worker, "owed_not_needed", left.thread))
    assert ask(khans.manager, "owed_not_needed", left.thread).status_code == 200
    assert ask(khans.worker, "owed_not_needed", left.thread, posted={"because": ""}).status_code == 422
    assert (
        ask(khans.worker, "owed_not_needed", left.thread, posted={"because": "They know"}).status_code == 302
    )
    assert "Still owed" not in words(ask(khans.worker, "my_work"))


def test_children_of_a_family_are_given_together_and_nobody_is_chosen_beforehand(ask, khans, dan):
    page = ask(khans.manager, "allocate", khans.yusuf.pk).content.decode()
    assert "checked" not in page
    assert "Dan Next (0 children now)" in page
    sent = {"children": [khans.yusuf.pk, khans.yunus.pk], "worker": dan.pk, "on": f"{TODAY:%d/%m/%Y}"}
    refused = ask(khans.manager, "allocate", khans.yusuf.pk, posted=sent)
    assert refused.status_code == 422 and "Amira Khan has Zainab Osei" in words(refused)  # asked first
    assert not Allocation.current.filter(worker=dan).exists()
    sent["apart_because"] = "The girls asked to keep Zainab"
    assert ask(khans.manager, "allocate", khans.yusuf.pk, posted=sent).status_code == 302
    why = Entry.objects.get(act="siblings_apart", person_id=khans.yusuf.pk)
    assert why.about["because"] == "The girls asked to keep Zainab"
    assert {one.person_id for one in Allocation.current.filter(worker=dan)} == {
        khans.yusuf.pk, khans.yunus.pk
    }  # fmt: skip
    assert Message.objects.filter(to=dan).count() == 1
    assert ask(khans.worker, "allocate", khans.yusuf.pk).status_code == 403


def test_how_many_children_a_worker_has_counts_nobody_twice_and_nobody_kept_from_the_reader(khans):
    def said(reader):
        return dict(workers_to_choose(reader, TODAY))[str(khans.worker.pk)]

    assert said(khans.manager) == "Zainab Osei (4 children now)"
    people.merge(khans.yusuf, khans.yunus, by=khans.manager, reason="One boy")
    assert said(khans.manager) == "Zainab Osei (3 children now)"
    access.place_restriction(
        khans.amira, by=khans.custodian, kind="sealed_adoption", reason="Adopted", custodian=khans.custodian
    )
    assert said(khans.manager) == "Zainab Osei (2 children now)"


def test_a_brother_named_as_children_are_refused_to_a_worker_is_written_down_as_named(ask, khans, dan):
    grown = people.register_person(
        by=khans.manager, given_names="Omar", family_name="Khan", date_of_birth=khans.ago(20 * 365)
    )
    people.relate(khans.amira, grown, by=khans.manager, kind="sibling")
    staff.allocate(grown, by=khans.manager, worker=user("Pat Adviser", Role.PERSONAL_ADVISER))
    sent = {"children": [khans.amira.pk], "worker": dan.pk, "on": f"{TODAY:%d/%m/%Y}"}
    refused = ask(khans.manager, "allocate", khans.amira.pk, posted=sent)
    assert refused.status_code == 422 and "Omar Khan has Pat Adviser" in words(refused)
    assert Entry.objects.filter(act="name_shown", person_id=grown.pk, actor_id=khans.manager.pk).exists()


def test_a_worker_hands_over_and_the_next_one_reads_and_says_so_once(ask, khans, dan):
    sent = {
        "children": [khans.yusuf.pk, khans.yunus.pk],
        "to": dan.pk,
        "on": f"{TODAY:%d/%m/%Y}",
        "apart_because": WHY,
    }
    page = ask(khans.worker, "hand_over", khans.yusuf.pk).content.decode()
    assert "Yunus Khan" in page
    names = re.findall(r'name="([^"]*what_matters)"', page)
    hidden = dict(re.findall(r'<input type="hidden" name="(draft_[^"]+)" value="([^"]*)"', page))
    mine = next(name for name in names if str(khans.yusuf.pk) in name)
    answer = ask(khans.worker, "hand_over", khans.yusuf.pk, posted={**sent, **hidden, mine: "Trains"})
    assert answer.status_code == 302, words(answer)
    assert [one.what_matters for one in Handover.objects.filter(person=khans.yusuf)] == ["Trains"]
    assert "Handed over to you, to read (1)" in words(ask(dan, "my_work"))
    read = words(ask(dan, "handover", khans.yusuf.pk))
    assert "Trains" in read and "I have read this" in read and "Comes next" in read
    ask(dan, "handover", khans.yusuf.pk, posted={})
    again = words(ask(dan, "handover", khans.yusuf.pk))
    assert "I have read this" not in again
    assert "Trains" not in words(ask(dan, "handover", khans.yunus.pk))  # a brother's page says nothing of it
    paper = ask(dan, "handover", khans.yusuf.pk, paper="").content.decode()
    assert "<nav" not in paper and "Trains" in paper


def test_a_handover_leaves_the_family_to_be_told_and_visited_and_each_has_its_page(ask, khans, dan):
    handing_over.hand_over(
        children=[khans.yusuf, khans.yunus],
        before=khans.worker,
        to=dan,
        on=TODAY,
        by=khans.worker,
        apart_because=WHY,
    )
    left = {line.owed.what: line.owed.thread for line in owed_by(dan, timezone.now())}
    assert "Yusuf Khan, Yunus Khan: Say who told the family that their worker changes" in words(
        ask(dan, "my_work")
    )
    told = left[handing_over.TOLD]
    assert ask(dan, "after_handover", told, posted={"on": f"{TODAY:%d/%m/%Y}"}).status_code == 422
    answer = ask(dan, "after_handover", told, posted={"told_by": HOSTILE, "on": f"{TODAY:%d/%m/%Y}"})
    assert answer.status_code == 302
    assert ask(dan, "after_handover", told).status_code == 404  # it is done
    page = ask(dan, "handover", khans.yusuf.pk).content.decode()
    assert HOSTILE not in page and "told the family on" in page
    ask(dan, "after_handover", left[handing_over.GOODBYE], posted={"on": f"{TODAY:%d/%m/%Y}"})
    assert "The goodbye was on" in words(ask(dan, "handover", khans.yunus.pk))
    stranger = user("Sam Stranger", Role.SOCIAL_WORKER)
    assert ask(stranger, "after_handover", told).status_code == 404


def test_who_does_not_work_with_them_reads_nothing_of_what_a_handover_left(ask, khans, dan):
    handing_over.hand_over(
        children=[khans.yusuf], before=khans.worker, to=dan, on=TODAY, by=khans.worker, apart_because=WHY
    )
    left = owed_by(dan, timezone.now())[0].owed.thread
    answer = ask(user("Sam Stranger", Role.SOCIAL_WORKER), "after_handover", left)
    assert answer.status_code == 403 and "Yusuf" not in answer.content.decode()


def test_the_handover_page_asks_of_the_family_and_says_who_where_a_day_is_given(ask, khans, dan):
    sent = {"children": [khans.yusuf.pk], "to": dan.pk, "on": f"{TODAY:%d/%m/%Y}", "apart_because": WHY}
    page = ask(khans.worker, "hand_over", khans.yusuf.pk).content.decode()
    assert "Who told the family?" in page and "the visit together" in page
    hidden = dict(re.findall(r'<input type="hidden" name="(draft_[^"]+)" value="([^"]*)"', page))
    sent |= hidden | {"told_on": f"{TODAY:%d/%m/%Y}"}
    answer = ask(khans.worker, "hand_over", khans.yusuf.pk, posted=sent)
    assert answer.status_code == 422 and "Write who told them" in words(answer)
    answer = ask(khans.worker, "hand_over", khans.yusuf.pk, posted={**sent, "told_by": "Zainab"})
    assert answer.status_code == 302
    assert [line.owed.what for line in owed_by(dan, timezone.now())] == [handing_over.GOODBYE]


@pytest.mark.parametrize("name", ["hand_over", "handover", "allocate"])
def test_who_does_not_work_with_a_child_reads_none_of_it(ask, khans, name):
    assert ask(user("Sam Stranger", Role.SOCIAL_WORKER), name, khans.amira.pk).status_code == 403


def test_cover_opens_the_work_for_its_days_and_ends_by_itself(ask, khans, dan):
    sent = {
        "worker": khans.worker.pk, "covered_by": dan.pk, "started_on": f"{TODAY:%d/%m/%Y}",
        "last_day": f"{TODAY + timedelta(days=2):%d/%m/%Y}", "must_not_wait": "Tuesday's visit",
    }  # fmt: skip
    assert "Amira Khan" not in words(ask(dan, "my_work"))
    assert ask(khans.manager, "cover", posted=sent).status_code == 302
    page = words(ask(dan, "my_work"))
    assert "Amira Khan" in page and "You cover for Zainab Osei" in page
    assert "Must not wait: Tuesday" in Message.objects.get(to=dan).text
    cover = Cover.objects.get()
    assert cover.ended_on == TODAY + timedelta(days=3)  # its last day is the day before
    stranger = user("Sam Stranger", Role.SOCIAL_WORKER)
    ask(stranger, "end_cover", cover.pk, posted={})
    assert Cover.objects.get().ended_on > TODAY  # nobody else ends it
    ask(khans.manager, "end_cover", cover.pk, posted={})
    assert "Amira Khan" not in words(ask(dan, "my_work"))


def test_nobody_arranges_the_cover_of_somebody_they_do_not_manage(ask, khans, dan):
    answer = ask(dan, "cover", posted={
        "worker": khans.worker.pk, "covered_by": dan.pk, "started_on": f"{TODAY:%d/%m/%Y}",
        "last_day": f"{TODAY:%d/%m/%Y}",
    })  # fmt: skip
    assert answer.status_code == 422
    assert not Cover.objects.exists()


def test_asking_again_of_nothing_that_waits_is_not_there(ask, khans):
    assert ask(khans.worker, "chase_assessment", 1, posted={}).status_code == 404


def test_a_child_who_is_handed_over_is_found_by_nobody_else(khans, dan):
    handing_over.hand_over(
        children=[khans.yusuf], before=khans.worker, to=dan, on=TODAY, by=khans.worker, apart_because=WHY
    )
    assert handing_over.children_with(dan, TODAY) == [khans.yusuf.pk]
    assert khans.yusuf.pk not in handing_over.children_with(khans.worker, TODAY)


def test_a_child_whom_nobody_has_is_given_to_somebody_right_there(ask, khans):
    Allocation.objects.create(person=khans.zara, team=staff.unallocated_team(), role="", started_on=TODAY)
    Allocation.current.filter(person=khans.zara, worker=khans.worker).update(ended_on=TODAY)
    button = reverse("allocate", args=[khans.zara.pk])
    assert button in ask(khans.manager, "my_work").content.decode()
    assert button in ask(khans.manager, "children", whose="nobody").content.decode()
    assert ask(khans.manager, "allocate", khans.zara.pk).status_code == 200
    duty = user("Dee Duty", Role.DUTY_WORKER)
    page = ask(duty, "children", whose="nobody").content.decode()
    assert "Zara Khan" in page and button not in page  # who may not allocate has no such button


@pytest.fixture
def helped(khans):
    """The twins' help, for which their worker asks for more."""
    begun = help.begin_help(
        people=[khans.yusuf, khans.yunus], basis="voluntary", agreed_by="Mum", agreed_how="visit",
        by=khans.worker,
    )  # fmt: skip
    return help.ask_step_up(
        help=begun, people=[khans.yusuf], what_has_changed="Worse", was_family_told=True, by=khans.worker
    )


def test_whoever_asked_for_more_help_asks_again_once_an_hour(ask, khans, helped):
    button = reverse("chase_step_up", args=[helped.thread])
    assert button in ask(khans.worker, "my_work").content.decode()
    for _ in range(2):  # pressed twice
        assert ask(khans.worker, "chase_step_up", helped.thread, posted={}).status_code == 302
    (told,) = Message.objects.filter(to=khans.manager)
    assert told.text.startswith("Zainab Osei asks again") and "Yusuf" not in told.text
    assert told.link == reverse("help_step_up_decide", args=[helped.thread])
    assert ask(khans.manager, "chase_step_up", helped.thread, posted={}).status_code == 404  # not theirs
    help.withdraw_step_up(step=helped, because="Better", by=khans.worker)
    assert ask(khans.worker, "chase_step_up", helped.thread, posted={}).status_code == 404


def test_a_manager_asks_for_what_is_late_in_the_team_at_one_press(ask, khans):
    page = ask(khans.manager, "my_work").content.decode()
    line = late_line(khans.yusuf)
    button = of_line("chase_late", khans.yusuf.pk, line)
    assert f'action="{button}"' in page
    assert 'name="csrfmiddlewaretoken"' in page[page.index("/ask/") :][:300]
    assert "/ask/" not in ask(khans.worker, "my_work").content.decode()  # nobody asks themselves
    where = [khans.yusuf.pk, line.clock, line.fact_thread, line.due_on.isoformat()]
    for told in ("They are asked again", "within the last hour"):
        assert ask(khans.manager, "chase_late", *where, posted={}).status_code == 302
        assert told in words(ask(khans.manager, "my_work"))
    asked = Message.objects.filter(to=khans.worker, text__contains="something that is late")
    assert asked.count() == 1  # once, of both brothers
    assert "Khan" not in asked.get().text
    assert Entry.objects.filter(act="chased_late", person_id=khans.yusuf.pk).count() == 1
    assert ask(khans.worker, "chase_late", *where, posted={}).status_code == 403
    assert ask(khans.manager, "chase_late", *where[:3], "none", posted={}).status_code == 404


def test_nobody_is_asked_where_nobody_works_with_the_child(ask, khans):
    line = late_line(khans.yusuf)
    twins = [khans.yusuf.pk, khans.yunus.pk]
    Allocation.objects.filter(person__in=twins).update(worker=khans.manager)
    page = ask(khans.manager, "my_work").content.decode()
    assert of_line("chase_late", khans.yusuf.pk, line) not in page
    where = [khans.yusuf.pk, line.clock, line.fact_thread, line.due_on.isoformat()]
    ask(khans.manager, "chase_late", *where, posted={})
    assert "allocate somebody" in words(ask(khans.manager, "my_work"))


def test_what_others_are_late_with_is_chased(ask, khans, dan):
    plan = planning.start_plan(
        kind="child_in_need", people=[khans.yusuf], on=TODAY, by=khans.worker, basis="section_17"
    )
    given = {"plan": plan, "by": khans.worker, "due_on": TODAY}
    late = planning.add_action(what="Ring the school", owner=dan, **given)
    mums = planning.add_action(what="Borrow a cot", owner_in_words="Mum", **given)
    mine = planning.add_action(what="Write to the GP", owner=khans.worker, **given)
    planning.add_action(what="Not late", owner=dan, **{**given, "due_on": TODAY + timedelta(days=9)})
    PlanAction.current.filter(plan_thread=plan.thread, due_on=TODAY).update(due_on=TODAY - timedelta(days=2))
    page = ask(khans.worker, "my_work").content.decode()
    assert reverse("chase_action", args=[late.thread]) in page and "Borrow a cot" in page
    assert reverse("chase_action", args=[mine.thread]) not in page and "Not late" not in page
    assert ask(khans.worker, "chase_action", mums.thread, posted={}).status_code == 404  # not staff
    for _ in range(2):
        assert ask(khans.worker, "chase_action", late.thread, posted={}).status_code == 302
    (told,) = Message.objects.filter(to=dan)
    assert "Zainab Osei asks again" in told.text and "school" not in told.text
    assert (
        ask(user("Sam Stranger", Role.SOCIAL_WORKER), "chase_action", late.thread, posted={}).status_code
        == 404
    )


def carried_on(page):
    rows = re.findall(r'<th scope="row"[^>]*>(.*?)</th>(.*?)</tr>', page, re.S)
    return [(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", name)).strip(), re.findall(r">(\d+)<", numbers))
            for name, numbers in rows]  # fmt: skip


def test_what_each_worker_carries_stands_by_name_and_is_no_ranking(ask, khans, dan):
    """Dan has no child, and stands before Zainab who has four: by name, whoever has more."""
    rows = carried_on(ask(khans.manager, "my_work").content.decode())
    assert [name for name, _ in rows] == ["Dan Next", "Zainab Osei"]
    assert rows[0][1] == ["0", "0", "0"] and int(rows[1][1][0]) > 2
    page = words(ask(khans.manager, "my_work"))
    assert "has set no limit" in page and "Over the limit" not in page


def test_a_word_says_that_somebody_has_more_children_than_the_authority_allows(ask, khans, dan):
    number = int(carried_on(ask(khans.manager, "my_work").content.decode())[1][1][0])
    for limit, over in ((number, []), (number - 1, ["Zainab Osei Over the limit"])):
        set_locally(
            name="children_a_worker", value=str(limit), agreed_by="The director", started_on=TODAY,
            by=khans.manager,
        )  # fmt: skip
        rows = carried_on(ask(khans.manager, "my_work").content.decode())
        assert [name for name, _ in rows if "Over" in name] == over
        assert f"limit is {limit} children" in words(ask(khans.manager, "my_work"))


def test_a_family_help_lead_practitioner_is_refused_as_social_worker_and_alone_in_care(ask, khans):
    lead = user("Kit Lead", Role.FAMILY_HELP_LEAD)
    sent = {"children": [khans.amira.pk, khans.zara.pk], "on": f"{TODAY:%d/%m/%Y}", "apart_because": WHY}
    refused = ask(khans.worker, "hand_over", khans.amira.pk, posted={**sent, "to": lead.pk})
    assert refused.status_code == 422
    assert "is a family help lead practitioner, and cannot be a child’s social worker" in words(refused)
    for held in Allocation.current.filter(person__in=[khans.amira, khans.double], ended_on=None):
        staff.end_allocation(held, by=khans.manager, on=TODAY)
    staff.leave_with_the_unallocated([khans.amira.pk])
    alone = {**sent, "children": [khans.amira.pk], "worker": lead.pk}
    refused = ask(khans.manager, "allocate", khans.amira.pk, posted=alone)
    assert refused.status_code == 422 and "cannot be alone with a child in care" in words(refused)
    assert not Allocation.current.filter(worker=lead).exists()


def test_a_handover_says_in_words_what_a_colleague_began_to_write(ask, khans, dan):
    Draft.objects.create(
        user=dan, form="conference-day", about="1", children=[khans.yusuf.pk], key="one key", fields={}
    )
    page = words(ask(khans.worker, "handover", khans.yusuf.pk))
    assert f"{dan} began and has not sent: {FORMS['conference-day'].title}" in page
    assert "conference-day" not in page


def test_what_goes_on_now_is_a_whole_sentence(ask, khans):
    pathway.start_child_in_need_plan(children=[khans.yusuf], on=khans.ago(3), by=khans.manager)
    page = words(ask(khans.worker, "story", khans.yusuf.pk))
    assert "Child in need plan since" in page and "began since" not in page
