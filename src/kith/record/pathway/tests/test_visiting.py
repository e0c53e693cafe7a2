"""Why a child was not seen is owed the same day, and never asked for before the visit may be saved."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.record.chronology.policies import WrongDate
from kith.record.owed.queries import owed_for
from kith.record.pathway import visiting
from kith.record.planning import services as planning
from kith.record.planning.models import PlanAction
from kith.record.planning.policies import NotOnThisPlan
from kith.record.said import NotSaid
from kith.record.visits.models import Seen
from kith.record.visits.services import Saw


def visit(by, *saw, how="in_person"):
    at = timezone.now() - timedelta(hours=1)
    return visiting.write_visit(saw=saw, at=at, how=how, what_happened="Met at the door.", by=by)


def owed(child):
    return [line.owed.what for line in owed_for([child.pk], timezone.now())]


def test_why_a_child_was_not_seen_is_owed_of_that_child_alone(worker, amira, twin):
    visit(worker, Saw(amira, "alone"), Saw(twin, "not_seen"))
    assert (owed(amira), owed(twin)) == ([], ["not_seen"])


@pytest.mark.parametrize(
    ("how", "saw"),
    [
        ("in_person", {"seen": "not_seen", "why_not_seen": "At school until four."}),
        ("phone", {}),  # nobody is seen by phone
        ("nobody_in", {}),
    ],
)
def test_what_needs_no_reason_owes_none(worker, amira, how, saw):
    visit(worker, Saw(amira, **saw), how=how)
    assert owed(amira) == []


def test_an_unborn_child_whose_mother_was_seen_owes_nothing(worker, unborn):
    visit(worker, Saw(unborn, "mother_seen"))
    assert owed(unborn) == []


@pytest.mark.parametrize("said", [{"seen": "not_seen", "why_not_seen": "Asleep"}, {"seen": "alone"}])
def test_saying_why_settles_it(worker, amira, said):
    visit(worker, Saw(amira, "not_seen"))
    visiting.correct_seen(seen=Seen.current.get(), said=Saw(amira, **said), because="Late", by=worker)
    assert owed(amira) == []


def test_a_correction_that_says_nothing_of_it_leaves_it_owed(worker, amira):
    visit(worker, Saw(amira, "not_seen"))
    said = Saw(amira, "not_seen", private_line="Her coat was wet.")
    visiting.correct_seen(seen=Seen.current.get(), said=said, because="Forgot", by=worker)
    assert owed(amira) == ["not_seen"]


def test_what_was_owed_goes_with_the_visit_that_was_written_on_the_wrong_record(worker, amira, twin):
    visit(worker, Saw(amira, "not_seen"))
    visiting.move_to_child(
        part=Seen.current.get(), to=twin, is_another_family=True, because="It was Adam", by=worker
    )
    assert (owed(amira), owed(twin)) == ([], ["not_seen"])
    visiting.take_off(part=Seen.current.get(), because="Nobody's", by=worker)
    assert owed(twin) == []


@pytest.fixture
def plan(worker, amira, twin):
    return planning.start_plan(
        kind="child_in_need", basis="section_17", people=[amira, twin], on=timezone.localdate(), by=worker
    )


def next_of(by, plan, *children, **more):
    said = {"what_next": "Get a bed", "next_by": timezone.localdate() + timedelta(days=3), **more}
    return visiting.write_visit(
        saw=[Saw(child, "alone") for child in children],
        at=timezone.now(),
        how="in_person",
        what_happened="Met.",
        into_plans=[plan.thread],
        by=by,
        **said,
    )


def test_what_comes_next_is_written_once_and_stands_in_the_plan(worker, amira, twin, plan):
    made = next_of(worker, plan, amira, twin)
    action = PlanAction.current.get()
    assert (action.what, action.owner, action.due_on, action.only_for) == (
        "Get a bed",
        worker,
        made.next_by,
        None,
    )
    assert made.actions == [action.thread]


def test_somebody_else_does_it_and_what_is_of_one_child_is_that_childs_alone(worker, amira, plan):
    next_of(worker, plan, amira, next_who="Nan")
    action = PlanAction.current.get()
    assert (action.owner, action.owner_in_words, action.only_for) == (None, "Nan", amira)


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"what_next": " "}, NotSaid),
        ({"next_by": timezone.localdate() + timedelta(days=3_650)}, WrongDate),
    ],
)
def test_what_cannot_stand_in_a_plan_is_refused_and_no_visit_is_written(worker, amira, plan, more, kind):
    with pytest.raises(kind):
        next_of(worker, plan, amira, **more)
    assert not Seen.objects.exists() and not PlanAction.objects.exists()


def test_a_plan_of_nobody_visited_gets_nothing(worker, amira, unborn, plan):
    with pytest.raises(NotOnThisPlan):
        visiting.write_visit(
            saw=[Saw(unborn, "mother_seen")], at=timezone.now(), how="in_person", what_happened="Met.",
            what_next="Ring", into_plans=[plan.thread], by=worker,
        )  # fmt: skip


def test_a_plan_that_has_ended_is_not_offered(worker, amira, twin, plan):
    assert [one.plan for one in visiting.plans_to_act_in(worker, [amira.pk])] == [plan]
    planning.end_plan(plan=plan, on=timezone.localdate(), reason="Done", by=worker)
    assert visiting.plans_to_act_in(worker, [amira.pk]) == []
