"""How much a draft may hold, and how a draft says no."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from kith.record.drafts.models import Draft
from kith.record.refusals import NotPossible

Fields = Mapping[str, Sequence[str]]

LONGEST_FIELD = 200_000  # bytes
LARGEST_DRAFT = 1_000_000
LARGEST_OF_VISITOR = 100_000  # a public page asks little, and anybody may send it
VISIT_LASTS = timedelta(minutes=30)  # a family's telephone may be shared with whoever hurts them
KEYS_LAST = timedelta(days=90)  # a form sent again after longer than this is a new one
TABS_KEPT = 5


class TooLong(NotPossible):
    """More was typed than a draft holds."""


class NotThere(NotPossible):
    """Nothing of this is waiting to be sent any more."""


class SavedElsewhere(NotPossible):
    """Another tab saved this draft since; both are kept. `draft` is what the other tab saved."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(
            "You wrote in this form in another tab as well.",
            "Both are kept. Choose which one to go on with.",
        )
        self.draft = draft


class AlreadySent(NotPossible):
    """This form was sent already, mostly with other words, or thrown away. `made` is what came of it.

    `is_same` says that these very words had reached the record before.
    """

    def __init__(self, made: Any, *, is_same: bool = False, was_thrown_away: bool = False) -> None:
        super().__init__(
            "You threw this draft away."
            if was_thrown_away
            else "You sent this form already, with other words.",
            "What you see here is a new one: send it, if it is needed.",
        )
        self.made, self.is_same = made, is_same


def check_size(fields: Fields, *, is_visitors: bool = False) -> None:
    """Raise TooLong where one box, or all of them together, hold more than a draft may."""
    if any(len(value.encode()) > LONGEST_FIELD for values in fields.values() for value in values):
        raise TooLong(
            "One box holds more than 200,000 letters.",
            "It is not saved. Make it shorter, or add it as a document.",
        )
    size = len(json.dumps(fields, ensure_ascii=False).encode())
    if size > (LARGEST_OF_VISITOR if is_visitors else LARGEST_DRAFT):
        raise TooLong(
            f"This form holds more than {'100,000' if is_visitors else 'a million'} letters.",
            "It is not saved. Make it shorter, or add some of it as a document.",
        )
