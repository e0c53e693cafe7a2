"""What only a person can say, and did not: one refusal of it for every room."""

from kith.record.refusals import NotPossible

FEW_WORDS = "Write it in a few words."


class NotSaid(NotPossible):
    """Something was left out without which the fact would tell nothing, or nobody could act on it."""


def check_said(words: str, what: str, next_step: str = FEW_WORDS) -> str:
    """The words without blanks around them. Raises NotSaid where there are none."""
    bare = words.replace("\x00", "").strip()  # PostgreSQL keeps no such character
    if not bare:
        raise NotSaid(f"{what} was not said.", next_step)
    return bare
