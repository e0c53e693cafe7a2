"""Words that several children share, as one reader may read them (docs/decisions/0030-shared-words.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kith.record.facts import Matter, Part
from kith.record.people.models import User
from kith.record.versions import parts_of
from kith.record.visits.reading import Reading, reading


@dataclass(frozen=True)
class Read:
    """One child's part of what several share, with the shared words as this reader may read them."""

    part: Any
    matter: Any
    read: Reading


def read_together(user: User, pairs: Iterable[tuple[Part, Matter]]) -> list[Read]:
    """These parts in their order, each with how `user` may read the words that its children share."""
    held = list(pairs)
    if not held:
        return []
    about = parts_of(type(held[0][0]), {matter.thread for _, matter in held})
    readings = {thread: reading(user, parts) for thread, parts in about.items()}
    return [Read(part, matter, readings[matter.thread]) for part, matter in held]
