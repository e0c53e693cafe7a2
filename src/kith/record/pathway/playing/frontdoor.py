"""Messages and what was decided about them, beside the contacts and referrals that the diary tells itself."""

from datetime import time
from typing import Any

from django.utils import timezone

from kith.record.frontdoor import permissions, policies, services
from kith.record.frontdoor.models import Message
from kith.record.frontdoor.queries import concerned_by
from kith.record.frontdoor.services import Named
from kith.record.pathway.playing import Player, Playing
from kith.standards.working_days import in_london


def _write_message(player: Player, act: Any) -> None:
    """A message that the record would call too old to write down is left out, and so is its decision."""
    facts = act.facts
    received_at = in_london(act.on, time(facts["hour"]))
    if received_at < timezone.now() - policies.EARLIEST:
        return
    player.facts[facts["reference"]] = services.write_message(
        children=[Named(person=player.persons[child]) for child in facts["children"]],
        what_was_said=facts["what_was_said"],
        way=facts["way"],
        source=facts["source"],
        received_at=received_at,
        by=player.actor(act),
    )


def _decide_message(player: Player, act: Any) -> None:
    """The decision alone: the contact and the referral that follow from it are acts of their own."""
    facts = act.facts
    message = player.facts.get(facts["message"])
    if message is None:
        return
    by, rows = player.actor(act), concerned_by([message.thread])[message.thread]
    permissions.check_can_decide(by, message, [row.person for row in rows if row.person])
    decided_at = in_london(act.on, time(facts["hour"]))
    told = ("decision", "threshold", "reason", "consent_position", "lawful_basis")
    decision = services.enter_decision(
        message=message, by=by, decided_at=decided_at, **{name: facts[name] for name in told}
    )
    threads = {
        player.persons[child].pk: player.facts[reference].thread
        for child, reference in facts["referrals"].items()
        if reference in player.facts
    }
    for row in rows:
        services.enter_decision_for(
            decision=decision,
            concerned=row,
            person=row.person,
            by=by,
            chosen=facts["decision"],
            referral_thread=threads.get(row.person_id or 0),
        )
    if facts["is_replied"]:
        services.reply_to_teller(
            message=Message.current.get(thread=message.thread),
            words="Thank you. We have decided what to do and will speak with the family.",
            sent_at=decided_at,
            by=by,
        )


PLAYING = Playing(
    by_hand={"write_message": _write_message, "decide_message": _decide_message},
    power_of={"write_message": "receive_referrals", "decide_message": "decide_contacts"},
)
