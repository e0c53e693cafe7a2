"""What is due while a child is to be protected, at the edges of the calendar and of the hour."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kith.record.clocks.queries import clocks_for
from kith.record.frontdoor.queries import referral_threads
from kith.record.frontdoor.services import receive_referral
from kith.record.pathway import services as pathway
from kith.record.people.services import correct_details
from kith.record.protection import services
from kith.record.protection.models import LegalPlanningLook, ProtectionPlan
from kith.record.protection.queries import invited_to
from kith.record.protection.services import Asked, Decided, Found
from kith.record.refusals import NotAllowed, NotPossible
from kith.record.tests.practice import refused, told_of
from kith.record.visits.services import Saw, write_visit
from kith.standards.clocks import Status


def due(child, now, *clocks):
    """(clock, status, due day) of the named clocks that run for a child."""
    lines = [line for line in clocks_for(child, now) if line.clock in clocks]
    return [(line.clock, line.status, line.due_on) for line in lines]


def at(*moment):
    return datetime(*moment, tzinfo=UTC)


def suspect(child, worker, when, **more):
    receive_referral(
        children=[child], on=when.date(), source="6", primary_need="N1", is_no_further_action=False, by=worker
    )
    return services.begin_enquiry(
        children=[child], suspected_harm="Bruises", at=when, by=worker,
        referrals=referral_threads([child], when.date()), **more,
    )  # fmt: skip


def discuss(child, worker, when, **more):
    given = {
        "took_part": [{"agency": "police", "who": ""}], "discussed": "Seen today", "decision": "meet_again",
        "now": at(2026, 11, 30), "referrals": referral_threads([child], when.date()),
    }  # fmt: skip
    return services.hold_strategy_discussion(children=[child], held_at=when, by=worker, **{**given, **more})


@pytest.mark.parametrize(
    ("suspected", "due_on"),
    [
        (at(2026, 4, 2, 12), date(2026, 4, 7)),  # Maundy Thursday: Easter does not count
        (at(2026, 10, 23, 12), date(2026, 10, 26)),  # the clocks change in between
        (at(2026, 7, 2, 23, 30), date(2026, 7, 6)),  # Friday in London already
    ],
)
def test_a_discussion_is_due_on_the_next_working_day(amira, worker, suspected, due_on):
    suspect(amira, worker, suspected)
    assert due(amira, suspected, "CP-01") == [("CP-01", Status.DUE, due_on)]


def test_in_danger_now_it_is_due_the_same_day(amira, worker):
    suspect(amira, worker, at(2026, 3, 2, 12), is_danger_now=True)
    [(_, status, due_on)] = due(amira, at(2026, 3, 2, 13), "CP-01", "CP-01b")
    assert (status, due_on) == (Status.DUE_TODAY, date(2026, 3, 2))


def test_a_discussion_earlier_the_same_day_meets_it_and_one_of_another_child_does_not(amira, twin, worker):
    suspect(amira, worker, at(2026, 3, 2, 12))
    discuss(twin, worker, at(2026, 3, 2, 13))
    assert due(amira, at(2026, 3, 4), "CP-01")[0][1] == Status.LATE
    discuss(amira, worker, at(2026, 3, 2, 9))
    assert due(amira, at(2026, 3, 4), "CP-01")[0][1] == Status.MET


def test_more_that_is_told_wants_a_further_discussion_and_does_not_restart_the_conference(amira, worker):
    suspect(amira, worker, at(2026, 3, 2, 12))
    discuss(amira, worker, at(2026, 3, 2, 13), decision="enquire_alone")
    services.begin_enquiry(
        children=[amira], suspected_harm="A burn", at=at(2026, 3, 9, 12), by=worker,
        referrals=referral_threads([amira], date(2026, 3, 9)),
    )  # fmt: skip
    assert due(amira, at(2026, 3, 9, 13), "CP-01")[0][1:] == (Status.DUE, date(2026, 3, 10))
    discuss(amira, worker, at(2026, 3, 10, 13), decision="enquire_with_police")
    assert due(amira, at(2026, 3, 10, 14), "CP-02") == [("CP-02", Status.DUE, date(2026, 3, 23))]


@pytest.fixture
def plan(amira, worker, chair):
    on = date(2026, 3, 27)
    receive_referral(
        children=[amira], on=on, source="6", primary_need="N1", is_no_further_action=False, by=worker
    )
    pathway.start_section_47(children=[amira], on=on, by=worker)
    pathway.hold_initial_conference(children=[amira], on=on, is_plan_made=True, by=chair)
    return pathway.start_protection_plan(child=amira, on=on, category="NEG", by=chair)


def meet(plan, worker, on):
    services.hold_core_group(plans=[plan], on=on, who_came="Mum", what_changed="He left", by=worker)


def test_core_groups_run_from_the_conference_and_then_from_the_one_before(plan, amira, worker):
    assert due(amira, date(2026, 3, 27), "CP-04", "CP-05") == [("CP-04", Status.DUE, date(2026, 4, 14))]
    meet(plan, worker, date(2026, 4, 15))  # a day late: the next counts from the day it was held
    assert due(amira, date(2026, 4, 16), "CP-04", "CP-05") == [
        ("CP-05", Status.DUE, date(2026, 5, 27)),
        ("CP-04", Status.MET_LATE, date(2026, 4, 14)),
    ]


def test_the_first_review_is_due_in_three_months_and_each_later_one_in_six(plan, amira, chair):
    assert due(amira, plan.started_on, "CP-06", "CP-07") == [("CP-06", Status.DUE, date(2026, 6, 27))]
    services.hold_plan_review(plan=plan, on=date(2026, 6, 26), by=chair)  # early: the next is sooner
    assert due(amira, date(2026, 6, 26), "CP-06", "CP-07") == [
        ("CP-07", Status.DUE, date(2026, 12, 26)),  # a Saturday, and Boxing Day: months do not move
        ("CP-06", Status.MET, date(2026, 6, 27)),
    ]
    services.hold_plan_review(plan=plan, on=date(2026, 11, 30), by=chair)
    assert ("CP-07", Status.DUE, date(2027, 5, 30)) in due(amira, date(2026, 11, 30), "CP-07")


def test_a_child_of_whom_harm_is_suspected_is_seen_within_a_day(amira, worker):
    when = at(2026, 4, 2, 12)  # Maundy Thursday: a day is a day
    suspect(amira, worker, when)
    assert due(amira, when.date(), "AS-03", "AS-03b") == [("AS-03b", Status.DUE, date(2026, 4, 3))]


def visit(child, worker, when):
    write_visit(saw=[Saw(child, "alone")], at=when, how="in_person", what_happened="Tea", by=worker)


def test_a_visit_before_the_harm_was_suspected_does_not_say_that_they_were_seen_since(amira, worker):
    receive_referral(
        children=[amira], on=date(2026, 3, 2), source="6", primary_need="N1", is_no_further_action=False,
        by=worker,
    )  # fmt: skip
    visit(amira, worker, at(2026, 3, 3, 10))
    when = at(2026, 4, 2, 12)
    visit(amira, worker, at(2026, 4, 2, 9))
    services.begin_enquiry(
        children=[amira], suspected_harm="Bruises", at=when, by=worker,
        referrals=referral_threads([amira], when.date()),
    )  # fmt: skip
    assert due(amira, when, "AS-03b") == [("AS-03b", Status.DUE, date(2026, 4, 3))]
    visit(amira, worker, at(2026, 4, 2, 15))
    assert due(amira, when.date(), "AS-03b") == [("AS-03b", Status.MET, date(2026, 4, 3))]


def test_what_an_enquiry_found_of_when_the_child_was_seen_meets_that_clock(amira, worker):
    when = at(2026, 4, 2, 12)
    enquiry = suspect(amira, worker, when).enquiries[amira.pk]
    services.find(
        enquiries=[enquiry], on=date(2026, 4, 7), by=worker,
        found={amira.pk: Found(finding="not_borne_out", because="A fall", seen_on=date(2026, 4, 3))},
    )  # fmt: skip
    assert due(amira, date(2026, 4, 8), "AS-03b") == [("AS-03b", Status.MET, date(2026, 4, 3))]


def test_an_imported_plan_is_never_late_for_a_core_group(amira):
    ProtectionPlan.objects.create(person=amira, started_on=date(2026, 3, 2), source_rows=[1])
    assert due(amira, date(2026, 3, 20), "CP-04") == []


def test_a_baby_born_on_the_plan_has_a_meeting_in_ten_working_days(unborn, worker, chair):
    on = date(2026, 3, 2)
    receive_referral(
        children=[unborn], on=on, source="6", primary_need="N1", is_no_further_action=False, by=worker
    )
    pathway.start_section_47(children=[unborn], on=on, by=worker)
    pathway.hold_initial_conference(children=[unborn], on=on, is_plan_made=True, by=chair)
    plan = pathway.start_protection_plan(child=unborn, on=on, category="NEG", by=chair)
    meet(plan, worker, date(2026, 3, 9))  # before the birth: it does not meet it
    assert due(unborn, date(2026, 3, 10), "CP-10") == []
    good_friday = date(2026, 4, 3)
    correct_details(
        unborn, by=worker, because="Born", date_of_birth=good_friday, sex="F", expected_date_of_birth=None
    )
    assert due(unborn, good_friday, "CP-10") == [("CP-10", Status.DUE, date(2026, 4, 20))]
    plan = services.say_mother_unwell(plan=plan, is_unwell=True, by=worker)
    later = [("CP-10b", Status.DUE, date(2026, 5, 5))]  # Easter Monday and the early May holiday lie inside
    assert due(unborn, good_friday, "CP-10", "CP-10b") == later
    plan = services.say_mother_unwell(plan=plan, is_unwell=False, by=worker)
    meet(plan, worker, date(2026, 4, 10))
    assert due(unborn, date(2026, 4, 10), "CP-10")[0][1] == Status.MET


NURSE = Asked(name="Bea Nurse", agency="health_visiting", is_report_wanted=True)
TEACHER = Asked(name="Tom Head", agency="school", is_report_wanted=True)
SOCIAL_CARE = Asked(name="Ada", agency="la_csc")


def convene(child, worker, planned_for, **more):
    return services.convene_conference(
        children=[child], planned_for=planned_for, now=at(2026, 3, 24, 9), by=worker,
        people=[NURSE, TEACHER, SOCIAL_CARE], **{"kind": "initial", **more},
    )  # fmt: skip


def test_reports_are_due_with_the_family_three_working_days_before(amira, worker):
    conference = convene(amira, worker, at(2026, 4, 8, 9))
    now = at(2026, 3, 26, 9)
    assert due(amira, now, "CP-13") == [("CP-13", Status.DUE, date(2026, 4, 1))]
    for invited in invited_to(conference.thread)[:1]:
        services.share_report(invited=invited, on=date(2026, 3, 26), how="With Mum", by=worker)
    assert due(amira, now, "CP-13")[0][1] == Status.DUE  # one of two is not all
    for invited in invited_to(conference.thread)[1:2]:
        services.share_report(invited=invited, on=date(2026, 3, 26), how="With Mum", by=worker)
    assert due(amira, now, "CP-13")[0][1] == Status.MET


def test_the_chair_has_each_report_five_working_days_before(amira, worker):
    conference = convene(amira, worker, at(2026, 4, 8, 9))
    now = at(2026, 3, 26, 9)
    assert due(amira, now, "H-3") == [("H-3", Status.DUE, date(2026, 3, 30))]  # back over Easter
    for invited in invited_to(conference.thread)[:2]:
        assert due(amira, now, "H-3")[0][1] == Status.DUE
        services.say_of_invited(invited=invited, report_received_on=date(2026, 3, 26), by=worker)
    assert due(amira, now, "H-3")[0][1] == Status.MET


@pytest.mark.parametrize(
    ("planned", "due_on"),
    [
        (at(2026, 3, 27, 9), date(2026, 3, 25)),  # no limit lies after it: the working day after convening
        (at(2026, 3, 26, 9), date(2026, 3, 25)),
        (at(2026, 3, 24, 15), date(2026, 3, 24)),  # on the very day: before the conference itself
    ],
)
def test_a_report_for_a_conference_at_short_notice_is_due_as_soon_as_can_be(amira, worker, planned, due_on):
    convene(amira, worker, planned)
    for clock in ("H-3", "CP-13"):
        now = at(2026, 3, 24, 10)
        [line] = [line for line in clocks_for(amira, now) if line.clock == clock]
        assert (line.due_on, line.is_late) == (due_on, False)
        assert "as soon as can be" in line.words
        after = datetime.combine(due_on, now.timetz()) + timedelta(days=1)
        [line] = [line for line in clocks_for(amira, after) if line.clock == clock]
        assert line.is_late and "1 working day late" in line.words


def test_a_held_date_that_is_confirmed_asks_for_reports_from_that_day(amira, worker):
    held = convene(amira, worker, at(2026, 4, 8, 9), is_date_only_held=True)
    services.confirm_conference(conference=held, by=worker, now=at(2026, 4, 2, 9))
    assert due(amira, at(2026, 4, 2, 9), "H-3") == [("H-3", Status.DUE, date(2026, 4, 7))]  # over Easter


def test_whether_a_mother_is_unwell_is_asked_only_of_a_plan_made_before_the_birth(plan, worker, stranger):
    with refused(NotPossible, "did not begin before the birth"):
        services.say_mother_unwell(plan=plan, is_unwell=True, by=worker)
    with pytest.raises(NotAllowed):
        services.say_mother_unwell(plan=plan, is_unwell=True, by=stranger)


def test_reports_are_with_the_family_five_working_days_before_a_review(amira, worker):
    convene(amira, worker, at(2026, 4, 8, 9), kind="review")
    now = at(2026, 3, 26, 9)
    assert due(amira, now, "CP-13", "CP-13b") == [("CP-13b", Status.DUE, date(2026, 3, 30))]


def test_a_moved_conference_counts_its_reports_anew_and_a_held_date_asks_for_none(amira, worker):
    conference = convene(amira, worker, at(2026, 4, 8, 9), is_date_only_held=True)
    assert due(amira, at(2026, 3, 26), "CP-13") == []
    kept = services.confirm_conference(conference=conference, by=worker)
    services.move_conference(
        conference=kept, planned_for=at(2026, 4, 15, 9), because="Police", safe_until_then="With her aunt",
        by=worker, now=at(2026, 3, 26, 9),
    )  # fmt: skip
    assert due(amira, at(2026, 3, 26), "CP-13") == [("CP-13", Status.DUE, date(2026, 4, 10))]


def test_decisions_go_in_one_working_day_and_the_record_in_twenty(amira, worker, chair):
    conference = convene(amira, worker, at(2026, 4, 2, 9))
    came = {one.thread: "there" for one in invited_to(conference.thread)}
    services.record_attendance(conference=conference, came=came, by=chair)
    services.hold_conference(
        conference=conference, held_at=at(2026, 4, 2, 9), quorum=2, by=chair,
        decisions={amira.pk: Decided("no_plan", "Safe with her aunt")},
    )  # fmt: skip
    now = at(2026, 4, 2, 12)
    assert ("CP-11", Status.DUE, date(2026, 4, 7)) in due(amira, now, "CP-11", "CP-12")
    services.send_what_was_decided(invited=invited_to(conference.thread), on=date(2026, 4, 2), by=worker)
    assert due(amira, now, "CP-11")[0][1] == Status.MET
    assert due(amira, now, "CP-12")[0][1] == Status.DUE


def test_a_plan_from_another_area_has_its_conference_in_15_working_days(amira, worker):
    [one] = services.take_transfer_in(
        children=[amira], from_authority="Leeds", notified_on=date(2026, 3, 23), by=worker
    )
    assert due(amira, date(2026, 3, 23), "CP-09") == [("CP-09", Status.DUE, date(2026, 4, 15))]
    assert due(amira, date(2026, 3, 23), "CP-08")[0][1] == Status.DUE  # visits begin with the letter
    services.end_transfer_in(transfer=one, on=date(2026, 3, 25), because="They went to York", by=worker)
    assert due(amira, date(2026, 4, 20), "CP-08", "CP-09") == []


@pytest.mark.parametrize(
    ("began_at", "due_at"),
    [
        (at(2026, 3, 27, 22, 30), at(2026, 3, 30, 22, 30)),  # 23:30 by the clock: summer time began
        (at(2026, 10, 23, 21, 30), at(2026, 10, 26, 21, 30)),  # 21:30 by the clock, an hour earlier
        (at(2025, 12, 30, 23, 50), at(2026, 1, 2, 23, 50)),  # over New Year
    ],
)
def test_police_protection_ends_after_72_hours_of_time_gone_by(amira, worker, began_at, due_at):
    services.use_emergency_power(
        children=[amira], kind="police_protection", by=worker, began_at=began_at,
        began_on=began_at.date(),
    )  # fmt: skip
    [line] = [line for line in clocks_for(amira, began_at) if line.clock == "EM-01"]
    assert line.due_at == due_at


def test_an_order_and_its_extension_run_in_days(amira, worker):
    [order] = services.use_emergency_power(
        children=[amira], kind="emergency_order", began_on=date(2026, 3, 2), by=worker
    )
    services.extend_emergency_order(step=order, on=date(2026, 3, 10), by=worker)
    lines = {line.clock: line.due_on for line in clocks_for(amira, date(2026, 3, 10))}
    assert (lines["EM-02"], lines["EM-03"]) == (date(2026, 3, 10), date(2026, 3, 17))


def test_a_child_assessment_order_runs_seven_days_over_christmas_too(amira, worker):
    services.use_emergency_power(
        children=[amira], kind="assessment_order", began_on=date(2025, 12, 19), by=worker
    )
    assert due(amira, date(2025, 12, 19), "EM-04") == [("EM-04", Status.DUE, date(2025, 12, 26))]


def look(plan, by, on, decision="plan_goes_on", **more):
    given = {"who": "The lawyer", "decisions": {plan.person_id: (decision, "Not yet the threshold")}, **more}
    return services.look_with_lawyer(plans=[plan], on=on, by=by, **given)


def test_a_plan_that_lasts_fifteen_months_is_looked_at_with_a_lawyer_before_eighteen(plan, amira, worker):
    assert due(amira, date(2027, 6, 26), "H-7", "H-7b") == []  # begun on 27 March 2026
    assert due(amira, date(2027, 6, 27), "H-7") == [("H-7", Status.DUE, date(2027, 9, 27))]
    assert due(amira, date(2027, 9, 28), "H-7")[0][1] == Status.LATE


@pytest.mark.parametrize(
    ("looked_on", "status"),
    [
        (date(2027, 3, 26), Status.LATE),  # a day before a year: too early to be that look
        (date(2027, 3, 27), Status.MET),
        (date(2027, 9, 27), Status.MET),
        (date(2027, 9, 28), Status.MET_LATE),
    ],
)
def test_what_was_written_as_decided_settles_it(plan, amira, looked_on, status):
    LegalPlanningLook.objects.create(
        person=amira, plan_thread=plan.thread, looked_on=looked_on, decision="plan_goes_on"
    )
    assert due(amira, date(2027, 9, 30), "H-7") == [("H-7", status, date(2027, 9, 27))]


def test_a_second_plan_is_looked_at_with_a_lawyer_soon(plan, amira, worker, chair):
    services.end_protection_plan(plan=plan, on=date(2026, 6, 1), by=chair)
    second = ProtectionPlan.objects.create(person=amira, started_on=date(2026, 10, 5), initial_category="NEG")
    assert due(amira, date(2026, 10, 5), "H-7b") == [("H-7b", Status.DUE, date(2026, 11, 2))]
    [one] = look(second, worker, second.started_on)
    assert (one.decision, one.plan_thread) == ("plan_goes_on", second.thread)
    assert due(amira, date(2026, 10, 6), "H-7b") == [("H-7b", Status.MET, date(2026, 11, 2))]
    told = (date(2026, 10, 5), "legal_look", "Legal planning look: the plan goes on")
    assert told in told_of(amira)


def test_an_earlier_plan_elsewhere_makes_it_a_second_one(plan, amira, worker):
    assert due(amira, plan.started_on, "H-7b") == []
    services.count_previous_plans(plan=plan, ever=1, by=worker)
    assert due(amira, plan.started_on, "H-7b") == [("H-7b", Status.DUE, date(2026, 4, 28))]  # over Easter


def test_a_legal_planning_look_is_refused_without_a_decision_its_reason_or_the_right(
    plan, amira, worker, stranger, chair
):
    on = date(2026, 4, 1)
    for more, match in (
        ({"who": " "}, "Who looked at it"),
        ({"decisions": {}}, "What was decided was not chosen"),
        ({"decisions": {amira.pk: ("court", " ")}}, "Why it was decided"),
    ):
        with refused(NotPossible, match):
            look(plan, worker, on, **more)
    for nobody in (stranger, chair):
        with pytest.raises(NotAllowed):
            look(plan, nobody, on)
    with pytest.raises(NotPossible):
        look(plan, worker, date(1900, 1, 1))
    ended = services.end_protection_plan(plan=plan, on=date(2026, 6, 1), by=chair)
    with refused(NotPossible, "ended on"):
        look(ended, worker, date(2026, 6, 2))
    assert not LegalPlanningLook.objects.exists()
