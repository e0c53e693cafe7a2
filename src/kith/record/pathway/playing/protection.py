"""Strategy discussions, core groups, and conferences as they were arranged, told and held."""

from datetime import time
from typing import Any

from kith.record.pathway import protecting
from kith.record.pathway.playing import Player, Playing, by_worker
from kith.record.protection import services
from kith.record.protection.models import Conference, ConferenceOf, Section47Enquiry, StrategyDiscussion
from kith.record.protection.permissions import can_enquire, can_write_strategy
from kith.record.protection.queries import invited_to
from kith.record.protection.services import Asked, Decided
from kith.record.refusals import NotPossible
from kith.standards.working_days import in_london

WHO = {
    "la_csc": "Social worker",
    "police": "Detective sergeant",
    "health_visiting": "Health visitor",
    "school": "Head of year",
}
OTHERS_NEEDED = 2  # agencies beside social care without which a conference has no quorum


def _hold_strategy_discussion(player: Player, act: Any) -> None:
    """Each enquiry, begun the same day, carries on from the discussion: later acts carry on from there."""
    facts = act.facts
    decisions = StrategyDiscussion.Decision
    enquiries = dict(zip(facts["children"], facts["enquiries"], strict=True))
    for by, children in by_worker(player, act, enquiries, can_write_strategy):
        protecting.hold_strategy_discussion(
            children=[player.persons[child] for child in children],
            held_at=in_london(act.on, time(facts["hour"])),
            way=facts["way"],
            took_part=[{"agency": agency, "who": WHO[agency]} for agency in facts["agencies"]],
            discussed=facts["discussed"],
            actions=facts["actions"],
            decision=decisions.ENQUIRE_WITH_POLICE if facts["is_joint"] else decisions.ENQUIRE_ALONE,
            by=by,
        )
        for child in children:
            before = _named(player, enquiries[child])
            player.facts[enquiries[child]] = Section47Enquiry.current.get(thread=before.thread)


def _hold_core_group(player: Player, act: Any) -> None:
    facts = act.facts
    plans = dict(zip(facts["children"], facts["plans"], strict=True))
    for by, children in by_worker(player, act, plans, can_enquire):
        services.hold_core_group(
            plans=[_named(player, plans[child]) for child in children],
            on=act.on,
            by=by,
            who_came=facts["who_came"],
            is_family_there=facts["is_family_there"],
            what_changed=facts["what_changed"],
        )


def _convene_conference(player: Player, act: Any) -> None:
    facts = act.facts
    player.facts[facts["reference"]] = services.convene_conference(
        children=[player.persons[child] for child in facts["children"]],
        kind=Conference.Kind.INITIAL,
        planned_for=in_london(facts["planned_for"], time(facts["hour"])),
        by=player.actor(act),
        now=in_london(act.on, time(9)),
        people=[
            Asked(name=WHO[agency], agency=agency, is_report_wanted=agency in ("la_csc", "school"))
            for agency in facts["agencies"]
        ],
    )


def _share_report(player: Player, act: Any) -> None:
    facts = act.facts
    conference = _named(player, facts["conference_matter"])
    for invited in invited_to(conference.thread):
        if invited.agency in facts["agencies"]:
            services.share_report(invited=invited, on=act.on, how=facts["how"], by=player.actor(act))


def _hold_conference(player: Player, act: Any) -> None:
    """The conference as a meeting; the plans that it decides on are begun by acts of their own."""
    facts, by = act.facts, player.actor(act)
    conference = _named(player, facts["conference_matter"])
    came = {one.thread: "there" for one in invited_to(conference.thread)}
    services.record_attendance(conference=conference, came=came, by=by)
    planned = {player.persons[child].pk: category for child, category in facts["planned"].items()}
    parts = ConferenceOf.current.filter(matter_thread=conference.thread)
    services.hold_conference(
        conference=conference,
        held_at=in_london(act.on, time(facts["hour"])),
        decisions={
            part.person_id: Decided("plan", facts["because_plan"], planned[part.person_id])
            if part.person_id in planned
            else Decided("no_plan", facts["because_no_plan"])
            for part in parts
        },
        by=by,
        quorum=OTHERS_NEEDED,
    )


def _named(player: Player, reference: str) -> Any:
    if reference not in player.facts:
        raise NotPossible("It carries on what was refused before.", "See why that was refused.")
    return player.facts[reference]


PLAYING = Playing(
    by_hand={
        "hold_strategy_discussion": _hold_strategy_discussion,
        "hold_core_group": _hold_core_group,
        "convene_conference": _convene_conference,
        "share_report": _share_report,
        "hold_conference": _hold_conference,
    },
    power_of={
        "hold_strategy_discussion": "lead_strategy_discussions",
        "hold_core_group": "enquire",
        "convene_conference": "chair_conferences",
        "share_report": "chair_conferences",
        "hold_conference": "chair_conferences",
    },
)
