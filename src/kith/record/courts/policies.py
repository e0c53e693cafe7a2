"""In what order the work before court happens."""

from collections.abc import Iterable
from datetime import date

from kith.record.chronology.policies import check_code, check_not_before
from kith.record.refusals import NotPossible


class MeetingNotOffered(NotPossible):
    """A family group meeting was held that was not offered."""


def check_order(started_on: date, later: Iterable[date | None]) -> None:
    """Raise WrongDate where what follows is before the work began."""
    for on in later:
        if on is not None:
            check_not_before(on, started_on, "the start of the work before court")


def check_outcome(outcome: str, decided_on: date | None, on: date) -> None:
    """Raise WrongCode for an outcome that is not in the list."""
    if outcome:
        check_code("pre_proceedings_outcome", outcome, decided_on or on, "an outcome of this work")


def check_meeting(is_offered: bool | None, is_held: bool | None) -> None:
    """Raise MeetingNotOffered where a family group meeting was held though none was offered."""
    if is_held and is_offered is False:
        raise MeetingNotOffered(
            "A family group meeting was held, but it says that none was offered.",
            "Say that it was offered, or that it was not held.",
        )
