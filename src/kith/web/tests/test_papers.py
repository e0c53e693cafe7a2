"""Plans, assessments, decisions, conferences and notes on paper: what each copy holds, and for whom it is."""

import re
from copy import deepcopy
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.record.access.services import place_restriction
from kith.record.assessment import services as assessing
from kith.record.assessment.models import ChildsPart, FamilyAssessment, Stage
from kith.record.audit.models import Entry
from kith.record.chronology.entering import enter_matter
from kith.record.frontdoor.models import DecidedFor, Decision, Message, Reply
from kith.record.pathway import assessed
from kith.record.people import services as people
from kith.record.people.models import Relationship, Role
from kith.record.planning import services as planning
from kith.record.protection.models import Conference, ConferenceOf, Invited
from kith.record.visits import services as visits
from kith.record.visits.services import About, Saw
from kith.web import pdf
from kith.web.letters import replies, views
from kith.web.letters.holding_back import without_places, without_words
from kith.web.tests.families import HOSTILE, the_okoros, user

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(scope="module")
def okoros_once(module_db):
    family = the_okoros(TODAY)
    Relationship.current.filter(person=family.ada, other=family.mother).update(
        has_parental_responsibility=True
    )
    return family


@pytest.fixture
def okoros(okoros_once, db):
    return deepcopy(okoros_once)


@pytest.fixture
def client(client, okoros, monkeypatch):
    """Ruth, who works with all of them; a paper comes as the page it is set from."""
    monkeypatch.setattr(views, "can_make_pdf", lambda: False)
    client.force_login(okoros.worker, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def plan(okoros):
    made = planning.start_plan(
        kind="child_in_need", basis="section_17", people=[okoros.ada, okoros.ben], on=TODAY, by=okoros.worker,
        agreed_with="Grace", review_on=TODAY + timedelta(days=40),
    )  # fmt: skip
    goal = planning.set_goal(plan=made, what="Everybody sleeps", by=okoros.worker)
    planning.add_action(plan=made, goal=goal, what="Get a bed", owner_in_words="Mum", by=okoros.worker)
    for child in (okoros.ada, okoros.ben):
        planning.add_action(
            plan=made, what=f"Alone with {child.pk}", owner=okoros.worker, only_for=child, by=okoros.worker
        )
    return made


def page(client, okoros, kind, thread, child=None):
    return client.get(reverse("letter", args=[(child or okoros.ada).pk, kind, thread]))


def made(client, okoros, kind, thread, to, **more):
    """The paper as it is made; `to` is somebody of the family, or None for the record."""
    said = {"to": str(to.pk) if to else "record", "way": "in_person", "has_looked": "on"} | more
    return client.post(reverse("letter", args=[okoros.ada.pk, kind, thread]), said)


def words(answer):
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def test_a_plan_holds_what_is_for_all_and_this_childs_own(client, okoros, plan):
    text = words(made(client, okoros, "plan", plan.thread, okoros.ada))
    assert "Everybody sleeps" in text and "Get a bed Mum" in text
    assert f"Alone with {okoros.ada.pk}" in text and f"Alone with {okoros.ben.pk}" not in text
    assert "1 part is not in this copy. You can ask Ruth Adeyemi why." in text


def test_a_childs_own_lines_go_to_who_is_responsible_and_to_no_other_grown_up(client, okoros, plan):
    assert f"Alone with {okoros.ada.pk}" in words(made(client, okoros, "plan", plan.thread, okoros.mother))
    father = words(made(client, okoros, "plan", plan.thread, okoros.father))
    assert f"Alone with {okoros.ada.pk}" not in father and "Get a bed" in father
    assert "2 parts are not in this copy" in father


def test_the_familys_own_words_stand_first_and_a_childs_only_where_they_may_be_read(client, okoros, plan):
    for may_read, said in (("no", "Kept word"), ("yes", "Told word")):
        visits.write_note(
            about=[About(okoros.ada, own_words=said, may_family_read=may_read)],
            at=timezone.now(), kind="childs_words", by=okoros.worker,
        )  # fmt: skip
    text = words(made(client, okoros, "plan", plan.thread, okoros.mother))
    assert "Kept word" not in text
    assert text.index("Told word") < text.index("Everybody sleeps")
    assert "Told word" not in words(made(client, okoros, "plan", plan.thread, okoros.father))


def test_where_one_on_the_plan_is_kept_from_the_worker_no_shared_line_goes_out(client, okoros, plan):
    place_restriction(
        okoros.ben, by=okoros.manager, kind="hidden_address", reason="Hidden", custodian=okoros.custodian
    )
    text = words(made(client, okoros, "plan", plan.thread, okoros.mother))
    assert "Get a bed" not in text and "Ben" not in text
    assert f"Alone with {okoros.ada.pk}" in text


@pytest.mark.parametrize("kind", ["family_help", "protection", "outside"])
def test_a_plan_of_every_kind_is_set_by_the_one_renderer(client, okoros, kind):
    by = user("Every Power", *Role)
    made_plan = enter_matter(
        planning.Plan(kind=kind, started_on=TODAY),
        [planning.Planned(person=okoros.ada, kind=kind, started_on=TODAY)],
        by=by,
        act="start_plan",
    )
    assert "Since" in words(made(client, okoros, "plan", made_plan.thread, None))


def test_a_hidden_address_is_held_back_from_the_family_however_it_is_written(client, okoros, plan):
    people.live_at(
        okoros.mother, by=okoros.manager, lines="1 Hidden Way", postcode="NB9 9ZZ", is_confidential=True,
        started_on=TODAY,
    )  # fmt: skip
    planning.add_action(
        plan=plan, what="Fetch her from 1 hidden  way, NB99ZZ", owner_in_words="Nan", by=okoros.worker
    )
    text = words(made(client, okoros, "plan", plan.thread, okoros.father))
    assert "hidden" not in text.lower() and "NB9" not in text and "(address held back)" in text
    assert "NB99ZZ" in words(made(client, okoros, "plan", plan.thread, None))


def test_no_tag_of_the_page_is_touched_by_what_is_held_back():
    html = '<p class="Mill Lane">At Mill Lane, &quot;O&#x27;Neill&quot; &amp; co</p>'
    assert without_places(html, ["Mill Lane"]) == html.replace(">At Mill Lane", ">At (address held back)")
    assert "(held back)" in without_words(html, ["O'Neill"])


def test_words_named_by_who_prints_it_are_held_back_and_a_slip_is_refused(client, okoros, plan):
    text = words(made(client, okoros, "plan", plan.thread, okoros.mother, hold_back="get a bed\n"))
    assert "Get a bed" not in text and "(held back)" in text
    answer = made(client, okoros, "plan", plan.thread, okoros.mother, hold_back="Get a bad")
    assert answer.status_code == 422
    assert "stands nowhere in this paper" in answer.content.decode()


@pytest.fixture
def family(okoros):
    """An assessment of Ada and Ben, with a word in each part of it."""
    begun = assessed.assess_together(children=[okoros.ada, okoros.ben], on=TODAY, by=okoros.worker)
    begun = assessing.write_family(
        family=begun, words={"worries": "Ben and Ada worry. Neighbourword", "going_well": "Wellword"},
        by=okoros.worker,
    )  # fmt: skip
    for part in ChildsPart.current.filter(matter_thread=begun.thread):
        own = "ada" if part.person_id == okoros.ada.pk else "ben"
        ChildsPart.objects.filter(pk=part.pk).update(
            words={"says": f"{own}says", "health": f"{own}health"}, factors=["3A"], next_step="close",
            next_step_because=f"{own}because",
        )  # fmt: skip
    FamilyAssessment.objects.filter(pk=begun.pk).update(stage=Stage.AUTHORISED)
    return begun


def test_an_assessment_for_the_family_holds_one_child_and_what_was_let_in(client, okoros, family):
    text = words(made(client, okoros, "assessment", family.thread, okoros.mother))
    assert "adahealth" in text and "Neighbourword" in text and "adabecause" in text
    assert "ben" not in text.lower().replace("benefit", "")
    assert "(name held back) and Ada worry" in text
    assert "adasays" not in text and "What was found" not in text
    assert "3 parts are not in this copy" in text
    text = words(
        made(
            client,
            okoros,
            "assessment",
            family.thread,
            okoros.mother,
            let_in=["says"],
            leave_out=["family-worries"],
        )
    )
    assert "adasays" in text and "Neighbourword" not in text and "Wellword" in text


def test_a_parent_of_both_reads_both_names_and_neither_brothers_part(client, okoros, family):
    Relationship.current.filter(person=okoros.ben, other=okoros.mother).update(
        has_parental_responsibility=True
    )
    text = words(made(client, okoros, "assessment", family.thread, okoros.mother))
    assert "Ben and Ada worry" in text and "benhealth" not in text and "bensays" not in text


def test_an_assessment_that_no_manager_authorised_goes_to_nobody_of_the_family(client, okoros, family):
    FamilyAssessment.objects.filter(pk=family.pk).update(stage=Stage.ASKED)
    text = page(client, okoros, "assessment", family.thread).content.decode()
    assert "No manager has authorised this assessment yet." in text
    assert made(client, okoros, "assessment", family.thread, okoros.mother).status_code == 422
    assert "adasays" in words(made(client, okoros, "assessment", family.thread, None))


@pytest.fixture
def decide(okoros):
    def decided(code):
        message = enter_matter(
            Message(
                received_at=timezone.now(), way="phone", what_was_said="Tellersword", teller_name="Tellername"
            ),
            by=okoros.worker, act="receive_message",
        )  # fmt: skip
        decision = Decision(
            message_thread=message.thread, decided_at=timezone.now(), decided_by=okoros.manager,
            decision=code, reason="Reasonword of Ben",
        )  # fmt: skip
        parts = [
            DecidedFor(person=child, concerned_thread=1, decision=code, decided_on=TODAY)
            for child in (okoros.ada, okoros.ben)
        ]
        return enter_matter(decision, parts, by=okoros.manager, act="decide_contact")

    return decided


def test_a_decision_tells_the_family_what_and_never_who_told_us(client, okoros, decide):
    decision = decide("help")
    text = words(made(client, okoros, "decision", decision.thread, okoros.mother))
    assert "We offer you help" in text
    for kept in ("Tellersword", "Tellername", "Reasonword", "Ben"):
        assert kept not in text
    text = words(made(client, okoros, "decision", decision.thread, okoros.mother, let_in=["reason"]))
    assert "Reasonword of (name held back)" in text


def test_a_strategy_discussion_is_told_to_nobody_by_letter(client, okoros, decide):
    decision = decide("strategy")
    assert "tell them in person" in page(client, okoros, "decision", decision.thread).content.decode()
    assert made(client, okoros, "decision", decision.thread, okoros.mother).status_code == 422


@pytest.fixture
def conference(okoros):
    def arranged(**more):
        one = Conference(kind="initial", planned_for=timezone.now(), room="Room 4", **more)
        parts = [
            ConferenceOf(
                person=child,
                held_on=TODAY,
                decision="plan",
                category="NEG",
                why=f"{name}why",
                child_said=f"{name}said",
            )
            for child, name in ((okoros.ada, "ada"), (okoros.ben, "ben"))
        ]
        return enter_matter(one, parts, by=okoros.manager, act="convene_conference")

    return arranged


def test_a_conferences_decision_is_one_childs(client, okoros, conference):
    held = conference(state="held", held_at=timezone.now(), said="Ben was asked after")
    text = words(made(client, okoros, "conference", held.thread, okoros.mother))
    assert "A protection plan" in text and "adawhy" in text and "benwhy" not in text
    assert "(name held back) was asked after" in text and "adasaid" not in text
    assert "If you do not agree" in text


def test_what_a_conference_said_of_a_child_kept_from_the_worker_goes_out_in_no_copy(
    client, okoros, conference
):
    held = conference(state="held", held_at=timezone.now(), said="Sharedword")
    place_restriction(
        okoros.ben, by=okoros.manager, kind="hidden_address", reason="Hidden", custodian=okoros.custodian
    )
    for whom in (okoros.mother, None):
        text = words(made(client, okoros, "conference", held.thread, whom))
        assert "Sharedword" not in text and "adawhy" in text


def test_an_invitation_is_for_the_one_who_was_told_in_person(client, okoros, conference):
    planned = conference()
    invited = enter_matter(
        Invited(conference_thread=planned.thread, name="Grace Okoro", relative=okoros.mother),
        by=okoros.manager, act="ask_to_conference",
    )  # fmt: skip
    assert page(client, okoros, "invitation", invited.thread).status_code == 404
    Invited.objects.filter(pk=invited.pk).update(told_on=TODAY, told_by="Ruth")
    assert "Room 4" in words(made(client, okoros, "invitation", invited.thread, okoros.mother))
    assert made(client, okoros, "invitation", invited.thread, okoros.father).status_code == 422


def test_a_note_goes_out_without_the_private_line_and_what_a_third_party_told(client, okoros):
    note = visits.write_note(
        about=[About(okoros.ada, private_line="Lineword"), About(okoros.ben)], at=timezone.now(), kind="call",
        words="Spoke of Ben", with_whom="Mrs Neighbour", by=okoros.worker,
    )  # fmt: skip
    text = words(made(client, okoros, "note", note.thread, okoros.mother))
    assert "Spoke of (name held back)" in text and "Lineword" not in text
    told = visits.write_note(
        about=[About(okoros.ada)], at=timezone.now(), kind="call", words="Tellword", by=okoros.worker,
        with_whom="Mrs Neighbour", is_from_third_party=True,
    )  # fmt: skip
    text = words(made(client, okoros, "note", told.thread, okoros.mother))
    assert "Tellword" not in text and "Neighbour" not in text


def test_the_papers_of_a_child_are_listed_with_what_went_out(client, okoros, plan):
    visit = visits.write_visit(
        saw=[Saw(okoros.ada, "alone")], at=timezone.now(), how="in_person", what_happened="Met",
        by=okoros.worker,
    )  # fmt: skip
    listed = reverse("letters", args=[okoros.ada.pk])
    text = client.get(listed).content.decode()
    assert reverse("letter", args=[okoros.ada.pk, "plan", plan.thread]) in text
    assert reverse("letter", args=[okoros.ada.pk, "visit", visit.thread]) in text
    assert "No paper about" in text
    made(client, okoros, "plan", plan.thread, okoros.mother, way="letter", because="The court asked")
    text = client.get(listed).content.decode()
    assert "Grace Okoro" in text and "The court asked" in text and "Ruth Adeyemi" in text
    entry = Entry.objects.get(act="letter_made")
    assert entry.about["left_out"] == ["What is for another child alone."]


def test_no_paper_of_another_childs_is_found_here(client, okoros, plan, family, decide):
    for kind, thread in (
        ("plan", plan.thread),
        ("assessment", family.thread),
        ("decision", decide("help").thread),
    ):
        assert page(client, okoros, kind, thread, okoros.chi).status_code == 404


def test_hostile_words_stay_words(client, okoros, plan):
    planning.add_action(plan=plan, what=HOSTILE, owner_in_words=HOSTILE, by=okoros.worker)
    for answer in (
        page(client, okoros, "plan", plan.thread),
        made(client, okoros, "plan", plan.thread, okoros.mother),
    ):
        assert HOSTILE not in answer.content.decode() and "&lt;script&gt;" in answer.content.decode()


@pytest.mark.skipif(not pdf.can_make_pdf(), reason="WeasyPrint's libraries are not on this machine")
def test_a_page_is_numbered_and_two_lines_more_make_no_page_more():
    full = next(lines for lines in range(20, 200) if len(pdf._laid_out(_page(lines), "Foot", "").pages) == 2)
    assert len(pdf.well_set(_page(full), "Foot").pages) == 1  # a little too long for one: set a little closer
    assert len(pdf.well_set(_page(full * 2), "Foot").pages) == 2


def _page(lines):
    body = "".join(f"<p>Line {number}</p>" for number in range(lines))
    style = '<link rel="stylesheet" href="/static/kith/paper.css">'
    letter = f'<div class="kith-letter kith-letter--family"><h1>Paper</h1>{body}</div>'
    return f'<html lang="en-GB"><head><title>Paper</title>{style}</head><body>{letter}</body></html>'


def test_a_reply_goes_out_as_a_letter_with_its_words_alone_and_that_is_written_down(okoros, monkeypatch):
    monkeypatch.setattr(replies, "can_make_pdf", lambda: False)
    duty = user("Dee Duty", Role.DUTY_WORKER, phone="01632 960000")
    reply = enter_matter(
        Reply(
            message_thread=1,
            words="Dear Nan,\nThank you.",
            sent_to="nan@example.test",
            sent_at=timezone.now(),
        ),
        by=duty,
        act="reply_to_teller",
    )
    client, address = Client(), reverse("reply_paper", args=[reply.thread])
    client.force_login(duty, backend="django.contrib.auth.backends.ModelBackend")
    text = words(client.get(address))
    assert "Dear Nan, Thank you. Dee Duty, 01632 960000" in text and "nan@example" not in text
    assert Entry.objects.filter(act="reply_printed", actor_id=duty.pk).count() == 1
    client.force_login(user("Ann Analyst", Role.ANALYST), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code == 403
