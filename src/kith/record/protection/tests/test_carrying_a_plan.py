"""Carrying a plan: core groups, earlier plans, moves between areas, and powers that end at an hour."""

from datetime import UTC, date, datetime

import pytest

from kith.record.chronology.policies import WrongDate
from kith.record.owed import services as owed
from kith.record.owed.queries import owed_for
from kith.record.pathway.tests.protected import begin_plans
from kith.record.protection import permissions, services
from kith.record.protection.models import CoreGroupOf, EmergencyStep, ProtectionPlan
from kith.record.protection.policies import AlreadyOpen, NotOpen
from kith.record.protection.queries import core_groups_of, transfers_in
from kith.record.refusals import NotAllowed, NotPossible
from kith.record.said import NotSaid
from kith.record.tests.practice import MONDAY, acts_about, refused, told_of

MET = date(2026, 3, 13)
LATER = date(2026, 6, 15)


@pytest.fixture
def plans(amira, twin, worker, chair):
    return begin_plans([amira, twin], worker=worker, chair=chair)


def meet(plans, worker, **more):
    given = {"on": MET, "who_came": "Mum, Ada, the nurse", "what_changed": "He moved out"}
    return services.hold_core_group(plans=plans, by=worker, **{**given, **more})


def test_one_core_group_meets_about_each_childs_plan(plans, worker, amira, twin):
    group = meet(plans, worker, is_family_there=True, of_each={amira.pk: "A bed of her own"})
    assert (group.is_family_there, group.what_changed) == (True, "He moved out")
    said = {part.person_id: part.decided for part in CoreGroupOf.current.all()}
    assert said == {amira.pk: "A bed of her own", twin.pk: ""}
    assert [held.held_on for _, held in core_groups_of([twin.pk])] == [MET]
    assert acts_about(twin)[-1] == "hold_core_group"
    assert told_of(amira)[-1] == (MET, "core_group_held", "Core group met about the protection plan")


def test_nobody_said_whether_the_family_was_there(plans, worker):
    assert meet(plans, worker).is_family_there is None


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"on": date(2026, 3, 1)}, WrongDate, "before the start of the plan"),
        ({"who_came": " "}, NotSaid, "Who came"),
        ({"what_changed": ""}, NotSaid, "What changed"),
    ],
)
def test_a_core_group_that_cannot_be_is_refused(plans, worker, changes, refusal, words):
    with refused(refusal, words):
        meet(plans, worker, **changes)


def test_who_may_not_hold_a_core_group(plans, stranger):
    with pytest.raises(NotAllowed):
        meet(plans, stranger)


def test_a_plan_is_neither_reviewed_nor_ended_on_its_first_day(plans, chair):
    with refused(WrongDate, "a review comes on a later day"):  # CIN census 8841
        services.hold_plan_review(plan=plans[0], on=MONDAY, by=chair)
    with refused(WrongDate, "its end comes on a later day"):  # CIN census 8840
        services.end_protection_plan(plan=plans[0], on=MONDAY, by=chair)


def test_a_plan_ends_with_its_reason(plans, chair):
    ended = services.end_protection_plan(
        plan=plans[0], on=LATER, reason="safer", because="He is gone", by=chair
    )
    assert (ended.end_reason, ended.ended_why) == ("safer", "He is gone")


def test_earlier_plans_elsewhere_are_counted_when_they_are_known(plans, worker, stranger, amira):
    owed.owe(what="previous_plans", fact=plans[0], persons=[amira.pk], by=worker, owed_by=worker)
    with pytest.raises(NotAllowed):
        services.count_previous_plans(plan=plans[0], ever=2, by=stranger)
    with refused(NotPossible, "cannot be right"):
        services.count_previous_plans(plan=plans[0], ever=-1, by=worker)
    assert services.count_previous_plans(plan=plans[0], ever=2, by=worker).previous_plans == 2
    assert owed_for([amira.pk], datetime.now(UTC)) == []


def test_a_plan_moving_in_is_kept_from_their_letter_on(amira, twin, worker):
    given = {"from_authority": "Leeds", "notified_on": MONDAY, "by": worker, "category": "NEG"}
    services.take_transfer_in(children=[amira, twin], **given)
    assert told_of(amira)[-1][2] == "Protection plan from Leeds, kept here until a conference"
    with refused(AlreadyOpen, "A plan from Leeds is kept here already"):
        services.take_transfer_in(children=[amira], **given)
    with refused(NotSaid, "Which area"):
        services.take_transfer_in(children=[twin], **{**given, "from_authority": ""})
    [one] = transfers_in([twin])
    ended = services.end_transfer_in(transfer=one, on=MET, because="They moved on to York", by=worker)
    assert transfers_in([twin]) == [] and told_of(twin)[-1][1] == "transfer_in_ended"
    with refused(NotOpen, "This ended on 13 March 2026"):
        services.end_transfer_in(transfer=ended, on=MET, because="Again", by=worker)


def test_a_plan_going_away_stays_ours_until_their_conference(plans, worker, stranger, amira):
    given = {"plans": plans[:1], "to_authority": "York", "on": MET}
    with pytest.raises(NotAllowed):
        services.tell_other_authority(by=stranger, **given)
    [out] = services.tell_other_authority(by=worker, **given)
    assert ProtectionPlan.current.get(person=amira).ended_on is None
    ended = services.end_plan_at_their_conference(transfer=out, on=LATER, by=worker)
    assert (ended.ended_on, ended.end_reason) == (LATER, "moved")
    with refused(NotOpen, "ended on 15 June 2026"):
        services.end_plan_at_their_conference(transfer=out, on=LATER, by=worker)


@pytest.fixture
def friday_night():
    return datetime(2026, 3, 27, 22, 30, tzinfo=UTC)  # two nights before the clocks change


def test_police_protection_keeps_its_hour(amira, twin, worker, friday_night):
    steps = services.use_emergency_power(
        children=[amira, twin], kind="police_protection", began_on=friday_night.date(),
        began_at=friday_night, where="Police station", who="Sgt Bell", by=worker,
    )  # fmt: skip
    assert [step.began_at for step in steps] == [friday_night] * 2
    assert told_of(amira)[-1] == (date(2026, 3, 27), "emergency_power", "Police protection: from 22:30")
    over = services.end_emergency_power(
        step=steps[0], at=datetime(2026, 3, 29, 9, 0, tzinfo=UTC), because="With her aunt", by=worker
    )
    assert acts_about(amira)[-1] == "end_emergency_power"
    with refused(NotOpen, "This ended on 29 March 2026"):
        services.end_emergency_power(step=over, at=friday_night, because="Again", by=worker)


def test_an_emergency_order_is_extended_once(amira, worker):
    [order] = services.use_emergency_power(
        children=[amira], kind="emergency_order", began_on=MONDAY, by=worker
    )
    assert order.began_at is None  # the hour is not known, and nobody makes one up
    first = services.extend_emergency_order(step=order, on=date(2026, 3, 9), by=worker)
    assert first.kind == EmergencyStep.Kind.EXTENSION
    with refused(AlreadyOpen, "may be extended only once"):
        services.extend_emergency_order(step=order, on=date(2026, 3, 10), by=worker)
    with refused(NotPossible, "cannot be extended"):
        services.extend_emergency_order(step=first, on=date(2026, 3, 10), by=worker)


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"kind": "extension"}, NotSaid, "was not chosen"),  # an extension extends an order
        ({"kind": ""}, NotSaid, "was not chosen"),
        ({"began_at": datetime(2026, 3, 4, 9, tzinfo=UTC)}, WrongDate, "not of the same day"),
    ],
)
def test_an_emergency_power_that_cannot_be_is_refused(amira, worker, changes, refusal, words):
    given = {"children": [amira], "kind": "police_protection", "began_on": MONDAY, "by": worker}
    with refused(refusal, words):
        services.use_emergency_power(**{**given, **changes})


def test_an_unborn_child_is_under_no_emergency_power(unborn, worker):
    with refused(WrongDate, "not recorded as born"):
        services.use_emergency_power(children=[unborn], kind="police_protection", began_on=MONDAY, by=worker)


def test_who_may_not_use_emergency_powers(amira, stranger, chair):
    for user in (stranger, chair):
        with pytest.raises(NotAllowed):
            services.use_emergency_power(children=[amira], kind="police_protection", began_on=MONDAY, by=user)
        assert not permissions.can_use_emergency_powers(user, [amira])
