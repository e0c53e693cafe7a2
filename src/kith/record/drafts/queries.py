"""What people ask of their own drafts."""

from datetime import date

from django.utils import timezone

from kith.record.access.permissions import Level, accesses
from kith.record.drafts.models import Draft
from kith.record.drafts.permissions import (
    Typist,
    Visitor,
    colleagues_of,
    own_drafts,
    those_who_left_or_are_away,
)
from kith.record.drafts.policies import VISIT_LASTS
from kith.record.people.models import User
from kith.record.people.permissions import can
from kith.record.people.queries import kept_ids


def restore(*, by: Typist, form: str, about: str, power: str = "") -> Draft | None:
    """This person's unfinished draft of a form, or None; none about a child whom they may no longer open.

    `power` is the one by which the form is written about children whose record stays closed: whoever holds
    it needs to know of each child no more than that they are there. A visitor's is forgotten after half an
    hour.
    """
    found = own_drafts(by).filter(form=form, about=about, finished_at=None).first()
    if found is None:
        return None
    if isinstance(by, Visitor):
        return found if timezone.now() - found.saved_at < VISIT_LASTS else None
    needed = Level.INDEX if power and can(power, by) else Level.RECORD
    return next(iter(_that_may_be_shown(by, [found], needed)), None)


def unfinished_of(user: User) -> list[Draft]:
    """This person's unfinished drafts, the newest first, but those about a child they may no longer open."""
    drafts = own_drafts(user).filter(finished_at=None).defer("fields", "set_aside").order_by("-saved_at")
    return _that_may_be_shown(user, list(drafts))


def left_unsent(manager: User, on: date) -> list[Draft]:
    """What people this person manages, who have left or are away, began to write and did not send.

    The newest first, without the words; none about a child whose record the manager may not open.
    """
    begun = Draft.objects.filter(finished_at=None, user__in=colleagues_of(manager, on)).exclude(fields={})
    rows = list(begun.select_related("user").defer("fields", "set_aside").order_by("-saved_at"))
    away = those_who_left_or_are_away({row.user for row in rows if row.user}, on)
    return _that_may_be_shown(manager, [row for row in rows if row.user_id in away])


def _that_may_be_shown(user: User, drafts: list[Draft], needed: Level = Level.RECORD) -> list[Draft]:
    about = {pk for draft in drafts for pk in draft.children}
    if not about:
        return drafts
    kept = kept_ids(about)
    seen = accesses(user, set(kept.values()))
    open_now = {pk for pk in about if seen[kept[pk]].level >= needed}
    return [draft for draft in drafts if open_now.issuperset(draft.children)]
