"""The pages of an assessment: written together, each child apart, read by somebody else, felt in two taps."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.record.access.models import Message
from kith.record.access.services import keep_apart
from kith.record.assessment import queries, services
from kith.record.assessment.form import CHILD, FAMILY, sections
from kith.record.assessment.models import (
    Assessment,
    ChildInNeedPlan,
    ChildsPart,
    FamilyAssessment,
    NeedPlanMeeting,
    Stage,
)
from kith.record.audit.models import Entry
from kith.record.clocks.queries import due_for_people, together
from kith.record.frontdoor.services import receive_referral
from kith.record.pathway import assessed
from kith.record.pathway.protecting import begin_enquiry
from kith.record.pathway.services import start_assessment
from kith.record.pathway.urgent import start_urgently
from kith.record.people.models import (
    Allocation,
    Membership,
    Person,
    PersonDetails,
    PersonName,
    Relationship,
    Role,
    Team,
)
from kith.record.visits.services import Saw, write_visit
from kith.record.voice.models import HowItFelt
from kith.standards.dates import long_date
from kith.web.tests.families import user

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"


def child(name, family_name="Khan", **details):
    person = Person.objects.create()
    PersonDetails.objects.create(person=person, **details)
    PersonName.objects.create(person=person, given_names=name, family_name=family_name)
    return person


@pytest.fixture
def people(db):
    """Amira and Yusuf, their worker Ada, and Mo who manages the team."""
    team = Team.objects.create(name="Assessment east")
    worker, manager = user("Ada Osei", Role.SOCIAL_WORKER), user("Mo Manager", Role.TEAM_MANAGER)
    long_ago = timezone.localdate() - timedelta(days=900)
    Membership.objects.create(user=worker, team=team, started_on=long_ago)
    Membership.objects.create(user=manager, team=team, is_manager=True, started_on=long_ago)
    children = [child(name, date_of_birth=long_ago) for name in ("Amira", "Yusuf")]
    for each in children:
        Allocation.objects.create(person=each, worker=worker, team=team, started_on=long_ago)
    return worker, manager, *children


@pytest.fixture
def family(people):
    worker, _, *children = people
    today = timezone.localdate()
    receive_referral(
        children=children, on=today, source="2A", primary_need="N1", is_no_further_action=False, by=worker
    )
    return assessed.assess_together(children=children, on=today, by=worker)


def signed_in(who) -> Client:
    client = Client()
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(name, family, *more):
    return reverse(name, args=[family.thread, *more])


def seen_in(answer) -> str:
    return answer.context["form"]["seen"].value()


def test_an_assessment_is_started_for_the_children_who_are_ticked(people):
    worker, _, amira, _ = people
    receive_referral(
        children=[amira], on=timezone.localdate(), source="2A", primary_need="N1",
        is_no_further_action=False, by=worker,
    )  # fmt: skip
    client = signed_in(worker)
    page = client.get(reverse("assess", args=[amira.pk]))
    assert page.status_code == 200 and b"checked" not in page.content
    sent = client.post(reverse("assess", args=[amira.pk]), {"children": [amira.pk]})
    family = FamilyAssessment.current.get()
    assert sent["Location"] == address("assessment", family)
    again = client.get(reverse("assess", args=[amira.pk]))
    assert again["Location"] == address("assessment", family)  # the one that is being written


def test_a_child_without_a_case_is_refused_in_words_and_nothing_is_begun(people):
    worker, _, amira, _ = people
    sent = signed_in(worker).post(reverse("assess", args=[amira.pk]), {"children": [amira.pk]})
    assert sent.status_code == 422
    told = sent.content.decode()
    assert "Amira Khan: no case is open today" in told and "front door" in told
    assert not FamilyAssessment.objects.exists() and not Assessment.objects.exists()


def test_the_familys_words_are_written_and_shown_to_nobody_as_script(people, family):
    client = signed_in(people[0])
    form = client.get(address("write_family", family))
    client.post(address("write_family", family), {"worries": HOSTILE, "seen": seen_in(form)})
    page = client.get(address("assessment", family)).content.decode()
    assert HOSTILE not in page and "&lt;script&gt;" in page


def test_what_is_written_of_one_child_shows_only_under_that_child(people, family):
    worker, _, amira, yusuf = people
    client = signed_in(worker)
    form = client.get(address("write_child", family, amira.pk))
    client.post(
        address("write_child", family, amira.pk),
        {"says": "Mine alone", "next_step": "close", "factors": ["21"], "seen": seen_in(form)},
    )
    assert "Mine alone" not in client.get(address("write_child", family, yusuf.pk)).content.decode()
    assert ChildsPart.current.get(person=amira).words["says"] == "Mine alone"


def test_two_who_write_the_same_section_see_both_and_lose_nothing(people, family):
    worker, *_ = people
    client = signed_in(worker)
    form = client.get(address("write_family", family))
    services.write_family(family=family, words={"worries": "Theirs"}, by=worker)
    clash = client.post(address("write_family", family), {"worries": "Mine", "seen": seen_in(form)})
    said = clash.content.decode()
    assert clash.status_code == 409 and "Theirs" in said and "Mine" in said
    assert FamilyAssessment.current.get().words == {"worries": "Theirs"}


NEEDED = {
    of: {one.section: "Written" for one in sections(of) if one.is_needed} for of in (FAMILY, CHILD)
}  # what a manager does not have to ask for


def ready(family, worker, *, is_complete=True):
    if is_complete:
        services.write_family(family=family, words=NEEDED[FAMILY], by=worker)
    for part in queries.parts(family):
        services.write_child(
            part=part, by=worker, next_step="need_plan", factors=["4B"], not_seen_because="In hospital",
            words=NEEDED[CHILD] if is_complete else {},
        )  # fmt: skip


def test_a_manager_is_told_what_is_not_written_and_says_why_it_is_enough_or_sends_it_back(people, family):
    worker, manager, *_ = people
    ready(family, worker, is_complete=False)
    signed_in(worker).post(address("ask_for_sign_off", family))
    client = signed_in(manager)
    form = client.get(address("read_assessment", family))
    page = form.content.decode()
    assert "Not written yet" in page and "What are we worried about?" in page.partition("Not written yet")[2]
    asked = {"decision": "authorise", "seen": seen_in(form)}
    bare = client.post(address("read_assessment", family), asked)
    assert bare.status_code == 422 and "Say why it is enough" in bare.content.decode()
    assert FamilyAssessment.current.get().stage == Stage.ASKED
    client.post(address("read_assessment", family), {**asked, "although": "They moved away"})
    assert FamilyAssessment.current.get().signed_although == "They moved away"
    assert "They moved away" in client.get(address("assessment", family)).content.decode()


def test_no_heading_and_no_reason_tells_of_a_child_who_is_kept_from_the_reader(people, family):
    worker, manager, amira, _ = people
    ready(family, worker, is_complete=False)
    expected = timezone.localdate() + timedelta(days=60)
    PersonDetails.objects.filter(person=amira).update(date_of_birth=None, expected_date_of_birth=expected)
    signed_in(worker).post(address("ask_for_sign_off", family))
    keep_apart(manager, amira, by=user("Noel", Role.CUSTODIAN, Role.TEAM_MANAGER), because="His niece")
    page = signed_in(manager).get(address("read_assessment", family)).content.decode()
    listed = page.partition("Not written yet</h2>")[2].partition("</section>")[0]
    assert "Yusuf" in listed and "The family" not in listed and "kept from you" not in listed
    assert "How the baby will be looked after" not in page
    for stage, why in ((Stage.AUTHORISED, "signed_although"), (Stage.SENT_BACK, "sent_back_because")):
        FamilyAssessment.current.update(stage=stage, **{why: "As Amira is not born"})
        read = [signed_in(who).get(address("assessment", family)).content.decode() for who in people[:2]]
        assert ["As Amira is not born" in page for page in read] == [True, False]


def test_what_is_missing_is_said_on_the_page(people, family):
    client = signed_in(people[0])
    form = client.get(address("ask_for_sign_off", family))
    sent = client.post(address("ask_for_sign_off", family), {"seen": seen_in(form)})
    assert sent.status_code == 422
    assert "what should happen next for each child" in sent.content.decode()


def test_a_manager_reads_it_sends_it_back_and_then_authorises(people, family):
    worker, manager, *children = people
    ready(family, worker)
    signed_in(worker).post(address("ask_for_sign_off", family))
    client = signed_in(manager)
    form = client.get(address("read_assessment", family))
    assert b"checked" not in form.content
    back = client.post(address("read_assessment", family), {"decision": "send_back", "seen": seen_in(form)})
    assert back.status_code == 422  # nothing said of what is needed
    client.post(
        address("read_assessment", family),
        {"decision": "send_back", "because": "Where is Dad?", "seen": seen_in(form)},
    )
    assert "Where is Dad?" in signed_in(worker).get(address("assessment", family)).content.decode()
    told = "waits for you to read it"
    assert not Message.objects.filter(to=manager, text__contains=told, read_at=None).exists()
    signed_in(worker).post(address("ask_for_sign_off", family))
    assert not Message.objects.filter(to=worker, read_at=None).exists()  # what came back is asked for again
    assert Message.objects.filter(to=manager, text__contains=told, read_at=None).count() == 1
    form = client.get(address("read_assessment", family))
    client.post(address("read_assessment", family), {"decision": "authorise", "seen": seen_in(form)})
    assert FamilyAssessment.current.get().stage == Stage.AUTHORISED
    assert not Message.objects.filter(to=manager, text__contains=told, read_at=None).exists()
    assert {plan.person for plan in ChildInNeedPlan.current.all()} == set(children)  # it started by itself


def test_the_worker_cannot_authorise_and_a_stranger_sees_nothing(people, family):
    worker, _, amira, _ = people
    ready(family, worker)
    signed_in(worker).post(address("ask_for_sign_off", family))
    assert signed_in(worker).get(address("read_assessment", family)).status_code == 403
    stranger = signed_in(user("Sam Stranger", Role.SOCIAL_WORKER))
    for name in ("assessment", "write_family"):
        assert stranger.get(address(name, family)).status_code == 403
    assert stranger.get(address("write_child", family, amira.pk)).status_code == 403


def test_no_such_assessment_and_no_such_child_are_not_found(people, family):
    client = signed_in(people[0])
    assert client.get(reverse("assessment", args=[1])).status_code == 404
    other = child("Kai", "Other")
    assert client.get(address("write_child", family, other.pk)).status_code == 404


def test_how_it_felt_is_two_taps_without_an_account(people, family):
    page = signed_in(people[0]).post(address("ask_how_it_felt", family), {"asked_of": "Mum, Nadia"})
    link = page.context["link"].removeprefix("http://testserver")
    assert page["Cache-Control"] == "no-store"
    mother = Client()
    first = mother.get(link)
    assert first.status_code == 200 and "Amira" not in first.content.decode()
    second = mother.post(link, {"feeling": "harder"})
    assert HowItFelt.current.get().feeling == "harder"  # kept by itself
    assert "Did we listen" in second.content.decode()
    done = mother.post(link, {"feeling": "harder", "listened": "no", "words": HOSTILE})
    assert "Thank you" in done.content.decode()
    assert mother.get(link).status_code == 410
    told = signed_in(people[0]).get(address("ask_how_it_felt", family)).content.decode()
    assert "It made things harder" in told and HOSTILE not in told


def test_a_link_given_to_the_wrong_person_is_taken_back(people, family):
    client = signed_in(people[0])
    page = client.post(address("ask_how_it_felt", family), {"asked_of": "Mum, Nadia"})
    link = page.context["link"].removeprefix("http://testserver")
    felt = HowItFelt.current.get()
    assert "Take the link back" in page.content.decode()
    assert client.post(address("ask_how_it_felt", family), {"stop": "1"}).status_code == 404
    answer = client.post(address("ask_how_it_felt", family), {"stop": felt.thread}, follow=True)
    told = answer.content.decode()
    assert "opens nothing any more" in told and "Take the link back" not in told
    assert Client().get(link).status_code == 410 and HowItFelt.objects.count() == 1


def test_it_is_on_record_who_in_the_family_read_it(people, family):
    worker, manager, *_ = people
    ready(family, worker)
    assessed.ask_for_sign_off(family=FamilyAssessment.current.get(), by=worker)
    assessed.sign_off(family=FamilyAssessment.current.get(), on=timezone.localdate(), by=manager)
    client = signed_in(worker)
    sent = client.post(
        address("share_assessment", family),
        {"with_whom": "Mum, Nadia", "on": f"{timezone.localdate():%d/%m/%Y}", "their_words": "Fair."},
    )
    assert sent.status_code == 302
    page = client.get(address("assessment", family)).content.decode()
    assert page.count("Mum, Nadia") == 1 and "Fair." in page  # of two children, told once


def test_a_need_plan_is_begun_met_about_and_ended_in_the_browser(people, family):
    worker, _, amira, _ = people
    client = signed_in(worker)
    offered = client.get(reverse("start_need_plan", args=[amira.pk]))
    assert offered.status_code == 200 and b"checked" not in offered.content
    client.post(reverse("start_need_plan", args=[amira.pk]), {"children": [amira.pk], "agreed_with": "Mum"})
    assert [plan.person for plan in ChildInNeedPlan.current.all()] == [amira]
    today = f"{timezone.localdate():%d/%m/%Y}"
    page = reverse("need_plan_meeting", args=[amira.pk])
    sent = client.post(page, {"on": today, f"each-{amira.pk}-decided": "Swimming"})
    assert sent.status_code == 302, sent.context["form"].errors
    assert NeedPlanMeeting.current.get().decided == "Swimming"
    client.post(reverse("end_need_plan", args=[amira.pk]), {"children": [amira.pk], "because": "All is well"})
    assert ChildInNeedPlan.current.get().ended_on == timezone.localdate()


def test_each_name_on_the_page_of_a_meeting_is_written_down_once(people, family):
    worker, _, amira, _ = people
    client = signed_in(worker)
    client.post(reverse("start_need_plan", args=[amira.pk]), {"children": [amira.pk], "agreed_with": "Mum"})
    shown = Entry.objects.filter(act="name_shown", person_id=amira.pk)
    for page in ("need_plan_meeting", "end_need_plan"):
        before = shown.count()
        assert client.get(reverse(page, args=[amira.pk])).status_code == 200
        assert shown.count() == before + 1


def test_a_manager_says_that_they_talked_it_through(people, family):
    worker, manager, amira, _ = people
    address_of = reverse("look_over", args=[amira.pk])
    assert signed_in(worker).get(address_of).status_code == 403
    signed_in(manager).post(address_of, {"on": f"{timezone.localdate():%d/%m/%Y}"})
    assert Assessment.current.get(person=amira).reviewed_on == timezone.localdate()


def test_the_work_is_given_and_handed_over_from_the_childs_page(people):
    worker, manager, amira, _ = people
    for who, words in ((manager, "Give the work to somebody"), (worker, "Hand the work over")):
        assert words in signed_in(who).get(reverse("story", args=[amira.pk])).content.decode()
    assert "Give the work" not in signed_in(worker).get(reverse("story", args=[amira.pk])).content.decode()


def test_a_child_with_an_assessment_of_their_own_joins_the_one_that_is_being_written(people):
    worker, _, amira, yusuf = people
    today = timezone.localdate()
    Relationship.objects.create(person=amira, other=yusuf, kind="sibling")
    receive_referral(
        children=[amira, yusuf], on=today, source="2A", primary_need="N1", is_no_further_action=False,
        by=worker,
    )  # fmt: skip
    family = assessed.assess_together(children=[amira], on=today, by=worker)
    start_assessment(children=[yusuf], on=today, by=worker)  # as a decision or an enquiry began it
    client, page = signed_in(worker), reverse("assess", args=[yusuf.pk])
    text = client.get(page).content.decode()
    assert "An assessment of Amira" in text and "Join that assessment" in text
    sent = client.post(page, {"join": family.thread})
    assert sent["Location"] == address("assessment", family)
    assert Assessment.current.filter(person=yusuf).count() == 1
    assert {part.person for part in queries.parts(family)} == {amira, yusuf}
    assert client.get(page)["Location"] == address("assessment", family)


def test_my_work_leads_to_the_assessment_that_is_due(people, family):
    worker, _, amira, _ = people
    line = next(one for one in due_for_people([amira.pk], timezone.now()) if one.clock == "AS-01")
    assert (line.act, line.url) == ("Go on with the assessment", reverse("assess", args=[amira.pk]))
    assert signed_in(worker).get(line.url)["Location"] == address("assessment", family)


def test_an_assessment_begun_by_an_enquiry_is_begun_to_be_written_and_not_gone_on_with(people, family):
    worker, manager, amira, _ = people
    ready(family, worker)
    signed_in(worker).post(address("ask_for_sign_off", family))
    read = address("read_assessment", family)
    form = signed_in(manager).get(read)
    signed_in(manager).post(read, {"decision": "authorise", "seen": seen_in(form)})
    clocks = [one.clock for one in due_for_people([amira.pk], timezone.now())]
    assert "AS-01" not in clocks
    start_urgently(children=[amira], suspected_harm="Hit again.", by=manager)
    line = next(one for one in due_for_people([amira.pk], timezone.now()) if one.clock == "AS-01")
    assert line.act == "Begin to write the assessment"
    page = signed_in(worker).get(line.url).content.decode()
    assert "a decision or an enquiry began an assessment on" in page
    assert "Start an assessment" not in page and "Start the assessment" not in page
    story = signed_in(worker).get(reverse("story", args=[amira.pk])).content.decode()
    assert "Nothing of it is written yet" in story and "Start an assessment" not in story
    client = signed_in(worker)
    sent = client.post(line.url, {"children": [amira.pk]}, follow=True)
    assert "Write the assessment here." in sent.content.decode()
    assert Assessment.current.filter(person=amira, authorised_on=None).count() == 1


def test_to_go_on_with_one_childs_is_another_line_than_to_begin_a_brothers(people):
    """An enquiry began a brother's while his sister's is being written: neither line hides the other."""
    worker, manager, amira, yusuf = people
    Relationship.objects.create(person=amira, other=yusuf, kind="sibling")
    receive_referral(
        children=[amira, yusuf], on=timezone.localdate(), source="2A", primary_need="N1",
        is_no_further_action=False, by=manager,
    )  # fmt: skip
    family = assessed.assess_together(children=[amira], on=timezone.localdate(), by=worker)
    begin_enquiry(children=[amira, yusuf], suspected_harm="Hit.", by=worker)
    lines = [one for one in due_for_people([amira.pk, yusuf.pk], timezone.now()) if one.clock == "AS-01"]
    grouped = together(lines, {amira.pk: 1, yusuf.pk: 1})
    assert {(one.line.act, one.person_ids) for one in grouped} == {
        ("Go on with the assessment", (amira.pk,)), ("Begin to write the assessment", (yusuf.pk,)),
    }  # fmt: skip
    client = signed_in(worker)
    [go_on] = [one.line.url for one in grouped if one.line.act == "Go on with the assessment"]
    assert client.get(go_on)["Location"] == address("assessment", family)
    [begin] = [one.line.url for one in grouped if one.line.act == "Begin to write the assessment"]
    assert "Join that assessment" in client.get(begin).content.decode()


def test_a_manager_who_reads_again_sees_why_it_went_back_and_what_changed(people, family):
    worker, manager, *_ = people
    ready(family, worker)
    writer, reader = signed_in(worker), signed_in(manager)
    writer.post(address("ask_for_sign_off", family))
    read = address("read_assessment", family)
    seen = seen_in(reader.get(read))
    reader.post(read, {"decision": "send_back", "because": "Ask dad", "seen": seen})
    form = writer.get(address("write_family", family))
    writer.post(address("write_family", family), {"worries": "Dad says he will stop", "seen": seen_in(form)})
    writer.post(address("ask_for_sign_off", family))
    page = reader.get(read)
    told = page.context["sent_back"]
    assert told.because == "Ask dad" and "Dad says he will stop" in [one.now for one in told.changed]
    assert "What was needed:" in page.content.decode() and "Ask dad" in page.content.decode()


def test_of_several_the_one_without_a_case_is_named_and_the_others_offered(people):
    worker, _, amira, yusuf = people
    Relationship.objects.create(person=amira, other=yusuf, kind="sibling")
    receive_referral(
        children=[amira], on=timezone.localdate(), source="2A", primary_need="N1",
        is_no_further_action=False, by=worker,
    )  # fmt: skip
    page = reverse("assess", args=[amira.pk])
    client = signed_in(worker)
    told = client.get(page).content.decode()
    assert "<strong>Yusuf Khan</strong>: no case is open" in told
    sent = client.post(page, {"children": [amira.pk, yusuf.pk]})
    assert sent.status_code == 422
    assert "Untick Yusuf Khan to start it for Amira Khan now." in sent.content.decode()


def names_on(page) -> list[str]:
    return re.findall(r"Write about (Amira|Yusuf)", page.content.decode())


def test_of_a_child_not_yet_born_the_pregnancy_is_asked_and_no_words_of_theirs(people, family):
    worker, _, amira, yusuf = people
    [part] = [one for one in queries.parts(family) if one.person_id == amira.pk]
    services.write_child(part=part, by=worker, words={"friends": "Nan knits."})
    expected = timezone.localdate() + timedelta(days=60)
    PersonDetails.objects.filter(person=amira).update(date_of_birth=None, expected_date_of_birth=expected)
    client = signed_in(worker)
    asked = client.get(reverse("write_child", args=[family.thread, amira.pk]))
    assert {"health", "care_of"} == asked.context["form"].fields.keys() & {
        one.section for one in sections(CHILD)
    }
    assert "The pregnancy" in (text := asked.content.decode()) and "Nobody has seen the mother yet" in text
    assert "Learning and school" in client.get(
        reverse("write_child", args=[family.thread, yusuf.pk])
    ).content.decode()  # fmt: skip
    read = client.get(reverse("childs_part", args=[family.thread, amira.pk])).content.decode()
    assert "Nan knits." in read and "Learning and school" not in read  # what stands there is not lost


def test_the_children_stand_in_one_order_whoever_was_written_about_last(people, family):
    worker, _, amira, _ = people
    PersonDetails.objects.filter(person=amira).update(date_of_birth=None)
    PersonDetails.objects.filter(person=amira).update(
        expected_date_of_birth=timezone.localdate() + timedelta(days=60)
    )
    client = signed_in(worker)
    assert names_on(client.get(address("assessment", family))) == ["Yusuf", "Amira"]  # the unborn last
    for part in queries.parts(family):
        services.write_child(part=part, by=worker, words={"life": "Busy"})
        assert names_on(client.get(address("assessment", family))) == ["Yusuf", "Amira"]


def see(worker, amira, yusuf, said=("", "")):
    write_visit(
        saw=[Saw(amira, "alone", own_words=said[0]), Saw(yusuf, "not_alone", own_words=said[1])],
        at=timezone.now(), how="in_person", what_happened="They drew.", by=worker,
    )  # fmt: skip


def test_it_says_of_each_child_whether_they_were_seen_alone(people, family):
    worker, _, amira, yusuf = people
    see(worker, amira, yusuf)
    page = signed_in(worker).get(address("assessment", family)).content.decode()
    on = long_date(timezone.localdate())
    assert f"Amira Khan</a>: Seen on {on}, alone;" in page
    assert f"Yusuf Khan</a>: Seen on {on}, not alone;" in page


def test_what_the_child_said_at_a_visit_is_used_at_one_press(people, family):
    worker, _, amira, yusuf = people
    see(worker, amira, yusuf, ("I like the cat", "Go away"))
    client, page = signed_in(worker), address("write_child", family, amira.pk)
    form = client.get(page)
    told = form.content.decode()
    assert "I like the cat" in told and "Go away" not in told
    (value,) = re.findall(r'name="all" value="(says:use:\d+)"', told)
    hidden = dict(re.findall(r'<input type="hidden" name="(draft_[^"]+)" value="([^"]*)"', told))
    sent = {**hidden, "seen": seen_in(form), "says": "She drew.", "all": value}
    filled = client.post(page, sent)
    assert filled.status_code == 200
    assert filled.context["form"]["says"].value() == "She drew.\nI like the cat"
    assert not ChildsPart.current.get(person=amira).words  # nothing is saved before it is sent
