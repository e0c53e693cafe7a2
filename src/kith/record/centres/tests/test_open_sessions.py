"""Family centres: what is open, how many came without a name, and who wants a place."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kith.record.access import links
from kith.record.audit.models import Entry
from kith.record.centres import permissions, policies, queries, services
from kith.record.centres.models import OpenSession, SignUp, WhoCame
from kith.record.centres.policies import AlreadyCounted, NoPlaceLeft, NotBookable, NotHeld, WrongTimes
from kith.record.centres.tests.conftest import TUESDAY
from kith.record.people.models import Person
from kith.record.refusals import NotAllowed
from kith.record.said import NotSaid
from kith.record.tests.practice import refused
from kith.record.versions import VersionClash

CAME = {"adults": 4, "under_5": 6, "five_and_over": 1, "first_time": 2}


def next_tuesday() -> date:
    today = timezone.localdate()
    return today + timedelta(days=(1 - today.weekday()) % 7)


def test_a_centre_is_opened_once_and_written_down(centre, helper):
    again = services.open_centre(name="mill lane", address="x", postcode="y", by=helper)
    assert again == centre
    assert [one.pk for one in queries.centres_open(TUESDAY)] == [centre.pk]
    assert Entry.objects.filter(act="open_centre", actor_id=helper.pk).count() == 1


@pytest.mark.parametrize("missing", ["name", "address", "postcode"])
def test_a_centre_has_a_name_and_an_address(helper, missing):
    with refused(NotSaid, "was not said"):
        services.open_centre(**{"name": "A", "address": "B", "postcode": "C", missing: "  "}, by=helper)


def test_a_closed_centre_runs_nothing_and_shows_nothing(centre, run, helper):
    run()
    services.close_centre(centre=centre, on=TUESDAY, by=helper)
    closed = queries.centre_of(centre.thread)
    assert queries.sessions_between(TUESDAY, TUESDAY) == []
    with refused(NotHeld, "closed on"):
        services.run_session(
            centre=closed, name="Late", repeats="once", started_on=TUESDAY, opens_at=time(9),
            closes_at=time(10), is_bookable=False, by=helper,
        )  # fmt: skip
    with refused(NotHeld, "closed on"):
        services.close_centre(centre=closed, on=TUESDAY, by=helper)


@pytest.mark.parametrize(
    ("given", "days"),
    [
        ({"repeats": "once"}, [TUESDAY]),
        ({"repeats": "weekly"}, [TUESDAY, date(2026, 3, 10), date(2026, 3, 17), date(2026, 3, 24)]),
        ({"repeats": "fortnightly"}, [TUESDAY, date(2026, 3, 17)]),
        ({"repeats": "weekly", "started_on": date(2026, 3, 20)}, [date(2026, 3, 20)]),  # its own weekday
    ],
)
def test_a_session_is_held_once_or_again_and_again(run, given, days):
    assert run(**given).days_between(date(2026, 3, 1), date(2026, 3, 26)) == days


def test_a_session_keeps_its_hour_over_the_change_of_the_clocks(run):
    run()
    held = queries.sessions_between(date(2026, 3, 24), date(2026, 3, 31))
    assert [one.when for one in held] == [
        "Tue 24 Mar 2026, 10:00 to 12:00",
        "Tue 31 Mar 2026, 10:00 to 12:00",  # the clocks went forward on the 29th
    ]


def test_a_day_may_be_left_out_and_a_session_may_end(run, helper):
    session = services.leave_out(session=run(), on=date(2026, 3, 10), by=helper)
    services.end_session(session=session, on=date(2026, 3, 24), by=helper)
    held = queries.sessions_between(date(2026, 3, 1), date(2026, 4, 30))
    assert [one.on for one in held] == [TUESDAY, date(2026, 3, 17)]
    with refused(NotHeld, "is not held on"):
        services.leave_out(session=session, on=date(2026, 3, 11), by=helper)
    with refused(WrongTimes, "before it began"):
        services.end_session(session=session, on=date(2026, 3, 2), by=helper)


def test_of_two_who_change_a_session_the_second_is_told(run, helper):
    session = run()
    services.leave_out(session=session, on=date(2026, 3, 10), by=helper, expected=session.pk)
    with pytest.raises(VersionClash):
        services.end_session(session=session, on=date(2026, 3, 24), by=helper, expected=session.pk)


def test_a_session_sent_twice_is_one(run):
    assert run() == run()
    assert OpenSession.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"closes_at": time(10)}, WrongTimes),  # closes as it opens
        ({"closes_at": time(9)}, WrongTimes),
        ({"is_bookable": True}, NotSaid),  # bookable, and nobody said how many places
        ({"is_bookable": True, "places": 0}, NotSaid),
        ({"name": " "}, NotSaid),
    ],
)
def test_a_session_that_makes_no_sense_is_refused(run, given, kind):
    with pytest.raises(kind):
        run(**given)


def test_the_database_keeps_the_hours_in_order(run):
    session = run()
    with pytest.raises(IntegrityError), transaction.atomic():
        OpenSession.objects.filter(pk=session.pk).update(closes_at=time(9))


def test_what_is_open_this_week_says_all_a_family_needs(run):
    run(for_whom="under 5s")
    (held,) = queries.sessions_this_week(TUESDAY)
    assert str(held) == (
        "Stay and play: Tue 3 Mar 2026, 10:00 to 12:00, at Mill Lane, 1 Mill Lane, NB1 4AA. Just come."
    )


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("nb1", ["Stay and play"]),
        ("NB1 4AA", ["Stay and play"]),
        ("I live in northbrook west", ["Stay and play"]),
        ("ZZ9", ["Stay and play", "Cooking"]),  # nothing near: all of it, so that nobody reads of nothing
        ("", ["Stay and play", "Cooking"]),
    ],
)
def test_what_is_near_is_told_first_and_all_where_nothing_is(run, helper, where, found):
    run()
    other = services.open_centre(name="Quay", address="2 Quay", postcode="NB7 1AA", by=helper)
    services.run_session(
        centre=other, name="Cooking", repeats="once", started_on=TUESDAY, opens_at=time(14),
        closes_at=time(15), is_bookable=False, by=helper,
    )  # fmt: skip
    assert [one.session.name for one in queries.sessions_this_week(TUESDAY, where)] == found


def test_the_week_is_seven_days(run):
    run()
    assert len(queries.sessions_this_week(TUESDAY)) == 1  # Tuesday to Monday


def test_who_came_is_counted_without_a_name(run, helper):
    people = Person.objects.count()
    came = services.count_who_came(session=run(), held_on=TUESDAY, by=helper, **CAME)
    assert came.in_all == 11
    assert Person.objects.count() == people
    entry = Entry.objects.get(act="count_who_came")
    assert (entry.actor_id, entry.person_id) == (helper.pk, None)


def test_the_same_count_twice_is_one_and_other_numbers_are_refused(run, helper):
    session = run()
    first = services.count_who_came(session=session, held_on=TUESDAY, by=helper, **CAME)
    assert services.count_who_came(session=session, held_on=TUESDAY, by=helper, **CAME) == first
    with refused(AlreadyCounted, "11 came"):
        services.count_who_came(session=session, held_on=TUESDAY, by=helper, **{**CAME, "adults": 5})
    assert WhoCame.objects.count() == 1


def test_a_count_is_put_right_and_the_first_stays_readable(run, helper):
    first = services.count_who_came(session=run(), held_on=TUESDAY, by=helper, **CAME)
    mended = services.correct_count(count=first, by=helper, expected=first.pk, adults=5)
    assert (mended.adults, mended.under_5) == (5, 6)
    assert WhoCame.objects.count() == 2
    with pytest.raises(VersionClash):
        services.correct_count(count=first, by=helper, expected=first.pk, adults=6)


@pytest.mark.parametrize(
    ("on", "numbers", "kind"),
    [
        (date(2026, 3, 4), {}, NotHeld),  # a Wednesday
        (date(2099, 3, 3), {}, NotHeld),  # a Tuesday that has not come
        (TUESDAY, {"adults": 5_001}, NotSaid),
    ],
)
def test_a_count_that_cannot_be_is_refused(run, helper, on, numbers, kind):
    with pytest.raises(kind):
        services.count_who_came(session=run(), held_on=on, by=helper, **{**CAME, **numbers})


def test_days_that_nobody_counted_are_told_for_four_weeks(run, helper):
    session = run()
    services.count_who_came(session=session, held_on=date(2026, 3, 10), by=helper, **CAME)
    assert queries.not_counted(session, date(2026, 3, 17)) == [date(2026, 3, 17), TUESDAY]


def test_a_family_takes_a_place_without_a_name(run):
    day = next_tuesday()
    place = services.sign_up(session=run(is_bookable=True, places=3), on=day, how_many=2)
    assert (place.called, place.reach, place.recorded_by) == ("", "", None)
    (held,) = queries.sessions_between(day, day)
    assert held.how == "Ask for a place: 1 left"


def test_two_at_once_do_not_take_one_place(run):
    session, day = run(is_bookable=True, places=2), next_tuesday()
    services.sign_up(session=session, on=day, how_many=2)
    with refused(NoPlaceLeft, "0 places left"):
        services.sign_up(session=session, on=day, how_many=1)
    assert queries.sessions_between(day, day)[0].how == "Full"


def test_sent_twice_by_the_same_family_it_is_one_place(run):
    session, day = run(is_bookable=True, places=4), next_tuesday()
    first = services.sign_up(session=session, on=day, how_many=2, called="Sal")
    assert services.sign_up(session=session, on=day, how_many=2, called="Sal") == first
    services.sign_up(session=session, on=day, how_many=1)  # nobody said who: another family may be meant
    services.sign_up(session=session, on=day, how_many=1)
    assert SignUp.objects.count() == 3


def test_a_place_given_back_is_free_again(run, helper):
    session, day = run(is_bookable=True, places=2), next_tuesday()
    place = services.sign_up(session=session, on=day, how_many=2, called="Sal")
    back = services.give_back(place=place, by=helper, expected=place.pk)
    assert queries.places_taken(session, day) == 0
    assert queries.sign_ups(session, day) == []
    with refused(NotHeld, "given back before"):
        services.give_back(place=back, by=helper)


@pytest.mark.parametrize("how_many", [0, 13])
def test_a_place_is_for_one_family(run, how_many):
    with refused(NotSaid, "1 to 12"):
        services.sign_up(session=run(is_bookable=True, places=50), on=next_tuesday(), how_many=how_many)


def test_no_place_is_asked_for_where_anybody_drops_in_or_on_another_day(run):
    with refused(NotBookable, "Nobody needs a place"):
        services.sign_up(session=run(), on=next_tuesday(), how_many=1)
    bookable = run(name="Cooking", is_bookable=True, places=5)
    with refused(NotHeld, "is not held on"):
        services.sign_up(session=bookable, on=next_tuesday() + timedelta(days=1), how_many=1)
    with refused(NotHeld, "is over"):
        services.sign_up(session=bookable, on=TUESDAY, how_many=1)


def test_no_place_is_promised_for_a_day_far_off(run):
    session = run(is_bookable=True, places=5)
    for weeks in (14, 100 * 52):
        with refused(NotHeld, "too far off: places are given for the next 13 weeks"):
            services.sign_up(session=session, on=next_tuesday() + timedelta(weeks=weeks), how_many=1)
    services.sign_up(session=session, on=next_tuesday() + timedelta(weeks=12), how_many=1)


def test_what_could_not_be_given_is_kept_once_for_a_request(worker):
    kept = services.keep_unmet_need(what="A cot", district="NB1", by=worker, request_thread=7)
    assert services.keep_unmet_need(what="A cot", by=worker, request_thread=7) == kept
    assert [one.what for one in queries.unmet_needs()] == ["A cot"]
    with refused(NotSaid, "was not said"):
        services.keep_unmet_need(what="  ", by=worker)


def test_who_may_not(run, staff, centre, stranger):
    nobody = staff(name="No Role")
    session = run(is_bookable=True, places=3)
    place = services.sign_up(session=session, on=next_tuesday(), how_many=1)
    acts = [
        lambda by: services.open_centre(name="N", address="A", postcode="P", by=by),
        lambda by: services.close_centre(centre=centre, on=TUESDAY, by=by),
        lambda by: services.run_session(
            centre=centre, name="N", repeats="once", started_on=TUESDAY, opens_at=time(1),
            closes_at=time(2), is_bookable=False, by=by,
        ),
        lambda by: services.end_session(session=session, on=TUESDAY, by=by),
        lambda by: services.leave_out(session=session, on=TUESDAY, by=by),
        lambda by: services.count_who_came(session=session, held_on=TUESDAY, by=by, **CAME),
    ]  # fmt: skip
    for act in acts:
        with refused(NotAllowed, "run a family centre"):
            act(stranger)  # a social worker: not their centre to run
    for act in (
        lambda by: services.keep_unmet_need(what="A cot", by=by),
        lambda by: services.sign_up(session=session, on=next_tuesday(), how_many=1, by=by),
        lambda by: services.give_back(place=place, by=by),
    ):
        with pytest.raises(NotAllowed):
            act(nobody)
    assert not permissions.can_run(stranger)


@pytest.fixture
def booked(run):
    """Two families with a place next Tuesday, one of whom left a way to be told."""
    session = run(is_bookable=True, places=9)
    one = services.sign_up(session=session, on=next_tuesday(), how_many=2, called="Sal", reach="Text 07700")
    other = services.sign_up(session=session, on=next_tuesday(), how_many=1)
    return session, one, other


def test_who_has_a_place_on_a_day_called_off_is_told_once_each(booked, helper):
    session, one, other = booked
    today = timezone.localdate()
    assert queries.to_tell(today) == []
    with refused(NotHeld, "is held on"):
        services.tell_of_change(place=one, by=helper)
    off = services.leave_out(session=session, on=next_tuesday(), by=helper)
    assert [each.place for each in queries.to_tell(today)] == [one, other]
    assert [each.on for each in queries.called_off(today, today + timedelta(days=7))] == [next_tuesday()]
    told = services.tell_of_change(place=one, by=helper)
    assert services.tell_of_change(place=one, by=helper) == told  # pressed twice
    assert [each.place for each in queries.to_tell(today)] == [other]
    services.hold_after_all(session=off, on=next_tuesday(), by=helper)
    assert queries.to_tell(today) == []
    with refused(NotHeld, "was not left out"):
        services.hold_after_all(session=queries.session_of(session.thread), on=next_tuesday(), by=helper)


def test_whoever_gave_the_place_back_is_not_told(booked, helper):
    session, one, other = booked
    services.give_back(place=one, by=helper)
    services.end_session(session=session, on=timezone.localdate(), by=helper)
    assert [each.place for each in queries.to_tell(timezone.localdate())] == [other]


def test_a_centre_that_closes_ends_what_is_open_there_from_that_day(booked, run, centre, helper):
    session, one, other = booked
    later = run(name="Baby massage", started_on=next_tuesday() + timedelta(days=14))
    services.close_centre(centre=centre, on=next_tuesday(), by=helper)
    assert not queries.session_of(session.thread).is_held_on(next_tuesday())
    assert queries.session_of(session.thread).is_held_on(next_tuesday() - timedelta(days=7))
    assert queries.session_of(later.thread).days_between(TUESDAY, next_tuesday() + timedelta(days=90)) == []
    assert [each.place for each in queries.to_tell(timezone.localdate())] == [one, other]


@pytest.mark.parametrize("on", [date(1900, 1, 1), date(2990, 1, 1)])
def test_nothing_ends_in_another_century(run, centre, helper, on):
    with pytest.raises(WrongTimes):
        services.close_centre(centre=centre, on=on, by=helper)
    with pytest.raises(WrongTimes):
        services.end_session(session=run(started_on=TUESDAY), on=on, by=helper)


def test_who_runs_no_centre_calls_nothing_off(booked, centre, worker):
    session, *_ = booked
    for act, about in (
        (services.hold_after_all, {"session": session, "on": next_tuesday()}),
        (services.leave_out, {"session": session, "on": next_tuesday()}),
        (services.close_centre, {"centre": centre, "on": next_tuesday()}),
    ):
        with pytest.raises(NotAllowed):
            act(by=worker, **about)


def test_a_family_gives_its_place_back_by_its_link_once(run):
    session = run(is_bookable=True, places=2)
    place, token = services.sign_up_with_link(session=session, on=next_tuesday(), how_many=2)
    services.give_back_by_link(link=links.read_link(services.LINK, token))
    assert queries.places_taken(session, next_tuesday()) == 0
    assert queries.place_of(place.thread).recorded_by is None
    with pytest.raises(links.LinkEnded):
        links.read_link(services.LINK, token)


def changed(session, helper, **said):
    given = {
        "name": session.name, "opens_at": session.opens_at, "closes_at": session.closes_at,
        "is_bookable": session.is_bookable, "places": session.places, "because": "The hall is let",
    }  # fmt: skip
    return services.change_session(session=session, by=helper, **{**given, **said})


@pytest.fixture
def to_come(run):
    """A session with six places, every week from today."""
    return run(started_on=timezone.localdate(), is_bookable=True, places=6)


def test_a_session_at_another_time_is_told_to_those_who_have_a_place(to_come, helper):
    today = timezone.localdate()
    place = services.sign_up(session=to_come, on=today, how_many=2, called="Sal", reach="Text", by=helper)
    later = changed(to_come, helper, opens_at=time(13), closes_at=time(15))
    assert (later.opens_at, later.started_on) == (time(13), to_come.started_on)
    assert OpenSession.objects.get(pk=to_come.pk).ended_because == "The hall is let"
    [told] = queries.to_tell(today)
    assert told.place.thread == place.thread and told.is_held
    assert told.place.what_changed == "It is from 13:00 to 15:00 now."
    services.tell_of_change(place=told.place, by=helper)
    assert queries.to_tell(today) == []
    services.leave_out(session=later, on=today, by=helper)  # told of one thing, and not of the next
    assert [each.is_held for each in queries.to_tell(today)] == [False]


def test_what_nobody_has_to_know_is_changed_without_a_word_to_anybody(to_come, helper):
    services.sign_up(session=to_come, on=timezone.localdate(), how_many=2, by=helper)
    assert changed(to_come, helper, places=8, what="Sand and water").places == 8
    assert queries.to_tell(timezone.localdate()) == []


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        ({"places": 1}, policies.NoPlaceLeft, "2 places are taken"),
        ({"because": " "}, policies.NotSaid, "Why it changes"),
        ({"closes_at": time(9)}, policies.WrongTimes, "close at"),
        ({"places": None}, policies.NotSaid, "how many places"),
    ],
)
def test_what_a_session_may_not_be_changed_to(to_come, helper, said, kind, words):
    services.sign_up(session=to_come, on=timezone.localdate(), how_many=2, by=helper)
    with pytest.raises(kind, match=words):
        changed(to_come, helper, **said)


def test_a_centre_that_moves_is_told_to_those_who_have_a_place_there(centre, to_come, helper, stranger):
    services.sign_up(session=to_come, on=timezone.localdate(), how_many=2, by=helper)
    moved = {
        "centre": centre, "name": centre.name, "address": "9 High Street", "postcode": "nb2 1aa",
        "because": "The roof leaks",
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        services.change_centre(**moved, by=stranger)
    assert services.change_centre(**moved, by=helper).postcode == "NB2 1AA"
    [told] = queries.to_tell(timezone.localdate())
    assert "9 High Street" in told.place.what_changed
    with pytest.raises(VersionClash):
        services.change_centre(**moved, by=helper, expected=centre.pk)
