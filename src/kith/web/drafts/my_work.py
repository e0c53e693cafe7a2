"""What this person began to write and has not sent, as a part of My work."""

from typing import Any

from kith.record.drafts.queries import left_unsent
from kith.web.drafts.forms import powers_of_forms
from kith.web.drafts.views import draft_lines
from kith.web.my_work import Work
from kith.web.sections import Section


def _not_sent_yet(work: Work) -> dict[str, Any] | None:
    drafts = draft_lines(work.user)
    return {"drafts": drafts} if drafts else None


def _left_unsent(work: Work) -> dict[str, Any] | None:
    """What people who left or are away did not send, for whoever manages them."""
    if not work.may("cover_for_others"):
        return None
    number = len(left_unsent(work.user, work.today, powers_of_forms()))
    return {"number": number} if number else None


SECTIONS = (
    Section("kith/my_work/drafts.html", _not_sent_yet, 65),
    Section("kith/my_work/left_unsent.html", _left_unsent, 66),
)
