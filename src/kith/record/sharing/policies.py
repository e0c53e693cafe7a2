"""When something may be written down of another agency, and asked of it."""

from kith.record.refusals import NotPossible
from kith.record.said import NotSaid
from kith.record.sharing.models import Ask
from kith.standards.codes import code_list

LONGEST_ANSWER = 20_000  # letters in one box of a partner's answer


class TooLong(NotPossible):
    """An answer of more words than anybody reads."""


def check_named(name: str, what: str) -> str:
    """The name without blanks around it. Raises NotSaid where there is none."""
    bare = " ".join(name.split())
    if not bare:
        raise NotSaid(f"{what} needs a name.", "Write the name that people know it by.")
    return bare


def check_kind(kind: str) -> None:
    """Raises NotSaid for a kind that is not in the list of agencies."""
    if kind not in code_list("agency_types"):
        raise NotSaid("Nobody said what kind of agency this is.", "Choose the kind that comes nearest.")


class NotOpen(NotPossible):
    """The partner has answered, or is no longer asked."""


def check_words(words: str, what: str) -> str:
    """The words without blanks around them. Raises NotSaid where there are none."""
    bare = words.replace("\x00", "").strip()
    if not bare:
        raise NotSaid(f"{what} was not written.", "Write it, then ask.")
    return bare


def check_open(ask: Ask) -> None:
    """Raises NotOpen where no answer is waited for any more."""
    if ask.answered_at is not None:
        raise NotOpen("They have answered already.", "Read the answer, or ask again.")
    if ask.is_taken_back:
        raise NotOpen("This question was taken back.", "Ask again if it is still needed.")


def check_answered(known: bool | None, *words: str) -> None:
    """Raises NotSaid for an answer that says nothing at all, TooLong for one that says more than is kept."""
    if any(len(word) > LONGEST_ANSWER for word in words):
        raise TooLong(
            f"One box holds more than {LONGEST_ANSWER:,} letters.",
            "Write what matters most, and send the rest to whoever asked you.",
        )
    if known is None and not any(word.strip() for word in words):
        raise NotSaid("Nothing was answered.", "Answer one question, or say you do not know them.")
