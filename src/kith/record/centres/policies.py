"""When a session may be held, counted and signed up for."""

from collections.abc import Iterable
from datetime import date, time, timedelta

from kith.record.centres.models import Centre, OpenSession
from kith.record.refusals import NotPossible
from kith.record.said import NotSaid
from kith.standards.dates import long_date

MOST_AT_ONCE = 12  # places that one family asks for
YEARS_OFF = 2
PLACES_AHEAD = timedelta(weeks=13)  # how far ahead a place is given
MOST_COUNTED = 5_000  # more than any hall holds: a slip of the finger


class WrongTimes(NotPossible):
    """A session that would close before it opens, or end before it began."""


class NotHeld(NotPossible):
    """A day on which a session is not held, or which has not come or is over."""


class AlreadyCounted(NotPossible):
    """A session and day that was counted before, with other numbers."""


class NoPlaceLeft(NotPossible):
    """More places than are left."""


class NotBookable(NotPossible):
    """A place asked for where anybody drops in."""


def check_open(centre: Centre) -> None:
    """Raise NotHeld for a centre that has closed."""
    if centre.closed_on is not None:
        raise NotHeld(f"{centre} closed on {long_date(centre.closed_on)}.", "Choose another centre.")


def check_times(opens_at: time, closes_at: time) -> None:
    """Raise WrongTimes unless it closes after it opens, on the same day."""
    if closes_at <= opens_at:
        raise WrongTimes(
            f"It would close at {closes_at:%H:%M}, and open at {opens_at:%H:%M}.", "Check both times."
        )


def check_near(day: date, today: date) -> None:
    """Raise WrongTimes for a day of another year than it could be: a slip of the finger."""
    if abs(day.year - today.year) > YEARS_OFF:
        raise WrongTimes(f"{long_date(day)} is far from today.", "Check the day and the year.")


def check_places(is_bookable: bool, places: int | None) -> None:
    """Raise NotSaid for a session with places to book and none of them."""
    if is_bookable and not places:
        raise NotSaid("Nobody said how many places there are.", "Write how many families or people fit.")


def check_all_fit(places: int, most_taken: int) -> None:
    """Raise NoPlaceLeft where fewer places would be left than are taken on one of the days to come."""
    if places < most_taken:
        raise NoPlaceLeft(
            f"{most_taken} places are taken on one of the days to come.",
            "Give places back first, or keep as many places.",
        )


def check_held(session: OpenSession, on: date) -> None:
    """Raise NotHeld for a day on which there is no such session."""
    if not session.is_held_on(on):
        raise NotHeld(f"{session} is not held on {long_date(on)}.", "Choose one of its days.")


def check_place_on(session: OpenSession, on: date, today: date) -> None:
    """Raise NotHeld for a day that is over, on which there is no such session, or too far off to promise."""
    check_held(session, on)
    if on < today:
        raise NotHeld("That day is over.", "Choose a day to come.")
    if on > today + PLACES_AHEAD:
        raise NotHeld(
            f"{long_date(on)} is too far off: places are given for the next {PLACES_AHEAD.days // 7} weeks.",
            "Choose an earlier day, or ask again nearer the time.",
        )


def check_counts(numbers: Iterable[int | None]) -> None:
    """Raise NotSaid for a count that no room holds."""
    if any(number is not None and not 0 <= number <= MOST_COUNTED for number in numbers):
        raise NotSaid("This is more than any room holds.", "Check the numbers.")


def check_how_many(how_many: int) -> None:
    """Raise NotSaid for no place, or for more than one family takes."""
    if not 1 <= how_many <= MOST_AT_ONCE:
        raise NotSaid(f"Ask for 1 to {MOST_AT_ONCE} places.", "For a larger group, ring the centre.")
