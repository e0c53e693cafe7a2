"""A whole task's page, and one for families, in a real browser: clock, form, keys, and leaving at once."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.shortcuts import render
from django.urls import path

from kith.record.people.models import Allocation, PersonDetails, User
from kith.record.versions import supersede
from kith.web import urls
from kith.web.demo import make_demo_people
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.forms import PerChild, TaskForm, choice, moment, words
from kith.web.task_pages.public import public_page
from kith.web.tests.families import the_khans
from kith.web.who_may import anyone, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
SEEN = (("alone", "Seen alone"), ("not_alone", "Seen, not alone"), ("not_seen", "Not seen"))
TRIED_VISIT = draft_form("tried-visit", "A visit to try", page=lambda about: "/tried/")
ASKED = draft_form("tried-asking", "Asking, to try", page=lambda about: "/asked/", is_open=True)


class VisitForm(TaskForm):
    when = moment("When", is_filled=True)
    each = PerChild("Each child", for_all="seen", seen=choice("Was {name} seen?", SEEN, "Choose for {name}"))
    what = words("What happened?", "Write what happened")


class RingForm(TaskForm):
    know_before_ringing = words("Before you ring", "Write what to know")


class AskForm(TaskForm):
    what_would_help = words("What would help?", "Tell us what would help")
    how_and_when = words("How and when is it safe to reach you?", "Tell us how to reach you", rows=2)


@signed_in
def tried(request):
    born = date(2019, 3, 3)
    names = ("Amira Khan", "Yusuf Khan", "Sana Khan")
    children = [
        SimpleNamespace(person_id=pk, name=name, date_of_birth=born) for pk, name in enumerate(names, start=1)
    ]
    draft = with_draft(request, TRIED_VISIT)
    clocks = [SimpleNamespace(what="Visit", words="Due Thu, in 3 days", is_late=False, is_open=True)]
    return carry_out(
        request, draft.form(VisitForm, children=children), lambda said: None,
        page="kith/task.html", to="/keys/", said="The visit is saved.", draft=draft,
        context={"title": "Write the visit", "act": "Save the visit", "clocks": clocks},
    )  # fmt: skip


@signed_in
def ring(request, thread):
    fact = PersonDetails.current.get(thread=thread)
    form = RingForm(request.POST or None, seen=[fact])

    def save(said):
        return supersede(fact, by=request.user, expected=form.expected(fact), **said)

    context = {"title": "Before you ring", "act": "Save"}
    return carry_out(request, form, save, page="kith/task.html", to="/keys/", said="Kept.", context=context)


@anyone
def asked(request):
    draft = with_draft(request, ASKED)
    form = draft.form(AskForm)
    draft.keep()
    context = {"title": "You can ask for help here", "act": "Ask for help", "form": form, "draft": draft}
    return public_page(request, "kith/public.html", context)


@signed_in
def noted(request, person_id):
    return render(request, "kith/keys.html")


class WithThem:
    urlpatterns = [
        *urls.urlpatterns,
        path("tried/", tried),
        path("ring/<int:thread>/", ring),
        path("asked/", asked),
        path("child/<int:person_id>/note/", noted, name="add_note"),
    ]
    handler403, handler404 = urls.handler403, urls.handler404


@pytest.fixture
def there(settings):
    settings.ROOT_URLCONF = WithThem


def sign_in(page, demo, role="Social worker"):
    make_demo_people()
    page.goto(demo + "/")
    page.get_by_role("button", name=role).first.click()
    page.wait_for_url(demo + "/")


def fits(page):
    return not page.locator("html").evaluate("it => it.scrollWidth > window.innerWidth")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_tasks_page_holds_no_barrier_and_is_no_longer_than_one_scroll(there, demo, page, axe, size):
    page.set_viewport_size(size)
    sign_in(page, demo)
    page.goto(demo + "/tried/")
    axe(page)
    assert fits(page)
    if size == DESK:
        assert page.locator("html").evaluate("it => it.scrollHeight") <= 2 * DESK["height"]


def test_without_scripts_one_press_answers_for_all_and_the_form_is_sent_by_keyboard(
    there, demo, page_without_scripts, arrived
):
    page = page_without_scripts
    sign_in(page, demo)
    page.goto(demo + "/tried/")
    page.get_by_label("What happened?").fill("All three were at home")
    page.get_by_role("button", name="Seen alone for all three").click()
    arrived(page)
    assert page.locator('input[value="alone"]:checked').count() == 3
    assert page.get_by_label("What happened?").input_value() == "All three were at home"
    page.get_by_label("Time").focus()
    page.keyboard.press("Enter")  # in a box, Enter sends the form: it does not answer for all
    arrived(page)
    assert page.get_by_text("The visit is saved.").is_visible()


def test_two_who_write_the_same_pick_and_lose_nothing_without_scripts(
    there, demo, page_without_scripts, arrived
):
    page = page_without_scripts
    sign_in(page, demo)
    khans = the_khans(date.today())
    fact = PersonDetails.current.get(person=khans.amira)
    page.goto(f"{demo}/ring/{fact.thread}/")
    page.get_by_label("Before you ring").fill("Ring her aunt")
    supersede(fact, by=khans.worker, know_before_ringing="Ring nobody")
    page.get_by_role("button", name="Save").click()
    arrived(page)
    assert page.get_by_text("Ring nobody").is_visible()
    page.get_by_role("button", name="Save").click()
    arrived(page)
    page.get_by_role("link", name="Choose which to keep").click()
    page.get_by_label("Keep both, yours first").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    arrived(page)
    kept = PersonDetails.current.get(thread=fact.thread).know_before_ringing
    assert kept.split() == ["Ring", "her", "aunt", "Ring", "nobody"]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_page_for_families_holds_no_barrier(there, demo, page, axe, size):
    page.set_viewport_size(size)
    page.goto(demo + "/asked/")
    axe(page)
    assert fits(page)
    assert page.locator("body").evaluate("it => getComputedStyle(it).fontSize") == "19px"


@pytest.mark.parametrize("way", ["button", "escape"])
def test_leaving_shows_another_page_and_back_shows_nothing_that_was_typed(there, demo, page, way):
    page.route(
        "https://www.gov.uk/**", lambda route: route.fulfill(body="elsewhere", content_type="text/html")
    )
    page.goto(demo + "/health/")
    page.goto(demo + "/asked/")
    page.get_by_label("What would help?").fill("He hits me")
    if way == "button":
        page.get_by_role("button", name="Leave this page").click()
    else:
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    page.wait_for_url("https://www.gov.uk/")
    page.go_back()
    assert page.url == demo + "/health/"  # the page itself is no longer in the history
    page.goto(demo + "/asked/")
    assert page.get_by_label("What would help?").input_value() == ""


def test_the_key_n_goes_from_a_child_to_a_new_note(there, demo, page, arrived):
    sign_in(page, demo)
    khans = the_khans(date.today())
    worker = User.objects.get(name=page.locator(".kith-you summary").inner_text())
    Allocation.objects.create(person=khans.zara, worker=worker, started_on=date(2020, 1, 1))
    page.goto(f"{demo}/child/{khans.zara.pk}/")
    page.keyboard.press("n")
    page.wait_for_url(f"{demo}/child/{khans.zara.pk}/note/")
    page.keyboard.press("?")
    assert page.get_by_role("dialog").get_by_text("Add a note, on a child’s page").is_visible()
