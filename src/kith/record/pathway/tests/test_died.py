"""A death: told once; the child's own work ends, that of brothers and sisters goes on, and no clock runs."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from kith.record.access.models import Message, Restriction
from kith.record.access.services import break_glass
from kith.record.assessment import queries as assessments
from kith.record.assessment import services as assessment
from kith.record.assessment.models import Assessment, ChildInNeedPlan, Stage
from kith.record.care.models import LegalStatus, PeriodOfCare, Placement
from kith.record.chronology.policies import WrongDate
from kith.record.clocks.queries import clocks_for
from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.models import Referral
from kith.record.help.models import HelpEpisode
from kith.record.owed.models import Owed
from kith.record.owed.queries import owed_for
from kith.record.pathway import assessed, left_since, life_over, protecting
from kith.record.pathway import closing as pathway_closing
from kith.record.pathway import services as pathway
from kith.record.pathway.died import NoDeath, SeenLater, close_after_death, did_not_die, died
from kith.record.people import services as people
from kith.record.people.models import Allocation, PersonDetails, Role, User
from kith.record.planning import services as planning
from kith.record.planning.models import Goal, PlanAction, Planned
from kith.record.planning.queries import open_plan, people_on
from kith.record.protection import services as protection
from kith.record.protection.models import Conference, ConferenceOf, ProtectionPlan, Section47Enquiry
from kith.record.protection.queries import conference_parts
from kith.record.refusals import NotAllowed, NotPossible
from kith.record.tests.practice import refused, told_of
from kith.record.versions import VersionClash, current_facts
from kith.record.visits.services import Saw, write_visit
from kith.standards.working_days import LONDON

TODAY = timezone.localdate()
THEN = TODAY - timedelta(days=30)
YESTERDAY = TODAY - timedelta(days=1)
AHEAD = TODAY + timedelta(days=7 - TODAY.weekday())  # a Monday


@pytest.fixture
def both(amira, twin, worker, manager):
    """Amira and her twin: a case, an enquiry, an assessment written in one text, a plan in need."""
    frontdoor.receive_referral(
        children=[amira, twin], on=THEN, source="6", primary_need="N1", is_no_further_action=False,
        by=manager,
    )  # fmt: skip
    protecting.begin_enquiry(children=[amira, twin], suspected_harm="Hit.", by=worker)
    assessed.assess_together(children=[amira, twin], on=TODAY, by=worker)
    return [amira, twin]


@pytest.fixture
def plan(both, manager):
    made = planning.start_plan(
        kind="child_in_need", people=both, on=THEN, by=manager, basis="section_17", agreed_with="Mum"
    )
    planning.set_goal(plan=made, what="She sleeps", only_for=both[0], by=manager)
    planning.set_goal(plan=made, what="Food", by=manager)
    planning.add_action(plan=made, what="Read to her", owner_in_words="Mum", only_for=both[0], by=manager)
    pathway.start_child_in_need_plan(children=both, on=THEN, by=manager)
    return made


def convene(children, chair, by):
    at = datetime(AHEAD.year, AHEAD.month, AHEAD.day, 10, tzinfo=LONDON)
    return protection.convene_conference(
        children=children, kind="initial", planned_for=at, by=by, now=timezone.now(), chair=chair
    )


def test_all_that_is_open_is_told_before_it_is_closed(both, plan, chair, worker):
    convene(both, chair, worker)
    told = life_over.open_for(both[0])
    words = " ".join(told.ends)
    for what in ("The assessment", "child in need plan", "Their part in a", "The conference planned", "Owed"):
        assert what in words
    assert [each.split(",")[0] for each in told.case] == ["The case", "The section 47 enquiry"]
    assert told.workers == ["Ada Osei"] and told.due


def test_her_own_ends_the_case_is_closed_as_a_death_and_her_brothers_goes_on(
    both, plan, chair, worker, manager
):
    amira, twin = both
    meeting = convene(both, chair, worker)
    died(child=amira, on=TODAY, closes_case=True, by=manager)
    assert (TODAY, "died", "Died") in told_of(amira)
    closed = Referral.current.get(person=amira)
    assert (closed.closure_reason, closed.closed_on) == ("RC2", TODAY)
    enquiry = Section47Enquiry.current.get(person=amira)
    assert (enquiry.ended_on, enquiry.is_conference_not_required) == (TODAY, True)
    mine = Assessment.current.get(person=amira)
    assert (mine.authorised_on, mine.unfinished_because, mine.factors) == (TODAY, "Died", [])
    assert ChildInNeedPlan.current.get(person=amira).ended_on == TODAY
    assert people_on(plan) == [twin] and [p.person for p in conference_parts(meeting.thread)] == [twin]
    assert clocks_for(amira, timezone.now()) == [] and owed_for([amira.pk], timezone.now()) == []
    # his
    assert Referral.current.get(person=twin).closed_on is None
    assert Section47Enquiry.current.get(person=twin).ended_on is None
    assert Assessment.current.get(person=twin).authorised_on is None
    assert ChildInNeedPlan.current.get(person=twin).ended_on is None
    assert Conference.current.get().state == "planned"
    assert clocks_for(twin, timezone.now()) and owed_for([twin.pk], timezone.now())
    assert all(line.person_ids == (twin.pk,) for line in owed_for([twin.pk], timezone.now()))


def test_what_the_plan_had_for_her_alone_is_worked_for_no_more(both, plan, manager):
    died(child=both[0], on=TODAY, by=manager)
    assert [goal.what for goal in Goal.current.filter(set_aside_because="")] == ["Food"]
    assert PlanAction.current.get().not_needed_because == "Died"


def test_nothing_of_the_family_is_held_up_by_it(both, plan, worker, manager):
    """The text about both is finished for him, and she is in none of what comes after."""
    amira, twin = both
    died(child=amira, on=TODAY, by=manager)
    text = assessments.family_of(assessments.open_assessments([twin]).values())
    family = assessments.FamilyAssessment.current.get(thread=next(iter(text.values())))
    [his] = [part for part in assessments.parts(family) if part.person_id == twin.pk]
    assessment.write_child(
        part=his, by=worker, next_step="need_plan", factors=["4B"], not_seen_because="In hospital"
    )
    asked = assessed.ask_for_sign_off(family=family, by=worker)
    [signed] = assessed.sign_off(family=asked, on=TODAY, by=manager, although="Enough")
    assert signed.person == twin and signed.factors == ["4B"]
    assert Assessment.current.get(person=amira).factors == []


def test_a_text_about_her_alone_ends_and_waits_for_no_manager(amira, worker, manager):
    frontdoor.receive_referral(
        children=[amira], on=THEN, source="6", primary_need="N1", is_no_further_action=False, by=manager
    )
    family = assessed.assess_together(children=[amira], on=TODAY, by=worker)
    died(child=amira, on=TODAY, by=worker)
    assert assessments.FamilyAssessment.current.get().stage == Stage.UNFINISHED
    with refused(NotPossible, "ended without being finished"):
        assessment.write_family(
            family=assessments.FamilyAssessment.current.get(thread=family.thread), words={}, by=worker
        )
    assert "Assessment ended without being finished: died" in [text for *_, text in told_of(amira)]


def test_a_conference_about_her_alone_is_called_off_and_its_chair_told(both, chair, worker, manager):
    meeting = convene([both[0]], chair, worker)
    died(child=both[0], on=TODAY, by=manager)
    now = Conference.current.get(thread=meeting.thread)
    assert (now.state, now.moved_because) == ("called_off", "Died")
    assert "called off" in Message.objects.get(to=chair).text


def test_care_and_a_protection_plan_end_with_their_own_codes(amira, worker, manager):
    period = PeriodOfCare.objects.create(person=amira, started_on=THEN, need="N1")
    LegalStatus.objects.create(person=amira, period_thread=period.thread, code="V2", started_on=THEN)
    Placement.objects.create(person=amira, period_thread=period.thread, placement_type="U1", started_on=THEN)
    ProtectionPlan.objects.create(person=amira, started_on=THEN, initial_category="NEG")
    HelpEpisode.objects.create(person=amira, started_on=THEN)
    died(child=amira, on=YESTERDAY, by=worker)
    left, kept = PeriodOfCare.current.get(), ProtectionPlan.current.get()
    assert (left.ended_on, left.end_reason) == (YESTERDAY, "E2")
    assert LegalStatus.current.get().ended_on == Placement.current.get().ended_on == YESTERDAY
    assert (kept.ended_on, kept.end_reason) == (YESTERDAY, "died")
    assert HelpEpisode.current.get().end_reason == "died"


def test_a_case_that_came_after_the_death_is_closed_on_its_own_day(amira, worker, manager):
    frontdoor.receive_referral(
        children=[amira], on=TODAY, source="6", primary_need="N1", is_no_further_action=False, by=manager
    )
    died(child=amira, on=YESTERDAY, closes_case=True, by=manager)
    assert Referral.current.get().closed_on == TODAY


def test_those_who_work_with_the_family_are_told_once_and_kindly(both, worker, manager):
    Message.objects.all().delete()
    died(child=both[0], on=TODAY, by=worker)
    told = Message.objects.get()
    assert told.to == manager and "before you ring" in told.text and "Amira" not in told.text


def test_the_work_of_whoever_is_allocated_ends_only_where_it_is_said(both, worker, manager):
    died(child=both[0], on=TODAY, closes_case=True, by=manager)
    assert Allocation.current.get(person=both[0]).ended_on is None
    close_after_death(child=both[0], by=manager, ends_work=True)
    assert Allocation.current.get(person=both[0]).ended_on == TODAY
    assert Allocation.current.get(person=both[1]).ended_on is None


def test_who_records_it_may_leave_the_case_to_whoever_may_close_it(both, staff, team, manager):
    helper = staff(Role.FAMILY_HELP_LEAD, team=team)
    with refused(NotAllowed, "close a case"):
        died(child=both[0], on=TODAY, closes_case=True, by=helper)
    died(child=both[0], on=TODAY, by=helper)
    assert Referral.current.get(person=both[0]).closed_on is None
    assert clocks_for(both[0], timezone.now()) == []
    with refused(NotAllowed, "close a case"):
        close_after_death(child=both[0], closes_case=True, by=helper)
    close_after_death(child=both[0], closes_case=True, by=manager)
    assert Referral.current.get(person=both[0]).closure_reason == "RC2"
    assert life_over.open_for(both[0]).case == []


def test_who_may_not(amira, stranger, analyst, worker):
    for somebody in (stranger, analyst):
        with pytest.raises(NotAllowed):
            died(child=amira, on=TODAY, by=somebody)
    Restriction.objects.create(person=amira, kind=Restriction.Kind.STAFF_FAMILY, reason="Ours")
    with pytest.raises(NotAllowed):
        died(child=amira, on=TODAY, by=worker)
    assert PersonDetails.current.get(person=amira).date_of_death is None


def test_when_it_is_not_taken(amira, unborn, worker):
    with refused(WrongDate, "not come yet"):
        died(child=amira, on=TODAY + timedelta(days=1), by=worker)
    with refused(WrongDate, "before the day of birth"):
        died(child=amira, on=date(2010, 1, 1), by=worker)
    with refused(NoDeath, "not on record as born"):
        died(child=unborn, on=TODAY, by=worker)
    with refused(NoDeath, "No death is on record"):
        close_after_death(child=amira, by=worker)


def test_a_child_whose_birth_nobody_knows(undated, worker):
    assert died(child=undated, on=TODAY, by=worker).date_of_death == TODAY


def test_sent_twice_or_by_two_at_once_it_is_written_once(amira, worker, manager):
    seen = PersonDetails.current.get(person=amira)
    died(child=amira, on=TODAY, by=worker, expected=seen.pk)
    with refused(NoDeath, "on record already"):
        died(child=amira, on=TODAY, by=manager, expected=seen.pk)


def test_one_who_saw_another_version_meets_the_clash(amira, worker):
    seen = PersonDetails.current.get(person=amira)
    pathway.people.correct_details(amira, by=worker, because="Told", first_language="Urdu")
    with pytest.raises(VersionClash):
        died(child=amira, on=TODAY, by=worker, expected=seen.pk)


def as_it_stands(child, kinds):
    return {kind.__name__: [_said(one) for one in current_facts(kind, [child.pk])] for kind in kinds}


def _said(one):
    left_out = {"id", "supersedes", "recorded_at", "recorded_by"}
    return {f.name: getattr(one, f.attname) for f in one._meta.concrete_fields if f.name not in left_out}


def lines_of(child):
    """What is told of a child, but for what the fixtures put on record without telling it."""
    return {line for line in told_of(child) if line[1] not in {"born", "worker_started"}}


KINDS = (Referral, Assessment, Section47Enquiry, ChildInNeedPlan, Planned, ConferenceOf, Allocation)


def test_a_mistake_is_taken_back_and_all_is_open_as_it_was(both, plan, chair, worker, manager, staff):
    amira, head = both[0], staff(Role.SENIOR_MANAGER)
    shared = convene(both, chair, worker)
    before, lines = as_it_stands(amira, KINDS), lines_of(amira)
    owed = {line.words for line in owed_for([amira.pk], timezone.now())}
    died(child=amira, on=TODAY, closes_case=True, ends_work=True, by=manager)
    assert as_it_stands(amira, KINDS) != before
    break_glass(amira, by=head, reason="It was written down of the wrong child", hours=12)
    with refused(NotPossible, "reason"):
        did_not_die(child=amira, because=" ", by=head)
    did_not_die(child=amira, because="Another child was meant", by=head)
    assert PersonDetails.current.get(person=amira).date_of_death is None
    assert as_it_stands(amira, KINDS) == before
    assert lines_of(amira) == lines
    assert {line.words for line in owed_for([amira.pk], timezone.now())} == owed
    assert {part.person for part in conference_parts(shared.thread)} == set(both)
    assert Goal.current.filter(set_aside_because="").count() == 2 and people_on(plan) == both
    assert clocks_for(amira, timezone.now())
    with refused(NoDeath, "No death is on record"):
        did_not_die(child=amira, because="Again", by=head)


def test_what_was_called_off_and_what_was_about_her_alone_is_open_again(amira, chair, worker, manager):
    frontdoor.receive_referral(
        children=[amira], on=THEN, source="6", primary_need="N1", is_no_further_action=False, by=manager
    )
    assessed.assess_together(children=[amira], on=TODAY, by=worker)
    meeting = convene([amira], chair, worker)
    made = planning.start_plan(
        kind="child_in_need", people=[amira], on=THEN, by=manager, basis="section_17", agreed_with="Mum"
    )
    died(child=amira, on=TODAY, by=manager)
    assert open_plan(amira.pk, made.kind) is None
    did_not_die(child=amira, because="Another child was meant", by=manager)
    assert Conference.current.get(thread=meeting.thread).state == "planned"
    assert assessments.FamilyAssessment.current.get().stage == Stage.WRITING
    assert open_plan(amira.pk, made.kind) is not None


def test_what_had_ended_before_stays_ended(both, manager, worker):
    amira = both[0]
    [line] = [one for one in owed_for([amira.pk], timezone.now()) if one.owed.what == "single_or_joint"]
    Owed.current.filter(pk=line.owed.pk).update(not_needed_at=timezone.now(), not_needed_because="Said")
    died(child=amira, on=TODAY, by=manager)
    did_not_die(child=amira, because="Another child was meant", by=manager)
    assert "single_or_joint" not in [one.owed.what for one in owed_for([amira.pk], timezone.now())]


def test_an_assessment_signed_off_without_her_stays_ended_and_a_new_one_may_begin(both, worker, manager):
    """Nobody writes in a text that a manager has signed: opened again, hers could never be finished."""
    amira, twin = both
    text = assessments.family_of(assessments.open_assessments(both).values())
    family = assessments.FamilyAssessment.current.get(thread=next(iter(text.values())))
    died(child=amira, on=TODAY, by=manager)
    [his] = [part for part in assessments.parts(family) if part.person_id == twin.pk]
    assessment.write_child(
        part=his, by=worker, next_step="need_plan", factors=["4B"], not_seen_because="In hospital"
    )
    assessed.sign_off(
        family=assessed.ask_for_sign_off(family=family, by=worker), on=TODAY, by=manager, although="Enough"
    )
    did_not_die(child=amira, because="Another child was meant", by=manager)
    [ended] = Assessment.current.filter(person=amira)
    assert (ended.authorised_on, ended.factors) == (TODAY, [])
    ended_as = "Assessment ended without being finished: it was signed off without this child"
    assert ended_as in [what for _, _, what in told_of(amira)]
    assessed.assess_together(children=[amira], on=TODAY, by=worker)
    assert Assessment.current.filter(person=amira, authorised_on=None).count() == 1


def test_what_was_ended_before_in_the_same_words_is_opened_again_by_nobody(
    both, manager, worker, staff, team
):
    """A case that a manager closed is not opened by whoever may close none, by a death said and unsaid."""
    amira = both[0]
    helper = staff(Role.FAMILY_HELP_LEAD, team=team)
    died(child=amira, on=YESTERDAY, by=manager)
    close_after_death(child=amira, closes_case=True, by=manager)
    did_not_die(child=amira, because="Died", by=manager)
    referral = Referral.current.get(person=amira)
    assessment.leave_unfinished(child=amira, on=TODAY, because="Died", by=manager)
    protection.end_with(child=amira, under=referral.thread, on=TODAY, because="Died", by=manager)
    pathway_closing.close_case(referral=referral, on=TODAY, reason="RC7", because="Died", by=manager)
    died(child=amira, on=TODAY, by=helper)
    people.correct_details(amira, by=helper, because="Her mother said so", first_language="som")
    did_not_die(child=amira, because="Sorry", by=helper)
    assert Referral.current.get(person=amira).closed_on == TODAY
    assert Assessment.current.get(person=amira).unfinished_because == "Died"


def test_work_opened_again_of_somebody_who_has_left_is_their_teams_and_its_manager_is_told(
    amira, chair, worker, manager, staff, team
):
    frontdoor.receive_referral(
        children=[amira], on=THEN, source="6", primary_need="N1", is_no_further_action=False, by=manager
    )
    protecting.begin_enquiry(children=[amira], suspected_harm="Hit.", by=worker)
    meeting = convene([amira], chair, worker)
    theirs = {one.owed.what for one in owed_for([amira.pk], timezone.now()) if one.owed.owed_by == worker}
    assert theirs
    died(child=amira, on=YESTERDAY, closes_case=True, ends_work=True, by=manager)
    gone = User.objects.filter(pk__in=[worker.pk, chair.pk])
    gone.update(is_active=False)
    head = staff(Role.SENIOR_MANAGER)
    break_glass(amira, by=head, reason="It was written down of the wrong child", hours=12)
    did_not_die(child=amira, because="Another child was meant", by=head)
    [held] = Allocation.current.filter(person=amira, ended_on=None)
    assert (held.worker, held.team, held.role, held.started_on) == (None, team, "social_worker", TODAY)
    assert Allocation.current.get(person=amira, worker=worker).ended_on == TODAY
    lines = [one.owed for one in owed_for([amira.pk], timezone.now())]
    assert not [one for one in lines if one.owed_by in gone]
    assert theirs <= {one.what for one in lines if one.team == team}
    assert Conference.current.get(thread=meeting.thread).chair is None
    assert Message.objects.filter(to=manager, text=left_since.FIND_SOMEBODY).exists()


def test_what_a_worker_who_has_left_took_on_in_a_plan_is_their_teams_when_it_is_opened_again(
    both, plan, worker, manager, team
):
    amira = both[0]
    planning.add_action(plan=plan, what="Ring her school", owner=worker, only_for=amira, by=manager)
    died(child=amira, on=TODAY, by=manager)
    User.objects.filter(pk=worker.pk).update(is_active=False)
    did_not_die(child=amira, because="Another child was meant", by=manager)
    action = PlanAction.current.get(what="Ring her school")
    assert (action.owner, action.owner_in_words, action.not_needed_because) == (None, team.name, "")


def test_what_was_owed_about_her_alone_is_owed_again(amira, worker, manager):
    frontdoor.receive_referral(
        children=[amira], on=THEN, source="6", primary_need="N1", is_no_further_action=False, by=manager
    )
    protecting.begin_enquiry(children=[amira], suspected_harm="Hit.", by=worker)
    owed = {(line.words, line.owed.owed_by) for line in owed_for([amira.pk], timezone.now())}
    assert owed
    died(child=amira, on=TODAY, by=manager)
    did_not_die(child=amira, because="Another child was meant", by=manager)
    assert {(line.words, line.owed.owed_by) for line in owed_for([amira.pk], timezone.now())} == owed


def test_a_day_before_a_visit_that_saw_her_has_to_be_checked(amira, worker):
    write_visit(saw=[Saw(amira, "alone")], at=timezone.now(), how="in_person", what_happened="Tea", by=worker)
    with refused(SeenLater, "saw them"):
        died(child=amira, on=YESTERDAY, by=worker)
    assert died(child=amira, on=YESTERDAY, is_day_checked=True, by=worker).date_of_death == YESTERDAY


def test_she_may_have_died_on_the_day_on_which_she_was_seen(amira, worker):
    write_visit(saw=[Saw(amira, "alone")], at=timezone.now(), how="in_person", what_happened="Tea", by=worker)
    assert died(child=amira, on=TODAY, by=worker).date_of_death == TODAY
