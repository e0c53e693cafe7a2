"""When a family may be asked how it felt, and what may be answered."""

from datetime import date

from kith.record.refusals import NotPossible
from kith.record.voice.models import AskedAbout, Feeling, HowItFelt, Listened

LONGEST_WORDS = 5_000
MOST_TAPS = 5  # a change of mind or two is an answer; a script that goes on is none


class NotAsked(NotPossible):
    """Something without which nobody can be asked."""


class NotAnAnswer(NotPossible):
    """An answer that is none of those offered, or longer than is kept."""


def check_ask(asked_about: str, asked_of: str) -> None:
    """Raise NotAsked unless it is said what is asked about, and of whom."""
    if asked_about not in AskedAbout:
        raise NotAsked("Nobody said what this is about.", "Choose what ended.")
    if not asked_of.strip():
        raise NotAsked("Nobody is named.", "Say whom you ask: each parent, and each child old enough, apart.")


def check_answer(feeling: str, listened: str, words: str) -> None:
    """Raise NotAnAnswer for what was not offered."""
    if feeling not in Feeling or (listened and listened not in Listened):
        raise NotAnAnswer("Please choose one of the answers.", "Press the one that comes nearest.")
    if len(words) > LONGEST_WORDS:
        raise NotAnAnswer(
            f"That is longer than we can keep here ({LONGEST_WORDS:,} letters).",
            "Please make it shorter, or ring us and tell us the rest.",
        )


def check_first(felt: HowItFelt) -> None:
    """Raise NotAnAnswer where an answer is there and is finished."""
    if felt.answered_at and (felt.listened or felt.words):
        raise NotAnAnswer(
            "Your answer has reached us already. Thank you.", "Ring us if you want to add to it."
        )


def check_taps(times: int) -> None:
    """Raise NotAnAnswer where a first tap was changed so often already that it tells nothing."""
    if times >= MOST_TAPS:
        raise NotAnAnswer(
            "You have changed this answer several times, and we have kept each of them.",
            "You may still say whether we listened, and anything else. Or ring us and tell us.",
        )


LONGEST_DECIDED = 300


class NotHeeded(NotPossible):
    """Something without which nobody could tell what a child's words led to."""


def check_heeded(what: str, decided_on: date, said_on: date, today: date) -> None:
    """Raise NotHeeded without what was decided, or on a day before the child said it or to come."""
    if not what.strip():
        raise NotHeeded("Nobody said what was decided.", "Write it, or choose it from the list.")
    if len(what.strip()) > LONGEST_DECIDED:
        raise NotHeeded(
            f"That is longer than {LONGEST_DECIDED} letters.", "Say in a line or two what was decided."
        )
    if not said_on <= decided_on <= today:
        raise NotHeeded(
            "The decision was taken on a day before the child said this, or on one to come.",
            "Correct the day.",
        )
