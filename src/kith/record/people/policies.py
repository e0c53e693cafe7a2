"""When what is said of a person can be so."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from kith.record.lengths import LONGEST_REASON, check_length
from kith.record.people.models import Person, User
from kith.record.refusals import NotPossible
from kith.standards.dates import day_in_words

LONGEST_COVER = timedelta(weeks=13)  # longer than leave or an illness lasts, the work is handed over
OLDEST = 120  # years; an older date of birth is a stand-in such as 1 January 1900


def check_date_of_birth(born: date | None, today: date) -> None:
    """Raise NotPossible for a date of birth after `today`, or too long ago to be somebody's."""
    if born is None:
        return
    if born > today:
        raise NotPossible(
            f"{day_in_words(born)} is still to come.",
            "For a child not yet born, give the expected date of birth instead.",
        )
    if today.year - born.year > OLDEST:
        raise NotPossible(
            f"{day_in_words(born)} is more than {OLDEST} years ago, so it is likely to stand for "
            "“not known”.",
            "Leave the date of birth empty if it is not known.",
        )


def check_spell(started_on: date | None, ended_on: date | None) -> None:
    """Raise NotPossible when an end comes before its start."""
    if started_on and ended_on and ended_on < started_on:
        raise NotPossible(
            f"This would end on {day_in_words(ended_on)}, before it began on {day_in_words(started_on)}.",
            "Check both dates.",
        )


def check_not_ahead(on: date | None) -> None:
    """Raise NotPossible for a day that has not come yet."""
    if on and on > timezone.localdate():
        raise NotPossible(f"{day_in_words(on)} has not come yet.", "Write it down once it has.")


def check_reason(reason: str) -> None:
    """Raise NotPossible when no reason is given, and TooLong where it would be cut off."""
    if not reason.strip():
        raise NotPossible(
            "This needs a reason, so that others can understand it later.", "Say why in a few words."
        )
    check_length(reason, "The reason", LONGEST_REASON)


def check_can_be_merged(kept: Person, merged: Person) -> None:
    """Raise NotPossible unless these are two different records, neither of which is sealed by adoption."""
    if kept.pk == merged.pk:
        raise NotPossible("These are already one record.", "Nothing needs doing.")
    if kept.is_never_proposed or merged.is_never_proposed:
        raise NotPossible("These two records cannot be merged.", "Ask the custodian of restricted records.")


def check_lives_agree(over: Sequence[bool]) -> None:
    """Raise NotPossible where a life is over on one of two records and goes on on the other."""
    if any(over) and not all(over):
        raise NotPossible(
            "A death, or the end of a pregnancy, is on one of these records alone.",
            "Write it down on the other too, or take it back where it is wrong; then say that they are one.",
        )


def check_cover(worker: User, covered_by: User, started_on: date, ended_on: date) -> None:
    """Raise NotPossible unless somebody else who works here can cover for these days."""
    if worker.pk == covered_by.pk:
        raise NotPossible("Nobody covers for themselves.", "Choose somebody else.")
    if not covered_by.is_active:
        raise NotPossible(f"{covered_by} no longer works here.", "Choose somebody else.")
    if ended_on <= started_on:
        raise NotPossible("This cover would last no day.", "Choose an end after the day it begins.")
    if ended_on - started_on > LONGEST_COVER:
        raise NotPossible("This cover would last more than 13 weeks.", "Hand the work over instead.")
