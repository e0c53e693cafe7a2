"""What a document adds to a story: that there is one. What it is may name a brother or a sister."""

from typing import Any

from kith.record.chronology.telling import Told


def about(fact: Any) -> list[Told]:
    """The line of a document about a person."""
    return [Told(fact.added_on, "document", "Document added")]
