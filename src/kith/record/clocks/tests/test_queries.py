"""What is due, met and late for a child and for many: on the edges, and in few queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.record.assessment.models import Assessment
from kith.record.care.models import CareReview, LegalStatus, MissingEpisode, PeriodOfCare
from kith.record.clocks import queries, words
from kith.record.clocks.models import LocalClock
from kith.record.clocks.queries import clocks_for, due_for_people
from kith.record.frontdoor.models import Referral
from kith.record.protection.models import InitialConference, PlanReview, ProtectionPlan, Section47Enquiry
from kith.record.tests.practice import MONDAY, worked_with
from kith.standards.clocks import Facts, Status, Unit, clock, clocks, clocks_of, due

AT_MOST = 30  # each room reads each kind of its facts once, whatever the number of children


def of(clocks, lines):
    """The lines of these clocks: others may run beside them."""
    return [line for line in lines if line.clock in clocks]


def states(child, on, *of_clocks):
    """Clock, state and day of these clocks, in the order of the page."""
    return [(line.clock, line.status, line.due_on) for line in of(of_clocks, clocks_for(child, on))]


@pytest.fixture
def referral(amira):
    return Referral.objects.create(
        person=amira, received_on=MONDAY, source="2A", primary_need="N1", is_no_further_action=False
    )


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (MONDAY, Status.DUE),
        (date(2026, 5, 7), Status.DUE_TODAY),
        (date(2026, 5, 8), Status.LATE),
    ],
)
def test_an_assessment_is_due_45_working_days_from_the_referral_over_easter_and_may_day(
    referral, amira, on, status
):
    assert states(amira, on, "AS-01") == [("AS-01", status, date(2026, 5, 7))]


def test_an_assessment_is_met_by_authorising_and_a_second_runs_from_its_own_start(referral, amira):
    given = {"person": amira, "referral_thread": referral.thread}
    Assessment.objects.create(started_on=MONDAY, authorised_on=date(2026, 4, 1), **given)
    Assessment.objects.create(started_on=date(2026, 6, 1), **given)
    first, second = sorted(
        of(["AS-01"], clocks_for(amira, date(2026, 6, 2))), key=lambda line: line.started_on
    )
    assert (first.status, first.met_on) == (Status.MET, date(2026, 4, 1))
    assert (second.status, second.started_on) == (Status.DUE, date(2026, 6, 1))


def test_nothing_runs_in_a_closed_case_nor_where_there_is_none(referral, amira, twin):
    Referral.objects.filter(pk=referral.pk).update(closed_on=date(2026, 4, 1))
    assert clocks_for(amira, date(2026, 6, 1)) == [] == clocks_for(twin, date(2026, 6, 1))


def test_a_line_says_what_by_when_why_and_how_sure(referral, amira):
    [line] = of(["AS-01"], clocks_for(amira, MONDAY))
    assert line.what == "Finish the assessment of the child and family"
    assert line.words.startswith("Due Thu 7 May 2026")
    assert "Working Together" in line.why and line.strength == "statutory_guidance"
    assert line.is_verified and not line.is_set_locally and line.is_open and not line.is_late
    assert (line.fact_table, line.fact_thread) == ("frontdoor.referral", referral.thread)


@pytest.mark.parametrize(
    ("held_on", "not_required", "expected"),
    [
        (None, None, [("CP-02", Status.DUE, date(2026, 3, 23))]),
        (date(2026, 3, 23), False, [("CP-02", Status.MET, date(2026, 3, 23))]),
        (date(2026, 3, 24), False, [("CP-02", Status.MET_LATE, date(2026, 3, 23))]),
        (None, True, []),
    ],
)
def test_a_conference_is_due_15_working_days_from_the_enquiry(
    referral, amira, held_on, not_required, expected
):
    enquiry = Section47Enquiry.objects.create(
        person=amira,
        referral_thread=referral.thread,
        started_on=MONDAY,
        is_conference_not_required=not_required,
    )
    if held_on:
        InitialConference.objects.create(person=amira, enquiry_thread=enquiry.thread, held_on=held_on)
    assert states(amira, held_on or MONDAY, "CP-02") == expected


@pytest.mark.parametrize(
    ("ended_on", "on", "status"),
    [
        (None, date(2026, 3, 23), Status.DUE_TODAY),
        (None, date(2026, 3, 24), Status.LATE),
        (date(2026, 3, 20), date(2026, 3, 24), Status.MET),
        (date(2026, 3, 24), date(2026, 3, 24), Status.MET_LATE),
    ],
)
def test_an_enquiry_is_to_be_concluded_in_15_working_days(referral, amira, ended_on, on, status):
    given = {"person": amira, "referral_thread": referral.thread, "started_on": MONDAY}
    Section47Enquiry.objects.create(**given, ended_on=ended_on, is_conference_not_required=bool(ended_on))
    assert states(amira, on, "CP-03") == [("CP-03", status, date(2026, 3, 23))]


def test_whether_an_imported_enquiry_was_concluded_is_not_asked(referral, amira):
    given = {"person": amira, "referral_thread": referral.thread, "started_on": MONDAY}
    Section47Enquiry.objects.create(**given, source_rows=[1])
    assert states(amira, MONDAY, "CP-02", "CP-03") == [("CP-02", Status.DUE, date(2026, 3, 23))]


def test_reviews_of_a_plan_run_from_the_one_before(amira):
    plan = ProtectionPlan.objects.create(person=amira, started_on=MONDAY)
    assert ("CP-06", Status.DUE, date(2026, 6, 2)) in states(amira, MONDAY, "CP-06")
    PlanReview.objects.create(person=amira, plan_thread=plan.thread, held_on=date(2026, 6, 3))
    PlanReview.objects.create(person=amira, plan_thread=plan.thread, held_on=date(2026, 9, 1))
    found = states(amira, date(2026, 9, 2), "CP-06", "CP-07")
    assert ("CP-06", Status.MET_LATE, date(2026, 6, 2)) in found
    assert ("CP-07", Status.MET, date(2026, 12, 3)) in found
    assert ("CP-07", Status.DUE, date(2027, 3, 1)) in found


def test_what_a_file_does_not_carry_is_due_and_never_late(amira):
    ProtectionPlan.objects.create(person=amira, started_on=MONDAY, source_rows=[1])
    MissingEpisode.objects.create(person=amira, kind="M", started_on=MONDAY, ended_on=MONDAY, source_rows=[1])
    unheld = ("CP-04", "MI-01")
    assert {clock for clock, _, _ in states(amira, MONDAY, *unheld)} == set(unheld)
    assert states(amira, date(2026, 3, 20), *unheld) == []


REVIEWS = ("CR-01", "CR-02", "CR-03")


def in_care(child, on, code="V2", **more):
    period = PeriodOfCare.objects.create(person=child, started_on=on, need="N1", **more)
    LegalStatus.objects.create(person=child, period_thread=period.thread, code=code, started_on=on)
    return period


def test_reviews_of_care_are_due_in_20_working_days_3_months_and_every_6(amira):
    in_care(amira, date(2026, 3, 27))
    assert states(amira, date(2026, 4, 28), *REVIEWS) == [("CR-01", Status.DUE_TODAY, date(2026, 4, 28))]
    CareReview.objects.create(person=amira, held_on=date(2026, 4, 28))
    CareReview.objects.create(person=amira, held_on=date(2026, 7, 29))
    assert states(amira, date(2026, 8, 1), *REVIEWS) == [
        ("CR-03", Status.DUE, date(2027, 1, 29)),
        ("CR-01", Status.MET, date(2026, 4, 28)),
        ("CR-02", Status.MET_LATE, date(2026, 7, 28)),
    ]


def test_where_the_first_reviews_are_not_on_record_only_the_last_counts(amira):
    in_care(amira, MONDAY, is_start_known=False)
    assert states(amira, date(2026, 12, 1), *REVIEWS) == []
    CareReview.objects.create(person=amira, held_on=date(2026, 6, 1))
    assert states(amira, date(2026, 12, 2), *REVIEWS) == [("CR-03", Status.LATE, date(2026, 12, 1))]


def test_short_statuses_have_their_clock_and_short_breaks_no_reviews(amira, twin):
    in_care(amira, MONDAY, code="L1")
    assert ("EM-01", Status.DUE_TODAY, date(2026, 3, 5)) in states(amira, date(2026, 3, 5), "EM-01")
    in_care(twin, MONDAY, code="V3")
    assert [clock for clock, _, _ in states(twin, MONDAY, "CS-01", *REVIEWS)] == ["CS-01"]


def test_only_practice_clocks_are_the_authoritys_own(referral, amira):
    LocalClock.objects.create(
        clock="AS-01", amount=10, unit="working_days", started_on=date(2020, 1, 1), agreed_by="Panel"
    )
    assert states(amira, MONDAY, "AS-01")[0][2] == date(2026, 5, 7)
    assert [limit.amount for limit in queries.local_limits()] == [10]


def test_an_authority_may_count_a_practice_clock_in_another_unit(db):
    LocalClock.objects.create(
        clock="CN-02", amount=6, unit="weeks", started_on=date(2026, 1, 1), agreed_by="Panel"
    )
    reviews, started = clock("CN-02"), date(2026, 11, 13)
    assert due(reviews, Facts(started), started).due_on == date(2027, 2, 13)  # the table's 3 months
    state = due(reviews, Facts(started), started, queries.local_limits())
    assert (state.due_on, state.clock.unit) == (date(2026, 12, 25), Unit.WEEKS)


WITH_PAGES = (
    "front_door", "family_help", "handover", "assessment", "child_in_need",
    "section_47", "child_protection", "emergency", "missing",
)  # fmt: skip


def test_every_clock_of_the_stages_with_pages_says_what_it_asks_in_plain_words():
    said = words.plain_words()
    asked = [each.id for stage in WITH_PAGES for each in clocks_of(stage)]
    assert len(asked) > 40 and [one for one in asked if not said.get(one)] == []
    assert said.keys() <= clocks().keys()


def test_a_child_with_no_date_of_birth_and_an_unborn_one_have_clocks(undated, unborn):
    for child in (undated, unborn):
        Referral.objects.create(person=child, received_on=MONDAY, primary_need="N1")
        assert [clock for clock, _, _ in states(child, MONDAY, "AS-01")] == ["AS-01"]


def asked_of_the_database(look, *given):
    with CaptureQueriesContext(connection) as queries_made:
        found = look(*given, MONDAY)
    return found, len(queries_made)


def test_what_is_due_for_many_children_is_read_in_as_many_queries_as_for_one(
    referral, amira, worker, team, someone
):
    in_care(amira, MONDAY)
    children = [amira]
    _, for_one = asked_of_the_database(due_for_people, [amira.pk])
    for number in range(12):
        child = worked_with(someone("Child", str(number)), worker, team)
        Referral.objects.create(person=child, received_on=MONDAY - timedelta(days=number), primary_need="N1")
        in_care(child, MONDAY)
        children.append(child)
    lines, for_all = asked_of_the_database(due_for_people, [child.pk for child in children])
    assert for_all == for_one <= AT_MOST
    assert len(of([*REVIEWS, "AS-01"], lines)) == 13 * 2
    assert lines[0].due_on == min(line.due_on for line in lines)
