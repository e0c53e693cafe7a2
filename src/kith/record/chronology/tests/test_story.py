"""The story: lines written, struck and brought in step; turning points, bands and marks."""

from datetime import date, timedelta

import pytest

from kith.record import versions
from kith.record.care.models import LegalStatus, PeriodOfCare, Placement
from kith.record.chronology import queries, services
from kith.record.chronology.models import Line
from kith.record.chronology.telling import Told
from kith.record.facts import Ending
from kith.record.frontdoor.models import Referral
from kith.record.people.models import Person

DAY = date(2020, 3, 2)


@pytest.fixture
def child(db):
    return Person.objects.create()


def told(fact):
    fact.save()
    services.tell(fact)
    return fact


def referral(child, on, **more):
    return told(Referral(person=child, received_on=on, source="2A", primary_need="N1", **more))


def test_a_correction_strikes_what_is_no_longer_true_and_keeps_it(child):
    first = referral(child, DAY, closed_on=date(2020, 5, 1), closure_reason="RC8")
    moved = versions.supersede(
        first, by=None, ended_as=Ending.CORRECTED, because="Slip", closed_on=date(2020, 6, 1)
    )
    services.tell(moved)
    assert [(line.on, line.kind) for line in queries.lines_for(child)] == [
        (DAY, "referral_received"),
        (date(2020, 6, 1), "referral_closed"),
    ]
    assert queries.lines_for(child, struck=True).count() == 3


def test_a_line_too_long_is_cut_and_a_line_with_no_day_comes_first(child):
    line = services.line_of(referral(child, DAY), Told(None, "referral_received", "x" * 900))
    line.save()
    assert len(line.text) == 500 and line.text.endswith("…")
    assert queries.lines_for(child).first() == line


def test_a_merged_record_is_in_the_same_story(child):
    other = Person.objects.create(merged_into=child)
    referral(other, DAY)
    assert [point.kind for point in queries.story(child, DAY)] == ["referral_received"]


def test_the_story_ends_at_the_day_asked(child):
    referral(child, DAY)
    assert queries.story(child, DAY - timedelta(days=1)) == []
    assert len(queries.story(child, DAY)) == 1


def test_a_long_life_is_told_in_at_most_fifteen_points_with_all_their_sources(child):
    for year in range(10):
        start = date(2010 + year, 3, 1)
        referral(child, start, closed_on=start + timedelta(days=300), closure_reason="RC7")
        told(PeriodOfCare(person=child, started_on=start, ended_on=start + timedelta(days=200), need="N1"))
        for move in range(6):
            told(
                Placement(
                    person=child,
                    period_thread=1,
                    placement_type="U6",
                    started_on=start + timedelta(days=move * 9),
                )
            )
    points = queries.story(child, date(2026, 1, 1))
    assert 3 <= len(points) <= 15
    assert sum(len(point.sources) for point in points) == 10 + 60 + 20
    moves = next(point for point in points if point.kind == "placement_started")
    assert moves.text.startswith("Moved to live elsewhere 60 times, from 1 March 2010 to")


def test_a_short_life_is_told_whole(child):
    referral(child, DAY, closed_on=date(2020, 5, 1), closure_reason="RC8")
    assert [point.words for point in queries.story(child, date(2026, 1, 1))] == [
        "Came to notice",
        "Case closed",
    ]


def test_the_picture_takes_few_queries_and_ends_what_care_ends(child, django_assert_max_num_queries):
    period = told(PeriodOfCare(person=child, started_on=DAY, ended_on=date(2021, 3, 2), need="N1"))
    told(LegalStatus(person=child, period_thread=period.thread, code="V2", started_on=DAY))
    told(LegalStatus(person=child, period_thread=period.thread, code="C2", started_on=date(2020, 9, 1)))
    told(Placement(person=child, period_thread=period.thread, placement_type="U6", started_on=DAY))
    with django_assert_max_num_queries(4):  # one for the lines; the others find merged records
        picture = queries.picture(child, date(2026, 1, 1))
    spans = {(band.band, band.started_on, band.ended_on) for band in picture.bands}
    assert spans == {
        ("care", DAY, date(2021, 3, 2)),
        ("legal_status", DAY, date(2020, 9, 1)),
        ("legal_status", date(2020, 9, 1), date(2021, 3, 2)),
        ("placement", DAY, date(2021, 3, 2)),
    }


def test_marks_are_events_on_the_picture(child):
    line = Line(
        person=child,
        on=DAY,
        kind="missing_started",
        text="Missing",
        fact_table="care.missingepisode",
        fact_thread=4,
    )
    picture = queries.picture_of([line])
    assert [(mark.kind, mark.on, mark.source) for mark in picture.marks] == [
        ("missing", DAY, queries.Source("care.missingepisode", 4))
    ]


def gone(child, day):
    return Line.objects.create(
        person=child,
        on=day,
        kind="missing_started",
        text="Missing",
        fact_table="care.missingepisode",
        fact_thread=day.toordinal(),
    )


@pytest.mark.parametrize(("times", "said"), [(2, 0), (3, 1), (12, 1)])
def test_going_missing_often_is_a_turning_point_as_one(child, times, said):
    """Once is told where it stands in the chronology; three times is a child who is in danger."""
    for year in range(20):
        told(PeriodOfCare(person=child, started_on=date(2004 + year, 5, 1), need="N1"))
    for number in range(times):
        gone(child, DAY + timedelta(days=number))
    points = queries.story(child, date(2026, 1, 1))
    missing = [point for point in points if point.kind == "missing_started"]
    assert len(missing) == said
    assert len(points) <= queries.MOST
    assert [point.on for point in points] == sorted(point.on for point in points)
    if said:
        assert missing[0].text.startswith(f"Missing or away {times} times, from 2 March 2020")
        assert len(missing[0].sources) == times
