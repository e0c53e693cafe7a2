"""How a page does its act: done, refused, or met by what somebody else saved; nothing typed is lost."""

from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.utils import timezone

from kith.record.care.models import CareReview
from kith.record.people.models import Person, PersonDetails
from kith.record.refusals import NotAllowed, NotPossible
from kith.record.versions import enter_in_error, supersede
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.forms import PerChild, TaskForm, choice, words
from kith.web.task_pages.public import public_page
from kith.web.tests.families import user

pytestmark = pytest.mark.django_db
ASKED = "Ring her grandmother first."


class Ring(TaskForm):
    """Two fields of a person's details, so that two people can change the same or different ones."""

    know_before_ringing = words("Before you ring", "Write what to know")
    likes_to_be_called = words("Likes to be called", rows=1)
    first_language = choice("Language", [("Dari", "Dari"), ("Urdu", "Urdu")])


@pytest.fixture
def details():
    return PersonDetails.objects.create(person=Person.objects.create(), know_before_ringing=ASKED)


@pytest.fixture
def post(rf, client):
    """Sends the form about these details, as seen, and gives the answer."""

    worker = user("Wen Worker")

    def send(fact, do=None, **sent):
        form_sent = {"seen": Ring(seen=[fact])["seen"].value(), "know_before_ringing": "Typed", **sent}
        request = rf.post("/ring/", form_sent)
        one = worker if "draft_once" in sent else user(f"W {timezone.now().timestamp()}")
        request.user, request.session = one, client.session
        request._messages = FallbackStorage(request)
        form = Ring(request.POST, seen=[fact])

        def save(answers):
            return supersede(fact, by=request.user, expected=form.expected(fact), **answers)

        return carry_out(
            request, form, do or save, page="kith/task.html", to="/done/", said="Kept.",
            context={"title": "Before you ring", "act": "Save"},
        )  # fmt: skip

    return send


def text(answer):
    return answer.content.decode()


def now(fact):
    return PersonDetails.current.get(thread=fact.thread)


def theirs(fact, **changes):
    return supersede(fact, by=user("Sade Bankole"), **changes)


def test_what_is_done_leads_on(post, details):
    answer = post(details)
    assert (answer.status_code, answer["Location"]) == (302, "/done/")
    assert now(details).know_before_ringing == "Typed"


@pytest.mark.parametrize(
    "refusal, status",
    [(NotPossible("It is closed.", "Open it first."), 422), (NotAllowed("Only a manager may."), 403)],
)
def test_what_is_refused_keeps_what_was_typed_and_writes_nothing(post, details, refusal, status):
    def refuse(answers):
        supersede(details, by=None, **answers)
        raise refusal

    answer = post(details, refuse)
    assert answer.status_code == status
    assert str(refusal) in text(answer)
    assert "Typed" in text(answer)
    assert now(details).know_before_ringing == ASKED  # the half that was done is undone


def test_a_missing_answer_is_named_with_a_link_to_its_field(post, details):
    answer = post(details, know_before_ringing="")
    assert answer.status_code == 422
    assert '<a href="#id_know_before_ringing">Before you ring – Write what to know</a>' in text(answer)


def test_two_who_change_the_same_see_before_theirs_and_yours(post, details):
    theirs(details, know_before_ringing="Ring her aunt first.")
    answer = post(details)
    page = text(answer)
    assert answer.status_code == 409
    assert "Sade Bankole saved this" in page
    for said in (ASKED, "Ring her aunt first.", "Typed", "Keep both, yours first"):
        assert said in page
    assert "checked" not in page
    assert now(details).know_before_ringing == "Ring her aunt first."


@pytest.mark.parametrize(
    "pick, kept",
    [
        ("yours", "Typed"),
        ("theirs", "Ring her aunt first."),
        ("both", "Typed\n\nRing her aunt first."),
    ],
)
def test_what_is_picked_is_kept(post, details, pick, kept):
    newer = theirs(details, know_before_ringing="Ring her aunt first.")
    again = sent_again(post(details), **{"pick~know_before_ringing": pick})
    assert post(newer, **again).status_code == 302
    assert now(details).know_before_ringing.replace("\r\n", "\n") == kept


def test_saving_without_picking_asks_again_and_loses_nothing(post, details):
    newer = theirs(details, know_before_ringing="Ring her aunt first.")
    answer = post(newer, **sent_again(post(details)))
    assert answer.status_code == 409
    assert "Choose which to keep" in text(answer)
    for said in (ASKED, "Ring her aunt first.", "Typed"):
        assert said in text(answer)
    picked = sent_again(answer, **{"pick~know_before_ringing": "yours"})
    assert post(newer, **picked).status_code == 302
    assert now(details).know_before_ringing == "Typed"


def test_a_third_who_saves_meanwhile_is_met_as_well(post, details):
    newer = theirs(details, know_before_ringing="Ring her aunt first.")
    again = sent_again(post(details), **{"pick~know_before_ringing": "yours"})
    supersede(newer, by=None, know_before_ringing="Ring nobody.")
    answer = post(newer, **again)
    assert answer.status_code == 409
    assert "Ring nobody." in text(answer)


def test_what_only_they_changed_stays_theirs_and_is_said(post, details):
    newer = theirs(details, likes_to_be_called="Mimi", first_language="Urdu")
    answer = post(details)
    assert answer.status_code == 409
    assert "They also changed" in text(answer)
    assert "Mimi" in text(answer)
    post(newer, **sent_again(answer))
    kept = now(details)
    assert (kept.know_before_ringing, kept.likes_to_be_called, kept.first_language) == (
        "Typed",
        "Mimi",
        "Urdu",
    )


def test_what_they_took_away_leaves_yours_to_be_copied(post, details):
    enter_in_error(details, because="Another child")
    answer = post(details)
    assert answer.status_code == 409
    assert "Typed" in text(answer)
    assert '<form method="post" novalidate>' not in text(answer)


def test_what_a_clash_quotes_is_shown_as_words(post, details):
    theirs(details, know_before_ringing="<script>alert(1)</script>")
    assert "<script>alert" not in text(post(details))


def test_a_clash_about_one_child_keeps_what_was_typed_of_the_others(rf, client):
    first, other = (
        CareReview.objects.create(
            person=Person.objects.create(), held_on=date(2026, 3, 3), participation="PN1"
        )
        for _ in range(2)
    )

    class Reviews(TaskForm):
        each = PerChild("Each", participation=words("{name}", rows=1))

    facts = [first, other]
    children = [_shown(fact.person_id) for fact in facts]
    supersede(first, by=None, participation="PN2")
    sent = {f"each-{fact.person_id}-participation": f"PN{6 + n}" for n, fact in enumerate(facts)}
    request = rf.post("/", {"seen": Reviews(seen=facts)["seen"].value(), **sent})
    request.user, request.session = user("Ada"), client.session
    request._messages = FallbackStorage(request)
    form = Reviews(request.POST, children=children, seen=facts)

    def save(answers):
        for fact in (other, first):
            supersede(fact, by=None, expected=form.expected(fact), **answers["each"][fact.person_id])

    page = text(carry_out(request, form, save, page="kith/task.html", to="/", said=""))
    assert "PN2" in page
    assert f'name="each-{other.person_id}-participation" value="PN7"' in page
    assert f"pick~each-{first.person_id}-participation" in page
    assert f"pick~each-{other.person_id}" not in page
    assert CareReview.current.get(thread=other.thread).participation == "PN1"  # all of it or nothing


def _shown(pk):
    class Child:
        person_id, name, date_of_birth = pk, f"Child{pk} Khan", timezone.localdate() - timedelta(days=900)

    return Child()


def test_what_was_refused_is_kept_as_a_draft_and_a_form_sent_twice_is_done_once(rf, client):
    ring = draft_form("ring-of-a-test", "Before you ring", page=lambda about: "/ring/")
    worker, done = user("Sade Bankole"), []

    def send(refused=False, **sent):
        request = rf.post("/ring/", {"know_before_ringing": "Typed", **sent})
        request.user, request.session = worker, client.session
        request._messages = FallbackStorage(request)
        draft = with_draft(request, ring)

        def save(answers):
            if refused:
                raise NotPossible("It is closed.")
            done.append(answers["know_before_ringing"])

        form = draft.form(Ring)
        context = {"title": "Before you ring", "act": "Save"}
        return draft, carry_out(
            request,
            form,
            save,
            page="kith/task.html",
            to="/done/",
            said="Kept.",
            draft=draft,
            context=context,
        )

    draft, answer = send(refused=True)
    assert answer.status_code == 422
    assert draft.saved_at is not None
    assert f'name="draft_key" value="{draft.key}"' in text(answer)
    for _ in range(2):
        _, answer = send(draft_key=draft.key, draft_revision=str(draft.revision))
        assert answer["Location"] == "/done/"
    assert done == ["Typed"]


def test_a_family_page_is_kept_nowhere_and_leads_nowhere(rf, client):
    request = rf.get("/")
    request.user, request.session = user("Somebody"), client.session
    request._messages = FallbackStorage(request)
    answer = public_page(request, "kith/public.html", {"title": "Ask for help", "act": "Ask for help"})
    assert answer["Cache-Control"] == "private, no-store"
    assert "999" in text(answer)
    assert "Leave this page" in text(answer)
    assert "<nav" not in text(answer)
    assert "Somebody" not in text(answer)  # even where a worker shows it


def sent_again(answer, **picks):
    """What the clash page sends when its button is pressed."""

    class Inputs(HTMLParser):
        def __init__(self):
            super().__init__()
            self.found = {}

        def handle_starttag(self, tag, attrs):
            each = dict(attrs)
            if tag == "input" and each.get("type") == "hidden" and each["name"] != "csrfmiddlewaretoken":
                self.found.setdefault(each["name"], []).append(each.get("value") or "")

    inputs = Inputs()
    inputs.feed(text(answer))
    return {**inputs.found, **picks}


def test_a_form_without_a_draft_sent_twice_is_done_once_and_leads_to_the_same_page(post, details):
    with_key = {"draft_once": "k" * 32}
    assert post(details, **with_key)["Location"] == "/done/"
    again = post(details, **with_key)
    assert again.status_code == 302 and again["Location"] == "/done/"
    assert PersonDetails.objects.filter(thread=details.thread).count() == 2


def test_a_form_gone_back_to_and_sent_with_other_words_is_another_act(post, details):
    done, with_key = [], {"draft_once": "k" * 32}
    for typed in ("First", "Second"):
        answer = post(
            details, lambda answers: done.append(answers["know_before_ringing"]),
            know_before_ringing=typed, **with_key,
        )  # fmt: skip
        assert answer["Location"] == "/done/"
    assert done == ["First", "Second"]


def test_what_was_refused_may_be_sent_again_by_the_same_key(post, details):
    def refuse(answers):
        raise NotPossible("It is closed.")

    with_key = {"draft_once": "k" * 32}
    assert post(details, refuse, **with_key).status_code == 422
    assert post(details, **with_key)["Location"] == "/done/"
