"""When what is said of a person can be so."""

from datetime import date

from kith.record.people.models import Person
from kith.record.refusals import NotPossible
from kith.standards.dates import day_in_words

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


def check_reason(reason: str) -> None:
    """Raise NotPossible when no reason is given."""
    if not reason.strip():
        raise NotPossible(
            "This needs a reason, so that others can understand it later.", "Say why in a few words."
        )


def check_can_be_merged(kept: Person, merged: Person) -> None:
    """Raise NotPossible unless these are two different records, neither of which is sealed by adoption."""
    if kept.pk == merged.pk:
        raise NotPossible("These are already one record.", "Nothing needs doing.")
    if kept.is_never_proposed or merged.is_never_proposed:
        raise NotPossible("These two records cannot be merged.", "Ask the custodian of restricted records.")
