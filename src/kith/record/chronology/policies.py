"""When an event may stand in a person's story at all: in its time, in their life, in the right order.

Every refusal says what is wrong, why, and what to do. Functions take plain values; `lives_of` is the
one that asks the database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from kith.record.people.models import Person, PersonDetails
from kith.record.refusals import NotPossible
from kith.record.versions import current_facts
from kith.standards.codes import code_list
from kith.standards.dates import day_in_words

LONGEST_PREGNANCY = timedelta(days=310)
YEARS_OF_A_RECORD = 26  # children's services work with people up to their 26th birthday


class WrongDate(NotPossible):
    """A date that cannot be right for this event."""


class WrongCode(NotPossible):
    """A code that its list does not hold on that day."""


class NoChildren(NotPossible):
    """An act about no child at all, or about the same child twice."""


class NoCaseOpen(NotPossible):
    """A child has no open case, and this work hangs on one."""


@dataclass(frozen=True)
class Life:
    """What is known of when a person lives. All None where nothing is known."""

    born_on: date | None = None
    expected_on: date | None = None
    died_on: date | None = None
    pregnancy_ended_on: date | None = None

    @property
    def is_unborn(self) -> bool:
        """Expected, and not yet told to be born."""
        return self.born_on is None and self.expected_on is not None and self.pregnancy_ended_on is None

    @property
    def is_over(self) -> bool:
        """They died, or are not expected any more: nothing new begins for them."""
        return self.died_on is not None or self.pregnancy_ended_on is not None

    def age_on(self, day: date) -> int | None:
        """Whole years on `day`; None where the date of birth is not known. Born 29 February: 1 March."""
        if self.born_on is None:
            return None
        before_birthday = (day.month, day.day) < (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - before_birthday


def lives_of(children: Iterable[Person]) -> dict[int, Life]:
    """The life of each child by person id, one query; the children stay locked for the transaction."""
    ids = [child.pk for child in children]
    if connection.features.has_select_for_update:
        list(Person.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    known = {
        person: Life(*life)
        for person, *life in PersonDetails.current.filter(person__in=ids).values_list(
            "person", "date_of_birth", "expected_date_of_birth", "date_of_death", "pregnancy_ended_on"
        )
    }
    return {pk: known.get(pk, Life()) for pk in ids}


def life_of(child: Person) -> Life:
    """The life of one child, who stays locked for the transaction."""
    return lives_of([child])[child.pk]


def life_told(child: Person) -> Life:
    """The life of a child as pages tell it: nothing is locked, and one page asks it once."""
    told = [
        Life(one.date_of_birth, one.expected_date_of_birth, one.date_of_death, one.pregnancy_ended_on)
        for one in current_facts(PersonDetails, [child.pk])
    ]
    return told[0] if told else Life()


def check_children(children: Sequence[Person]) -> None:
    """Raise NoChildren unless there is at least one child and each is named once."""
    if not children:
        raise NoChildren("No child was chosen.", "Choose the children this is about.")
    if len({child.pk for child in children}) != len(children):
        raise NoChildren("The same child was chosen twice.", "Choose each child once.")


def check_case_open(children: Sequence[Person], referrals: Mapping[int, int], on: date) -> None:
    """Raise NoCaseOpen unless each child has an open referral; `referrals` are threads by person id."""
    if missing := sum(child.pk not in referrals for child in children):
        who = "This child has" if len(children) == 1 else f"{missing} of these children have"
        raise NoCaseOpen(
            f"{who} no case open on {day_in_words(on)}.", "Record a referral first, or check the day."
        )


def check_day(on: date, life: Life, *, is_an_ending: bool = False, today: date | None = None) -> None:
    """Raise WrongDate unless `on` is a day of this record: come, not long ago, in this life.

    A day before birth is right for what is done for an unborn child, not for one conceived later.
    An ending (a case closed, a plan ended) may follow a death: somebody has to close what was open.
    """
    _check_has_come(on, today or timezone.localdate())
    if life.died_on and on > life.died_on and not is_an_ending:
        raise WrongDate(
            f"{day_in_words(on)} is after this person died, on {day_in_words(life.died_on)}.",
            "Check the day; if the date of death is wrong, correct that first.",
        )
    if life.pregnancy_ended_on and on > life.pregnancy_ended_on and not is_an_ending:
        raise WrongDate(
            f"{day_in_words(on)} is after the pregnancy ended, on {day_in_words(life.pregnancy_ended_on)}.",
            "Check the day; if the pregnancy goes on, say so on the child’s page first.",
        )
    starts_on = life.born_on or life.expected_on
    if starts_on and on < starts_on - LONGEST_PREGNANCY:
        raise WrongDate(
            f"{day_in_words(on)} is long before this child's date of birth, {day_in_words(starts_on)}.",
            "Check the day and the year; if the date of birth is wrong, correct that first.",
        )


def _check_has_come(on: date, today: date) -> None:
    if on > today:
        raise WrongDate(f"{day_in_words(on)} has not come yet.", "Enter it on the day, or correct the date.")
    if on.year < today.year - YEARS_OF_A_RECORD:
        raise WrongDate(
            f"{day_in_words(on)} is more than {YEARS_OF_A_RECORD} years ago.",
            "Check the year: it may be a slip or a computer's empty date.",
        )


def check_is_born(on: date, life: Life, what: str) -> None:
    """Raise WrongDate where the child was not yet born on that day; `what` cannot happen before birth."""
    if life.is_unborn or life.pregnancy_ended_on:
        raise WrongDate(
            f"This child is not recorded as born, so {what} cannot be entered.",
            "Enter the date of birth first.",
        )
    if life.born_on and on < life.born_on:
        raise WrongDate(
            f"{day_in_words(on)} is before this child was born, on {day_in_words(life.born_on)}.",
            f"Check the day; {what} cannot be before birth.",
        )


def check_not_before(on: date, started_on: date, what: str) -> None:
    """Raise WrongDate where `on` is before `started_on`, the day of `what` (`the referral`)."""
    if on < started_on:
        raise WrongDate(
            f"{day_in_words(on)} is before {what}, on {day_in_words(started_on)}.",
            f"Change the date, or correct the date of {what} first.",
        )


def check_code(name: str, code: str, on: date, what: str) -> None:
    """Raise WrongCode unless the list `name` holds `code` on that day; `what` is its name for people."""
    if not code_list(name).valid(code, on):
        raise WrongCode(
            f"“{code}” is not {what} on {day_in_words(on)}." if code else f"No choice was made for {what}.",
            "Choose one from the list.",
        )
