"""Family help: begun, led, planned, reviewed and closed by whoever leads it; a manager names them."""

from datetime import time
from typing import Any

from kith.record.help import services
from kith.record.pathway import help_steps
from kith.record.pathway.playing import Player, Playing
from kith.record.people.models import User
from kith.record.planning.models import Basis
from kith.record.refusals import NotPossible
from kith.standards.working_days import in_london


def _begin_help(player: Player, act: Any) -> None:
    facts = act.facts
    player.facts[facts["reference"]] = services.begin_help(
        people=[player.persons[child] for child in facts["children"]],
        basis=Basis.VOLUNTARY,
        agreed_by=facts["agreed_by"],
        agreed_how=facts["agreed_how"],
        need=facts["need"],
        accepted_at=in_london(act.on, time(facts["hour"])),
        by=player.actor(act),
    )


def _name_help_lead(player: Player, act: Any) -> None:
    worker = User.objects.get(registration_number=act.facts["registration"])
    player.facts[act.facts["help"]] = help_steps.name_lead(
        help=_named(player, act), worker=worker, on=act.on, by=player.keeper(act)
    )


def _agree_help_plan(player: Player, act: Any) -> None:
    facts, by = _facts(act), player.actor(act)
    help_steps.agree_help_plan(help=_named(player, act), on=act.on, by=by, owner=by, **facts)


def _review_help(player: Player, act: Any) -> None:
    services.review_help(help=_named(player, act), on=act.on, by=player.actor(act), **_facts(act))


def _close_help(player: Player, act: Any) -> None:
    help_steps.end_family_help(help=_named(player, act), on=act.on, by=player.actor(act), **_facts(act))


def _facts(act: Any) -> dict[str, Any]:
    """What is said to a service, beside which help it is of."""
    return {name: value for name, value in act.facts.items() if name not in ("help", "children")}


def _named(player: Player, act: Any) -> Any:
    if act.facts["help"] not in player.facts:
        raise NotPossible("It carries on what was refused before.", "See why that was refused.")
    return player.facts[act.facts["help"]]


PLAYING = Playing(
    by_hand={
        "begin_help": _begin_help,
        "name_help_lead": _name_help_lead,
        "agree_help_plan": _agree_help_plan,
        "review_help": _review_help,
        "close_help": _close_help,
    },
    power_of={"name_help_lead": "allocate"},
    decisions=frozenset({"begin_help", "agree_help_plan", "review_help", "close_help"}),
)
