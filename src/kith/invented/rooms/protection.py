"""What stands beside the enquiries, conferences and protection plans that the first pass tells.

A strategy discussion with each enquiry, core groups on each plan, and for each conference who was asked to
it, their reports shared with the family, and what it decided. None of it is in a table of the dataset.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from random import Random
from typing import Any, TypedDict

from kith.invented.diary import Act
from kith.invented.rates import rates, rows
from kith.invented.rooms import Room, Told
from kith.invented.spells import Spell, rounds, spells
from kith.standards.working_days import add_working_days

_HOURS = (9, 10, 11, 14, 15)
_ASKED = ("la_csc", "police", "health_visiting", "school")
_REPORTS = ("la_csc", "school")  # who writes a report for the conference


class HoldStrategyDiscussion(TypedDict):
    """A strategy discussion on `Act.on` about children whose enquiries begin that day."""

    hour: int
    way: str
    children: list[str]
    enquiries: list[str]  # their references, child by child
    is_joint: bool  # as the enquiries are told
    agencies: list[str]  # code list `agency_types`
    discussed: str
    actions: str


class HoldCoreGroup(TypedDict):
    """A core group on `Act.on` for these plans."""

    children: list[str]
    plans: list[str]  # their references, child by child
    who_came: str
    is_family_there: bool
    what_changed: str


class ConveneConference(TypedDict):
    """A conference is arranged on `Act.on` for the day and hour told, and people are asked to it."""

    reference: str
    children: list[str]
    planned_for: date
    hour: int
    agencies: list[str]


class ShareReport(TypedDict):
    """The reports for a conference have come, and the family sees them."""

    conference_matter: str  # reference of the conference as it was arranged
    agencies: list[str]
    how: str


class HoldConference(TypedDict):
    """The conference as it was arranged is held; the first pass tells what each child's plan is."""

    conference_matter: str
    hour: int
    planned: dict[str, str]  # the category of those who have a plan, by child
    because_plan: str
    because_no_plan: str


def tell(told: Told, rng: Random) -> Iterator[Act]:
    """The discussions, conferences and core groups of a family."""
    yield from _discussions(told, rng)
    yield from _conferences(told, rng)
    plans = spells(told.acts, "start_protection_plan", "end_protection_plan", "plan")
    for on, now in rounds(plans, told.until, lambda is_first: _until_core_group(rng, is_first)):
        facts = HoldCoreGroup(
            children=[plan.child for plan in now],
            plans=[plan.reference for plan in now],
            who_came=_words(rng, "who_came"),
            is_family_there=rng.random() < 0.9,
            what_changed=_words(rng, "what_changed"),
        )
        yield Act(on, now[0].child, "hold_core_group", dict(facts))


def _until_core_group(rng: Random, is_first: bool) -> int:
    """Working days to the next: the first within 10 of the conference, then within 6 weeks."""
    if rng.random() < rates()["late_core_group"]:
        return rng.randint(11, 18) if is_first else rng.randint(31, 40)
    return rng.randint(6, 10) if is_first else rng.randint(24, 29)


def _discussions(told: Told, rng: Random) -> Iterator[Act]:
    """One for the children of each enquiry, on its day; not on the last day told, whose hour may not be."""
    for enquiries in _events(spells(told.acts, "start_section_47", "conclude_section_47", "enquiry")):
        first = enquiries[0]
        if first.start >= told.until:
            continue
        whole = rng.random() >= rates()["discussion_without_health"]
        facts = HoldStrategyDiscussion(
            hour=rng.choice(_HOURS),
            way=rng.choice(("video", "video", "phone", "together")),
            children=[one.child for one in enquiries],
            enquiries=[one.reference for one in enquiries],
            is_joint=first.facts["is_joint"],
            agencies=["la_csc", "police", *(["health_visiting"] if whole else []), "school"],
            discussed=_words(rng, "discussed"),
            actions=_words(rng, "actions"),
        )
        yield Act(first.start, first.child, "hold_strategy_discussion", dict(facts))


def _conferences(told: Told, rng: Random) -> Iterator[Act]:
    """Each initial conference that an enquiry led to: arranged, its reports shared, held."""
    held: dict[Any, list[Act]] = {}
    for act in told.acts:
        if act.act == "hold_initial_conference" and act.facts["enquiry"]:
            held.setdefault((act.on, act.together or act.facts["reference"]), []).append(act)
    categories = {
        act.facts["conference"]: act.facts["category"]
        for act in told.acts
        if act.act == "start_protection_plan"
    }
    for conferences in held.values():
        if conferences[0].on < told.until:
            yield from _conference(rng, conferences, categories)


def _conference(rng: Random, of: Sequence[Act], categories: dict[str, str]) -> Iterator[Act]:
    first, hour = of[0], rng.choice(_HOURS)
    reference = f"{first.facts['reference']}M"
    convened = ConveneConference(
        reference=reference,
        children=[act.person for act in of],
        planned_for=first.on,
        hour=hour,
        agencies=[*_ASKED],
    )
    yield Act(
        add_working_days(first.on, -rng.randint(6, 8)), first.person, "convene_conference", dict(convened)
    )
    early = 0 if rng.random() < rates()["late_report"] else rng.randint(2, 3)
    shared = ShareReport(
        conference_matter=reference, agencies=[*_REPORTS], how="Read through with the parents at home."
    )
    yield Act(add_working_days(first.on, -early or -1), first.person, "share_report", dict(shared))
    decided = HoldConference(
        conference_matter=reference,
        hour=hour,
        planned={act.person: categories[act.facts["reference"]] for act in of if act.facts["is_plan_made"]},
        because_plan=_words(rng, "plan"),
        because_no_plan=_words(rng, "no_plan"),
    )
    yield Act(first.on, first.person, "hold_conference", dict(decided))


def _events(of: Sequence[Spell]) -> Iterator[list[Spell]]:
    """What was one event for several children, together."""
    found: dict[Any, list[Spell]] = {}
    for spell in of:
        found.setdefault((spell.start, spell.together or spell.reference), []).append(spell)
    yield from found.values()


def _words(rng: Random, kind: str) -> str:
    return rng.choice(_sentences(kind))


@cache
def _sentences(kind: str) -> tuple[str, ...]:
    return tuple(row["words"] for row in rows("protection_words") if row["kind"] == kind)


ROOM = Room(
    "protection",
    {
        "hold_strategy_discussion": HoldStrategyDiscussion,
        "hold_core_group": HoldCoreGroup,
        "convene_conference": ConveneConference,
        "share_report": ShareReport,
        "hold_conference": HoldConference,
    },
    tell,
)
