"""What this authority decides for itself, set on pages; and a tie between two people ended or mended."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.utils import timezone

from kith.record.people import local
from kith.record.people.family import ties_of
from kith.record.people.models import LocalSetting, OwnAuthority, Relationship, Role
from kith.web.tests.families import HOSTILE, the_khans, user
from kith.web.tests.test_working_pages import ask, words

__all__ = ["ask"]
TODAY = timezone.localdate()
DAY = f"{TODAY:%d/%m/%Y}"
QUORUM = ("set_locally", "conference_quorum")
PAGES = (("settings_of_authority",), QUORUM, ("whose_record",))


@pytest.fixture(scope="module")
def khans_once(module_db):
    return the_khans(TODAY)


@pytest.fixture
def khans(khans_once, db):
    return deepcopy(khans_once)


def sent(value, **more):
    return {"value": value, "started_on": DAY, "agreed_by": "The director", **more}


def test_everything_that_may_be_set_is_listed_with_what_holds(ask, khans):
    page = words(ask(khans.manager, "settings_of_authority"))
    for setting in local.settings_there_are().values():
        assert setting.meaning[1:] in page
    assert "nobody has set it here" in page


def test_a_setting_holds_from_its_day_and_the_one_before_stays_readable(ask, khans):
    local.set_locally(
        name="conference_quorum", value="2", agreed_by=HOSTILE, started_on=TODAY - timedelta(days=9),
        by=khans.manager,
    )  # fmt: skip
    assert 'value="2"' in ask(khans.manager, *QUORUM).content.decode()
    assert ask(khans.manager, *QUORUM, posted=sent("4")).status_code == 302
    assert local.local_number("conference_quorum", TODAY) == 4
    assert local.local_number("conference_quorum", TODAY - timedelta(days=1)) == 2
    page = ask(khans.manager, "settings_of_authority").content.decode()
    assert "Ada Thorne" in page and HOSTILE not in page


def test_a_list_is_written_one_on_each_line(ask, khans):
    answer = ask(khans.manager, "set_locally", "conference_rooms", posted=sent("Oak\r\n\r\n Ash "))
    assert answer.status_code == 302
    assert local.local_list("conference_rooms", TODAY) == ("Oak", "Ash")
    assert "Oak\nAsh" in ask(khans.manager, "set_locally", "conference_rooms").content.decode()


@pytest.mark.parametrize(
    ("name", "posted"),
    [
        ("conference_quorum", sent("many")),
        ("conference_quorum", sent("-1")),
        ("conference_quorum", sent("")),
        ("office_opens", sent("noonish")),
        ("conference_quorum", sent("3", agreed_by="")),
        ("conference_quorum", sent("3", started_on="1/1/1900")),
        ("conference_quorum", sent("3", started_on="")),
    ],
)
def test_what_cannot_be_set_is_refused_with_all_that_was_typed(ask, khans, name, posted):
    answer = ask(khans.manager, "set_locally", name, posted=posted)
    assert answer.status_code == 422 and not LocalSetting.objects.exists()
    assert posted["value"] in answer.content.decode()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page[0])
def test_who_may_not_set_anything(ask, khans, page):
    assert ask(khans.worker, *page).status_code == 403
    assert ask(user("Tim Lead", Role.TEAM_MANAGER), *page, posted=sent("1")).status_code == 403
    assert not LocalSetting.objects.exists()


def test_nothing_else_can_be_set(ask, khans):
    assert ask(khans.manager, "set_locally", "nothing").status_code == 404


def test_whose_record_it_is_is_said(ask, khans):
    posted = {"code": "299", "name": "Northbrook", "started_on": DAY}
    for _ in range(2):  # sent twice
        assert ask(khans.manager, "whose_record", posted=posted).status_code == 302
    assert local.own_authority().name == "Northbrook"
    assert OwnAuthority.objects.filter(ended_on=None).count() == 1
    assert ask(khans.manager, "whose_record", posted={**posted, "code": "2 9"}).status_code == 422


def tied(child, other):
    return other.pk in {tie.person_id for tie in ties_of(child)}


def test_a_tie_that_was_a_mistake_goes_on_both_sides_and_stays_readable(ask, khans):
    assert tied(khans.amira, khans.zara) and "Zara Khan" in words(ask(khans.worker, "ties", khans.amira.pk))
    posted = {"what": "mistake", "because": "They are cousins"}
    assert ask(khans.worker, "untie", khans.amira.pk, khans.zara.pk, posted=posted).status_code == 302
    assert not tied(khans.amira, khans.zara) and not tied(khans.zara, khans.amira)
    assert ask(khans.worker, "untie", khans.amira.pk, khans.zara.pk).status_code == 404  # sent twice
    assert Relationship.objects.filter(ended_because="They are cousins").exists()


def test_a_tie_that_ended_ends_on_its_day(ask, khans):
    at = (khans.amira.pk, khans.zara.pk)
    for posted in (
        {"what": "ended", "because": "x"},
        {"because": "x", "on": DAY},
        {"what": "ended", "on": DAY, "because": ""},
        {"what": "ended", "on": f"{TODAY + timedelta(days=1):%d/%m/%Y}", "because": "x"},
    ):
        assert ask(khans.worker, "untie", *at, posted=posted).status_code == 422
    assert tied(khans.amira, khans.zara)
    posted = {"what": "ended", "on": DAY, "because": "Adopted elsewhere"}
    assert ask(khans.worker, "untie", *at, posted=posted).status_code == 302
    assert not tied(khans.amira, khans.zara)
    assert "checked" not in ask(khans.worker, "untie", khans.amira.pk, khans.mother.pk).content.decode()


def test_who_may_not_mend_a_tie_and_nobody_hidden_is_named(ask, khans):
    stranger = user("Sam Stranger", Role.SOCIAL_WORKER)
    assert ask(stranger, "untie", khans.amira.pk, khans.zara.pk).status_code == 403
    assert ask(stranger, "ties", khans.amira.pk).status_code == 403
    assert "Salma" not in words(ask(khans.worker, "ties", khans.amira.pk))
    assert ask(khans.worker, "untie", khans.amira.pk, khans.hidden.pk).status_code == 404
