"""When a care leaver's year may be recorded."""

from datetime import date

from kith.record.chronology.policies import check_code
from kith.record.refusals import NotPossible

NOT_KNOWN = "0"  # activity and accommodation of somebody who is not in touch


class AlreadyRecorded(NotPossible):
    """The year is recorded already."""


class NotInTouch(NotPossible):
    """What somebody does, or where they live, is told of a person who is not in touch."""


def check_codes(*, in_touch: str, activity: str, accommodation: str, on: date) -> None:
    """Raise WrongCode or NotInTouch unless the three codes are known and agree."""
    check_code("care_leaver_in_touch", in_touch, on, "whether we are in touch")
    known = [code for code in (activity, accommodation) if code and code != NOT_KNOWN]
    if in_touch != "YES" and known:
        raise NotInTouch(
            "We are not in touch, yet what they do or where they live is filled in.",
            "Leave both empty, or say that we are in touch.",
        )
    if activity and activity != NOT_KNOWN:
        check_code("care_leaver_activity", activity, on, "what a care leaver does")
    if accommodation and accommodation != NOT_KNOWN:
        check_code("care_leaver_accommodation", accommodation, on, "where a care leaver lives")


def check_once(is_there: bool, year: int) -> None:
    """Raise AlreadyRecorded where that year is recorded."""
    if is_there:
        raise AlreadyRecorded(
            f"The year to 31 March {year} is recorded already.", "To change it, correct what is there."
        )
