"""A form that is sent a second time, by a second press or after going back: it is done once.

A form with a draft says by the draft's key that two sendings are of one form; any other form of a task by a
key of its own. Of that one nothing is kept but what was sent, as a hash, and the address it led to.
"""

from collections.abc import Callable

from django.http import HttpRequest

from kith.record.drafts import services
from kith.web.drafts.forms import OpenDraft, as_key, typed_in
from kith.web.who_may import user_of

KEY = "draft_once"  # the field that carries the key; the draft's own name before it keeps it out of the words
OF_NO_DRAFT = "sent-once"
SAVED_BEFORE = "This was saved already, by the first time it was sent."
Led = list[str]  # the address, and what to say there


def led_before(request: HttpRequest, draft: OpenDraft | None) -> Led | None:
    """Where these very words led when they were first sent with this form; None where they were not."""
    key = draft.key if draft else _key(request)
    by = draft.by if draft else user_of(request)
    made = services.made_before(by=by, key=key, fields=typed_in(request.POST)) if key else None
    return [made[0], made[1] or SAVED_BEFORE] if isinstance(made, list) else None


def once(request: HttpRequest, act: Callable[[], Led]) -> Led:
    """Do what a form without a draft is for: once, where it has a key that nothing was sent by before."""
    key, done = _key(request), []

    def make() -> Led:
        done.extend(act())
        return [done[0], ""]  # what it said may name somebody: that is kept nowhere

    if not key or services.is_spent(key):
        return act()  # gone back to and sent with other words: another act
    about = request.path[:80]
    made = services.finish(
        by=user_of(request), form=OF_NO_DRAFT, about=about, key=key, fields=typed_in(request.POST), make=make
    )
    return done or [made[0] if isinstance(made, list) else "", SAVED_BEFORE]


def _key(request: HttpRequest) -> str:
    """The key that a form without a draft carries; "" where it has none, or files, which are no words."""
    if request.FILES or not request.user.is_authenticated:
        return ""
    return as_key(request.POST.get(KEY))
