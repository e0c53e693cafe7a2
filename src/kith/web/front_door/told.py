"""What the front door was told of a child, and partners answered: short, each line a way to the whole of it.

A line is there only for those who may open its message, and says nothing that names a child of the message
whom they may not know (docs/decisions/0030-shared-words.md).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kith.record.access.permissions import Access, Level, accesses
from kith.record.frontdoor.codes import DECISIONS, words_of
from kith.record.frontdoor.models import Concerned, Match, Message
from kith.record.frontdoor.queries import decided_for, messages_about, named_with
from kith.record.people.models import User
from kith.record.people.permissions import can
from kith.record.people.queries import kept_ids
from kith.record.sharing.models import Ask
from kith.record.sharing.queries import asks_about, in_words
from kith.record.visits.reading import names_of, without

TABLE = "frontdoor.message"
LONGEST = 140  # letters of a first line: two lines of a page


@dataclass(frozen=True)
class Answered:
    """What one partner said to the questions about a message: who, when, the first line; or their silence."""

    who: str
    at: datetime | None
    line: str


@dataclass(frozen=True)
class Told:
    """One message: the first line of what was said, and what was decided for the children read about."""

    message: Message
    line: str
    decided: str
    answers: tuple[Answered, ...]


def told_about(user: User, person_ids: Sequence[int], seen: Mapping[int, Access] | None = None) -> list[Told]:
    """What was told of these people, the newest first, as far as `user` may open it; else nothing.

    `person_ids` are records that `user` may open; `seen` is what the page knows already of others, by kept
    id. A message that names somebody kept from `user` is left out, as its page is closed to them.
    """
    if not can("receive_referrals", user):
        return []
    messages = messages_about(person_ids)
    if not messages:
        return []
    rows = named_with(person_ids)
    others = _others(user, person_ids, rows, seen or {})
    away = {row.message_thread for row in rows if (at := others.get(row.person_id or 0)) and at.is_restricted}
    shown = [one for one in messages if one.thread not in away]
    names = held_back(person_ids, rows, others)
    asks = asks_about(TABLE, [one.thread for one in shown]) if shown else {}
    decided = _decided(person_ids, rows)
    return [
        Told(
            one,
            first_line(one.what_was_said, names),
            decided.get(one.thread) or _state(one),
            tuple(_answered(ask, names) for ask in asks.get(one.thread, ()) if not ask.is_taken_back),
        )
        for one in shown
    ]


def first_line(said: str, names: Iterable[str] = ()) -> str:
    """The first line of what somebody said, cut at a word where it is long, with these names held back."""
    line = next((each.strip() for each in said.splitlines() if each.strip()), "")
    line = without(line, names)
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]} …"


def _others(
    user: User, person_ids: Iterable[int], rows: Iterable[Concerned], seen: Mapping[int, Access]
) -> dict[int, Access]:
    """What `user` may see of whom the messages name beside these people, by the id of their row."""
    kept = kept_ids({row.person_id for row in rows if row.person_id} - {*person_ids})
    unseen = {*kept.values()} - {*seen}
    found = {**seen, **(accesses(user, unseen) if unseen else {})}
    return {pk: found[top] for pk, top in kept.items()}


def held_back(
    person_ids: Sequence[int], rows: Iterable[Concerned], others: Mapping[int, Access]
) -> frozenset[str]:
    """The words that name a child whose record is closed, or of whom a manager has still to say who it is."""
    closed = {pk for pk, access in others.items() if access.level < Level.RECORD}
    named = [row for row in rows if row.person_id in closed or row.match == Match.CONFIRM]
    if not named:
        return frozenset()
    called = {word for row in named for word in f"{row.given_names} {row.family_name}".lower().split()}
    mine = names_of([*person_ids, *(pk for pk in others if pk not in closed)], but_not=())
    return (names_of(closed, but_not=()) | {word for word in called if len(word) > 1}) - mine


def _decided(person_ids: Iterable[int], rows: Iterable[Concerned]) -> dict[int, str]:
    """What was decided for these people of each message, by its thread; each thing once."""
    message_of = {row.thread: row.message_thread for row in rows}
    found: dict[int, dict[str, None]] = {}
    for one in decided_for(person_ids):
        if one.concerned_thread in message_of:
            words = words_of(DECISIONS, one.decision, one.decided_on)
            found.setdefault(message_of[one.concerned_thread], {})[words] = None
    return {thread: "; ".join(words) for thread, words in found.items()}


def _state(message: Message) -> str:
    if message.withdrawn_at:
        return "Taken back: it needed no decision"
    return "Waits for a decision" if message.is_waiting else "Decided; nothing is written for this child"


def _answered(ask: Ask, names: Iterable[str]) -> Answered:
    if ask.answered_at is None:
        return Answered(ask.asked_of, None, without(in_words(ask), names))
    said = ask.worries_and_strengths.strip() or ask.danger_and_doing.strip() or ask.known_since.strip()
    unknown = "They do not know this family." if ask.is_family_known is False else "They know this family."
    return Answered(ask.asked_of, ask.answered_at, first_line(said, names) if said else unknown)
