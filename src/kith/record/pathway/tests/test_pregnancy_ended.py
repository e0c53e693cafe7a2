"""A pregnancy that ends: told once, in the family's words; then nothing about a birth is due or shown."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kith.record.access.models import Message
from kith.record.assessment.models import Assessment, ChildInNeedPlan
from kith.record.chronology.policies import WrongDate
from kith.record.clocks.queries import clocks_for
from kith.record.extract.queries import extract
from kith.record.frontdoor.models import Referral
from kith.record.frontdoor.services import receive_referral
from kith.record.help import queries as help_queries
from kith.record.help import services as help_room
from kith.record.pathway import assessed, help_steps, life_over, pregnancy
from kith.record.pathway.pregnancy import NotExpected
from kith.record.pathway.pregnancy_ended import close_after_it, goes_on_after_all, pregnancy_ended
from kith.record.people.models import Allocation, PersonDetails, Role
from kith.record.people.queries import shown
from kith.record.planning.queries import open_plan, people_on
from kith.record.refusals import NotAllowed, NotPossible
from kith.record.tests.practice import refused, told_of, worked_with
from kith.record.versions import VersionClash
from kith.standards.dates import day_in_words

TODAY = timezone.localdate
SOON = TODAY() + timedelta(weeks=10)
AGREED = {"basis": "voluntary", "agreed_by": "Sana, the mum", "agreed_how": "phone"}


@pytest.fixture
def mother(someone, worker, team):
    return worked_with(someone("Sana", "Khan", date_of_birth=date(1995, 1, 1), sex="F"), worker, team)


@pytest.fixture
def babies(mother, worker, team):
    made = pregnancy.expect(mother=mother, expected_on=SOON, family_name="Khan", how_many=2, by=worker)
    return [worked_with(baby, worker, team) for baby in made]


@pytest.fixture
def baby(babies):
    return babies[0]


def end(baby, by, **changes):
    told = {"on": TODAY(), "how": "lost", "in_their_words": "We called her Noor.", **changes}
    return pregnancy_ended(child=baby, by=by, **told)


def test_what_happened_is_kept_as_the_family_says_it_and_nobody_is_expected(babies, mother, worker):
    one, two = babies
    details = end(one, worker)
    assert (details.pregnancy_ended_as, details.pregnancy_ended_words) == ("lost", "We called her Noor.")
    assert told_of(one)[-1] == (TODAY(), "pregnancy_ended", "The baby was lost before birth")
    line = shown([one.pk, two.pk])
    assert line[one.pk].expected_date_of_birth is None and line[one.pk].pregnancy_ended_on == TODAY()
    assert line[two.pk].expected_date_of_birth == SOON  # her twin is expected as before
    assert pregnancy.expected_of(mother) == [two]
    assert extract([one.pk])["ssd_person"].row(0, named=True)["pers_expected_dob"] == SOON  # census rule 8525


def test_a_new_pregnancy_can_be_put_on_record_after_it(babies, mother, worker):
    for baby in babies:
        end(baby, worker)
    assert pregnancy.expect(mother=mother, expected_on=SOON, family_name="Khan", by=worker)


def test_no_clock_runs_and_plans_for_this_child_end_while_those_of_the_family_go_on(
    babies, worker, manager, someone, team
):
    one, two = babies
    receive_referral(
        children=[one, two], on=TODAY(), source="1A", by=manager, is_no_further_action=False,
        primary_need="N1",
    )  # fmt: skip
    help = help_steps.begin_with_family(
        known=[one.pk, two.pk], new_children=[], by=worker, **{**AGREED, "basis": "section_17"}
    )
    plan = help_steps.agree_help_plan(
        help=help, goal="Ready for two", action="A cot", owner_in_words="Mum", due_on=None, by=worker
    )
    assert clocks_for(one, timezone.now())
    end(one, worker)
    assert clocks_for(one, timezone.now()) == []
    assert clocks_for(two, timezone.now())
    assert [held.ended_on for held in ChildInNeedPlan.current.order_by("person_id", "pk")].count(None) == 1
    assert people_on(plan) == [two] and help_queries.people_helped(help) == [two]
    help_room.review_help(
        help=help, on=TODAY(), what_changed="They grieve", by=worker
    )  # the family's goes on
    assert life_over.open_for(one).case == [f"The case, open since {day_in_words(TODAY())}."]
    end(two, worker)
    assert open_plan(two.pk, plan.kind) is None


def test_who_works_with_the_family_is_told_at_once_without_a_name(baby, worker, manager):
    end(baby, worker)
    told = Message.objects.filter(link=f"/child/{baby.pk}/")
    assert {message.to for message in told} == {manager}
    assert "Khan" not in told.get().text and "before you ring" in told.get().text


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"on": TODAY() + timedelta(days=1)}, WrongDate, "not come yet"),
        ({"on": SOON - timedelta(days=400)}, WrongDate, "far from"),
        ({"how": "eaten"}, NotPossible, "what happened"),
    ],
)
def test_when_it_is_not_taken(baby, worker, changes, kind, words):
    with refused(kind, words):
        end(baby, worker, **changes)
    assert PersonDetails.current.get(person=baby).pregnancy_ended_on is None


def test_only_who_works_with_the_family_says_so_and_once(baby, worker, stranger):
    with pytest.raises(NotAllowed):
        end(baby, stranger)
    seen = PersonDetails.current.get(person=baby)
    end(baby, worker, expected=seen.pk)
    with refused(NotExpected, "not on record as expected"):
        end(baby, worker)
    with refused(NotExpected, "not on record as expected"):
        pregnancy.born(child=baby, on=TODAY(), sex="F", by=worker)


def test_two_who_write_at_once_see_the_clash(baby, worker):
    seen = PersonDetails.current.get(person=baby)
    pregnancy.mend_expected(child=baby, expected_on=SOON + timedelta(days=3), by=worker)
    with pytest.raises(VersionClash):
        end(baby, worker, expected=seen.pk)


def test_nothing_new_is_begun_for_the_child_afterwards(baby, worker):
    end(baby, worker, on=TODAY() - timedelta(days=1))
    with refused(WrongDate, "after the pregnancy ended"):
        help_room.begin_help(people=[baby], by=worker, **AGREED)


def test_what_was_written_by_mistake_is_undone_with_a_reason(baby, worker):
    end(baby, worker)
    with refused(NotPossible, "reason"):
        goes_on_after_all(child=baby, because=" ", by=worker)
    goes_on_after_all(child=baby, because="Another family was meant", by=worker)
    assert shown([baby.pk])[baby.pk].expected_date_of_birth == SOON
    assert "pregnancy_ended" not in [kind for _, kind, _ in told_of(baby)]
    pregnancy.born(child=baby, on=TODAY(), sex="F", by=worker)
    with refused(NotPossible, "No end of a pregnancy"):
        goes_on_after_all(child=baby, because="Again", by=worker)


@pytest.fixture
def assessed_before_birth(babies, manager, worker):
    """Both babies have a case and stand in one assessment."""
    receive_referral(
        children=babies, on=TODAY(), source="1A", by=manager, is_no_further_action=False, primary_need="N1"
    )
    assessed.assess_together(children=babies, on=TODAY(), by=worker)
    return babies


def test_the_case_and_the_assessment_close_in_the_same_act_and_the_twins_stay_open(
    assessed_before_birth, worker
):
    one, two = assessed_before_birth
    end(one, worker, closes_case=True)
    closed, other = Referral.current.get(person=one), Referral.current.get(person=two)
    assert (closed.closure_reason, closed.closed_on) == ("RC7", TODAY())  # RC2 wants a day of death
    assert other.closed_on is None
    mine, theirs = Assessment.current.get(person=one), Assessment.current.get(person=two)
    assert (mine.authorised_on, mine.unfinished_because) == (TODAY(), "The pregnancy ended")
    assert theirs.authorised_on is None and not life_over.open_for(one).case


def test_who_may_not_close_cases_leaves_it_open_for_later(assessed_before_birth, staff, team, manager):
    one, _ = assessed_before_birth
    helper = staff(Role.FAMILY_HELP_LEAD, team=team)
    with refused(NotAllowed, "close a case"):
        end(one, helper, closes_case=True)
    with refused(NotPossible, "No end of a pregnancy"):
        close_after_it(child=one, closes_case=True, by=manager)
    end(one, helper)
    with refused(NotAllowed, "close a case"):
        close_after_it(child=one, closes_case=True, by=helper)
    close_after_it(child=one, closes_case=True, ends_work=True, by=manager)
    assert Referral.current.get(person=one).closure_reason == "RC7"
    assert not Allocation.current.filter(person=one, ended_on=None).exists()


def test_a_mistake_opens_again_what_it_had_closed(assessed_before_birth, worker):
    one, _ = assessed_before_birth
    end(one, worker, closes_case=True)
    goes_on_after_all(child=one, because="Another family was meant", by=worker)
    assert Referral.current.get(person=one).closed_on is None
    again = Assessment.current.get(person=one)
    assert (again.authorised_on, again.unfinished_because) == (None, "")
    assert clocks_for(one, timezone.now())
