"""What a reason and a handover have to say."""

from datetime import date, timedelta

from kith.record.refusals import NotPossible
from kith.record.workload.holding import CannotHold, check_can_hold
from kith.record.workload.models import Handover

__all__ = [
    "CannotHold", "ReasonMissing", "WrongDay", "check_can_hold", "check_happened", "check_reason",
    "check_who_told",
]  # fmt: skip

LONGEST = 500
LONGEST_BEFORE = timedelta(days=92)  # as far before a handover as one may be dated


class ReasonMissing(NotPossible):
    """Nobody said why."""


def check_reason(because: str) -> str:
    """The reason without blanks around it. Raises ReasonMissing where there is none, or far too much."""
    bare = " ".join(because.split())
    if not bare:
        raise ReasonMissing("This needs a reason.", "Say why in a few words.")
    if len(bare) > LONGEST:
        raise ReasonMissing(
            f"This is longer than {LONGEST} letters.", "Say it in short; write the rest as a note."
        )
    return bare


class WrongDay(NotPossible):
    """A day that has not come, or that lies long before the handover."""


def check_happened(handover: Handover, on: date, today: date) -> None:
    """Raise WrongDay for a day after `today`, or more than three months before the child was handed over."""
    if on > today:
        raise WrongDay("This day has not come yet.", "Write it down once it has happened.")
    if on < handover.from_on - LONGEST_BEFORE:
        raise WrongDay("This is more than three months before the handover.", "Check the day.")


def check_who_told(who: str) -> str:
    """The name without blanks around it. Raises ReasonMissing where nobody is named."""
    bare = " ".join(who.split())
    if not bare:
        raise ReasonMissing("Nobody said who told the family.", "Write who told them.")
    return bare[:150]
