"""The first line of a child's page says what goes on by its own name."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from kith.record.care.models import Placement
from kith.record.chronology.kinds import kinds
from kith.record.chronology.queries import Band
from kith.web.story.home import _lives
from kith.web.story.sentence import STANDING, Enquired, sentence
from kith.web.story.views import LANES, first_due

TODAY, SINCE = date(2026, 6, 30), date(2026, 5, 5)


def told(*lanes: str) -> str:
    bands = [Band(lane, "", SINCE, None, None) for lane in lanes]
    return sentence("Ada", born=date(2013, 1, 1), expected=None, died=None, bands=bands, on=TODAY)


@pytest.mark.parametrize(
    ("lanes", "standing"),
    [
        (["help"], "is open to children's social care"),
        (["family_help"], "has family help"),
        (["help", "outside"], "has a plan about harm outside the home"),
        (["help", "outside", "plan"], "has a child in need plan"),
        (["family_help", "help", "plan", "protection"], "has a child protection plan"),
    ],
)
def test_the_furthest_along_the_path_is_named(lanes: list[str], standing: str) -> None:
    assert told(*lanes) == f"Ada, 13, {standing}, since Tue 5 May 2026."


def test_an_enquiry_stands_before_a_plan_and_danger_tonight_before_both() -> None:
    band = Band("plan", "", SINCE, None, None)
    said = sentence(
        "Ada", born=date(2013, 1, 1), expected=None, died=None, bands=[band], on=TODAY,
        enquired=Enquired(TODAY, is_danger_tonight=True),
    )  # fmt: skip
    assert said == (
        "Ada, 13, is not safe tonight, is in a section 47 enquiry, since Tue 30 Jun 2026, "
        "and has a child in need plan, since Tue 5 May 2026."
    )


def test_that_a_child_is_missing_comes_first_and_where_they_live_last() -> None:
    bands = [Band("care", "", SINCE, None, None)]
    given = {"born": date(2013, 1, 1), "expected": None, "died": None, "bands": bands, "on": TODAY}
    where = {"gone": "has been missing since Mon 29 Jun 2026", "placed": "in foster care"}
    assert sentence("Ada", **given, **where) == (
        "Ada, 13, has been missing since Mon 29 Jun 2026, "
        "and is looked after, since Tue 5 May 2026, in foster care."
    )
    told = sentence("Ada", **given, **where, told_until=SINCE)
    assert "missing" not in told and "foster" not in told  # it was so when last told of


@pytest.mark.parametrize(
    "code, words", [("U6", "in foster care"), ("P1", "at home"), ("T1", "on a temporary")]
)
def test_where_a_child_lives_goes_on_in_a_sentence(code, words) -> None:
    assert _lives(Placement(placement_type=code)).startswith(words)


def line(what: str, due: date, **more) -> SimpleNamespace:
    given = {"what": what, "due_on": due, "is_open": True, "is_late": due < TODAY, "is_at_once": False}
    return SimpleNamespace(**{**given, **more})


def test_what_is_late_or_due_within_a_week_stands_under_the_name_and_a_later_day_does_not() -> None:
    late, soon = line("late", TODAY - timedelta(days=1)), line("soon", TODAY + timedelta(days=7))
    later, danger = line("later", TODAY + timedelta(days=8)), line("now", TODAY, is_at_once=True)
    assert first_due([later], TODAY) is None
    assert first_due([soon, later], TODAY).line is soon
    assert (first_due([soon, late, late], TODAY).line, first_due([soon, late, late], TODAY).more_late) == (
        late,
        1,
    )
    assert first_due([late, danger], TODAY).line is danger


def test_each_band_has_a_lane_and_help_outside_and_plans_have_words_of_their_own() -> None:
    drawn = {row.band for row in kinds().values() if row.band}
    assert drawn <= set(LANES)
    assert {"help", "family_help", "plan", "outside", "protection", "care"} <= drawn
    assert set(STANDING) <= drawn
