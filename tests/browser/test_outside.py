"""Harm outside the home in a real browser: missing and back, something of concern, a panel, and the map."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.record.outside import services
from kith.record.people.models import (
    Allocation,
    Membership,
    Person,
    PersonDetails,
    PersonName,
    Team,
    User,
)
from kith.web.demo import make_demo_people
from kith.web.demo_outside import live_outside_the_home

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
WORKER, MANAGER = "Social worker", "Team manager"


def young_person(name, team, worker):
    ago = timezone.localdate() - timedelta(days=9)
    person = Person.objects.create()
    born = timezone.localdate() - timedelta(days=15 * 366)
    PersonDetails.objects.create(person=person, date_of_birth=born)
    PersonName.objects.create(person=person, given_names=name, family_name="Khan")
    Allocation.objects.create(person=person, worker=worker, team=team, started_on=ago)
    return person


@pytest.fixture
def young_people(settings):
    """Amira and Yusuf, with the demonstration's worker; her manager manages the team."""
    settings.DEMO = True
    make_demo_people()
    team, ago = Team.objects.create(name="Assessment east"), timezone.localdate() - timedelta(days=9)
    worker, manager = (
        User.objects.filter(roles_held__role=role).first() for role in ("social_worker", "team_manager")
    )
    Membership.objects.create(user=worker, team=team, started_on=ago)
    Membership.objects.create(user=manager, team=team, is_manager=True, started_on=ago)
    return [young_person(name, team, worker) for name in ("Amira", "Yusuf")]


@pytest.fixture
def looks_right(axe):
    """Checks a page at phone and desk width: no barrier, and nothing runs off its side."""

    def check(page):
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            axe(page)
            assert not page.locator("html").evaluate("it => it.scrollWidth > window.innerWidth"), page.url

    return check


def sign_in(page, demo, role):
    page.goto(demo + "/")
    page.get_by_role("button", name=role).first.click()
    page.wait_for_url(demo + "/")


def write_moment(page, at):
    local = timezone.localtime(at)
    page.locator("#id_at_day, [name=at_day]").first.fill(f"{local:%d/%m/%Y}")
    page.locator("#id_at_time, [name=at_time]").first.fill(f"{local:%H:%M}")


def test_missing_and_back_by_keyboard_without_scripts(demo, page_without_scripts, young_people):
    page = page_without_scripts
    sign_in(page, demo, WORKER)
    page.goto(f"{demo}/child/{young_people[0].pk}/missing/")
    assert page.locator("input:checked").count() == 0
    write_moment(page, timezone.now() - timedelta(hours=3))
    with page.expect_navigation():
        page.get_by_role("button", name="Save that Amira Khan is missing").last.focus()
        page.keyboard.press("Enter")
    page.get_by_role("link", name="Say that they came back").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Save that Amira Khan came back").last.focus()
        page.keyboard.press("Enter")
    assert page.get_by_text("It is on record that they came back.").is_visible()


def test_something_of_concern_a_panel_and_the_map(demo, page, looks_right, young_people, tmp_path):
    amira, yusuf = young_people
    sign_in(page, demo, WORKER)
    page.get_by_role("link", name="Outside the home").click()
    page.get_by_role("button", name="Write something down").click()
    page.get_by_role("button", name="Write it down").last.wait_for()
    looks_right(page)
    assert page.locator("input:checked").count() == 0
    page.get_by_label("A place").check()
    page.get_by_label("What do young people call it?").fill("The arcade by the station")
    page.get_by_label("It is said; nobody we know has seen it").check()
    page.get_by_label("Since when is it known?").fill("3/3/2026")
    page.get_by_role("button", name="Write it down").last.click()
    page.get_by_role("heading", name="The arcade by the station").wait_for()
    looks_right(page)
    worker = User.objects.filter(roles_held__role="social_worker").first()
    arcade = services.queries.concerns()[0]
    for child, tie in ((amira, "harmed"), (amira, "causes_harm"), (yusuf, "goes_there")):
        services.link_young_person(
            concern=arcade, child=child, tie=tie, how_known="rumour",
            since=timezone.localdate() - timedelta(days=5), by=worker,
        )  # fmt: skip
    for part in ("", "link/", "screen/", "plan/", "panel/", "national/"):
        page.goto(f"{demo}/child/{amira.pk}/outside/{part}")
        looks_right(page)
    page.goto(f"{demo}/child/{amira.pk}/missing/")
    looks_right(page)
    live_outside_the_home(worker, [amira, yusuf])  # with a step that runs out, and a time missing
    jay = next(one for one in services.queries.concerns() if one.kind == "adult")
    [step], [link] = (
        services.queries.steps_against([jay.thread])[jay.thread],
        services.queries.between([jay.thread]),
    )
    for address in (
        "", f"child/{amira.pk}/", f"child/{amira.pk}/outside/", f"outside/{jay.thread}/",
        f"outside/{jay.thread}/step/{step.thread}/", f"outside/{jay.thread}/with/{link.thread}/over/",
    ):  # fmt: skip
        page.goto(f"{demo}/{address}")
        looks_right(page)
    page.goto(f"{demo}/child/{amira.pk}/")
    assert page.get_by_text("linked to 2 places and 1 adult").is_visible()
    page.context.clear_cookies()
    sign_in(page, demo, MANAGER)
    page.goto(f"{demo}/child/{amira.pk}/outside/map/")
    page.get_by_role("heading", name="Map around Amira Khan").wait_for()
    looks_right(page)
    assert page.locator(".kith-map__line--rumour").count() == 3
    for name, size in (("phone", PHONE), ("desk", DESK)):
        page.set_viewport_size(size)
        page.screenshot(path=tmp_path / f"map-{name}.png", full_page=True)
    page.emulate_media(media="print")
    assert not page.locator(".kith-map").is_visible()  # never printed
    assert page.get_by_text("This map is not printed.").is_visible()
