"""The clock of a partner's answer: hours where it is urgent, a working day else, and both are local."""

from collections.abc import Iterator, Sequence
from datetime import date

from kith.record.clocks.running import Running
from kith.record.sharing.models import Ask
from kith.record.sharing.queries import asks_about

URGENT, NOT_URGENT = "H-2", "H-2b"
TABLE = "sharing.ask"


def of_asks(threads: Sequence[int], on: date) -> Iterator[Running]:
    """The answer to each of these questions, from the moment they were asked."""
    for ask in Ask.current.filter(thread__in=[*threads], is_taken_back=False):
        yield running(ask)


def of_messages(threads: Sequence[int], on: date) -> Iterator[Running]:
    """The answers to what was asked for each of these messages."""
    for asks in asks_about("frontdoor.message", threads).values():
        yield from (running(ask) for ask in asks if not ask.is_taken_back)


def running(ask: Ask) -> Running:
    """The clock of one question."""
    return Running(
        URGENT if ask.is_urgent else NOT_URGENT,
        None,
        ask.asked_at,
        TABLE,
        ask.thread,
        met=ask.answered_at,
        about=(TABLE, ask.thread),
        subject=f"the questions to {ask.asked_of}",
        act="Ask again" if ask.is_open else "",
        url_name="chase_partner" if ask.is_open else "",
        url_args=(ask.thread,),
    )
