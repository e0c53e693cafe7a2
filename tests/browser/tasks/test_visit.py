"""The counted task: a visit to three siblings, written on one screen from the child's page or My work."""

import pytest
from django.utils import timezone

from kith.record.people import services as people
from kith.record.people.models import Allocation, Role, User
from kith.record.protection.models import ProtectionPlan
from kith.record.visits.models import HowSeen, Seen, Visit
from kith.web.demo import make_demo_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS = {"lines": "4 Elm Road", "postcode": "NB1 4AA", "is_confidential": False}
WORDS = "Sana made tea. The flat was warm and there was food. Yusuf showed me his school book."


@pytest.fixture
def khans(demo, page):
    """Three sisters and brothers at home with their mother; the demonstration's social worker has them."""
    make_demo_people()
    worker = User.objects.filter(roles_held__role=Role.SOCIAL_WORKER).order_by("pk").first()
    manager = User.objects.filter(roles_held__role=Role.TEAM_MANAGER).order_by("pk").first()
    today = timezone.localdate()
    since = today - timezone.timedelta(days=8)
    children = []
    for name, years in (("Amira", 7), ("Yusuf", 5), ("Sana", 2)):
        born = today.replace(day=1, year=today.year - years)
        child = people.register_person(by=manager, given_names=name, family_name="Khan", date_of_birth=born)
        people.live_at(child, by=manager, started_on=since, **ADDRESS)
        Allocation.objects.create(person=child, worker=worker, started_on=since)
        ProtectionPlan.objects.create(person=child, started_on=since, initial_category="NEG")
        children.append(child)
    born = today.replace(day=1, year=today.year - 30)
    mother = people.register_person(by=manager, given_names="Nadia", family_name="Khan", date_of_birth=born)
    for child in children:
        people.relate(child, mother, by=manager, kind="mother")
        for other in children:
            if other.pk > child.pk:
                people.relate(child, other, by=manager, kind="sibling")
    page.goto(demo + "/")
    page.get_by_role("button", name="Social worker").first.click()
    page.wait_for_url(demo + "/")
    return children


def answer(page, child, seen):
    """The radio that says how a child was seen."""
    return page.locator(f"input[name=each-{child.pk}-seen][value={seen}]")


def test_a_visit_to_three_siblings_is_one_screen(khans, demo, page, counted, axe, arrived):
    amira, yusuf, sana = khans
    page.goto(f"{demo}/child/{amira.pk}/")
    task = counted("visit", children=3)
    task.begin(page.get_by_role("link", name="Write the visit").first)
    task.look("Save the visit")
    task.press(page.get_by_label("In person", exact=True))
    task.press(page.get_by_label("Nadia Khan"))
    task.press(answer(page, amira, "alone"))
    task.press(answer(page, yusuf, "alone"))
    task.press(answer(page, sana, "not_alone"))
    task.type(page.get_by_label("What happened", exact=True), WORDS)
    assert page.get_by_text("Saved").first.is_visible()  # the mark of the draft, while somebody types
    axe(page)
    task.press(page.get_by_role("button", name="Save the visit"))
    page.wait_for_url("**/visits/*/")  # what was being typed is kept first
    cost = task.cost()
    assert (cost.screens, cost.clicks) == (1, 7)
    made = Visit.current.get()
    how = {part.person_id: part.how_seen for part in Seen.current.filter(matter_thread=made.thread)}
    assert how == {
        amira.pk: HowSeen.ALONE,
        yusuf.pk: HowSeen.ALONE,
        sana.pk: HowSeen.NOT_ALONE,
    }
    assert made.what_happened == WORDS
    axe(page)
    page.goto("about:blank")  # nothing is asked any more when the database is emptied
    page.wait_for_timeout(500)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_of_visits_fit_and_have_no_barriers(khans, demo, page, axe, width):
    amira = khans[0]
    page.set_viewport_size({"width": width, "height": 800})
    for address in ("visit/", "note/", "visits/", "documents/", "documents/add/"):
        page.goto(f"{demo}/child/{amira.pk}/{address}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address


def test_a_visit_is_written_without_scripts(khans, demo, page, page_without_scripts):
    amira = khans[0]
    page = page_without_scripts
    page.goto(demo + "/")
    page.get_by_role("button", name="Social worker").first.click()
    page.goto(f"{demo}/child/{amira.pk}/visit/")
    page.get_by_role("button", name="All three bedrooms seen").click()
    page.get_by_label("In person", exact=True).check()
    page.get_by_label("Nobody else").check()
    for child in khans:
        answer(page, child, "alone").check()
    page.get_by_label("What happened", exact=True).fill(WORDS)
    page.get_by_role("button", name="Save the visit").last.click()
    assert Seen.current.filter(is_bedroom_seen=True).count() == 3
    assert Visit.current.get().was_nobody_else_there is True


def test_from_my_work_a_due_visit_opens_its_page(khans, demo, page):
    page.goto(demo + "/")
    link = page.get_by_role("link", name="Write the visit").first
    link.click()
    page.wait_for_url("**/visit/")
    assert page.get_by_role("button", name="Save the visit").first.is_visible()
