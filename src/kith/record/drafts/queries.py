"""What people ask of their own drafts."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain

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
from kith.record.drafts.policies import VISIT_LASTS, Fields
from kith.record.people.models import Person, User
from kith.record.people.permissions import can
from kith.record.people.queries import kept_ids

NO_POWERS: Mapping[str, str] = {}
CHILDREN = "children"  # the field of a form that asks which children it is about
OF_ONE_CHILD = re.compile(r"[^-]+-(\d{10,19})-.+")  # what a form calls one child's answer to a question
AN_ID = re.compile(r"(?<!\d)\d{10,19}(?!\d)")  # of a person; `facts.new_id` gives none that is shorter
LARGEST_ID = 2**63 - 1


def restore(*, by: Typist, form: str, about: str, power: str = "") -> Draft | None:
    """This person's unfinished draft of a form, or None; none about a child whom they may no longer open.

    Whom it is about is told by what it was kept with and by its own words: every child whom a question was
    asked of. Somebody else whom it names (a parent to be asked) must be known to the reader, no more. `power`
    is the one by which the form is written about children whose record stays closed: whoever holds it
    needs to know of each child no more than that they are there. A visitor's is forgotten after half an
    hour.
    """
    found = own_drafts(by).filter(form=form, about=about, finished_at=None).first()
    if found is None:
        return None
    if isinstance(by, Visitor):
        return found if timezone.now() - found.saved_at < VISIT_LASTS else None
    if not _may_be_shown(by, whom_it_is_about(found), _needed(by, power)):
        return None
    return found if _may_be_shown(by, everybody_in(found), Level.INDEX) else None


def may_be_shown(by: User, person_ids: Iterable[int], power: str = "") -> bool:
    """Whether a draft about these people may be shown to whoever typed it; `power` as in `restore`."""
    return _may_be_shown(by, person_ids, _needed(by, power))


def unfinished_of(user: User, powers: Mapping[str, str] = NO_POWERS) -> list[Draft]:
    """This person's unfinished drafts, the newest first, but those about a child they may no longer open.

    `powers` has, by the name of a form, the power of `restore`.
    """
    drafts = own_drafts(user).filter(finished_at=None).defer("fields", "set_aside").order_by("-saved_at")
    return _that_may_be_shown(user, list(drafts), powers)


def left_unsent(manager: User, on: date, powers: Mapping[str, str] = NO_POWERS) -> list[Draft]:
    """What people this person manages, who have left or are away, began to write and did not send.

    The newest first, without the words; none about a child whose record the manager may not open. `powers`
    as in `unfinished_of`.
    """
    begun = Draft.objects.filter(finished_at=None, user__in=colleagues_of(manager, on)).exclude(fields={})
    rows = list(begun.select_related("user").defer("fields", "set_aside").order_by("-saved_at"))
    away = those_who_left_or_are_away({row.user for row in rows if row.user}, on)
    return _that_may_be_shown(manager, [row for row in rows if row.user_id in away], powers)


def whom_it_is_about(draft: Draft) -> list[int]:
    """The ids of the children a draft is about: those it was kept with, then those of whom its words are."""
    return list(dict.fromkeys([*draft.children, *children_in(*_typed(draft))]))


def everybody_in(draft: Draft) -> list[int]:
    """The ids of everybody on record whom a draft names by their id, anywhere in it."""
    said = [text for fields in _typed(draft) for text in (*fields, *chain.from_iterable(fields.values()))]
    return _on_record(int(number) for text in said for number in AN_ID.findall(text))


def children_in(*typed: Fields) -> list[int]:
    """The ids of the children whom these fields are about: asked of one by one, or ticked."""
    of_one = [OF_ONE_CHILD.fullmatch(name) for fields in typed for name in fields]
    ticked = [value for fields in typed for value in fields.get(CHILDREN, ()) if AN_ID.fullmatch(value)]
    return _on_record(int(number) for number in [*(one[1] for one in of_one if one), *ticked])


def _typed(draft: Draft) -> list[Fields]:
    return [draft.fields, *(each["fields"] for each in draft.set_aside)]


def _on_record(numbers: Iterable[int]) -> list[int]:
    """Those of these numbers that are somebody's id, in their order."""
    asked = list(dict.fromkeys(number for number in numbers if number <= LARGEST_ID))
    found = set(Person.objects.filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()
    return [pk for pk in asked if pk in found]


def _needed(user: User, power: str) -> Level:
    return Level.INDEX if power and can(power, user) else Level.RECORD


def _may_be_shown(user: User, person_ids: Iterable[int], needed: Level) -> bool:
    """Whether each of these people is as open to `user` as is needed."""
    kept = set(kept_ids(person_ids).values())
    seen = accesses(user, kept) if kept else {}
    return all(seen[pk].level >= needed for pk in kept)


def _that_may_be_shown(user: User, drafts: list[Draft], powers: Mapping[str, str]) -> list[Draft]:
    about = {pk for draft in drafts for pk in draft.children}
    if not about:
        return drafts
    kept = kept_ids(about)
    seen = accesses(user, set(kept.values()))
    needed = {form: _needed(user, powers.get(form, "")) for form in {draft.form for draft in drafts}}
    return [
        draft for draft in drafts if all(seen[kept[pk]].level >= needed[draft.form] for pk in draft.children)
    ]
