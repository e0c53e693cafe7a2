"""What a placement changed for the child: new carers, or the same ones with another status or address."""

from datetime import date, timedelta

import pytest

from kith.record.care.models import Placement
from kith.record.care.queries import Change, placement_changes
from kith.record.people.models import Person

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 1)
HOME = {"carer": "foster-1", "postcode": "HD3 1AA"}
SHORT = {"placement_type": "T3", "carer": "foster-9", "postcode": "HX1 1AA"}


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (HOME, {**HOME, "placement_type": "U4"}, Change.SAME_HOME),  # long-term with the same carers
        (HOME, {**HOME, "postcode": "HD31AA"}, Change.SAME_HOME),  # the same postcode, typed otherwise
        (HOME, {**HOME, "postcode": "HD5 2BB"}, Change.SAME_CARERS),
        (HOME, {"carer": "foster-2", "postcode": "HD3 1AA"}, Change.NEW_CARERS),  # next door is a move
        ({"carer": "", "change_reason": "PLACE"}, {"carer": ""}, Change.SAME_HOME),
        ({"carer": "", "change_reason": "CARPL"}, {"carer": ""}, Change.NEW_CARERS),  # nothing says the same
        ({**HOME, "change_reason": "PLACE"}, {"carer": "foster-2"}, Change.NEW_CARERS),  # the carers decide
        (HOME, SHORT, Change.SHORT_STAY),
    ],
)
def test_a_placement_is_a_move_only_where_the_carers_are_new(before, after, change):
    child = Person.objects.create()
    placed(child, before, after)
    assert list(placement_changes([child.pk]).values()) == [Change.NEW_CARERS, change]


def test_a_short_stay_ends_back_with_the_same_carers_or_with_new_ones():
    back, moved = Person.objects.create(), Person.objects.create()
    placed(back, HOME, SHORT, HOME)
    placed(moved, HOME, SHORT, {"carer": "foster-2", "postcode": "HD4 1AA"})
    assert list(placement_changes([back.pk]).values())[-1] is Change.BACK
    assert list(placement_changes([moved.pk]).values())[-1] is Change.NEW_CARERS


def test_each_period_of_care_begins_with_new_carers():
    child = Person.objects.create()
    placed(child, HOME)
    placed(child, HOME, period=2, start=DAY + timedelta(days=400))
    assert list(placement_changes([child.pk]).values()) == [Change.NEW_CARERS] * 2


def placed(child, *homes, period=1, start=DAY):
    for number, home in enumerate(homes):
        begins = start + timedelta(days=30 * number)
        values = {"placement_type": "U6", **home}
        Placement.objects.create(
            person=child,
            period_thread=period,
            started_on=begins,
            ended_on=begins + timedelta(days=30) if number + 1 < len(homes) else None,
            **values,
        )
