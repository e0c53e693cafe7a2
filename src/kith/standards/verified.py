"""How far something in a table was checked at its source."""

from enum import StrEnum


class Verified(StrEnum):
    """What was seen of it. What was not looked up with success is knowledge, and must be shown as such."""

    TEXT_SEEN = "text_seen"
    SECONDARY_SEEN = "secondary_seen"
    DATA_SEEN = "data_seen"
    KNOWLEDGE = "knowledge"
