"""The first line of a child's page says what goes on by its own name."""

from datetime import date

import pytest

from kith.record.chronology.kinds import kinds
from kith.record.chronology.queries import Band
from kith.web.story.sentence import STANDING, Enquired, sentence
from kith.web.story.views import LANES

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


def test_each_band_has_a_lane_and_help_outside_and_plans_have_words_of_their_own() -> None:
    drawn = {row.band for row in kinds().values() if row.band}
    assert drawn <= set(LANES)
    assert {"help", "family_help", "plan", "outside", "protection", "care"} <= drawn
    assert set(STANDING) <= drawn
