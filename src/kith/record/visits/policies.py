"""When a visit or a note may be written as it is: its day, and how each child can have been seen."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from kith.record.chronology.policies import Life, WrongDate, check_day
from kith.record.refusals import NotPossible
from kith.record.said import NotSaid
from kith.record.visits.models import How, HowSeen
from kith.standards.dates import day_in_words
from kith.standards.working_days import legal_day

CLOCKS_DIFFER = timedelta(minutes=10)  # a phone's clock runs a little before the server's
MET = frozenset({How.IN_PERSON, How.VIDEO})


class CannotBeSeen(NotPossible):
    """A child said to be seen in a way that cannot be."""


def check_moment(at: datetime, lives: Iterable[Life]) -> None:
    """Raises WrongDate for a moment that has not come, or a day outside one of these lives."""
    if at > timezone.now() + CLOCKS_DIFFER:
        raise WrongDate(
            f"{timezone.localtime(at):%H:%M} on {day_in_words(legal_day(at))} has not come yet.",
            "Write the visit when it was made, or correct the day and the time.",
        )
    for life in lives:
        check_day(legal_day(at), life)


def check_told(how: str, what_happened: str) -> None:
    """Raises NotSaid for a visit without how it was made, or one that was made without what happened."""
    if how not in How.values:
        raise NotSaid(
            "Nobody said how the visit was made.", "Choose in person, by video, by phone or nobody in."
        )
    if how != How.NOBODY_IN and not what_happened.strip():
        raise NotSaid("Nobody said what happened.", "Write a line on what happened at the visit.")


def check_seen(how: str, seen: str, life: Life, at: datetime) -> None:
    """Raises NotSaid where nobody said whether the child was seen, CannotBeSeen where they cannot have been.

    By phone nobody is seen, and when nobody was in nobody is; a child not yet born is met by their mother.
    """
    if how not in MET:
        if seen not in ("", HowSeen.NOT_SEEN):
            raise CannotBeSeen(
                "By phone, or when nobody was in, a child is not seen.",
                "Choose “Not seen”, or say that the visit was in person.",
            )
        return
    if seen not in HowSeen.values:
        raise NotSaid(
            "Nobody said whether each child was seen.",
            "Choose it for each child. If you did not see one, press “Not seen” and say why.",
        )
    _check_is_born(seen, life, at)


def _check_is_born(seen: str, life: Life, at: datetime) -> None:
    was_unborn = life.pregnancy_ended_on or (life.born_on and legal_day(at) < life.born_on)
    is_unborn = life.is_unborn or bool(was_unborn)
    if is_unborn and seen in (HowSeen.ALONE, HowSeen.NOT_ALONE):
        raise CannotBeSeen("This child was not yet born on that day.", "Choose “Mother seen”, or “Not seen”.")
    if not is_unborn and seen == HowSeen.MOTHER_SEEN:
        raise CannotBeSeen(
            "This child was born by that day, so that seeing the mother is not seeing the child.",
            "Choose how the child was seen. If the birth is wrong on record, correct that first.",
        )


def check_words(words: str, what: str) -> None:
    """Raises NotSaid for words that are blank."""
    if not words.strip():
        raise NotSaid(f"{what} is empty.", "Write what it was, in a line or more.")


def check_reason(because: str) -> None:
    """Raises NotSaid for a change of what is on record without a reason."""
    if not because.strip():
        raise NotSaid("Nobody said why this is changed.", "Say in a few words what was wrong.")
