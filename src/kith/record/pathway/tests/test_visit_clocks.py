"""The clocks that visits meet: each child's own, from the plan's start and from each visit that counts."""

from datetime import date, datetime, time

import pytest

from kith.record.assessment.models import ChildInNeedPlan
from kith.record.clocks.models import LocalClock
from kith.record.clocks.queries import clocks_for
from kith.record.pathway.visit_clocks import plans_on
from kith.record.people.models import Role
from kith.record.protection import services as protection
from kith.record.protection.models import ProtectionPlan
from kith.record.refusals import NotPossible
from kith.record.tests.practice import refused
from kith.record.visits import services
from kith.record.visits.models import Seen
from kith.record.visits.services import Saw
from kith.standards.working_days import in_london

FRIDAY = date(2026, 3, 13)


@pytest.fixture
def protected(amira):
    return ProtectionPlan.objects.create(
        person=amira, started_on=FRIDAY, initial_category="NEG", latest_category="NEG"
    )


@pytest.fixture
def in_need(twin):
    return ChildInNeedPlan.objects.create(person=twin, started_on=FRIDAY)


def visit(by, *saw, on, how="in_person"):
    at = in_london(on, time(16))
    return services.write_visit(saw=saw, at=at, how=how, what_happened="Met", by=by)


def due(child, clock, on):
    """When the visit not yet made is due, and whether it is late."""
    lines = [line for line in clocks_for(child, on) if line.clock == clock and line.is_open]
    return [(line.due_on, line.is_late) for line in lines]


@pytest.mark.parametrize(
    ("seen_on", "next_due"),
    [
        (date(2026, 3, 25), date(2026, 4, 10)),  # Good Friday and Easter Monday do not count
        (date(2026, 3, 26), date(2026, 4, 13)),
    ],
)
def test_a_visit_starts_the_next_ten_working_days(worker, amira, protected, seen_on, next_due):
    assert due(amira, "CP-08", date(2026, 3, 20)) == [(date(2026, 3, 27), False)]
    visit(worker, Saw(amira, "alone"), on=seen_on)
    assert due(amira, "CP-08", date(2026, 3, 30)) == [(next_due, False)]


def test_one_visit_meets_each_childs_own_clock(worker, amira, twin, protected, in_need):
    visit(worker, Saw(amira, "alone"), Saw(twin, "not_alone"), on=date(2026, 3, 20))
    assert due(amira, "CP-08", date(2026, 3, 30)) == [(date(2026, 4, 7), False)]
    assert due(twin, "CN-03", date(2026, 3, 30)) == [(date(2026, 4, 17), False)]
    counted = {seen.person_id: (seen.counts_as, seen.plan_thread) for seen in Seen.current.all()}
    assert counted == {
        amira.pk: ("protection", protected.thread),
        twin.pk: ("child_in_need", in_need.thread),
    }


@pytest.mark.parametrize(
    ("how", "seen"),
    [("video", "alone"), ("phone", ""), ("nobody_in", ""), ("in_person", "not_seen")],
)
def test_what_is_no_visit_to_the_child_meets_no_clock(worker, amira, protected, how, seen):
    visit(worker, Saw(amira, seen), on=date(2026, 3, 20), how=how)
    assert due(amira, "CP-08", date(2026, 3, 30)) == [(date(2026, 3, 27), True)]


def test_a_brother_who_was_not_seen_stays_due(worker, amira, twin, protected):
    ProtectionPlan.objects.create(person=twin, started_on=FRIDAY, initial_category="NEG")
    visit(worker, Saw(amira, "alone"), Saw(twin, "not_seen"), on=date(2026, 3, 20))
    assert due(twin, "CP-08", date(2026, 3, 30)) == [(date(2026, 3, 27), True)]


def test_a_visit_written_late_meets_the_clock_by_its_day(worker, amira, protected):
    visit(worker, Saw(amira, "alone"), on=date(2026, 4, 2))
    visit(worker, Saw(amira, "alone"), on=date(2026, 3, 20))  # written after the later one
    met = [line.met_on for line in clocks_for(amira, date(2026, 4, 3)) if line.clock == "CP-08"]
    assert sorted(day for day in met if day) == [date(2026, 3, 20), date(2026, 4, 2)]


def test_the_visit_of_somebody_who_does_not_count_meets_no_clock(staff, team, amira, protected):
    visit(staff(Role.FAMILY_HELP_LEAD, team=team), Saw(amira, "alone"), on=date(2026, 3, 20))
    assert due(amira, "CP-08", date(2026, 3, 30)) == [(date(2026, 3, 27), True)]


def test_a_visit_before_the_plan_does_not_count_for_it(worker, amira, protected):
    visit(worker, Saw(amira, "alone"), on=date(2026, 3, 12))
    assert due(amira, "CP-08", date(2026, 3, 20)) == [(date(2026, 3, 27), False)]


def test_an_unborn_childs_clock_is_met_by_seeing_the_mother(worker, unborn):
    ProtectionPlan.objects.create(person=unborn, started_on=FRIDAY, initial_category="NEG")
    visit(worker, Saw(unborn, "mother_seen"), on=date(2026, 3, 20))
    assert due(unborn, "CP-08", date(2026, 3, 30)) == [(date(2026, 4, 7), False)]


def test_an_imported_plan_is_never_called_late(worker, amira, protected):
    ProtectionPlan.objects.filter(pk=protected.pk).update(source_rows=[1])
    assert due(amira, "CP-08", date(2026, 6, 1)) == []


def test_a_plan_that_ended_asks_for_no_visit(amira, protected):
    ProtectionPlan.objects.filter(pk=protected.pk).update(ended_on=date(2026, 3, 20))
    assert due(amira, "CP-08", date(2026, 3, 30)) == []


def test_the_closest_plan_of_the_day_is_what_a_visit_counts_as(worker, amira, protected):
    ChildInNeedPlan.objects.create(person=amira, started_on=date(2026, 1, 5), ended_on=FRIDAY)
    kinds = {day: [plan.kind for plan in plans_on([amira.pk], day)] for day in (date(2026, 3, 12), FRIDAY)}
    assert kinds == {date(2026, 3, 12): ["child_in_need"], FRIDAY: ["protection"]}
    visit(worker, Saw(amira, "alone"), on=date(2026, 3, 12))
    assert Seen.current.get().counts_as == "child_in_need"


def test_the_button_of_a_due_visit_says_what_it_does(amira, protected):
    line = next(line for line in clocks_for(amira, datetime(2026, 3, 20).date()) if line.clock == "CP-08")
    assert line.act == "Write the visit"


def with_visits_every(days, plan):
    ProtectionPlan.objects.filter(pk=plan.pk).update(visits_every=days)
    return ProtectionPlan.current.get(thread=plan.thread)


def test_a_plan_sets_its_own_visits(worker, amira, protected):
    with_visits_every(5, protected)
    assert due(amira, "CP-08", FRIDAY) == [(date(2026, 3, 20), False)]
    visit(worker, Saw(amira, "alone"), on=date(2026, 4, 1))
    assert due(amira, "CP-08", date(2026, 4, 2)) == [(date(2026, 4, 10), False)]  # over Easter
    line = next(one for one in clocks_for(amira, date(2026, 4, 2)) if one.clock == "CP-08" and one.is_open)
    assert line.is_set_for_child


def test_a_plan_goes_before_what_the_authority_sets(amira, protected):
    LocalClock.objects.create(
        clock="CP-08", amount=15, unit="working_days", started_on=date(2026, 1, 1), agreed_by="P"
    )
    assert due(amira, "CP-08", FRIDAY) == [(date(2026, 4, 7), False)]
    with_visits_every(5, protected)
    assert due(amira, "CP-08", FRIDAY) == [(date(2026, 3, 20), False)]


def test_a_review_changes_the_visits_from_its_day_and_not_those_before(worker, chair, amira, protected):
    plan = with_visits_every(5, protected)
    visit(worker, Saw(amira, "alone"), on=date(2026, 3, 27))  # a week late for five days
    review_day = date(2026, 3, 30)
    _, plan = protection.hold_plan_review(plan=plan, on=review_day, by=chair, visits_every=15)
    assert (plan.visits_every, plan.visits_every_from) == (15, review_day)
    running = {line.started_on: line for line in clocks_for(amira, review_day) if line.clock == "CP-08"}
    assert running[date(2026, 3, 27)].due_on == date(2026, 4, 21)  # the gap that runs goes by the new plan
    visit(worker, Saw(amira, "alone"), on=review_day)
    states = {line.started_on: line for line in clocks_for(amira, date(2026, 4, 7)) if line.clock == "CP-08"}
    assert states[FRIDAY].due_on == date(2026, 3, 20)  # as the plan said then
    assert states[review_day].due_on == date(2026, 4, 22)


def test_a_gap_that_was_over_before_the_review_stays_late(worker, chair, amira, protected):
    plan = with_visits_every(5, protected)
    protection.hold_plan_review(plan=plan, on=date(2026, 3, 30), by=chair, visits_every=15)
    assert due(amira, "CP-08", date(2026, 3, 30)) == [(date(2026, 3, 20), True)]


def test_a_review_that_asks_for_more_visits_counts_at_once(worker, chair, amira, protected):
    visit(worker, Saw(amira, "alone"), on=date(2026, 3, 26))
    protection.hold_plan_review(plan=protected, on=date(2026, 3, 30), by=chair, visits_every=5)
    assert due(amira, "CP-08", date(2026, 3, 30)) == [(date(2026, 4, 2), False)]


@pytest.mark.parametrize("days", [0, 21, 4000])
def test_no_plan_sets_a_longer_gap_than_four_weeks(chair, amira, protected, days):
    with refused(NotPossible, "cannot have a visit every"):
        protection.hold_plan_review(plan=protected, on=date(2026, 3, 30), by=chair, visits_every=days)


def test_the_outer_limit_is_told_once_the_usual_day_has_gone_by(worker, amira, protected):
    assert due(amira, "CP-08b", date(2026, 3, 27)) == []
    assert due(amira, "CP-08", date(2026, 3, 28)) == [(date(2026, 3, 27), True)]
    assert due(amira, "CP-08b", date(2026, 3, 28)) == [(date(2026, 4, 10), False)]
    assert due(amira, "CP-08b", date(2026, 4, 11)) == [(date(2026, 4, 10), True)]
    visit(worker, Saw(amira, "alone"), on=date(2026, 4, 13))
    assert due(amira, "CP-08b", date(2026, 4, 14)) == []


@pytest.mark.parametrize(
    ("start", "usual", "outer"),
    [
        (date(2026, 3, 16), date(2026, 4, 15), date(2026, 4, 13)),  # over Easter
        (date(2026, 12, 14), date(2027, 1, 14), date(2027, 1, 11)),  # over Christmas and New Year
    ],
)
def test_twenty_working_days_over_a_holiday_are_longer_than_four_weeks(amira, start, usual, outer):
    ProtectionPlan.objects.create(person=amira, started_on=start, initial_category="NEG", visits_every=20)
    assert due(amira, "CP-08", start) == [(usual, False)]
    assert due(amira, "CP-08b", start) == [(outer, False)]
