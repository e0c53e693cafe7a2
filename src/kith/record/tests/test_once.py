"""Asking once: what a page asks again is remembered, and nothing is remembered after it."""

from datetime import date, timedelta

import pytest

from kith.record.care.models import PeriodOfCare
from kith.record.care.queries import periods_of, periods_open_on
from kith.record.frontdoor.models import Referral
from kith.record.frontdoor.queries import referrals_of, referrals_open_on
from kith.record.once import AT_A_TIME, asking_once, is_reading, once, once_for_each, reading
from kith.record.people.models import Person
from kith.record.protection.models import ProtectionPlan
from kith.record.protection.queries import plans_of, plans_open_on
from kith.record.versions import current_facts, enter_in_error

DAY = date(2026, 3, 2)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def test_while_a_page_is_read_only_those_not_asked_about_before_are_asked_about():
    asked = []

    def ask(ids):
        asked.append(ids)
        return {each: each * 10 for each in ids}

    with reading():
        assert once_for_each("tens", [2, 1, 2], ask) == {2: 20, 1: 10}
        assert once_for_each("tens", [1, 3], ask) == {1: 10, 3: 30}
    assert asked == [[2, 1], [3]]
    once_for_each("tens", [1], ask)
    assert asked[-1] == [1]  # the next page asks anew


def test_a_check_remembers_for_one_call_and_shares_the_answers_of_a_page():
    asked = []

    @asking_once
    def check():
        return [once("ten", lambda: asked.append(1) or 10) for _ in range(2)]

    assert check() == check() == [10, 10]
    assert (len(asked), is_reading()) == (2, False)  # each call asks anew: an act may lie between them
    with reading():
        check()
        check()
    assert len(asked) == 3


def test_a_great_many_are_asked_about_in_parts():
    asked = []
    everybody = range(AT_A_TIME + 1)
    once_for_each("names", everybody, lambda ids: asked.append(len(ids)) or dict.fromkeys(ids, ""))
    assert asked == [AT_A_TIME, 1]


def test_facts_are_read_once_for_a_page_and_anew_for_the_next(db, django_assert_num_queries):
    child, brother = Person.objects.create(), Person.objects.create()
    period = PeriodOfCare.objects.create(person=child, started_on=DAY)
    with reading():
        with django_assert_num_queries(1):
            assert current_facts(PeriodOfCare, [child.pk, brother.pk]) == [period]
            assert current_facts(PeriodOfCare, [brother.pk]) == []
        enter_in_error(period, because="Another child")
    assert current_facts(PeriodOfCare, [child.pk]) == []


@pytest.mark.parametrize(
    "started, ended",
    [(BEFORE, None), (BEFORE, DAY), (BEFORE, AFTER), (DAY, None), (DAY, DAY), (DAY, AFTER), (AFTER, None)],
)
@pytest.mark.parametrize(
    "model, of_everybody, of_some",
    [(PeriodOfCare, periods_open_on, periods_of), (ProtectionPlan, plans_open_on, plans_of)],
)
def test_what_is_in_force_is_the_same_asked_of_everybody_and_of_one(
    db, model, of_everybody, of_some, started, ended
):
    fact = model.objects.create(person=Person.objects.create(), started_on=started, ended_on=ended)
    assert of_some([fact.person_id], DAY) == list(of_everybody(DAY))


@pytest.mark.parametrize("received", [BEFORE, DAY, AFTER])
@pytest.mark.parametrize("closed", [None, BEFORE, DAY, AFTER])
@pytest.mark.parametrize("no_further_action", [None, False, True])
def test_a_referral_is_open_the_same_asked_of_everybody_and_of_one(db, received, closed, no_further_action):
    referral = Referral.objects.create(
        person=Person.objects.create(),
        received_on=received,
        closed_on=closed,
        is_no_further_action=no_further_action,
    )
    assert referrals_of([referral.person_id], DAY) == list(referrals_open_on(DAY))
