"""The lines that a return interview gives a child's story; what was said stands in the interview alone."""

from typing import Any

from kith.record.care.models import Reply
from kith.record.chronology.telling import Told
from kith.standards.working_days import legal_day

_OF_REPLY = {
    Reply.REFUSED: "Offered somebody to talk to after coming back, and did not want to",
    Reply.NOT_REACHED: "Could not be reached to offer a talk after coming back",
}


def interview(fact: Any) -> list[Told]:
    """That a talk was held, or what became of the offer."""
    if fact.held_at:
        return [Told(legal_day(fact.held_at), "return_interview", "Talked with somebody after coming back")]
    words = _OF_REPLY.get(fact.reply, "Offered somebody to talk to after coming back")
    return [Told(legal_day(fact.offered_at), "return_interview", words)]
