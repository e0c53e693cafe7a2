"""What was decided about a message, as it stands and as it stood before; and changing it, with a reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kith.record.access.looking import Together
from kith.record.frontdoor import codes
from kith.record.frontdoor.models import (
    Came,
    Concerned,
    DecidedFor,
    Decision,
    Match,
    Message,
    Section17Help,
)
from kith.record.frontdoor.permissions import can_change
from kith.record.frontdoor.queries import (
    concerned_by,
    decision_of,
    decisions_of,
    message_of,
    parts_of_decision,
    replies_to,
    section_17_help_for,
)
from kith.record.frontdoor.services import give_section_17_help
from kith.record.owed.queries import OwedLine, owed_of
from kith.record.pathway.changing_decisions import (
    Changed,
    change_decision,
    decided_before,
    what_stands,
    what_stands_of_all,
)
from kith.record.people.models import User
from kith.record.versions import history
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.front_door.deciding import load_message
from kith.web.front_door.forms import ChangeForm, GiveForm
from kith.web.front_door.owed import pages
from kith.web.front_door.reading import Reading
from kith.web.front_door.tonight import tonight_of
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import can_open_matter, user_of

CHANGE = draft_form(
    "change-decision",
    "Changing a decision",
    page=lambda about: reverse("change_decision", args=[about]),
    children=lambda about: _people_of_decision(about),
    power="decide_contacts",
)
HELD_BACK = "kith/front_door/held_back.html"


@dataclass(frozen=True)
class Version:
    """One version of a decision as a page shows it. `because` is why the one before was changed into it."""

    decision: Decision
    words: str
    threshold: str
    position: str
    basis: str
    because: str
    came: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Child:
    """A child of a decision: what is decided now and was before, what came of it, and what was begun."""

    row: Concerned
    name: str
    words: str
    before: tuple[str, ...]
    came: tuple[tuple[str, str], ...]
    stands: tuple[str, ...]

    @property
    def person_id(self) -> int:
        """What a form calls this child: the thread of the row, as a child may be on no record."""
        return self.row.thread


@dataclass(frozen=True)
class Alike:
    """Children of whom a page says the same, said once."""

    names: str
    of: Child


def alike(children: Iterable[Child]) -> list[Alike]:
    """These children, those of whom the same is to be said together, in the order of the first of each."""
    found: dict[tuple[Any, ...], list[Child]] = {}
    for child in children:
        found.setdefault((child.words, child.before, child.came, child.stands), []).append(child)
    return [Alike(", ".join(one.name for one in same), same[0]) for same in found.values()]


def load_decision(decision: int) -> tuple[Decision, list[int]] | None:
    """A decision, and the people on record whom its message is about."""
    found = decision_of(decision)
    if found is None:
        return None
    rows = concerned_by([found.message_thread])[found.message_thread]
    return found, [row.person_id for row in rows if row.person_id]


def _people_of_decision(about: str) -> list[int]:
    found = load_decision(int(about))
    return found[1] if found else []


def versions_of(decision: Decision) -> list[Version]:
    """A decision as it stands, then as it stood before each change, the newest first."""
    shown = [one for one in history(decision) if one.supersedes_id is None or _was_changed(one)]
    return [_in_words(one) for one in shown]


def as_read(one: Version, read: Reading) -> Version:
    """A version of a decision, with its reasons and what came of it as somebody may read them."""
    decision = read.copy(one.decision, "reason", "family_told", "agreed_because")
    decision.partners = [read.words(line) for line in decision.partners]
    came = tuple((kind, read.words(said)) for kind, said in one.came)
    return replace(one, decision=decision, because=read.words(one.because), came=came)


def _was_changed(version: Decision) -> bool:
    """Whether a version came of a change, and not of agreeing to it or saying what was owed."""
    before = version.supersedes
    return before is not None and before.ended_as == "corrected"


def _in_words(decision: Decision) -> Version:
    on = timezone.localdate(decision.decided_at)
    return Version(
        decision,
        codes.words_of(codes.DECISIONS, decision.decision, on),
        codes.words_of(codes.THRESHOLDS, decision.threshold, on),
        codes.words_of(codes.CONSENT_POSITIONS, decision.consent_position, on),
        codes.words_of(codes.LAWFUL_BASES, decision.lawful_basis, on),
        decision.supersedes.ended_because if decision.supersedes else "",
        came_in_words(decision.came_of_change),
    )


def came_in_words(came: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """What came of a change as a page shows it: (what became of it, the sentence)."""
    return tuple((str(Came(kind).label), words) for kind, words in came)


def children_of_decision(decision: Decision, together: Together) -> list[Child]:
    """The children of a decision whom this reader may know of."""
    rows = [
        row
        for row in concerned_by([decision.message_thread])[decision.message_thread]
        if (row.person_id is None or row.person_id in together) and row.match != Match.CONFIRM
    ]
    now, parts = decided_before(decision, rows), parts_of_decision(decision)
    return [_child(row, now[row.thread], parts.get(row.thread), together) for row in rows]


def _child(row: Concerned, code: str, part: DecidedFor | None, together: Together) -> Child:
    shown = together.people.get(row.person_id or 0)
    past = [one for one in history(part) if one.superseded_at is not None] if part else []
    return Child(
        row,
        shown.name if shown and shown.has_name else row.called,
        codes.words_of(codes.DECISIONS, code),
        tuple(codes.words_of(codes.DECISIONS, one.decision, one.decided_on) for one in past),
        came_in_words(part.came_of_change) if part else (),
        tuple(what_stands(part)) if part else (),
    )


@can_open_matter(load_decision, power="decide_contacts", independent=True)
def decided(request: HttpRequest, decision: Decision, together: Together) -> HttpResponse:
    """What was decided about a message: as it stands, as it stood before, and what came of each change."""
    if together.is_held_back:
        return render(request, HELD_BACK, status=403)
    message, user = _message(decision), user_of(request)
    context = {
        "title": "What was decided", "message": message, "decision": decision,
        "versions": versions_of(decision), "children": alike(children_of_decision(decision, together)),
        "replies": replies_to([message.thread])[message.thread], "given": given_for(message),
        "owed": [(line, _where(line)) for line in owed_of([message, decision], timezone.now())],
        "may_change": can_change(user, message), "tonight": tonight_of(user, message, together.people),
    }  # fmt: skip
    return render(request, "kith/front_door/decided.html", context)


def _where(line: OwedLine) -> str:
    """The page where something owed is done; "" where it has none."""
    page = pages().get(line.owed.what)
    if line.owed.what == "strategy_discussion" and line.person_ids:
        return reverse("strategy_discussion", args=[line.person_ids[0]])
    return page(line.owed, line.person_ids) if page else ""


def given_for(message: Message) -> list[tuple[Section17Help, str]]:
    """The section 17 help that was given for a message, each with its kind in words."""
    found = section_17_help_for([message.thread])[message.thread]
    return [(one, codes.words_of(codes.SECTION_17_HELP, one.kind, one.given_on)) for one in found]


def _message(decision: Decision) -> Message:
    message = message_of(decision.message_thread)
    assert message is not None  # a decision is made with its message, which is never taken away
    return message


@can_open_matter(load_decision, power="decide_contacts", independent=True)
def change(request: HttpRequest, decision: Decision, together: Together) -> HttpResponse:
    """Decide otherwise, with a reason; the page says first what was begun, and what would be left to do."""
    if together.is_held_back:
        return render(request, HELD_BACK, status=403)
    message, user = _message(decision), user_of(request)
    children = children_of_decision(decision, together)
    draft = with_draft(request, CHANGE, about=decision.thread)
    form = draft.form(ChangeForm, about=children, decision=decision, seen=[decision])
    return carry_out(
        request, form, lambda said: _change(decision, form, said, user),
        page="kith/front_door/change.html", to=_next, said=what_changed,
        context={
            "title": "Change what was decided", "act": "Change the decision", "message": message,
            "children": alike(children), "now": versions_of(decision)[0],
            "of_all": what_stands_of_all(message),
            "cancel_url": reverse("decided", args=[decision.thread]),
        },
        draft=draft,
    )  # fmt: skip


@can_open_matter(load_message, power="decide_contacts", independent=True)
def give_help(request: HttpRequest, message: Message, together: Together) -> HttpResponse:
    """Write down help in kind or in money that a family of a message was given."""
    if together.is_held_back:
        return render(request, HELD_BACK, status=403)
    decision = next(iter(decisions_of([message.thread])[message.thread]), None)
    back = (
        reverse("decided", args=[decision.thread]) if decision else reverse("decide", args=[message.thread])
    )
    form, user = GiveForm(request.POST or None, initial={"given_on": timezone.localdate()}), user_of(request)
    return carry_out(
        request, form, lambda said: give_section_17_help(message=message, by=user, **said),
        page="kith/front_door/short.html", to=back, said="It is on record for each child.",
        context={"title": "Help under section 17", "act": "Write down what was given", "cancel_url": back},
    )  # fmt: skip


def _change(decision: Decision, form: ChangeForm, said: dict[str, Any], user: User) -> Changed:
    about = said.pop("about", None)
    return change_decision(
        decision=decision, by=user, expected=form.expected(decision),
        children=None if about is None else [int(thread) for thread in about], **said,
    )  # fmt: skip


def _next(done: Changed) -> str:
    """Where what came of it is told; the reply is asked for there."""
    return reverse("decided", args=[done.decision.thread])


def what_changed(done: Changed) -> str:
    """What is said at once after a change."""
    said = "The decision is changed. What came of it stands below."
    return f"{said} Whoever told us has to hear of it." if done.is_reply_owed else said
