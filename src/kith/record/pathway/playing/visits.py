"""Visits and notes, written by the worker of one of the children, who may see the others or leaves them."""

from datetime import time
from typing import Any

from kith.record.pathway.playing import Player, Playing, by_worker
from kith.record.visits import services
from kith.record.visits.permissions import can_write
from kith.record.visits.services import About, Saw
from kith.standards.working_days import in_london

NOT_SAID = ("child", "counts_as", "plan", "care")


def _write_visit(player: Player, act: Any) -> None:
    facts = act.facts
    said = {one["child"]: one for one in facts["saw"]}
    for by, children in by_worker(player, act, said, can_write):
        services.write_visit(
            saw=[_saw(player, said[child]) for child in children],
            at=in_london(act.on, time(facts["hour"])),
            how=facts["how"],
            what_happened=facts["what_happened"],
            what_next=facts["what_next"],
            by=by,
        )


def _saw(player: Player, said: dict[str, Any]) -> Saw:
    """What is said of a child; as what the visit counts is left for the record to find."""
    given = {name: value for name, value in said.items() if name not in NOT_SAID}
    return Saw(child=player.persons[said["child"]], **given)


def _write_note(player: Player, act: Any) -> None:
    facts = act.facts
    for by, children in by_worker(player, act, facts["children"], can_write):
        services.write_note(
            about=[About(child=player.persons[child]) for child in children],
            at=in_london(act.on, time(facts["hour"])),
            kind=facts["kind"],
            words=facts["words"],
            by=by,
        )


PLAYING = Playing(
    by_hand={"write_visit": _write_visit, "write_note": _write_note},
    power_of={"write_visit": "record_visits", "write_note": "record_visits"},
)
