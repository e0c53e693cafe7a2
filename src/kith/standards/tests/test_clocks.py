"""The clocks: the table, and what is due on the edges of the calendar."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from kith.standards.clocks import (
    Clock,
    Direction,
    Due,
    Facts,
    Limit,
    LocalLimit,
    Moment,
    NotInForce,
    Status,
    Strength,
    Unit,
    UnknownClock,
    Verified,
    clock,
    clock_rows,
    clocks,
    clocks_of,
    due,
    due_on,
    every_due,
    table,
)
from kith.standards.working_days import in_london

FIRST_REVIEW = clock("CR-01")  # 20 working days from starting to be looked after
LATER_REVIEWS = clock("CR-03")  # at most 6 months apart
POLICE_PROTECTION = clock("EM-01")  # 72 hours
CIN_VISIT = clock("CN-03")  # practice: every 4 weeks


def test_the_table_holds_every_clock_once() -> None:
    assert len(clocks()) == 204
    assert all(found.source and found.event_from and found.event_to_due for found in clocks().values())
    assert {found.id for found in clocks_of("emergency")} == {"EM-01", "EM-02", "EM-03", "EM-04"}


def test_hours_are_hours() -> None:
    in_hours = {found.id: found.amount for found in clocks().values() if found.unit is Unit.HOURS}
    assert in_hours == {
        "AS-03b": 24,
        "EM-01": 72,
        "H-2": 4,
        "IG-02": 72,
        "MI-01": 72,
        "PF-02": 48,
        "SE-01": 72,
    }


def test_clocks_whose_note_says_before_count_back() -> None:
    says_before = {found.id for found in clocks().values() if "BEFORE" in found.rule_note}
    assert says_before == {found.id for found in clocks().values() if found.direction is Direction.BEFORE}


def test_a_clock_of_nothing_is_before_its_event_or_names_no_day() -> None:
    for found in clocks().values():
        assert found.amount > 0 or found.direction is Direction.BEFORE or found.limit is Limit.NONE


def test_unverified_clocks_are_recognisable() -> None:
    unverified = {found.id for found in clocks().values() if not found.is_verified}
    assert len(unverified) == 55
    assert "FD-02" in unverified and "CR-01" not in unverified
    assert clock("FD-02").verified is Verified.KNOWLEDGE
    assert not due(clock("FD-02"), Facts(date(2026, 3, 2)), date(2026, 3, 2)).is_verified


@pytest.mark.parametrize(
    ("clock_id", "start", "falls_on"),
    [
        ("CR-01", date(2026, 3, 27), date(2026, 4, 28)),  # over Easter
        ("AS-01", date(2025, 12, 1), date(2026, 2, 5)),  # over Christmas and New Year
        ("CP-02", date(2022, 9, 9), date(2022, 10, 3)),  # over the state funeral
        ("CR-02", date(2025, 11, 30), date(2026, 2, 28)),  # no 30 February
        ("CR-03", date(2023, 8, 31), date(2024, 2, 29)),  # leap day
        ("HE-03", date(2024, 2, 29), date(2025, 2, 28)),
        ("CV-02", date(2025, 12, 1), date(2026, 1, 12)),  # weeks do not know holidays
        ("PL-12", date(2026, 1, 1), date(2026, 7, 2)),
        ("EM-01", date(2026, 3, 2), date(2026, 3, 5)),  # hour not known: whole days
        ("PF-02", date(2026, 12, 31), date(2027, 1, 2)),
        ("CP-13", date(2026, 4, 7), date(2026, 3, 31)),  # 3 working days before, over Easter
        ("PF-01", date(2026, 1, 5), date(2025, 11, 24)),  # 6 weeks before
        ("CL-05", date(2026, 4, 4), date(2026, 4, 4)),  # on the day at the latest, a Saturday
        ("PL-09", date(2026, 1, 5), date(2025, 12, 31)),  # the advocates meet before the hearing
        ("AD-07", date(2026, 3, 2), date(2026, 4, 28)),  # 40 working days beginning with that day
        ("PL-15", date(2026, 3, 3), date(2027, 3, 2)),  # a year beginning with that day
        ("RT-01", date(2026, 3, 31), date(2026, 7, 31)),
        ("RT-02", date(2026, 3, 31), date(2026, 6, 30)),
        ("CS-02", date(2026, 3, 31), None),  # so many days in all
        ("LC-11", date(2026, 3, 31), None),  # a duty with no clock yet
    ],
)
def test_the_day_a_limit_falls_on(clock_id: str, start: date, falls_on: date | None) -> None:
    assert due_on(clock(clock_id), start) == falls_on


@pytest.mark.parametrize(
    ("facts", "on", "status", "days_left"),
    [
        (Facts(), date(2026, 3, 2), Status.NOT_STARTED, None),
        (Facts(date(2026, 3, 3)), date(2026, 3, 2), Status.NOT_STARTED, None),  # starts tomorrow
        (Facts(date(2026, 3, 2)), date(2026, 3, 2), Status.DUE, 20),
        (Facts(date(2026, 3, 2)), date(2026, 3, 27), Status.DUE, 1),  # a weekend lies between
        (Facts(date(2026, 3, 2)), date(2026, 3, 30), Status.DUE_TODAY, 0),
        (Facts(date(2026, 3, 2)), date(2026, 3, 31), Status.LATE, -1),
        (Facts(date(2026, 3, 2)), date(2026, 4, 7), Status.LATE, -4),  # Easter is not counted as late
        (Facts(date(2026, 3, 2), met=date(2026, 3, 30)), date(2026, 5, 1), Status.MET, 0),
        (Facts(date(2026, 3, 2), met=date(2026, 3, 31)), date(2026, 5, 1), Status.MET_LATE, -1),
        (Facts(date(2026, 3, 2), met=date(2026, 3, 31)), date(2026, 3, 30), Status.DUE_TODAY, 0),  # not yet
        (Facts(date(2026, 3, 2), met=date(2026, 2, 27)), date(2026, 3, 5), Status.MET, 21),  # beforehand
        (Facts(date(2026, 3, 2), ended=date(2026, 3, 20)), date(2026, 5, 1), Status.FELL_AWAY, 6),
        (Facts(date(2026, 3, 2), ended=date(2026, 4, 1)), date(2026, 5, 1), Status.LATE, -2),  # as it ended
        (Facts(date(2026, 3, 2), ended=date(2026, 4, 1)), date(2026, 3, 3), Status.DUE, 19),
        (Facts(date(9999, 12, 31)), date(2026, 3, 3), Status.NOT_STARTED, None),  # a placeholder date
    ],
)
def test_the_state_of_a_first_review(facts: Facts, on: date, status: Status, days_left: int | None) -> None:
    state = due(FIRST_REVIEW, facts, on)
    assert (state.status, state.days_left) == (status, days_left)


@pytest.mark.parametrize(
    ("taken", "on", "status"),
    [
        (
            in_london(date(2026, 3, 2), time(18, 0)),
            in_london(date(2026, 3, 5), time(17, 59)),
            Status.DUE_TODAY,
        ),
        (in_london(date(2026, 3, 2), time(18, 0)), in_london(date(2026, 3, 5), time(18, 1)), Status.LATE),
        (in_london(date(2026, 3, 2), time(18, 0)), date(2026, 3, 5), Status.DUE_TODAY),  # asked for the day
        (in_london(date(2026, 3, 2), time(18, 0)), date(2026, 3, 6), Status.LATE),
        # the clocks go forward on 29 March: 72 hours from 18:00 end at 19:00
        (
            in_london(date(2026, 3, 27), time(18, 0)),
            in_london(date(2026, 3, 30), time(18, 30)),
            Status.DUE_TODAY,
        ),
        # and back on 25 October: they end at 17:00
        (
            in_london(date(2026, 10, 23), time(18, 0)),
            in_london(date(2026, 10, 26), time(17, 30)),
            Status.LATE,
        ),
        (date(2026, 3, 2), in_london(date(2026, 3, 5), time(23, 59)), Status.DUE_TODAY),  # hour not known
    ],
)
def test_72_hours_of_police_protection(taken: Moment, on: Moment, status: Status) -> None:
    assert due(POLICE_PROTECTION, Facts(taken), on).status == status


def test_the_day_of_a_limit_in_hours_is_londons() -> None:
    taken = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight on the 2nd in London
    state = due(POLICE_PROTECTION, Facts(taken), date(2026, 7, 4))
    assert (state.started_on, state.due_on) == (date(2026, 7, 2), date(2026, 7, 5))


def test_hours_met_to_the_minute() -> None:
    taken = in_london(date(2026, 3, 2), time(18, 0))
    on = date(2026, 4, 1)
    in_time = Facts(taken, met=taken + timedelta(hours=72))
    too_late = Facts(taken, met=taken + timedelta(hours=72, minutes=1))
    assert due(POLICE_PROTECTION, in_time, on).status == Status.MET
    state = due(POLICE_PROTECTION, too_late, on)
    assert state.status == Status.MET_LATE
    assert state.words == "Done Thu 5 Mar 2026, less than a day late"


def test_a_repeating_clock_starts_again_at_each_event() -> None:
    facts = Facts(date(2025, 1, 31), events=[date(2025, 12, 1), date(2025, 7, 31), date(2026, 9, 1)])
    on = date(2026, 6, 1)
    states = every_due(LATER_REVIEWS, facts, on)
    assert [(state.due_on, state.status) for state in states] == [
        (date(2025, 7, 31), Status.MET),
        (date(2026, 1, 31), Status.MET),
        (date(2026, 6, 1), Status.DUE_TODAY),  # the review of September is not known about in June
    ]
    assert due(LATER_REVIEWS, facts, on) == states[-1]


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        (Facts(), Status.NOT_STARTED),
        (Facts(date(2027, 1, 1)), Status.NOT_STARTED),
        (Facts(None, events=[date(2026, 5, 1)]), Status.DUE),  # only the events are known
        (Facts(date(2026, 5, 1), events=[date(2026, 5, 1), date(2026, 4, 1)]), Status.DUE),
        (Facts(date(2025, 5, 1)), Status.LATE),
        (Facts(date(2026, 1, 1), ended=date(2026, 2, 1)), Status.FELL_AWAY),
    ],
)
def test_a_repeating_clock_with_few_facts(facts: Facts, status: Status) -> None:
    assert due(LATER_REVIEWS, facts, date(2026, 6, 1)).status == status


@pytest.mark.parametrize(
    ("met", "on", "status"),
    [
        (None, date(2026, 3, 31), Status.DUE_TODAY),  # the conference is on 7 April, after Easter
        (None, date(2026, 4, 1), Status.LATE),
        (date(2026, 3, 31), date(2026, 4, 7), Status.MET),
        (date(2026, 4, 1), date(2026, 4, 7), Status.MET_LATE),
    ],
)
def test_a_clock_that_counts_back_from_a_planned_day(met: date | None, on: date, status: Status) -> None:
    assert due(clock("CP-13"), Facts(date(2026, 4, 7), met=met), on).status == status


@pytest.mark.parametrize(
    ("met", "on", "status"),
    [
        (None, date(2026, 3, 17), Status.WAITING),
        (None, date(2026, 3, 18), Status.ALLOWED),  # day 12
        (date(2026, 3, 17), date(2026, 4, 1), Status.TOO_EARLY),
        (date(2026, 3, 18), date(2026, 4, 1), Status.MET),
    ],
)
def test_a_clock_that_says_not_before(met: date | None, on: date, status: Status) -> None:
    assert due(clock("PL-07"), Facts(date(2026, 3, 2), met=met), on).status == status


NO_DAY = {Status.NOT_STARTED, Status.NO_DATE, Status.NO_DUTY}
LOCAL = [
    LocalLimit("CN-03", 6, Unit.WEEKS, date(2026, 1, 1), date(2026, 6, 30)),
    LocalLimit("CN-03", 10, Unit.WORKING_DAYS, date(2026, 7, 1)),
    LocalLimit("CR-01", 90, Unit.WORKING_DAYS, date(2020, 1, 1)),
]


@pytest.mark.parametrize(
    ("start", "falls_on", "is_local"),
    [
        (date(2025, 12, 31), date(2026, 1, 28), False),  # the table's 4 weeks
        (date(2026, 1, 1), date(2026, 2, 12), True),
        (date(2026, 6, 30), date(2026, 8, 11), True),  # in force when the clock started
        (date(2026, 7, 1), date(2026, 7, 15), True),
    ],
)
def test_an_authority_sets_its_own_practice_clocks(start: date, falls_on: date, is_local: bool) -> None:
    state = due(CIN_VISIT, Facts(start), start, LOCAL)
    assert (state.due_on, state.clock.set_locally) == (falls_on, is_local)


def test_an_authority_cannot_set_the_laws_clocks() -> None:
    assert FIRST_REVIEW.strength is Strength.LAW
    start = date(2026, 3, 2)
    assert due(FIRST_REVIEW, Facts(start), start, LOCAL).due_on == date(2026, 3, 30)


@pytest.mark.parametrize("found", clocks().values(), ids=lambda found: found.id)
def test_every_clock_answers_on_any_day_in_words(found: Clock) -> None:
    for start in (date(1900, 1, 1), date(2024, 2, 29), date(2026, 12, 31), date(2200, 1, 1)):
        state = due(found, Facts(start), date(2026, 12, 31))
        assert isinstance(state, Due)
        assert state.words
        assert (state.due_on is None) == (state.status in NO_DAY)


@pytest.mark.parametrize(
    ("facts", "on", "words"),
    [
        (Facts(), date(2026, 3, 2), "Not started"),
        (Facts(date(2026, 3, 2)), date(2026, 3, 27), "Due Mon 30 Mar 2026, 1 working day left"),
        (Facts(date(2026, 3, 2)), date(2026, 3, 30), "Due today, Mon 30 Mar 2026"),
        (Facts(date(2026, 3, 2)), date(2026, 4, 7), "Was due Mon 30 Mar 2026, 4 working days late"),
        (Facts(date(2020, 3, 2)), date(2026, 4, 7), "Was due Mon 30 Mar 2020, 1,518 working days late"),
        (Facts(date(2026, 3, 2)), date(2026, 3, 28), "Due Mon 30 Mar 2026, 1 working day left"),
        (Facts(date(2026, 3, 2), met=date(2026, 3, 4)), date(2026, 4, 7), "Done Wed 4 Mar 2026, in time"),
    ],
)
def test_the_words_of_a_state(facts: Facts, on: date, words: str) -> None:
    assert due(FIRST_REVIEW, facts, on).words == words


def test_the_words_of_a_limit_in_hours_say_the_hour() -> None:
    taken = in_london(date(2026, 10, 23), time(22, 30))  # before the night the clocks go back
    on = in_london(date(2026, 10, 25), time(9, 0))
    assert due(POLICE_PROTECTION, Facts(taken), on).words == "Due Mon 26 Oct 2026 at 21:30, 1 day left"
    assert due(POLICE_PROTECTION, Facts(taken.date()), on).words == "Due Mon 26 Oct 2026, 1 day left"


@pytest.fixture
def _changed_law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A table with two rows, the newer first: 20 working days from 1 April 2025, 15 from a year later."""
    with table._TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    old = next(row for row in rows if row["id"] == "CR-01")
    new = {**old, "amount": "15", "valid_from": "2026-04-01"}
    changed = tmp_path / "clocks.csv"
    with changed.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(old))
        writer.writeheader()
        writer.writerows([new, {**old, "valid_from": "2025-04-01", "valid_to": "2026-03-31"}])
    monkeypatch.setattr(table, "_TABLE", changed)
    _forget_the_table()
    yield
    _forget_the_table()


def _forget_the_table() -> None:
    for remembered in (table.clock_rows, table.clocks, table._rows_by_id):
        remembered.cache_clear()


@pytest.mark.usefixtures("_changed_law")
@pytest.mark.parametrize(
    ("started", "status", "falls_on"),
    [
        (date(2025, 3, 31), Status.NO_DUTY, None),
        (date(2025, 4, 1), Status.LATE, date(2025, 5, 1)),
        (date(2026, 3, 31), Status.LATE, date(2026, 4, 30)),  # last year's case keeps last year's rule
        (date(2026, 4, 1), Status.LATE, date(2026, 4, 24)),
    ],
)
def test_the_rule_in_force_when_the_clock_started_counts(
    started: date, status: Status, falls_on: date | None
) -> None:
    for row in clock_rows():  # whichever row was at hand
        state = due(row, Facts(started), date(2026, 6, 1))
        assert (state.status, state.due_on) == (status, falls_on)


@pytest.mark.usefixtures("_changed_law")
def test_a_clock_is_found_as_of_a_day() -> None:
    assert clock("CR-01").amount == clock("CR-01", date(2026, 4, 1)).amount == 15
    assert clock("CR-01", date(2026, 3, 31)).amount == 20
    with pytest.raises(NotInForce, match="not in force on Mon 31 Mar 2025"):
        clock("CR-01", date(2025, 3, 31))


def test_rows_of_one_clock_do_not_overlap() -> None:
    assert not [
        (one.id, one.valid_from) for one, other in combinations(clock_rows(), 2) if one.overlaps(other)
    ]
    for row in clock_rows():
        assert (row.valid_from or date.min) <= (row.valid_to or date.max)


@pytest.mark.parametrize(
    ("ended", "began", "is_overlap"),
    [
        (date(2026, 3, 31), date(2026, 4, 1), False),
        (date(2026, 4, 1), date(2026, 4, 1), True),
        (None, date(2026, 4, 1), True),
    ],
)
def test_an_overlap_is_seen(ended: date | None, began: date, is_overlap: bool) -> None:
    assert (
        replace(FIRST_REVIEW, valid_to=ended).overlaps(replace(FIRST_REVIEW, valid_from=began)) is is_overlap
    )
    assert not FIRST_REVIEW.overlaps(LATER_REVIEWS)


def test_a_family_meeting_was_no_duty_before_the_act_of_2026() -> None:
    offer = clock("PL-05")
    assert offer.valid_from == date(2026, 4, 29)
    state = due(offer, Facts(date(2026, 4, 28)), date(2026, 5, 1))
    assert state.status == Status.NO_DUTY
    assert state.words == "Not required of what started Tue 28 Apr 2026"
    assert due(offer, Facts(date(2026, 4, 29)), date(2026, 4, 29)).status == Status.DUE_TODAY


def test_an_unknown_clock_says_so() -> None:
    with pytest.raises(UnknownClock, match="XX-99"):
        clock("XX-99")
