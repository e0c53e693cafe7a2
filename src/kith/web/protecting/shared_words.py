"""Words that several children share, as one reader may read them (docs/decisions/0030-shared-words.md)."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any

from kith.record.access.looking import names_to_show
from kith.record.facts import Matter, Part
from kith.record.people.models import User
from kith.record.people.queries import kept_ids
from kith.record.protection.models import Invited
from kith.record.protection.queries import conference_parts
from kith.record.versions import parts_of
from kith.record.visits.reading import HELD_BACK, Reading, reading

SAID_OF_INVITED = ("job", "apart", "kept_out_because", "told_by", "report", "report_shared_how")


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


def invited_as_read(user: User, people: Iterable[Invited], read: Reading) -> list[Invited]:
    """Those asked to a conference in words that `user` may read, as copies to be shown and never saved.

    A child's name whose record is closed to `user` is held back wherever it stands: in a report, in whose
    school somebody leads. A relative's name is written down as shown, and held back where they are kept from
    `user`. Raises AuditUnavailable.
    """
    shown = [copy(each) for each in people]
    for each in shown:
        for said in SAID_OF_INVITED if each.user_id else ("name", *SAID_OF_INVITED):
            setattr(each, said, read.words(getattr(each, said)))
    relatives = [each for each in shown if each.relative_id and HELD_BACK not in each.name]
    kept = kept_ids(each.relative_id for each in relatives if each.relative_id)
    seen = names_to_show(user, kept.values(), where="who is asked to a conference") if kept else {}
    for each in relatives:
        if each.relative_id and kept[each.relative_id] not in seen:
            each.name = HELD_BACK
    return shown


def one_as_read(user: User, invited: Invited) -> Invited:
    """One who is asked to a conference, as in `invited_as_read`."""
    read = reading(user, conference_parts(invited.conference_thread))
    return invited_as_read(user, [invited], read)[0]
