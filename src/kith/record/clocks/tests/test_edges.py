"""When each clock of the work up to a protection plan is due, on the edges of the calendar, with the reason.

2026: Good Friday 3 April, Easter Monday 6 April, Christmas Day Friday 25 December, Boxing Day's substitute
Monday 28 December. 2027: New Year's Day a Friday, Good Friday 26 March. The clocks change on 29 March and
25 October 2026.
"""

import csv
import importlib.util
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from kith.record.clocks.words import plain_words
from kith.standards import working_days
from kith.standards.clocks import (
    Facts,
    LocalLimit,
    Status,
    Unit,
    clock,
    clocks,
    clocks_of,
    due,
    due_on,
    every_due,
)
from kith.standards.working_days import in_london, last_working_day_by

STAGES = (
    "front_door", "family_help", "assessment", "child_in_need", "section_47", "child_protection",
    "emergency", "missing",
)  # fmt: skip

# clock, the day of the event, the day it is due, and why that is an edge
EDGES = [
    ("FH-01", "2026-03-31", "2026-04-09", "over Easter"),
    ("FH-01", "2026-12-24", "2027-01-05", "over Christmas and New Year: twelve days"),
    ("FH-01", "2026-05-01", "2026-05-11", "over the early May holiday"),
    ("FH-02", "2026-11-13", "2026-12-25", "six weeks end on Christmas Day, and are no longer for it"),
    ("FH-02", "2026-02-20", "2026-04-03", "six weeks end on Good Friday; the clocks change between"),
    ("FH-02", "2026-12-01", "2027-01-12", "across the year"),
    ("FD-01", "2026-04-02", "2026-04-07", "the Thursday before Easter: five days"),
    ("FD-01", "2026-12-24", "2026-12-29", "Christmas Eve"),
    ("FD-01", "2026-12-26", "2026-12-29", "a Saturday that is Boxing Day, whose holiday is the Monday"),
    ("FD-01", "2026-12-31", "2027-01-04", "across the year"),
    ("FD-01", "2027-12-24", "2027-12-29", "both holidays have a substitute day"),
    ("FD-01", "2026-03-07", "2026-03-09", "a Saturday: Monday"),
    ("FD-01", "2026-03-06", "2026-03-09", "the Friday before it: the same Monday"),
    ("FD-02", "2026-12-23", "2026-12-30", "over Christmas"),
    ("FD-02", "2026-04-01", "2026-04-08", "over Easter"),
    ("FD-03", "2026-04-02", "2026-04-07", "as FD-01, over Easter"),
    ("FD-03", "2026-12-26", "2026-12-29", "held out of hours: from receipt, not from opening"),
    ("FD-04", "2026-12-31", "2027-01-04", "across the year"),
    ("H-1", "2026-11-30", "2026-11-30", "asked in office hours: the same day"),
    ("H-1", "2026-12-05", "2026-12-07", "asked on a Saturday: Monday"),
    ("H-1", "2026-12-25", "2026-12-29", "asked on Christmas Day"),
    ("H-1b", "2026-12-24", "2026-12-29", "asked late on Christmas Eve"),
    ("H-2", "2026-11-30", "2026-12-01", "the hour not known: four hours are a whole day"),
    ("H-2b", "2026-12-24", "2026-12-29", "over Christmas"),
    ("H-4", "2026-04-03", "2026-04-07", "done on Good Friday"),
    ("H-6", "2026-12-31", "2027-01-04", "across the year"),
    ("AS-01", "2026-02-16", "2026-04-22", "over Easter"),
    ("AS-01", "2026-03-02", "2026-05-07", "over 31 March: in two censuses"),
    ("AS-01", "2026-11-02", "2027-01-07", "over Christmas and New Year"),
    ("AS-01", "2026-02-21", "2026-04-28", "received on a Saturday"),
    ("AS-01", "2027-02-01", "2027-04-07", "over Easter in March"),
    ("AS-01", "2026-04-02", "2026-06-10", "the longest run of the year: 69 days"),
    ("AS-02", "2026-03-23", "2026-04-08", "over Easter"),
    ("AS-02", "2026-12-17", "2027-01-05", "over Christmas"),
    ("AS-03", "2026-03-31", "2026-04-09", "over Easter"),
    ("AS-03", "2026-12-22", "2026-12-31", "over Christmas"),
    ("AS-03b", "2026-04-02", "2026-04-03", "24 hours run through Good Friday"),
    ("CN-01", "2026-03-27", "2026-04-14", "over Easter"),
    ("CN-01", "2026-12-18", "2027-01-06", "over Christmas"),
    ("CN-02", "2026-11-30", "2027-02-28", "no 30 February"),
    ("CN-02", "2026-09-25", "2026-12-25", "ends on Christmas Day"),
    ("CN-02", "2026-10-01", "2027-01-01", "ends on New Year's Day"),
    ("CN-02", "2027-11-29", "2028-02-29", "a leap day is there"),
    ("CN-03", "2026-11-27", "2026-12-25", "ends on Christmas Day"),
    ("CN-03", "2026-03-06", "2026-04-03", "ends on Good Friday"),
    ("CN-03", "2026-12-04", "2027-01-01", "ends on New Year's Day"),
    ("CP-01", "2026-04-02", "2026-04-07", "over Easter"),
    ("CP-01", "2026-10-23", "2026-10-26", "the clocks change between"),
    ("CP-01b", "2026-04-04", "2026-04-04", "danger on an Easter Saturday: that day"),
    ("CP-02", "2026-03-23", "2026-04-15", "over Easter"),
    ("CP-02", "2026-12-14", "2027-01-07", "over Christmas"),
    ("CP-02", "2026-12-24", "2027-01-19", "Christmas Eve"),
    ("CP-02", "2026-12-26", "2027-01-19", "and the Saturday after it: the same day"),
    ("CP-02", "2026-05-01", "2026-05-26", "over both May holidays"),
    ("CP-02", "2026-03-10", "2026-03-31", "the last day of the census year"),
    ("CP-02", "2027-12-13", "2028-01-06", "two substitute days and New Year"),
    ("CP-03", "2026-03-23", "2026-04-15", "as CP-02"),
    ("CP-03", "2026-12-24", "2027-01-19", "as CP-02"),
    ("CP-04", "2026-03-27", "2026-04-14", "over Easter"),
    ("CP-04", "2026-12-17", "2027-01-05", "over Christmas"),
    ("CP-05", "2026-11-13", "2026-12-25", "ends on Christmas Day"),
    ("CP-05", "2026-02-20", "2026-04-03", "ends on Good Friday"),
    ("CP-06", "2026-09-25", "2026-12-25", "ends on Christmas Day"),
    ("CP-06", "2026-11-30", "2027-02-28", "no 30 February, and a Sunday"),
    ("CP-06", "2026-01-06", "2026-04-06", "ends on Easter Monday"),
    ("CP-06", "2026-10-01", "2027-01-01", "ends on New Year's Day"),
    ("CP-06", "2027-11-30", "2028-02-29", "the last day of a leap February"),
    ("CP-06", "2026-07-31", "2026-10-31", "ends on a Saturday"),
    ("CP-07", "2026-06-26", "2026-12-26", "ends on a Saturday that is Boxing Day"),
    ("CP-07", "2026-08-31", "2027-02-28", "no 31 February"),
    ("CP-07", "2026-07-01", "2027-01-01", "ends on New Year's Day"),
    ("CP-07", "2026-10-06", "2027-04-06", "across the year end of the census"),
    ("CP-08", "2026-12-18", "2027-01-06", "nineteen days unseen, and in time"),
    ("CP-08", "2026-12-24", "2027-01-12", "Christmas Eve"),
    ("CP-08", "2026-03-25", "2026-04-10", "over Easter"),
    ("CP-08b", "2026-12-18", "2027-01-15", "the outer limit knows no holiday"),
    ("CP-09", "2026-03-23", "2026-04-15", "as CP-02"),
    ("CP-09", "2026-12-26", "2027-01-19", "notice that came on a Saturday"),
    ("CP-10", "2026-04-03", "2026-04-20", "born on Good Friday"),
    ("CP-10", "2026-12-25", "2027-01-12", "born on Christmas Day"),
    ("CP-10b", "2026-12-25", "2027-01-26", "born on Christmas Day, the mother unwell"),
    ("CP-11", "2026-04-02", "2026-04-07", "over Easter"),
    ("CP-11", "2026-12-24", "2026-12-29", "over Christmas"),
    ("CP-12", "2026-03-12", "2026-04-13", "over Easter"),
    ("CP-12", "2026-12-04", "2027-01-06", "over Christmas"),
    ("CP-13", "2026-04-08", "2026-04-01", "three working days back over Easter"),
    ("CP-13", "2026-04-07", "2026-03-31", "and from the Tuesday"),
    ("CP-13", "2026-12-30", "2026-12-23", "back over Christmas"),
    ("CP-13", "2027-01-05", "2026-12-30", "back over the year"),
    ("CP-13b", "2026-04-08", "2026-03-30", "five working days back over Easter, before a review"),
    ("H-3", "2027-01-05", "2026-12-24", "five working days back over Christmas and New Year"),
    ("H-7", "2026-09-25", "2026-12-25", "ends on Christmas Day, and is no longer for it"),
    ("H-7", "2026-11-30", "2027-02-28", "no 30 February"),
    ("H-7b", "2026-12-04", "2027-01-06", "over Christmas and New Year"),
    ("H-7b", "2026-03-12", "2026-04-13", "over Easter"),
    ("EM-01", "2026-12-30", "2027-01-02", "the hour not known: whole days, over New Year"),
    ("EM-02", "2026-12-24", "2027-01-01", "ends on a holiday: the court sets the hour"),
    ("EM-03", "2026-03-27", "2026-04-03", "ends on Good Friday"),
    ("EM-04", "2026-12-21", "2026-12-28", "ends on Boxing Day's substitute"),
    ("MI-01", "2026-12-24", "2026-12-27", "the hour not known: whole days, over Christmas"),
    ("MI-02", "2026-12-24", "2026-12-25", "a day is a day at Christmas too"),
    ("PF-03", "2026-03-27", "2026-04-09", "over Easter"),
    ("PF-04", "2026-11-13", "2026-12-25", "six weeks end on Christmas Day"),
    ("LA-01", "2026-04-02", "2026-04-07", "over Easter"),
    ("SI-01", "2026-12-24", "2027-01-05", "over Christmas and New Year"),
    ("SI-02", "2026-12-24", "2027-01-19", "over Christmas and New Year"),
    ("H-5", "2027-01-04", "2027-01-04", "read on the first day at the latest"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("clock_id", "start", "falls_on"),
    [pytest.param(*edge[:3], id=f"{edge[0]} {edge[1]}: {edge[3]}") for edge in EDGES],
)
def test_the_day_it_is_due(clock_id, start, falls_on):
    begun, last = date.fromisoformat(start), date.fromisoformat(falls_on)
    at_first = min(begun, last)
    assert due(clock(clock_id), Facts(begun), at_first).due_on == last
    assert due(clock(clock_id), Facts(begun), last).status == Status.DUE_TODAY
    assert due(clock(clock_id), Facts(begun), last + timedelta(days=1)).status == Status.LATE


BANK_HOLIDAYS = {
    date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25), date(2026, 8, 31),
    date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29),
    date(2027, 5, 3), date(2027, 5, 31), date(2027, 8, 30), date(2027, 12, 27), date(2027, 12, 28),
}  # fmt: skip

# what lies inside the limit: (the days it is counted from, the day that has to lie inside)
SEASONS = {
    "Easter": (date(2026, 3, 30), date(2026, 4, 6)),
    "Christmas": (date(2026, 12, 21), date(2026, 12, 28)),
    "the end of the year": (date(2026, 12, 30), date(2027, 1, 2)),
    "the end of the census year": (date(2027, 3, 29), date(2027, 4, 2)),
    "the night the clocks go forward": (date(2026, 3, 27), date(2026, 3, 30)),
    "the night the clocks go back": (date(2026, 10, 23), date(2026, 10, 26)),
}


def counted_slowly(each, start):
    """The day a limit falls on, counted one day after the other from the holidays written above."""
    step = timedelta(days=-1 if each.direction == "before" else 1)
    if each.unit == Unit.MONTHS:
        month = start.month - 1 + each.amount
        year, month = start.year + month // 12, month % 12 + 1
        last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
        return date(year, month, min(start.day, last))
    day = start - step if each.day_one == "same_day" else start
    left = {Unit.WEEKS: each.amount * 7, Unit.HOURS: -(-each.amount // 24)}.get(each.unit, each.amount)
    while left:
        day += step
        is_counted = day.weekday() < 5 and day not in BANK_HOLIDAYS
        left -= is_counted or each.unit != Unit.WORKING_DAYS
    return day


ASKED = [each for stage in STAGES for each in clocks_of(stage)]


@pytest.mark.parametrize("season", SEASONS)
@pytest.mark.parametrize("each", ASKED, ids=lambda each: each.id)
def test_every_clock_counted_slowly_falls_on_the_same_day_in_every_season(each, season):
    first, last = SEASONS[season]
    for number in range((last - first).days + 1):
        start = first + timedelta(days=number)
        day = counted_slowly(each, start)
        assert due_on(each, start) == day, (start, season)
        for hour in (time(0, 30), time(23, 30)):  # the night makes no difference to the day
            begun = in_london(start, hour)
            if each.unit != Unit.HOURS:
                assert due(each, Facts(begun), in_london(min(start, day), hour)).due_on == day, (
                    begun,
                    season,
                )


@pytest.mark.parametrize(
    ("clock_id", "start", "hold_by", "reason"),
    [
        ("CP-06", date(2026, 9, 25), date(2026, 12, 24), "Christmas Day is no working day"),
        ("CP-06", date(2026, 11, 30), date(2027, 2, 26), "28 February 2027 is a Sunday"),
        ("CP-06", date(2026, 1, 6), date(2026, 4, 2), "from Easter Monday back over the whole weekend"),
        ("CP-06", date(2026, 10, 1), date(2026, 12, 31), "New Year's Day"),
        ("CP-07", date(2026, 6, 26), date(2026, 12, 24), "a Saturday after Christmas Day"),
        ("CP-07", date(2026, 10, 6), date(2027, 4, 6), "a plain Tuesday: the day itself"),
    ],
)
def test_a_review_is_held_on_the_last_working_day_of_its_months(clock_id, start, hold_by, reason):
    assert last_working_day_by(due_on(clock(clock_id), start)) == hold_by, reason


LONDON_TIMES = [
    # police protection over the night the clocks go forward: an hour later on the wall
    ("EM-01", (2026, 3, 27, 22, 30), (2026, 3, 30, 23, 30)),
    # over the night they go back: an hour earlier
    ("EM-01", (2026, 10, 23, 22, 30), (2026, 10, 26, 21, 30)),
    # over New Year no clock changes
    ("EM-01", (2026, 12, 30, 23, 50), (2027, 1, 2, 23, 50)),
    # came back in the night before the clocks go forward
    ("MI-01", (2026, 3, 28, 1, 15), (2026, 3, 31, 2, 15)),
    # and before they go back
    ("MI-01", (2026, 10, 24, 2, 0), (2026, 10, 27, 1, 0)),
    # harm suspected the evening before the clocks go forward: 24 hours of time
    ("AS-03b", (2026, 3, 28, 20, 0), (2026, 3, 29, 21, 0)),
    # an urgent question to a partner just before midnight
    ("H-2", (2026, 12, 31, 22, 0), (2027, 1, 1, 2, 0)),
    # a carer tells of a child who came on the night the clocks go back
    ("PF-02", (2026, 10, 24, 12, 0), (2026, 10, 26, 11, 0)),
]


def at(year, month, day, hour, minute):
    return in_london(date(year, month, day), time(hour, minute))


@pytest.mark.parametrize(("clock_id", "start", "ends"), LONDON_TIMES)
def test_hours_are_hours_gone_by_to_the_minute(clock_id, start, ends):
    started, last = at(*start), at(*ends)
    state = due(clock(clock_id), Facts(started), last)
    assert (state.due_at, state.status) == (last, Status.DUE_TODAY)
    assert due(clock(clock_id), Facts(started), last + timedelta(minutes=1)).status == Status.LATE
    met = Facts(started, met=last)
    assert due(clock(clock_id), met, last + timedelta(days=9)).status == Status.MET


def test_what_came_half_past_midnight_in_summer_came_that_day_in_london():
    received = datetime(2026, 7, 2, 23, 30, tzinfo=UTC)  # Friday 3 July, 00:30 in London
    state = due(clock("FD-01"), Facts(received), received)
    assert (state.started_on, state.due_on) == (date(2026, 7, 3), date(2026, 7, 6))


def test_every_clock_of_these_stages_is_in_the_table_has_words_and_an_edge():
    asked = {each.id for stage in STAGES for each in clocks_of(stage)}
    assert asked <= {edge[0] for edge in EDGES}
    assert asked <= plain_words().keys()


def test_every_time_limit_of_these_stages_in_the_reference_is_a_clock():
    given = _of_the_reference()
    assert len(given) > 30
    for row in given:
        found = clocks()[row["id"]]
        assert _limit(found.amount, found.unit) == _limit(int(row["amount"]), row["unit"]), row["id"]
        assert (found.strength, found.verified, found.source) == (
            row["strength"],
            row["verified"],
            row["source"],
        ), row["id"]


def _limit(amount, unit):
    """The limit with 72 hours and 3 days as one: the reference has no hours in its units."""
    return (amount // 24, "calendar_days") if unit == Unit.HOURS else (amount, unit)


def _of_the_reference():
    path = Path(__file__).parents[5] / "tests" / "reference.py"
    spec = importlib.util.spec_from_file_location("kith_reference", path)
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    limits = reference.REFERENCE / "standards" / "timescales.csv"
    if not limits.is_file():
        pytest.skip("the reference's time limits are not on this machine")
    with limits.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["stage"] in STAGES]


@pytest.mark.parametrize("row", ["AS-03b", "CP-01b", "CP-08b", "CP-10b", "CP-13b"])
def test_a_second_limit_stands_on_what_the_first_does(row):
    second, first = clock(row), clock(row.removesuffix("b"))
    assert (second.stage, second.source, second.strength, second.verified) == (
        first.stage,
        first.source,
        first.strength,
        first.verified,
    )
    assert (second.amount, second.unit, second.day_one) != (first.amount, first.unit, first.day_one)


def test_what_kith_only_takes_as_usual_is_practice_and_not_verified():
    defaults = [each for each in clocks().values() if each.id.startswith("H-")]
    assert len(defaults) == 10
    assert all(each.strength == "practice" and not each.is_verified for each in defaults)


FIRST = date(2026, 11, 2)


def test_a_visit_counts_from_the_plan_first_and_then_from_the_visit_before():
    visits = Facts(FIRST, events=[date(2026, 11, 16), date(2026, 12, 4)])  # due Mon 16 Nov, Mon 30 Nov
    states = every_due(clock("CP-08"), visits, date(2026, 12, 4))
    assert [(state.status, state.due_on) for state in states] == [
        (Status.MET, date(2026, 11, 16)),
        (Status.MET_LATE, date(2026, 11, 30)),
        (Status.DUE, date(2026, 12, 18)),  # from the day the child was seen, not from the day it was due
    ]


@pytest.mark.parametrize(
    ("held", "next_due"),
    [
        (date(2026, 5, 29), date(2026, 11, 29)),  # early: sooner next time
        (date(2026, 7, 3), date(2027, 1, 3)),  # late: later, from the day it was held
    ],
)
def test_the_next_review_counts_from_the_day_the_last_was_held(held, next_due):
    state = due(clock("CP-07"), Facts(date(2025, 12, 26), events=[held]), date(2026, 7, 3))
    assert state.due_on == next_due


def test_what_counts_from_the_conference_moves_with_it_and_its_own_limit_does_not():
    enquiry = date(2026, 3, 23)
    held = date(2026, 4, 17)  # two days late
    assert due(clock("CP-02"), Facts(enquiry, met=held), held).status == Status.MET_LATE
    assert due(clock("CP-02"), Facts(enquiry), held).due_on == date(2026, 4, 15)  # a new date moves nothing
    assert due(clock("CP-04"), Facts(held), held).due_on == date(2026, 5, 1)


@pytest.mark.parametrize("clock_id", ["FH-01", "FD-04", "AS-02", "CP-02"])
def test_what_is_withdrawn_or_not_needed_falls_away(clock_id):
    state = due(clock(clock_id), Facts(FIRST, ended=date(2026, 11, 2)), date(2026, 12, 31))
    assert (state.status, state.words) == (Status.FELL_AWAY, "No longer needed")


def test_what_was_late_before_it_fell_away_stays_late():
    state = due(clock("FD-01"), Facts(FIRST, ended=date(2026, 11, 10)), date(2026, 12, 31))
    assert state.status == Status.LATE


def test_the_same_worker_on_a_step_down_meets_it_on_the_day():
    state = due(clock("FH-01"), Facts(FIRST, met=FIRST), FIRST)
    assert (state.status, state.met_on) == (Status.MET, FIRST)


def test_a_discussion_held_before_the_enquiry_the_same_day_meets_its_clock():
    suspected = in_london(date(2026, 10, 23), time(14, 0))
    held = in_london(date(2026, 10, 23), time(15, 30))
    for clock_id in ("CP-01", "CP-01b"):
        assert due(clock(clock_id), Facts(suspected, met=held), held).status == Status.MET


def test_a_moved_conference_counts_its_papers_again_and_what_was_shared_stays_shared():
    shared = date(2026, 3, 31)
    for planned in (date(2026, 4, 8), date(2026, 4, 14)):
        state = due(clock("CP-13"), Facts(planned, met=shared), date(2026, 4, 1))
        assert state.status == Status.MET


def test_an_assessment_and_an_enquiry_open_over_31_march_keep_their_start():
    for clock_id, start, last in (
        ("AS-01", date(2026, 3, 2), date(2026, 5, 7)),
        ("CP-02", date(2026, 3, 23), date(2026, 4, 15)),  # Easter lies inside
    ):
        before, after = (
            due(clock(clock_id), Facts(start), on) for on in (date(2026, 3, 31), date(2026, 4, 1))
        )
        assert (before.started_on, before.due_on) == (after.started_on, after.due_on) == (start, last)


def test_an_authority_that_reviews_every_six_weeks_counts_weeks():
    weeks = LocalLimit("CN-02", 6, Unit.WEEKS, date(2026, 1, 1))
    state = due(clock("CN-02"), Facts(date(2026, 11, 13)), date(2026, 11, 13), [weeks])
    assert (state.due_on, state.clock.set_locally) == (date(2026, 12, 25), True)


@pytest.fixture
def proclaim(monkeypatch, tmp_path):
    """A function that adds a day to the table of bank holidays, as in May 2023."""
    caches = [working_days.bank_holidays, working_days._holidays_of, working_days._names_of_holidays]
    caches.append(working_days._working_days_of)

    def forget():
        for each in caches:
            each.cache_clear()

    def add(day, name):
        table = tmp_path / "bank_holidays.csv"
        row = f"{day},{name},a test,announced,knowledge"
        table.write_text(working_days._TABLE.read_text(encoding="utf-8").rstrip() + f"\n{row}\n", "utf-8")
        monkeypatch.setattr(working_days, "_TABLE", table)
        forget()

    yield add
    monkeypatch.undo()
    forget()


def test_a_holiday_proclaimed_after_a_clock_started_moves_its_day(proclaim):
    started = Facts(date(2026, 9, 7))
    assert due(clock("CP-02"), started, date(2026, 9, 10)).due_on == date(2026, 9, 28)
    proclaim(date(2026, 9, 21), "A day of mourning")
    state = due(clock("CP-02"), started, date(2026, 9, 10))
    assert (state.due_on, state.days_left) == (date(2026, 9, 29), 12)
