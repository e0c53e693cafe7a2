"""Family help and plans in a real browser: no barrier, at both widths, and two who save one plan."""

import re
from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.centres import services as centres
from kith.record.help import services
from kith.record.help.queries import requests_waiting, written_of
from kith.record.people.models import Membership, Role, UserRole
from kith.record.planning import queries as plans
from kith.record.planning import services as planning
from kith.record.planning.models import PlanAction
from kith.web.demo import make_demo_people
from kith.web.tests.families import LONG_AGO, the_okoros

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


@pytest.fixture
def okoros(demo):
    """The Okoros, whom the demonstration's family help lead practitioner and manager work with."""
    people = {user.name: user for user in make_demo_people()}
    family = the_okoros(timezone.localdate())
    helper = UserRole.objects.filter(role=Role.FAMILY_HELP_LEAD, user__in=people.values()).get().user
    Membership.objects.create(user=helper, team=family.team, started_on=LONG_AGO)
    family.helper = helper
    return family


@pytest.fixture
def helped(okoros):
    """Ada and Ben are helped, with a plan."""
    by = okoros.helper
    services.ask_for_help(what_would_help="One bed for three", how_and_when_safe="Text after 6", name="Sana")
    asked = services.ask_for_help(what_would_help="Food", how_and_when_safe="Ring at noon", name="Grace")
    help = services.begin_help(
        people=[okoros.ada, okoros.ben], basis="voluntary", agreed_by="Grace", agreed_how="phone",
        request=asked, by=by,
    )  # fmt: skip
    help = services.describe_family(help=help, going_well="They laugh a lot", is_hard="Nights", by=by)
    services.write_childs_view(
        help=help, person=okoros.ada, on=timezone.localdate(), own_words="I share with Ben", by=by
    )
    services.add_need(help=help, kind="housing", in_words="Two more beds", by=by)
    services.add_team_member(help=help, name="Bea Teacher", does_what="Breakfast club", by=by)
    services.offer_meeting(
        help=help, kind="decision_making", offered_to="Grace", on=timezone.localdate(), how="visit", by=by
    )
    services.agree_plan(
        help=help, goal="All sleep at night", action="Get a second bed", owner_in_words="Grace",
        due_on=timezone.localdate(), by=by,
    )  # fmt: skip
    return help


def sign_in(page, demo, role="Family help lead practitioner"):
    page.context.clear_cookies()
    page.goto(demo + "/")
    page.get_by_role("button", name=re.compile(f"^{role}")).first.click()
    page.wait_for_url(demo + "/")


def the_plan(okoros):
    return plans.open_plan(okoros.ada.pk, "family_help")


def need_of(helped):
    return written_of(helped, []).needs[0]


@pytest.fixture
def session(okoros):
    """Something open on Mondays with places, one of them on a day that is called off."""
    by, today = okoros.helper, timezone.localdate()
    centre = centres.open_centre(name="Mill Lane", address="1 Mill Lane", postcode="NB1 4AA", by=by)
    made = centres.run_session(
        centre=centre, name="Cooking", repeats="weekly", started_on=today, opens_at=time(10),
        closes_at=time(12), is_bookable=True, places=8, by=by,
    )  # fmt: skip
    for weeks in (0, 1):
        on = today + timedelta(weeks=weeks)
        centres.sign_up(session=made, on=on, how_many=2, called="Sal", reach="Text 07700", by=by)
    return centres.leave_out(session=made, on=today + timedelta(weeks=1), by=by)


@pytest.mark.parametrize("size", [PHONE, pytest.param(DESK, marks=pytest.mark.slow)], ids=["phone", "desk"])
def test_every_page_of_a_centre_fits_and_holds_no_barrier(demo, page, axe, size, session):
    page.set_viewport_size(size)
    sign_in(page, demo)
    day = session.started_on.isoformat()
    addresses = [
        *(reverse(name) for name in ("centres", "open_sessions", "open_centre", "directory")),
        *(reverse(name, args=[session.thread]) for name in ("centre_session", "end_session")),
        *(reverse(name, args=[session.thread, day]) for name in ("call_off", "take_place", "count_who_came")),
        reverse("close_centre", args=[session.centre_thread]),
    ]  # fmt: skip
    for address in addresses:
        page.goto(demo + address)
        axe(page)
        assert not page.locator("html").evaluate("it => it.scrollWidth > window.innerWidth"), address


def test_a_family_takes_a_place_and_gives_it_back_without_scripts(demo, page_without_scripts, session):
    page = page_without_scripts
    page.goto(f"{demo}{reverse('take_place', args=[session.thread, session.started_on.isoformat()])}")
    page.get_by_label("How many of you come?").fill("2")
    page.get_by_role("button", name="Take the place").last.click()
    page.get_by_role("heading", name="You have a place").wait_for()
    page.get_by_role("button", name="Give the place back").click()
    page.get_by_text("free for somebody else").wait_for()


@pytest.mark.parametrize("size", [PHONE, pytest.param(DESK, marks=pytest.mark.slow)], ids=["phone", "desk"])
def test_every_page_of_help_fits_and_holds_no_barrier(demo, page, axe, size, okoros, helped):
    page.set_viewport_size(size)
    sign_in(page, demo)
    plan = the_plan(okoros)
    action = PlanAction.current.get()
    addresses = [
        reverse("my_work"), reverse("family_help"), reverse("write_help_request"),
        *(
            reverse(f"help_{name}", args=[requests_waiting()[0].thread])
            for name in ("request", "reply", "answer", "begin")
        ),
        *(
            reverse(f"help_{name}", args=[helped.thread])
            for name in (
                "family", "describe", "agreement", "need", "team", "meeting", "review", "step_up", "close"
            )
        ),
        reverse("help_childs_view", args=[okoros.ada.pk]),
        *(
            reverse(name, args=[plan.thread])
            for name in ("plan", "plan_add_goal", "plan_add_action", "plan_add_child", "plan_end")
        ),
        *(reverse(f"plan_goal{name}", args=[action.goal_thread]) for name in ("", "_reached", "_aside")),
        *(reverse(f"plan_action{name}", args=[action.thread]) for name in ("", "_done", "_not_needed")),
        *(reverse(f"help_{name}", args=[need_of(helped).thread]) for name in ("match_need", "need_unmet")),
        reverse("help_add_child", args=[helped.thread]), f"{reverse('find_help')}?kind=housing",
        reverse("expect_baby", args=[okoros.ada.pk]), reverse("baby_expected", args=[okoros.unborn.pk]),
        reverse("baby_born", args=[okoros.unborn.pk]), reverse("unmet_needs"),
    ]  # fmt: skip
    for address in addresses:
        page.goto(demo + address)
        axe(page)
        assert not page.locator("html").evaluate("it => it.scrollWidth > window.innerWidth"), address


def test_from_a_request_to_a_plan_by_keyboard(demo, page, okoros):
    services.ask_for_help(
        what_would_help="One bed for three", how_and_when_safe="Text after 6", name="Ada Okoro"
    )
    sign_in(page, demo)
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url("**/help/")
    press(page, "link", "Ada Okoro")
    press(page, "link", "They accept family help")
    press(page, "link", "This is Ada Okoro")
    for box in ("Ada Okoro", "Ben Okoro"):
        page.get_by_label(box, exact=True).focus()
        page.keyboard.press("Space")
    for answer in ("The family chose this help", "By phone"):
        page.get_by_label(answer).first.focus()
        page.keyboard.press("Space")
    page.get_by_label("Who of the family agrees?").focus()
    page.keyboard.type("Grace, their mum")
    press(page, "button", "Begin family help")
    page.wait_for_url("**/help/family/*/")
    press(page, "link", "Agree a plan")
    for label, typed in (
        ("What should be better?", "All sleep"), ("What happens first?", "Get a bed"),
        ("Their name, if it is none of us", "Grace"), ("By when?", "31/12/2026"),
    ):  # fmt: skip
        page.get_by_label(label).focus()
        page.keyboard.type(typed)
    press(page, "button", "Agree the plan")
    page.wait_for_url("**/plan/*/")
    assert "Get a bed" in page.content()


def press(page, role, name):
    page.get_by_role(role, name=name, exact=True).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    page.wait_for_timeout(300)


@pytest.mark.parametrize("scripts", ["with scripts", "without scripts"])
def test_two_who_save_one_plan_see_both_side_by_side_and_nothing_is_lost(
    demo, request, axe, scripts, okoros, helped
):
    page = request.getfixturevalue("page" if scripts == "with scripts" else "page_without_scripts")
    sign_in(page, demo)
    action = PlanAction.current.get()
    page.goto(demo + reverse("plan_action", args=[action.thread]))
    page.get_by_label("What happens?").fill("Borrow a cot from Nan")
    page.get_by_label("Their name, if it is none of us").fill("Nan")
    planning.change_action(action=action, what="Buy a bunk bed", by=okoros.worker)
    page.get_by_role("button", name="Save the change").click()
    page.get_by_text("Buy a bunk bed").first.wait_for()
    axe(page) if scripts == "with scripts" else None
    shown = page.content()
    for kept in ("Get a second bed", "Buy a bunk bed", "Borrow a cot from Nan", "Ruth Adeyemi saved this"):
        assert kept in shown
    assert PlanAction.current.get().what == "Buy a bunk bed"  # theirs stands until somebody chooses
    page.get_by_label(re.compile("both", re.I)).first.check()
    page.get_by_role("button", name=re.compile("^Save")).first.click()
    page.wait_for_url(f"**{reverse('plan', args=[action.plan_thread])}")
    now = PlanAction.current.get()
    assert "Buy a bunk bed" in now.what and "Borrow a cot from Nan" in now.what
    assert now.owner_in_words == "Nan"


def test_a_plan_is_changed_and_read_without_scripts(demo, page_without_scripts, okoros, helped):
    page = page_without_scripts
    sign_in(page, demo)
    page.goto(demo + reverse("plan", args=[the_plan(okoros).thread]))
    page.get_by_role("link", name="It is done").click()
    page.get_by_role("button", name="Save that it is done").click()
    page.wait_for_url("**/plan/*/")
    assert "Done" in page.content()
