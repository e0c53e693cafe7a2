"""Deciding about a message: what was said and by whom, what we know, and the decision, on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kith.record.access.looking import Together
from kith.record.clocks.queries import DueLine, clocks_about
from kith.record.frontdoor import services
from kith.record.frontdoor.models import Concerned, Decision, Match, Message
from kith.record.frontdoor.permissions import can_protect_at_once
from kith.record.frontdoor.queries import concerned_by, message_of, parts_of_decision
from kith.record.owed.queries import owed_of
from kith.record.pathway.deciding_contacts import Decided, ForChild, decide_contact
from kith.record.pathway.known import Known, known_of
from kith.record.people.models import User
from kith.record.people.permissions import can
from kith.record.people.queries import Shown
from kith.record.sharing.queries import asks_about, in_words
from kith.standards.working_days import legal_day
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.front_door.forms import DecideForm
from kith.web.front_door.others import others_of_family
from kith.web.front_door.reaching import reach_for
from kith.web.front_door.reading import reading_of
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import can_open_matter, user_of

PAGE = "kith/front_door/decide.html"
TABLE = "frontdoor.message"
GOES_ON = {"strategy": "strategy_discussion", "transfer_in": "transfer_in"}  # what is decided -> its page
DECISION = draft_form(
    "decision",
    "A decision about a message",
    page=lambda about: reverse("decide", args=[about]),
    children=lambda about: people_of_message(about),
    power="decide_contacts",
)


@dataclass(frozen=True)
class Child:
    """A child of a message as a page shows them: as they were named, and who on record that is."""

    row: Concerned
    shown: Shown | None
    known: Known | None
    is_closed: bool = False  # their record, to this reader: they are known by name alone

    @property
    def person_id(self) -> int:
        """What a form calls this child: the thread of the row, as a child may be on no record."""
        return self.row.thread

    @property
    def name(self) -> str:
        return self.shown.name if self.shown and self.shown.has_name else self.row.called

    @property
    def date_of_birth(self) -> date | None:
        return self.shown.date_of_birth if self.shown else self.row.date_of_birth

    @property
    def is_to_match(self) -> bool:
        """Whether somebody has to say who this is before anything is decided."""
        return not self.row.match

    @property
    def was_named_otherwise(self) -> bool:
        """Whether whoever told us used another name than the record's."""
        is_named = bool(self.row.given_names or self.row.family_name or self.row.said_as)
        return is_named and self.row.called != self.name

    @property
    def will_be_confirmed(self) -> bool:
        return self.row.match == Match.CONFIRM


def load_message(thread: int) -> tuple[Message, list[int]] | None:
    """A message, and the people on record whom it is about."""
    message = message_of(thread)
    if message is None:
        return None
    rows = concerned_by([thread])[thread]
    return message, [row.person_id for row in rows if row.person_id]


def people_of_message(about: str) -> list[int]:
    """The people on record of the message whose number a draft has."""
    found = load_message(int(about))
    return found[1] if found else []


def children_of(message: Message, together: Together) -> list[Child]:
    """The children of a message whom this reader may know of, with what was known of each before that day.

    Of those whose record is closed to the reader nothing is told but who they are.
    """
    rows = [
        row
        for row in concerned_by([message.thread])[message.thread]
        if row.person_id is None or row.person_id in together
    ]
    on = legal_day(message.received_at)
    ids = {row.person_id for row in rows if row.person_id} - together.closed
    known = known_of([row.person_id for row in rows if row.person_id in ids], on)
    return [
        Child(
            row,
            together.people.get(row.person_id or 0),
            known.get(row.person_id or 0),
            is_closed=row.person_id in together.closed,
        )
        for row in rows
    ]


def clock_of(message: Message) -> list[DueLine]:
    """The one clock of a message that is shown: of those that run to the same end, the earlier."""
    lines = [line for line in clocks_about(TABLE, [message.thread], timezone.now()) if _is_its_own(line)]
    return sorted(lines, key=lambda line: (not line.is_open, line.due_on or date.max))[:1]


def _is_its_own(line: DueLine) -> bool:
    return line.fact_table == TABLE


def names(children: Sequence[Child]) -> str:
    """The children in words: "Amira, Yusuf and Sana"."""
    said = [child.name.split()[0] if child.shown and child.name.split() else child.name for child in children]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}" if said else "this message"


@can_open_matter(load_message, power="decide_contacts")
def decide(request: HttpRequest, message: Message, together: Together) -> HttpResponse:
    """Decide about a message for all its children, or differently for one; what follows starts by itself."""
    if not message.is_waiting and request.method != "POST":
        return redirect("message", message.thread)  # decided meanwhile
    user, children = user_of(request), children_of(message, together)
    draft = with_draft(request, DECISION, about=message.thread)
    form = draft.form(DecideForm, children=children, needs_source=not message.source, seen=[message])
    asks = asks_about(TABLE, [message.thread])[message.thread]
    asked = [ask for ask in asks if not ask.is_taken_back]
    partners = [in_words(ask) for ask in asked]
    read = reading_of(user, message, together)
    context = {
        "title": f"Decide about {names(children)}",
        "act": f"Decide for {names(children)}",
        "message": read.message(message),
        "is_of_others_too": read.is_of_others_too,
        "children": children,
        "family": others_of_family(user, message, together),
        "asks": read.asks(asked),
        "clocks": clock_of(message),
        "is_held_back": together.is_held_back,
        "reach": [] if together.is_held_back else reach_for(user, together.people),
        "to_match": [child for child in children if child.is_to_match],
        "may_start_now": can_protect_at_once(user),
    }
    if together.is_held_back:
        return render(request, "kith/front_door/held_back.html", context, status=403)
    return carry_out(
        request, form, lambda said: _decide(message, form, said, partners, user),
        page=PAGE, to=lambda done: next_page(message, done.decision, user), said=what_began,
        context=context, draft=draft,
    )  # fmt: skip


def _decide(
    message: Message, form: DecideForm, said: dict[str, Any], partners: Sequence[str], user: User
) -> Decided:
    """The decision as it was answered; who told us is said first where the message did not say it."""
    each = said.pop("each")
    if source := said.pop("source", ""):
        message = services.complete_message(
            message=message, by=user, expected=form.expected(message), source=source
        )
    own = {
        thread: ForChild(one["decision"], one["reason"], "", one["child_said"])
        for thread, one in each.items()
    }
    kind, amount, words = (said.pop(name) for name in ("given", "given_amount", "given_in_words"))
    done = decide_contact(message=message, by=user, children=own, partners=partners, **said)
    if kind:
        services.give_section_17_help(message=message, kind=kind, amount=amount, in_words=words, by=user)
    return done


def next_page(message: Message, decision: Decision, user: User) -> str:
    """Where whoever decided goes on: to protection where they decided to protect, else to the reply.

    The record may be closed to them once nothing waits; then it is the front door.
    """
    parts = parts_of_decision(decision).values()
    for code, page in GOES_ON.items():
        for part in parts:
            if part.decision == code and can("enquire", user):
                return reverse(page, args=[part.person_id])
    is_owed = any(line.owed.what == "reply_to_referrer" for line in owed_of([message], timezone.now()))
    return reverse("reply", args=[message.thread]) if is_owed else reverse("front_door")


def what_began(done: Decided) -> str:
    """What a decision did, child by child where they differ, in a sentence."""
    said = ["The decision is on record."]
    begun, added = len(done.referrals), len(done.added_to)
    if begun:
        said.append(f"A case was opened for {begun} {'child' if begun == 1 else 'children'}.")
    if added:
        said.append(f"It was added to the open work of {added}; their worker is told.")
    if done.decision.decision in GOES_ON:
        said.append("The reply to who told us stands on My work.")
    if done.left_out:
        said.append("A manager will confirm who the others are.")
    return " ".join(said)
