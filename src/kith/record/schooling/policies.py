"""When something may be written down of a child's schooling."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from kith.record.chronology.policies import WrongDate, check_code
from kith.record.refusals import NotPossible
from kith.record.said import NotSaid
from kith.record.schooling.models import HAS_NO_SCHOOL, PlaceKind, SchoolPlace, SpecialNeed, Support

AT_A_PLACE = {PlaceKind.SCHOOL, PlaceKind.COLLEGE}
WHOLE = Decimal(100)
LONGEST_EXCLUSION = Decimal(45)  # school days in one school year: Education Act 2002 s51A regulations
HALF = Decimal("0.5")


class OutOfRange(NotPossible):
    """A number that cannot be right."""


def check_place(kind: str, school: str) -> None:
    """Raise NotSaid for a place that is none of the kinds, or a school without a name."""
    if kind not in PlaceKind:
        raise NotSaid("Nobody said where the child learns.", "Choose what comes nearest.")
    if kind in AT_A_PLACE and not school.strip():
        raise NotSaid("The school has no name.", "Write the name of the school or college.")
    if kind in HAS_NO_SCHOOL and school.strip():
        raise NotSaid(
            "A child without a school cannot be at one.",
            "Take the school's name out, or choose where they learn.",
        )


def check_follows(now: SchoolPlace | SpecialNeed | None, on: date) -> None:
    """Raise WrongDate where something began before what is in force now did."""
    if now and now.started_on and on < now.started_on:
        raise WrongDate(
            "This is before what the record says of now began.",
            "Check the day, or correct what is there first.",
        )


def check_percent(percent: Decimal) -> None:
    """Raise OutOfRange for what is no share of the school days."""
    if not 0 <= percent <= WHOLE:
        raise OutOfRange("Attendance is from 0 to 100 per cent.", "Check the number.")


def check_days(days: Decimal | None) -> None:
    """Raise OutOfRange for a time out of school that no school may give, or no half days."""
    if days is not None and not (0 < days <= LONGEST_EXCLUSION and days % HALF == 0):
        raise OutOfRange(
            f"A suspension lasts half a day to {LONGEST_EXCLUSION} school days.", "Check the number of days."
        )


def check_support(support: str, needs: Iterable[str], on: date) -> None:
    """Raise NotSaid and WrongCode where needs and the help with them do not go together."""
    if support not in Support:
        raise NotSaid("Nobody said what help the child is given.", "Choose what comes nearest.")
    named = [*needs]
    for code in named:
        check_code("sen_need_type", code, on, "special need")
    if support == Support.NONE and named:
        raise NotSaid("A need was chosen, and that no need is known.", "Take one of the two away.")
