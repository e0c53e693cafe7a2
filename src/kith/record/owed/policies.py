"""When something owed may end without being done, or go to somebody else."""

from kith.record.lengths import LONGEST_REASON, check_length
from kith.record.owed.models import Owed
from kith.record.refusals import NotPossible


class NotOwed(NotPossible):
    """It is done already, or was found not to be needed."""


class ReasonMissing(NotPossible):
    """Nobody said why."""


def check_open(owed: Owed) -> None:
    """Raise NotOwed where it has ended."""
    if not owed.is_open:
        raise NotOwed("This is no longer owed.", "Look again: somebody did it, or said why it is not needed.")


def check_reason(because: str) -> str:
    """The reason without blanks around it. Raises ReasonMissing where there is none, and TooLong."""
    bare = " ".join(because.split())
    if not bare:
        raise ReasonMissing("This needs a reason.", "Say why it is not needed, or who does it instead.")
    check_length(bare, "The reason", LONGEST_REASON)
    return bare
