"""The lines that the front door's own parts give a child's story."""

from typing import Any

from kith.record.chronology.telling import Told
from kith.record.frontdoor.codes import DECISIONS, SECTION_17_HELP, words_of


def decided_for(fact: Any) -> list[Told]:
    """What was decided about a message, in the words of the day; the reason stays in the decision."""
    said = f"Decided about the message: {_lower(words_of(DECISIONS, fact.decision, fact.decided_on))}"
    before = fact.supersedes
    if before is not None and before.decision != fact.decision:
        said += f" (before: {_lower(words_of(DECISIONS, before.decision, before.decided_on))})"
    return [Told(fact.decided_on, "contact_decided", said)]


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def message_read(fact: Any) -> list[Told]:
    """That the worker read it; what they will do is theirs to write in a note or a plan."""
    return [Told(fact.read_on, "message_read", "The worker read what was told about the child")]


def section_17_help(fact: Any) -> list[Told]:
    """That help was given, and of what kind; what it cost is of the whole family."""
    said = _lower(words_of(SECTION_17_HELP, fact.kind, fact.given_on))
    return [Told(fact.given_on, "section_17_help", f"Help was given under section 17: {said}")]
