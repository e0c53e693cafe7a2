"""What an authority decides for itself holds from a day, and nobody's last year changes."""

from datetime import date, time, timedelta

import pytest

from kith.record.audit.models import Entry
from kith.record.people import local
from kith.record.people.models import LocalSetting, Role
from kith.record.refusals import NotAllowed, NotPossible

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 2)


@pytest.fixture
def head(staff):
    return staff(Role.SENIOR_MANAGER)


def set_it(by, name="conference_quorum", value="4", on=DAY, agreed_by="Northbrook partnership"):
    return local.set_locally(name=name, value=value, agreed_by=agreed_by, started_on=on, by=by)


def test_each_setting_has_a_default_of_its_kind_and_says_where_it_is_from():
    for name, setting in local.settings_there_are().items():
        assert setting.meaning and setting.source and setting.verified, name
        read = {
            "number": local.local_number,
            "time": local.local_time,
            "list": local.local_list,
            "words": local.local_setting,
        }
        assert read[setting.kind](name, DAY) is not None


def test_the_defaults_hold_until_somebody_sets_something_else():
    assert local.local_number("conference_quorum", DAY) == 3
    assert local.local_time("office_closes", DAY) == time(17)
    assert local.local_list("conference_days", DAY)[-1] == "Friday"  # census rule 8875: on no weekend
    assert local.local_list("conference_rooms", DAY) == ()


def test_what_is_set_holds_from_its_day_and_the_day_before_keeps_its_own(head):
    set_it(head)
    set_it(head, value="5", on=DAY + timedelta(days=10))
    held = [local.local_number("conference_quorum", DAY + timedelta(days=n)) for n in (-1, 0, 9, 10)]
    assert held == [3, 4, 4, 5]


def test_a_list_is_read_without_its_blanks(head):
    set_it(head, name="conference_rooms", value="Oak room | Elm room||")
    assert local.local_list("conference_rooms", DAY) == ("Oak room", "Elm room")


@pytest.mark.parametrize(
    "name, value, said",
    [
        ("conference_quorum", "a few", "not a whole number"),
        ("office_opens", "nine", "not a time"),
        ("colour", "blue", "Nothing called colour"),
    ],
)
def test_a_value_of_another_kind_is_refused(head, name, value, said):
    with pytest.raises(NotPossible, match=said):
        set_it(head, name=name, value=value)


def test_who_agreed_to_it_has_to_be_said(head):
    with pytest.raises(NotPossible, match="needs a reason"):
        set_it(head, agreed_by=" ")


def test_nothing_is_set_from_before_what_was_set_last(head):
    set_it(head)
    with pytest.raises(NotPossible, match="before it began"):
        set_it(head, on=DAY - timedelta(days=1))
    assert LocalSetting.objects.count() == 1


def test_setting_needs_the_power_and_is_written_down(staff, head):
    with pytest.raises(NotAllowed):
        set_it(staff(Role.TEAM_MANAGER))
    set_it(head)
    assert Entry.objects.get(act="set_locally").about["value"] == "4"


def test_an_authority_is_named_from_a_day_and_the_one_before_ends(head):
    def name(code, on):
        return local.name_own_authority(code=code, name=f"Authority {code}", started_on=on, by=head)

    name("299", DAY)
    name("300", DAY + timedelta(days=10))
    assert [local.own_authority(DAY + timedelta(days=n)).code for n in (0, 9, 10)] == ["299", "299", "300"]
    assert local.own_authority(DAY - timedelta(days=1)) is None
    assert Entry.objects.filter(act="own_authority_named").count() == 2


@pytest.mark.parametrize("code", ["", "29-9", "x" * 21])
def test_an_authoritys_code_is_of_letters_and_digits(head, code):
    with pytest.raises(NotPossible, match="no authority’s code"):
        local.name_own_authority(code=code, name="Northbrook", started_on=DAY, by=head)


def test_naming_the_authority_needs_the_power(staff):
    with pytest.raises(NotAllowed):
        local.name_own_authority(code="299", name="Northbrook", started_on=DAY, by=staff(Role.SOCIAL_WORKER))
