"""When something may be written about harm outside the home, and what it has to say."""

from datetime import date

from kith.record.chronology.policies import Life, WrongDate
from kith.record.outside.models import Answer, Concern, HowKnown, Kind, NationalReferral, Step, Tie
from kith.record.refusals import NotPossible
from kith.record.said import NotSaid
from kith.standards.dates import day_in_words
from kith.standards.limits import is_child

HANDED_FROM = 17  # the last year of childhood: Kith's own, so that nobody falls off at 18


class Ended(NotPossible):
    """It is over: what is new is written anew."""


class NotTheAge(NotPossible):
    """It is for adults, or for those who will soon be."""


def check_choice(value: str, among: type[Kind | HowKnown | Tie | Step | Answer], what: str) -> None:
    """Raise NotSaid where nobody chose: nothing is chosen for them."""
    if value not in among.values:
        raise NotSaid(f"Nobody said {what}.", "Choose what comes nearest.")


def check_past(on: date, today: date) -> None:
    """Raise WrongDate for a day that has not come."""
    if on > today:
        raise WrongDate(f"{day_in_words(on)} has not come yet.", "Check the day and the year.")


def check_not_before(on: date, first: date, what: str) -> None:
    """Raise WrongDate for a day before another."""
    if on < first:
        raise WrongDate(f"{day_in_words(on)} is before {what}, on {day_in_words(first)}.", "Check the day.")


def check_open(concern: Concern) -> None:
    """Raise Ended where it is no longer of concern."""
    if concern.ended_on is not None:
        raise Ended(
            f"This has not been of concern since {day_in_words(concern.ended_on)}.",
            "If it is again, write it down anew.",
        )


def check_two(one: Concern, other: Concern) -> None:
    """Raise NotSaid where something is linked to itself."""
    if one.thread == other.thread:
        raise NotSaid("These are one and the same.", "Choose the other of the two.")


def is_grown_up(born_on: date | None, on: date) -> bool:
    """Whether somebody is known to be an adult on a day."""
    return born_on is not None and not is_child(born_on, on)


def check_consent(consents: bool | None, life: Life, on: date) -> None:
    """Raise NotTheAge unless an adult who is referred consents; of a child nobody asks it."""
    if is_grown_up(life.born_on, on) and not consents:
        raise NotTheAge(
            "An adult is referred to the National Referral Mechanism only with their consent.",
            "Ask them, and say that they consent.",
        )


def check_grown_up(life: Life, on: date) -> None:
    """Raise NotTheAge before 18: a child is not asked to consent."""
    if not is_grown_up(life.born_on, on):
        raise NotTheAge("A child need not consent, so nobody asks before 18.", "Ask again at 18.")


def check_soon_grown_up(life: Life, on: date) -> None:
    """Raise NotTheAge before 17: handing over begins in the last year of childhood."""
    age = life.age_on(on)
    if age is not None and age < HANDED_FROM:
        raise NotTheAge(f"This begins at {HANDED_FROM}.", "Come back to it then.")


def check_unanswered(referral: NationalReferral, answer: str) -> None:
    """Raise Ended where the last word has been said."""
    if referral.answer in {Answer.CONCLUSIVE, Answer.NOT_CONCLUSIVE} or referral.answer == answer:
        raise Ended("That answer is on record already.", "If it is wrong, correct it with a reason.")
