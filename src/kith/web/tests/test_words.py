"""How dates, ages and clocks are written."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from kith.standards.clocks import Status
from kith.web.templatetags import kith as words
from kith.web.templatetags.browser_name import browser_name

TODAY = timezone.localdate()


def days(number):
    return TODAY + timedelta(days=number)


@pytest.mark.parametrize(
    "day, written",
    [(date(2026, 3, 3), "Tue 3 Mar 2026"), (date(1900, 1, 1), "Mon 1 Jan 1900"), (None, "not known")],
)
def test_a_day_is_written_in_full(day, written):
    assert words.long_date(day) == written


@pytest.mark.parametrize(
    "ahead, written",
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (2, "in 2 days"), (-3, "3 days ago")],
)
def test_a_day_is_told_from_today(ahead, written):
    assert words.from_today(days(ahead)) == written


@pytest.mark.parametrize(
    "born, written",
    [
        (None, "age not known"),
        (days(30), "not yet born"),
        (days(0), "0 days"),
        (days(-1), "1 day"),
        (days(-3653), "10 years"),  # ten years, with two or three leap days
    ],
)
def test_an_age_is_written_as_people_say_it(born, written):
    assert words.age(born) == written


@pytest.mark.parametrize(
    "due, held, state, kind",
    [
        (2, None, "Due", "due"),
        (0, None, "Due", "due"),  # the last day is still in time
        (-1, None, "Late", "late"),
        (0, 0, "Met", "met"),
        (-2, -1, "Met late", "late"),
    ],
)
def test_a_clock_is_a_word_and_a_colour(due, held, state, kind):
    clock = words.timescale_state(days(due), None if held is None else days(held))
    assert (clock["state"], clock["kind"]) == (state, kind)


@pytest.mark.parametrize(
    "long_name, short_name",
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537 Edg/130", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/130 Safari/537", "Chrome on an Android phone"),
        ("", "Another browser"),
    ],
)
def test_a_browser_is_named_in_words(long_name, short_name):
    assert browser_name(long_name) == short_name


@pytest.mark.parametrize(
    "said, tag, beside",
    [
        ({"words": "Due Tue 3 Mar 2026, 1 day left"}, "Due", "Tue 3 Mar 2026, 1 day left"),
        ({"words": "Due today, Tue 3 Mar 2026"}, "Due", "today, Tue 3 Mar 2026"),
        ({"words": "Was due Tue 3 Mar 2026", "is_late": True}, "Late", "Was due Tue 3 Mar 2026"),
        ({"words": "Now: no reason to wait", "is_at_once": True}, "Now", "no reason to wait"),
        ({"words": "Done Tue 3 Mar 2026, in time", "is_open": False}, "Met", "Done Tue 3 Mar 2026, in time"),
        ({"words": "Done, late", "is_open": False, "status": Status.MET_LATE}, "Met late", "Done, late"),
    ],
)
def test_the_words_beside_a_tag_do_not_say_it_again(said, tag, beside):
    line = SimpleNamespace(**{"is_late": False, "is_open": True, "is_at_once": False, **said})
    state = words.state_of(line)
    assert (state["word"], state["beside"]) == (tag, beside)
    assert words.state_of(line, "Due soon")["beside"].lower().endswith("soon")


def test_a_page_shows_the_clocks_that_run_and_what_was_met_only_where_none_does():
    met, running = (SimpleNamespace(is_open=is_open) for is_open in (False, True))
    assert words.that_run([running, met, met]) == [running]
    assert words.that_run([met, met]) == [met]
    assert words.that_run(None) == []


@pytest.mark.parametrize(
    "said, written",
    [("Lead practitioner (MACPT)", "lead practitioner (MACPT)"), ("LADO", "LADO"), ("", "")],
)
def test_words_go_on_in_a_sentence_and_keep_their_capitals(said, written):
    assert words.mid_sentence(said) == written
