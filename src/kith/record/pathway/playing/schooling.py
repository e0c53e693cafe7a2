"""Where children learn and how it goes: written down by whoever works with the child."""

from typing import Any

from kith.record.pathway.playing import Player, Playing
from kith.record.schooling import services


def _start_school(player: Player, act: Any) -> None:
    """The school since the day told, which is before the day on which it is written down."""
    facts = {name: value for name, value in act.facts.items() if name != "since"}
    child, by = player.persons[act.person], player.actor(act)
    services.start_school(child=child, on=act.facts["since"], by=by, **facts)


def _record_attendance(player: Player, act: Any) -> None:
    services.record_attendance(child=player.persons[act.person], by=player.actor(act), **act.facts)


POWER = "record_schooling"
PLAYING = Playing(
    of_one={
        "record_exclusion": services.record_exclusion,
        "record_special_need": services.record_special_need,
    },
    by_hand={"start_school": _start_school, "record_attendance": _record_attendance},
    power_of=dict.fromkeys(
        ("start_school", "record_attendance", "record_exclusion", "record_special_need"), POWER
    ),
)
