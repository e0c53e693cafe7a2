"""The counting itself: one task that has been there long, counted; and what the count must not let pass."""

import json

import pytest
from counting import Cost, Task, limits, passed, write

from kith.record.access.models import BreakGlass
from kith.record.people.models import Person, PersonName
from kith.web.demo import make_demo_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def closed(demo, page):
    """A closed record, met by a social worker who does not work with the child."""
    make_demo_people()
    child = Person.objects.create()
    PersonName.objects.create(person=child, given_names="Amira", family_name="Khan")
    page.goto(demo + "/")
    page.get_by_role("button", name="Social worker").first.click()
    page.wait_for_url(demo + "/")
    page.goto(f"{demo}/child/{child.pk}/")
    return child


def test_opening_a_closed_record_for_a_reason(closed, page, counted):
    task = counted("break_glass")
    task.begin(page.get_by_role("link", name="Say why you need to open it now"))
    task.look("Open the record")
    task.type(page.get_by_label("Why do you need to open this record?"), "Police have brought her in")
    task.type(page.get_by_label("For how many hours?"), "2")
    task.press(page.get_by_role("button", name="Open the record"))
    assert BreakGlass.objects.get().person == closed  # done once: the forms sent away wrote nothing
    cost = task.cost()
    assert (cost.screens, cost.required, cost.clicks) == (1, ["hours", "reason"], 2)


def test_a_page_that_calls_too_little_required_is_found_out(closed, page, counted):
    task = Task("break_glass", page, lambda page: page.wait_for_load_state())
    task.begin(page.get_by_role("link", name="Say why you need to open it now"))
    page.locator("#id_hours").evaluate("box => box.removeAttribute('required')")
    with pytest.raises(AssertionError, match="the page says"):
        task.look("Open the record")


def test_a_page_that_comes_back_with_a_complaint_is_one_more_screen(closed, page, arrived):
    task = Task("break_glass", page, arrived)
    task.begin(page.get_by_role("link", name="Say why you need to open it now"))
    task.press(page.get_by_role("button", name="Open the record"))
    task.type(page.get_by_label("Why do you need to open this record?"), "Police have brought her in")
    assert task.cost().screens == 2


def test_what_is_over_its_limit_is_said():
    cost = {
        "screens": 2,
        "required": ["x"] * 10,
        "fields": [],
        "clicks": 13,
        "children": 3,
    }
    assert passed(cost, limits()["contact"]) == ["10 required fields, at most 8", "13 clicks, at most 12"]


@pytest.mark.parametrize("required, is_over", [(9, False), (10, True)])
def test_a_visit_may_ask_one_field_more_of_each_child(required, is_over):
    cost = {"screens": 1, "required": ["x"] * required, "fields": [], "clicks": 9, "children": 3}
    assert bool(passed(cost, limits()["visit"])) is is_over


def test_what_each_task_cost_is_added_to_the_runs_file(tmp_path):
    for name in ("contact", "visit"):
        write(Cost(name, 1, ["a"], ["a"], 2, 1), tmp_path)
    assert set(json.loads((tmp_path / "tasks.json").read_text())) == {"contact", "visit"}


def test_choosing_from_a_list_is_two_clicks(closed, page, arrived):
    page.set_content("<select id=a><option>one<option>two</select>")
    task = Task("x", page, arrived)
    task.choose(page.locator("#a"), "two")
    assert task.cost().clicks == 2
