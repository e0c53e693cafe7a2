"""What rooms tell of clocks: moments, matters about no child, siblings in one line, imports never late."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import path

from kith.record.clocks import queries, running
from kith.record.clocks.running import Running, is_written_here
from kith.record.frontdoor.models import Referral
from kith.record.tests.practice import MONDAY
from kith.record.versions import supersede
from kith.standards.clocks import Status
from kith.standards.working_days import in_london

TABLE = "help.helprequest"
POLICE, CORE_GROUP, LEAD = "EM-01", "CP-04", "FH-01"


def nothing(request, *args):
    """A page of the test's own addresses; it is never opened."""


urlpatterns = [
    path("children/<int:person_id>/conference/", nothing, name="convene"),
    path("help/<int:thread>/", nothing, name="help_request"),
]


@pytest.fixture(autouse=True)
def only_the_tests_own_tellers(monkeypatch):
    monkeypatch.setattr(running, "_TOLD_BY", [])
    monkeypatch.setattr(running, "_TOLD_OF", {})


def of(person, clock=CORE_GROUP, started=MONDAY, **more):
    return Running(clock, person.pk, started, "protection.protectionplan", 7, **more)


def told(*found):
    running.told_by_room(lambda people, on: [one for one in found if one.person_id in people])


def test_a_limit_in_hours_keeps_its_hour_over_the_night_the_clocks_change(amira):
    taken = in_london(date(2026, 10, 23), time(22, 30))
    told(of(amira, POLICE, taken))
    ends = in_london(date(2026, 10, 26), time(21, 30))  # 72 hours gone by are an hour less on the wall
    [line] = queries.clocks_for(amira, ends)
    assert (line.due_at, line.due_on, line.status) == (ends, date(2026, 10, 26), Status.DUE_TODAY)
    [line] = queries.clocks_for(amira, ends + timedelta(minutes=1))
    assert line.is_late
    [line] = queries.clocks_for(amira, date(2026, 10, 26))  # asked for the day, not for the minute
    assert line.status == Status.DUE_TODAY


def test_a_limit_in_hours_with_no_hour_known_is_counted_in_whole_days(amira):
    told(of(amira, POLICE, date(2026, 10, 23)))
    [line] = queries.clocks_for(amira, in_london(date(2026, 10, 26), time(23, 0)))
    assert (line.due_at, line.due_on, line.status) == (None, date(2026, 10, 26), Status.DUE_TODAY)


def test_the_day_asked_on_is_londons(amira):
    told(of(amira, CORE_GROUP, date(2026, 7, 3)))
    before_midnight_in_utc = datetime(2026, 7, 2, 23, 30, tzinfo=UTC)  # half past midnight on the 3rd
    [line] = queries.clocks_for(amira, before_midnight_in_utc)
    assert (line.started_on, line.calendar_days_since) == (date(2026, 7, 3), 0)


def test_days_since_count_weekends_and_holidays(amira):
    told(of(amira, CORE_GROUP, date(2026, 12, 18)))
    [line] = queries.clocks_for(amira, date(2027, 1, 6))
    assert (line.status, line.days_left, line.calendar_days_since) == (Status.DUE_TODAY, 0, 19)


@pytest.mark.parametrize(
    ("clock", "started", "on", "beside"),
    [
        ("CP-04", MONDAY, MONDAY, ()),  # ten plain working days
        (
            "CP-06",  # three months on is Christmas Day, which makes the limit no longer
            date(2026, 9, 25),
            date(2026, 12, 1),
            ("Fri 25 Dec 2026 is Christmas Day: the last working day before it is Thu 24 Dec 2026.",),
        ),
        (
            "CP-02",
            date(2026, 3, 23),
            date(2026, 4, 1),
            (
                "Good Friday and Easter Monday do not count.",
                "No working day until Tue 7 Apr 2026: who looks out until then?",
            ),
        ),
        ("CP-02", date(2026, 3, 23), date(2026, 4, 7), ("Good Friday and Easter Monday do not count.",)),
        (
            "AS-01",  # no stage in which a break is asked about
            date(2026, 3, 16),
            date(2026, 4, 1),
            ("Good Friday, Easter Monday and Early May bank holiday do not count.",),
        ),
        (
            "CP-08",  # nineteen days unseen, and in time
            date(2026, 12, 18),
            date(2027, 1, 1),
            (
                "14 days since the plan began or the child was last seen, weekends and holidays too.",
                "Christmas Day, Boxing Day (substitute day) and New Year's Day do not count.",
            ),
        ),
        ("CP-13", date(2026, 4, 8), date(2026, 4, 1), ("Good Friday and Easter Monday do not count.",)),
    ],
)  # fmt: skip
def test_a_line_says_what_the_calendar_does_to_it(amira, clock, started, on, beside):
    told(of(amira, clock, started))
    assert [line.beside for line in queries.clocks_for(amira, on)] == [beside]


def test_a_break_gone_by_is_said_no_more_and_of_what_is_met_nothing(amira):
    told(of(amira, "CP-02", date(2026, 3, 23), met=date(2026, 4, 10)), of(amira, "CP-03", date(2026, 3, 23)))
    lines = queries.clocks_for(amira, date(2026, 5, 1))
    assert [(line.status, line.beside) for line in lines] == [
        (Status.LATE, ("Good Friday and Easter Monday do not count.",)),
        (Status.MET, ()),
    ]


@pytest.mark.urls("kith.record.clocks.tests.test_running")
def test_a_line_carries_the_one_button_that_does_it(amira):
    told(of(amira, act="Convene the conference", url_name="convene"))
    [line] = queries.clocks_for(amira, MONDAY)
    assert (line.act, line.url) == ("Convene the conference", f"/children/{amira.pk}/conference/")


def test_a_button_whose_page_is_not_built_leads_nowhere(amira):
    told(of(amira, act="Convene the conference", url_name="no_such_page"))
    assert [line.url for line in queries.clocks_for(amira, MONDAY)] == [""]


def help_request(thread=41, started=MONDAY):
    return Running(
        LEAD, None, started, TABLE, thread,
        about=(TABLE, thread), subject="Help asked for on Mon 2 Mar 2026", url_name="help_request",
    )  # fmt: skip


@pytest.mark.urls("kith.record.clocks.tests.test_running")
def test_a_matter_about_no_child_has_its_clock_and_its_words(db):
    running.told_of_matters(TABLE, lambda threads, on: [help_request(one) for one in threads])
    [line] = queries.clocks_about(TABLE, [41], MONDAY)
    assert (line.person_id, line.about, line.url) == (None, (TABLE, 41), "/help/41/")
    assert line.subject == "Help asked for on Mon 2 Mar 2026"
    with pytest.raises(LookupError, match="about no child"):
        _ = line.child_id


def test_nothing_is_asked_about_a_table_nobody_tells_of_nor_about_no_rows(db):
    running.told_of_matters(TABLE, lambda threads, on: pytest.fail("asked about nothing"))
    assert queries.clocks_about(TABLE, [], MONDAY) == [] == queries.clocks_about("other.table", [1], MONDAY)


def test_a_room_that_comes_twice_is_asked_once(amira):
    def tell(people, on):
        return [of(amira)]

    def tell_of_matters(threads, on):
        return [help_request()]

    for _ in range(2):
        running.told_by_room(tell)
        running.told_of_matters(TABLE, tell_of_matters)
    assert len(queries.clocks_for(amira, MONDAY)) == len(queries.clocks_about(TABLE, [41], MONDAY)) == 1


@pytest.mark.parametrize("left_out", [{"about": None}, {"subject": ""}])
def test_a_clock_of_nobody_has_to_say_what_it_is_about(left_out):
    with pytest.raises(ValueError, match="what it is about"):
        replace(help_request(), **left_out)


def test_brothers_and_sisters_stand_in_one_line_where_thing_and_day_are_the_same(amira, twin, undated):
    told(of(amira), of(twin), of(undated, started=date(2026, 3, 3)))
    ids = [amira.pk, twin.pk, undated.pk]
    lines = queries.due_for_people(ids, MONDAY + timedelta(days=1))
    family = dict.fromkeys(ids, "the Khans")
    assert [set(one.person_ids) for one in queries.together(lines, family)] == [
        {amira.pk, twin.pk},
        {undated.pk},  # the same thing on another day
    ]


def test_children_of_two_families_and_matters_never_stand_in_one_line(amira, twin):
    told(of(amira), of(twin))
    lines = queries.due_for_people([amira.pk, twin.pk], MONDAY)
    assert len(queries.together(lines, {amira.pk: "one", twin.pk: "another"})) == 2
    assert len(queries.together(lines, {})) == 2  # whose family is not known
    running.told_of_matters(TABLE, lambda threads, on: map(help_request, threads))
    matters = queries.together(queries.clocks_about(TABLE, [41, 42], MONDAY), {})
    assert [one.person_ids for one in matters] == [(), ()]


def test_a_fact_typed_here_is_ours_and_an_imported_one_never_even_when_corrected(amira):
    given = {"person": amira, "received_on": MONDAY, "primary_need": "N1"}
    typed = Referral.objects.create(**given)
    imported = Referral.objects.create(**given, source_rows=[12])
    assert is_written_here(typed) and is_written_here(supersede(typed, by=None, primary_need="N2"))
    assert not is_written_here(Referral(**given, batch_id=1))
    assert not is_written_here(supersede(imported, by=None, primary_need="N2"))
