"""The front door: what waits for a decision, danger first, then by the clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kith.record.access.looking import names_to_show
from kith.record.access.permissions import Access, Level
from kith.record.clocks.queries import DueLine, clocks_about
from kith.record.frontdoor.codes import DECISIONS, words_of
from kith.record.frontdoor.models import Concerned, Decision, Match, Message
from kith.record.frontdoor.queries import concerned_by, decided_lately, waiting_messages
from kith.record.once import reading
from kith.record.people.models import User
from kith.record.people.permissions import can
from kith.record.people.queries import kept_ids, remembering_roles
from kith.record.sharing.queries import asks_about
from kith.web.front_door.deciding import TABLE
from kith.web.front_door.told import first_line
from kith.web.who_may import power, user_of

LATELY, SHOWN_LATELY = timedelta(days=14), 20
A_CUSTODIANS = "Somebody whose record a custodian holds"


@dataclass(frozen=True)
class Waiting:
    """One message that waits: its clock, whom it names, its first line, and how many partners are silent."""

    message: Message
    children: list[str]
    clock: DueLine | None
    silent: int
    to_match: int
    to_confirm: int
    line: str  # "" where the reader may not open the record of everybody it names


@dataclass(frozen=True)
class Lately:
    """One decision of the last days: whom its message names, what was decided, by whom."""

    decision: Decision
    children: list[str]
    words: str


@power("receive_referrals")
def front_door(request: HttpRequest) -> HttpResponse:
    """Every message that waits for a decision; each name shown is written down."""
    user = user_of(request)
    with reading(), remembering_roles():
        waiting = waiting_for(user)
        context = {
            "waiting": waiting,
            "may_decide": can("decide_contacts", user),
            "late": sum(bool(one.clock and one.clock.is_late) for one in waiting),
            "urgent": sum(one.message.is_urgent for one in waiting),
            "lately": decided_lately_for(user) if can("decide_contacts", user) else [],
        }
        return render(request, "kith/front_door/front_door.html", context)


def waiting_for(user: User) -> list[Waiting]:
    """The messages that wait, as this person may see them: danger first, then what is due first."""
    messages = list(waiting_messages())
    threads = [one.thread for one in messages]
    concerned, asks = concerned_by(threads), asks_about(TABLE, threads)
    clocks = _clocks(threads)
    people = {row.person_id for rows in concerned.values() for row in rows if row.person_id}
    may_name = names_to_show(user, people, where="front door") if people else {}
    kept = kept_ids(people)
    found = [
        Waiting(
            message=one,
            children=[
                _called(row, kept.get(row.person_id or 0, 0) in may_name) for row in concerned[one.thread]
            ],
            clock=clocks.get(one.thread),
            silent=sum(ask.is_open for ask in asks[one.thread]),
            to_match=sum(not row.match for row in concerned[one.thread]),
            to_confirm=sum(row.match == "confirm" for row in concerned[one.thread]),
            line=_line(one, concerned[one.thread], may_name, kept),
        )
        for one in messages
    ]
    return sorted(found, key=lambda one: (not one.message.is_urgent, _due(one)))


def decided_lately_for(user: User) -> list[Lately]:
    """What was decided in the last days, the newest first, as whoever may change it sees it."""
    decisions = decided_lately(timezone.now() - LATELY)[:SHOWN_LATELY]
    concerned = concerned_by(one.message_thread for one in decisions)
    people = {row.person_id for rows in concerned.values() for row in rows if row.person_id}
    may_name = names_to_show(user, people, where="front door, decided") if people else {}
    kept = kept_ids(people)
    return [
        Lately(
            one,
            [
                _called(row, kept.get(row.person_id or 0, 0) in may_name)
                for row in concerned[one.message_thread]
            ],
            words_of(DECISIONS, one.decision),
        )
        for one in decisions
    ]


def _line(
    message: Message, rows: Sequence[Concerned], seen: Mapping[int, Access], kept: Mapping[int, int]
) -> str:
    known = [seen.get(kept[row.person_id]) for row in rows if row.person_id]
    may_open = all(access is not None and access.level is Level.RECORD for access in known)
    is_sure = may_open and not any(row.match == Match.CONFIRM for row in rows)
    return first_line(message.what_was_said) if is_sure else ""


def _called(row: Concerned, may_name: bool) -> str:
    return A_CUSTODIANS if row.person_id and not may_name else row.called


def _clocks(threads: Sequence[int]) -> dict[int, DueLine]:
    """The clock of each message: of those of its own that are open, the first to be due."""
    found: dict[int, DueLine] = {}
    for line in clocks_about(TABLE, threads, timezone.now()):
        if line.fact_table == TABLE and line.is_open and line.about:
            thread = line.about[1]
            if thread not in found or (line.due_on or date.max) < (found[thread].due_on or date.max):
                found[thread] = line
    return found


def _due(one: Waiting) -> tuple[date, float]:
    due = one.clock.due_on if one.clock and one.clock.due_on else date.max
    return due, one.message.received_at.timestamp()
