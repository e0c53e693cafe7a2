"""What people do with what they have typed and not yet sent."""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kith.record.access.looking import open_for_one_act, open_record
from kith.record.access.messages import tell
from kith.record.access.permissions import can_open
from kith.record.audit.services import record, record_many
from kith.record.drafts.models import Draft
from kith.record.drafts.permissions import (
    Typist,
    Visitor,
    check_can_take_over,
    check_is_own_key,
    own_drafts,
    whose,
)
from kith.record.drafts.policies import (
    KEYS_LAST,
    TABS_KEPT,
    VISIT_LASTS,
    AlreadySent,
    Fields,
    NotThere,
    SavedElsewhere,
    check_size,
)
from kith.record.drafts.queries import everybody_in, whom_it_is_about
from kith.record.people.models import Person, User

Made = str | int | list[Any] | dict[str, Any] | None


def new_key() -> str:
    """A key for a form that is about to be shown: it says that two sendings are of one form."""
    return secrets.token_urlsafe(24)


def save_draft(
    *,
    by: Typist,
    form: str,
    about: str,
    fields: Fields,
    revision: int,
    key: str,
    children: Iterable[int] = (),
    tab: str = "",
    saves_of_tab: int = 0,
) -> Draft:
    """Keep what has been typed, as typed; returns the draft with its new revision.

    `revision` is the one these words were typed over. `tab` names the tab and `saves_of_tab` counts its
    saves, so that a save which arrives after a later one of the same tab changes nothing. It is about
    `children`, and about each child whom a question of its own was asked of. Raises TooLong;
    NotAllowed, where the key is somebody else's; AlreadySent, where this form has been sent;
    SavedElsewhere, where another tab saved a newer revision: these words are then set aside in the draft.
    """
    typed = {_storable(name): [_storable(value) for value in values] for name, values in fields.items()}
    check_size(typed, is_visitors=isinstance(by, Visitor))
    check_is_own_key(by, key)
    with transaction.atomic():
        if isinstance(by, Visitor):
            own_drafts(by).filter(saved_at__lte=timezone.now() - VISIT_LASTS, finished_at=None).delete()
        if sent := own_drafts(by).filter(key=key).exclude(finished_at=None).first():
            arrived = tab != "" and sent.tab == tab and saves_of_tab <= sent.saves_of_tab
            is_same = arrived or sent.sent_as == _hash_of(typed)
            raise AlreadySent(sent.made, is_same=is_same, was_thrown_away=not sent.sent_as)
        draft, _ = Draft.objects.select_for_update().get_or_create(
            **whose(by), form=form, about=about, finished_at=None, defaults={"key": key}
        )
        is_newest = draft.revision <= revision or (tab != "" and draft.tab == tab)
        if not is_newest:
            _set_aside(draft, tab, typed)
        elif draft.tab != tab or tab == "" or saves_of_tab > draft.saves_of_tab:
            draft.fields, draft.tab, draft.saves_of_tab = typed, tab, saves_of_tab
            draft.set_aside = [each for each in draft.set_aside if each["tab"] != tab]
            draft.children, draft.saved_at = list(children), timezone.now()
            draft.revision += 1
        draft.children = whom_it_is_about(draft)
        draft.save()
    if not is_newest:
        raise SavedElsewhere(draft)
    return draft


def go_on_with(*, by: Typist, form: str, about: str, tab: str) -> Draft | None:
    """Take up what this tab typed, in place of what another saved, which is set aside instead.

    Returns the draft, or None where nothing of this tab was set aside.
    """
    with transaction.atomic():
        draft = own_drafts(by).select_for_update().filter(form=form, about=about, finished_at=None).first()
        mine = next((each for each in draft.set_aside if each["tab"] == tab), None) if draft else None
        if draft is None or mine is None:
            return None
        other_tab, others = draft.tab, draft.fields
        draft.set_aside = [each for each in draft.set_aside if each["tab"] != tab]
        draft.fields, draft.tab, draft.saves_of_tab = mine["fields"], tab, 0
        draft.revision += 1
        _set_aside(draft, other_tab, others)
        draft.save()
    return draft


def finish(*, by: Typist, form: str, about: str, key: str, fields: Fields, make: Callable[[], Made]) -> Made:
    """Do what the form is for, once: returns what `make` returned, now or when this form was first sent.

    `make` writes the facts in this same transaction and returns what to remember, mostly the address of
    what it made. Where it refuses, nothing is written and the draft stays. The words leave the draft: they
    are on record now. Raises NotAllowed, where the key is somebody else's, and AlreadySent, where other
    words were sent under it.
    """
    check_is_own_key(by, key)
    sent_as = _hash_of(fields)
    with transaction.atomic():
        draft, _ = Draft.objects.select_for_update().get_or_create(
            **whose(by), key=key, defaults={"form": form, "about": about, "finished_at": timezone.now()}
        )
        if draft.sent_as:
            if draft.sent_as != sent_as:
                raise AlreadySent(draft.made)
            return draft.made
        draft.made, draft.sent_as, draft.finished_at = make(), sent_as, timezone.now()
        draft.fields, draft.set_aside = {}, []
        draft.save()
    return draft.made


def made_before(*, by: Typist, key: str, fields: Fields) -> Made:
    """What sending these words under this key made before; None where they were not sent."""
    sent = own_drafts(by).filter(key=key).exclude(finished_at=None).exclude(sent_as="").first()
    return sent.made if sent and sent.sent_as == _hash_of(fields) else None


def is_spent(key: str) -> bool:
    """Whether something was sent, or is kept, under this key."""
    return Draft.objects.filter(key=key).exists()


def throw_away(*, by: Typist, form: str, about: str) -> bool:
    """Forget what this person typed into a form and did not send; returns whether there was anything.

    Its key stays for a while, so that a device which kept the same words does not bring them back.
    """
    unfinished = own_drafts(by).filter(form=form, about=about, finished_at=None)
    return bool(unfinished.update(fields={}, set_aside=[], children=[], finished_at=timezone.now()))


@transaction.atomic
def take_over(*, draft: Draft, by: User, power: str = "") -> Draft:
    """Return what a colleague who has left or is away began to write, from now on `by`'s to send.

    Each child it is about counts as looked at. `power` is that of `queries.restore`. Where `by` began the
    same form themselves, the colleague's words are set aside in it, to be read there. A colleague who comes
    back is told. Raises NotAllowed, NotThere (sent, thrown away or taken over meanwhile).
    """
    now = Draft.objects.select_for_update().filter(pk=draft.pk, finished_at=None, user=draft.user_id).first()
    if now is None:
        raise NotThere("This is not waiting any more.", "Somebody sent it, threw it away or took it over.")
    now.children = whom_it_is_about(now)
    check_can_take_over(by, now, timezone.localdate(), power, names=everybody_in(now))
    writer = cast(User, now.user)
    for pk in now.children:
        _open(by, Person(pk=pk), power, f"what {writer} began to write")
    about = {"draft": now.pk, "of": writer.pk, "form": now.form}
    if now.children:
        record_many("took_over_draft", by=by, persons=now.children, about=about)
    else:
        record("took_over_draft", by=by, about=about)
    if writer.is_active:
        tell([writer], f"{by} goes on with something that you began to write and had not sent. Ask them.")
    return _made_own(now, by, writer)


def _open(by: User, child: Person, power: str, why: str) -> None:
    """Write down that the child was looked at: the record, or with the form's power no more than the name."""
    if can_open(by, child) or not power:
        open_record(by, child, why)
    else:
        open_for_one_act(by, child, power, why)


def _made_own(theirs: Draft, by: User, writer: User) -> Draft:
    """The draft under another name and key, or its words set aside in the one that `by` has already."""
    mine = own_drafts(by).select_for_update()
    mine_too = mine.filter(form=theirs.form, about=theirs.about, finished_at=None).first()
    if mine_too is None:
        theirs.user, theirs.key, theirs.tab = by, new_key(), ""
        theirs.revision += 1
        theirs.save()
        return theirs
    newest = {"tab": f"of-{writer.pk}", "saved_at": theirs.saved_at.isoformat(), "fields": theirs.fields}
    mine_too.set_aside = [*mine_too.set_aside, *theirs.set_aside, newest]
    mine_too.children = list(dict.fromkeys([*mine_too.children, *theirs.children]))
    mine_too.save()
    theirs.fields, theirs.set_aside, theirs.children = {}, [], []
    theirs.finished_at = timezone.now()
    theirs.save()
    return mine_too


def end_visit(*, by: Typist) -> None:
    """Forget all that a visitor typed and has not sent."""
    own_drafts(by).filter(finished_at=None).delete()


def purge(now: datetime | None = None) -> int:
    """Forget visitors' drafts after half an hour and the keys of sent forms after 90 days; returns how many.

    What somebody who works here has typed is never forgotten by itself.
    """
    at = now or timezone.now()
    over = Q(user=None, finished_at=None, saved_at__lte=at - VISIT_LASTS)
    return Draft.objects.filter(over | Q(finished_at__lte=at - KEYS_LAST)).delete()[0]


def _set_aside(draft: Draft, tab: str, fields: Fields) -> None:
    """Keep what one tab typed beside the draft, in place of what it had there; the newest few tabs' stay."""
    others = [each for each in draft.set_aside if each["tab"] != tab]
    newest = {"tab": tab, "saved_at": timezone.now().isoformat(), "fields": dict(fields)}
    draft.set_aside = [*others, newest][-TABS_KEPT:]


def _storable(text: str) -> str:
    """The text without the two things that a database's JSON cannot hold: NUL, and half a character."""
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _hash_of(fields: Fields) -> str:
    """A hash of what was typed; a form sends two characters for a new line where a script sends one."""
    typed = {
        name: [_storable(value).replace("\r\n", "\n") for value in values]
        for name, values in sorted(fields.items())
    }
    return hashlib.sha256(json.dumps(typed).encode()).hexdigest()
